"""Writing a note: nothing that is typed is lost, whatever happens to the reader or to what keeps it."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static, TextArea

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.tui.reading.pane import ReadingPane
from newsreader.userdata.drafts import Draft, Drafts
from tests.builders import BUDGET, Library
from tests.terminal import PATIENCE, Terminal
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly, until


@pytest.fixture
def engine(library: Library, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setattr("newsreader.userdata.store.BUSY_SECONDS", 0.05)  # how long a write waits for others
    return library_with(library, budget=BUDGET)


@contextmanager
def busy(engine: Engine) -> Iterator[None]:
    """While another process writes to the user data."""
    other = sqlite3.connect(engine.locations.userdata, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def article_of(engine: Engine) -> Article:
    (row,) = engine.searching.search("").numbers.tolist()
    (article,) = engine.articles([row])
    return article


def note_of(engine: Engine) -> str:
    return engine.marking.mark(article_of(engine).id).note


async def write(pilot: Pilot[str], text: str) -> None:
    await press_slowly(pilot, "m")
    await type_text(pilot, text)
    await settle(pilot)


def said_in(pilot: Pilot[str]) -> str:
    return str(pilot.app.screen.query_one(".dialog-message", Static).render())


def notices(pilot: Pilot[str]) -> list[str]:
    return [str(notice.message) for notice in pilot.app._notifications]


async def test_a_note_is_kept_and_shown(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "ask Iris")
        await press_slowly(pilot, "ctrl+s")
        pane = app.screen.query_one(ReadingPane)
        assert pane.page is not None
        assert pane.page.note == "ask Iris"
        assert "ask Iris" in "".join(strip.text for strip in pane.render_lines(pane.size.region))
    assert engine.marking.drafts.left() == []


async def test_a_note_half_written_is_kept_when_the_reader_is_left(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "ask Ir")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert note_of(engine) == "ask Ir"
    assert engine.marking.drafts.left() == []


async def test_where_a_note_can_t_be_kept_the_dialog_stays(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "ask Iris")
        with busy(engine):
            await press_slowly(pilot, "ctrl+s")
            assert "another process is writing" in said_in(pilot)
            assert app.screen.query_one(TextArea).text == "ask Iris"
        assert note_of(engine) == ""
        await press_slowly(pilot, "ctrl+s")
        assert len(app.screen_stack) == 1
    assert note_of(engine) == "ask Iris"


async def test_escape_leaves_a_draft_which_the_next_time_begins_with(engine: Engine, reader: MakeReader) -> None:
    engine.marking.set_note(article_of(engine).id, "old")
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await write(pilot, "er")
        await press_slowly(pilot, "escape")
        assert "What you wrote is kept as a draft." in notices(pilot)
        assert note_of(engine) == "old"
        await press_slowly(pilot, "m")
        assert app.screen.query_one(TextArea).text == "older"
        assert "draft" in said_in(pilot)
        await press_slowly(pilot, "ctrl+z")
        assert app.screen.query_one(TextArea).text == "old"
        await press_slowly(pilot, "escape")
        assert engine.marking.drafts.left() == []
        await press_slowly(pilot, "m")
        assert app.screen.query_one(TextArea).text == "old"
    assert note_of(engine) == "old"


async def test_where_there_is_no_room_for_a_draft_either_escape_asks_once_more(
    engine: Engine, reader: MakeReader
) -> None:
    engine.locations.drafts.parent.mkdir(exist_ok=True)
    engine.locations.drafts.write_text("a file in its place")
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "ask")
        await press_slowly(pilot, "escape")
        assert str(engine.locations.drafts) in said_in(pilot)
        await press_slowly(pilot, "escape")
        assert len(app.screen_stack) == 1


async def test_what_can_t_be_kept_anywhere_is_said_on_leaving(engine: Engine, reader: MakeReader) -> None:
    engine.locations.drafts.parent.mkdir(exist_ok=True)
    engine.locations.drafts.write_text("a file in its place")
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "ask Iris")
        with busy(engine):
            await pilot.press("ctrl+q")
            await until(pilot, lambda: not app.is_running, "it is left")
    (words,) = app.parting_words
    assert words.endswith("it was:\nask Iris")


async def test_another_reader_s_note_is_not_overwritten(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await write(pilot, "mine")
        engine.marking.set_note(article_of(engine).id, "theirs")
        await press_slowly(pilot, "ctrl+s")
        assert note_of(engine) == "theirs\n\nmine"
        assert any("below another one" in notice for notice in notices(pilot))
        await press_slowly(pilot, "ctrl+z")
        assert note_of(engine) == "theirs"


async def test_undo_takes_back_what_was_done_last(engine: Engine, reader: MakeReader) -> None:
    engine.marking.set_note(article_of(engine).id, "old")
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "s")
        await write(pilot, "er")
        await press_slowly(pilot, "ctrl+s")
        assert note_of(engine) == "older"
        await press_slowly(pilot, "ctrl+z")
        assert (note_of(engine), article_of(engine).starred) == ("old", True)
        await press_slowly(pilot, "ctrl+z")
        assert (note_of(engine), article_of(engine).starred) == ("old", False)


async def test_undo_leaves_what_another_reader_has_changed_since(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await write(pilot, "mine")
        await press_slowly(pilot, "ctrl+s")
        engine.marking.set_note(article_of(engine).id, "theirs")
        await press_slowly(pilot, "ctrl+z")
        assert note_of(engine) == "theirs"
        assert any("changed since" in notice for notice in notices(pilot))


async def test_tags_and_names_stay_where_they_can_t_be_kept(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "t", "a")
        with busy(engine):
            await press_slowly(pilot, "enter")
            assert "another process is writing" in said_in(pilot)
        await press_slowly(pilot, "enter")
        assert article_of(engine).tags == ("a",)
        await press_slowly(pilot, "slash", *"council", "enter", "ctrl+s", *"city")
        with busy(engine):
            await press_slowly(pilot, "enter")
            assert "another process is writing" in said_in(pilot)
            assert app.screen.query_one(Input).value == "city"
        await press_slowly(pilot, "enter")
    assert engine.searching.saved_searches() == {"city": "council"}


# drafts on disk


def test_drafts_of_other_processes(tmp_path: Path, engine: Engine) -> None:
    article = article_of(engine).id
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep(Draft(article, "", "mine"))
    own = drafts.directory / f"{article}.{os.getpid()}.json"
    assert own.stat().st_mode & 0o077 == 0
    other = drafts.directory / f"{article}.{os.getppid()}.json"
    own.rename(other)
    assert Drafts(drafts.directory).of(article) is None  # somebody is writing it
    drafts.forget(article)  # as one that has ended, whose number is another process's by now
    (drafts.directory / "damaged.1.json").write_text('["x"]')
    (drafts.directory / "damaged.x.json").write_text("{")
    assert drafts.left() == [Draft(article, "", "mine")]
    assert drafts.of(article) == Draft(article, "", "mine")
    drafts.forget(article)
    assert drafts.left() == []


async def test_a_note_that_is_as_it_was_leaves_no_draft(engine: Engine, reader: MakeReader) -> None:
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await write(pilot, "a")
        await press_slowly(pilot, "backspace")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert engine.marking.drafts.left() == []


async def test_a_draft_of_an_article_that_is_gone_is_told_of(engine: Engine, reader: MakeReader) -> None:
    engine.marking.drafts.keep(Draft(ArticleId("0123456789abcdef"), "", "ask Iris"))
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await until(
            pilot, lambda: any(str(engine.locations.drafts) in notice for notice in notices(pilot)), "it is told"
        )


@pytest.mark.timeout(400)
async def test_a_reader_that_is_killed_loses_no_word(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    terminal = Terminal([sys.executable, "-m", "newsreader", *library.arguments()])
    terminal.paints("newest first", "Council passes")
    terminal.send("m")
    terminal.paints("Note on")
    terminal.send("ask Iris \xe9".encode("latin-1"))
    until_then = time.monotonic() + PATIENCE
    while not any(draft.written.startswith("ask Iris") for draft in written_by(engine, terminal.process.pid)):
        assert time.monotonic() < until_then
        terminal.drain(0.05)
    terminal.process.send_signal(signal.SIGKILL)
    terminal.ends()
    terminal.close()
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await until(pilot, lambda: any("is a draft" in notice for notice in notices(pilot)), "it is told")
        await press_slowly(pilot, "m", "ctrl+s")
    assert note_of(engine).startswith("ask Iris")


def written_by(engine: Engine, process: int) -> list[Draft]:
    """What is on disk of a process that lives."""
    from newsreader.text.json_value import load

    found = []
    for path in engine.locations.drafts.glob(f"*.{process}.json"):
        said = load(path.read_text())
        found.append(Draft(said["article"], said["before"], said["written"]))
    return found
