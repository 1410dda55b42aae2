"""Readers that die of what they read, or are killed while they do: what was known of the file stays, and so do tags."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest

from newsreader.formats import feed
from newsreader.formats.mail import mbox, message
from newsreader.formats.records import articles
from newsreader.library import reading, workers
from tests.builders import Library
from tests.formats.mail.mails import mail, mailbox, numbered_mail

STAGES = [(reading, "open_file"), (mbox, "parse_file"), (reading, "_record"), (reading, "_signed")]
"""Functions of the reader's in which it is killed: opening, parsing, and what is done with all articles."""


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def spin() -> None:
    while True:
        pass


def spoil(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, do: Callable[[], None], word: str = "") -> None:
    """Have the readers do this first where they come to a function, if the word is among its arguments."""
    plain = getattr(module, name)

    def spoilt(*given: Any, **named: Any) -> Any:
        if word in repr(given):
            do()
        return plain(*given, **named)

    monkeypatch.setattr(module, name, spoilt)


@pytest.fixture
def known(library: Library) -> Library:
    """With a mailbox of six, of which one is tagged; a seventh has just come."""
    library.write("a.mbox", mailbox(*map(numbered_mail, range(6))))
    library.index()
    library.engine.marking.tag([library.ids_by_title()["Harbour report 4"]], ["keep"])
    library.write("a.mbox", mailbox(*map(numbered_mail, range(7))))
    return library


@pytest.mark.parametrize(("module", "name"), STAGES)
def test_a_killed_reader_takes_no_article_along(
    known: Library, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    before = known.ids_by_title()
    with monkeypatch.context() as killing:
        spoil(killing, module, name, die, "arbour" if name == "_signed" else "")  # its keeper signs too
        report = known.index()
    assert (report.added, report.removed, known.ids_by_title()) == (0, 0, before)
    ((path, reason),) = report.failed
    assert (path.name, report.newly_failed) == ("a.mbox", report.failed)
    assert reason.startswith("memory: its reader was killed")
    assert reason.endswith("its 6 articles are kept as read before")
    assert known.tags_by_title() == {"Harbour report 4": ("keep",)}
    report = known.index()
    assert (report.added, report.failed) == (1, [])
    assert known.ids_by_title().items() > before.items()
    assert known.tags_by_title() == {"Harbour report 4": ("keep",)}


@pytest.mark.parametrize(("number", "added"), [(4, 1), (6, 0)])
def test_a_reader_killed_at_one_message_costs_that_one_until_the_next_run(
    known: Library, monkeypatch: pytest.MonkeyPatch, number: int, added: int
) -> None:
    """One that was known it doesn't cost: it may be as it was."""
    before = known.ids_by_title()
    with monkeypatch.context() as killing:
        spoil(killing, mbox, "parse_in_mailbox", die, f"Harbour report {number}")
        report = known.index()
    assert (report.added, report.removed) == (added, 0)
    assert known.ids_by_title().items() >= before.items()
    assert "the message of Fri Mar 26" in report.failed[0][1]
    assert known.tags_by_title() == {"Harbour report 4": ("keep",)}
    report = known.index()
    assert (len(known.ids_by_title()), report.failed) == (7, [])


def test_a_file_that_always_costs_its_reader_is_tried_ever_more_seldom(
    known: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(monkeypatch, mbox, "parse_file", die)
    known.index()
    now, tried = time.time_ns(), []
    for hour in range(24):
        monkeypatch.setattr(time, "time_ns", lambda hour=hour: now + hour * 3_600_000_000_000)
        monkeypatch.setattr(reading, "time_ns", time.time_ns)
        before = _reads(known)
        known.index()
        tried.append(_reads(known) > before)
    assert tried == [True, True, True, *[False] * 21]
    assert len(known.ids_by_title()) == 6


def _reads(library: Library) -> int:
    import sqlite3

    with sqlite3.connect(library.locations.catalogue) as database:
        found = database.execute("SELECT sum(reads) FROM files").fetchone()[0]
    database.close()
    return int(found)


def _mails(names: list[str]) -> bytes:
    return mailbox(*(mail(f"On {name}.\n" * 9, subject=name, key=f"<{name}@x>") for name in names))


def _objects(names: list[str]) -> list[str]:
    return [json.dumps({"title": name, "text": "A text."}) for name in names]


def _feed(names: list[str]) -> str:
    items = (f"<item><title>{name}</title><guid>{name}</guid></item>" for name in names)
    return f"<rss><channel>{''.join(items)}</channel></rss>"


FILES: dict[str, tuple[Any, str, Callable[[list[str]], str | bytes]]] = {
    "a.mbox": (mbox, "parse_in_mailbox", _mails),
    "a.jsonl": (articles, "_article", lambda names: "\n".join(_objects(names))),
    "a.json": (articles, "_article", lambda names: f"[{','.join(_objects(names))}]"),
    "a.csv": (articles, "_article", lambda names: "title,text\n" + "".join(f"{name},A text.\n" for name in names)),
    "a.rss": (feed, "_article", _feed),
}
"""By name: where its articles are read one by one, and how it is written."""


@pytest.mark.parametrize("name", FILES)
def test_an_article_that_takes_for_ever_costs_itself_only(
    library: Library, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    module, function, content = FILES[name]
    monkeypatch.setattr(workers, "CPU_SECONDS", 0.3)
    spoil(monkeypatch, module, function, spin, "Evil")
    library.write(name, content(["One", "Two", "Evil 1", "Three", "Evil 2"]))
    report = library.index()
    assert set(library.ids_by_title()) == {"One", "Two", "Three"}
    ((path, reason),) = report.failed
    assert path.name == name
    assert reason.startswith("not all of it was read: ")
    assert reason.count("timeout: reading it takes more than 0.3") == 2
    report = library.index()
    assert (report.failed[0][1], report.newly_failed, report.unchanged) == (reason, [], 3)


def test_too_many_of_them_cost_what_is_read_after_them_and_nothing_that_was_known(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox is read from its end on."""
    monkeypatch.setattr(workers, "CPU_SECONDS", 0.3)
    module, function, content = FILES["a.mbox"]
    library.write("a.mbox", content(["One", "Two"]))
    library.index()
    spoil(monkeypatch, module, function, spin, "Evil")
    evil = [f"Evil {number}" for number in range(workers.MOST_LOST + 2)]
    library.write("a.mbox", content(["One", "Two", "Three", *evil, "Four"]))
    report = library.index()
    assert (report.added, report.removed) == (1, 0)
    assert set(library.ids_by_title()) == {"One", "Two", "Four"}
    assert "and all that is read after it" in report.failed[0][1] or "more" in report.failed[0][1]


def test_pieces_that_take_long_together_end_the_reading(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PIECES_SECONDS", 0.0)
    monkeypatch.setattr(workers, "CPU_SECONDS", 100.0)
    monkeypatch.setattr(reading, "CPU_SECONDS", 100.0)

    def toil() -> None:
        until = time.process_time() + 0.2
        while time.process_time() < until:
            pass

    monkeypatch.setattr(reading, "cpu_seconds", lambda size: 100.3)
    module, function, content = FILES["a.mbox"]
    spoil(monkeypatch, module, function, toil)
    library.write("a.mbox", content([f"Letter {number}" for number in range(9)]))
    report = library.index()
    assert 0 < report.added < 9
    assert "Letter 8" in library.ids_by_title()
    assert "takes long" in report.failed[0][1]


@pytest.mark.parametrize("name", ["a.mbox", "a.eml"])
def test_an_attachment_that_takes_for_ever_leaves_its_mail(
    library: Library, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(workers, "CPU_SECONDS", 0.3)
    spoil(monkeypatch, message.formats, "parse", spin, "b'Evil")
    with_document = numbered_mail(1)
    with_document.add_attachment("Evil\n\nText.", filename="a.txt", subtype="plain")
    with_document.add_attachment("A good one\n\nText.", filename="b.txt", subtype="plain")
    library.write(name, mailbox(with_document) if name == "a.mbox" else with_document.as_bytes())
    report = library.index()
    assert set(library.ids_by_title()) == {"Harbour report 1", "A good one"}
    assert "an attachment, a.txt: timeout" in report.failed[0][1]


def test_what_an_error_of_ours_leaves_unread_is_kept(known: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise KeyError("a parser's bug")

    before = known.ids_by_title()
    with monkeypatch.context() as failing:
        spoil(failing, mbox, "parse_file", fail)
        report = known.index()
    assert (report.removed, known.ids_by_title()) == (0, before)
    assert "can't be parsed (KeyError" in report.failed[0][1]
    assert known.index(full=True).added == 1


def test_a_mailbox_emptied_on_purpose_is_empty(known: Library) -> None:
    known.write("a.mbox", b"")
    report = known.index()
    assert (report.removed, known.ids_by_title()) == (6, {})
