"""What is kept when files change, through whole runs."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from newsreader import formats
from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError
from newsreader.indexing.edits import is_cut_short, says_the_same
from newsreader.indexing.resemblance import is_start
from newsreader.library.catalogue import Catalogue
from newsreader.library.locations import Locations
from newsreader.userdata.store import Store
from newsreader.userdata.versions import FormerText, Versions
from tests.builders import BUDGET, HARBOUR, ORCHARD, ROOT, Library

EDITED = BUDGET.replace("4.2 million", "3.9 million")
AGAIN = EDITED.replace("reckless", "bold")


def texts(library: Library, name: str = "a.txt") -> list[str]:
    """What an article said and says, oldest first, each as one text."""
    return ["\n".join(full.paragraphs) for full in library.engine.history.of(library.path(name)).texts]


def numbers(library: Library, name: str = "a.txt") -> list[int]:
    former = library.engine.history.of(library.path(name)).former
    return [full.article.version.number for full in former if full.article.version is not None]


def change(library: Library, text: str | bytes, name: str = "a.txt") -> None:
    """The file says something else, and a run sees it."""
    library.write(name, text)
    library.index()


@pytest.fixture
def edited(library: Library) -> Library:
    """Two articles; `a.txt` said 4.2 million, and says 3.9 million now."""
    library.write("b.txt", HARBOUR)
    change(library, BUDGET)
    change(library, EDITED)
    return library


def test_the_former_text_is_kept_and_the_article_marked(edited: Library) -> None:
    before, now = texts(edited)
    assert "4.2 million" in before
    assert "3.9 million" in now
    assert edited.found("is:edited") == {"a.txt"}
    assert edited.found("-is:edited") == {"b.txt"}
    article = edited.engine.article(edited.path("a.txt")).article
    assert (article.versions, article.edited, article.version) == (1, True, None)
    assert not edited.engine.article(edited.path("b.txt")).article.edited
    assert [summary.reworded for summary in edited.engine.comparing.edits(edited.engine.history.of(article.id))] == [1]
    assert [found.article.id for found in edited.engine.history.edited_articles()] == [article.id]


def test_the_run_names_what_was_edited(library: Library) -> None:
    library.write("a.txt", BUDGET)
    assert library.index().edited == []
    library.write("a.txt", EDITED, age=30)
    assert library.index().edited == [library.id("a.txt")]


def test_every_edit_is_a_version(edited: Library) -> None:
    change(edited, AGAIN)
    assert [("4.2" in text, "reckless" in text) for text in texts(edited)] == [
        (True, True),
        (False, True),
        (False, False),
    ]
    assert numbers(edited) == [1, 2]


def test_a_former_text_is_named_by_its_number(edited: Library) -> None:
    identity = edited.id("a.txt")
    former = edited.engine.article(f"{identity[:8]}@1")
    assert "4.2 million" in "\n".join(former.paragraphs)
    assert former.article.reference == f"{identity}@1"
    assert edited.engine.article(f"{edited.path('a.txt')}@1") == former
    compared = edited.engine.comparing.compare(f"{identity}@1", identity)
    assert compared.comparison.summary.reworded == 1
    for wrong in (f"{identity}@2", f"{identity}@0", f"{edited.id('b.txt')}@1", "nothing@1"):
        with pytest.raises(NotFoundError):
            edited.engine.article(wrong)


def test_a_file_called_like_a_former_text_goes_first(library: Library) -> None:
    change(library, BUDGET, "budget")
    change(library, EDITED, "budget")
    assert library.engine.article(library.path("budget@1")).article.version is not None
    change(library, "A file of its own\n\nIts text.\n", "budget@1")
    assert library.engine.article(library.path("budget@1")).article.version is None


def test_spacing_and_typography_are_no_versions(library: Library) -> None:
    text = "The mayor's word\n\nShe said - not for the first time - that \"it's late\" ... and left.\n\nShe did.\n"
    library.write("a.txt", text)
    library.index()
    change(library, text.replace("\n\nShe did.", "\nShe did.").replace("and left", "and\n   left"))
    change(library, text.replace("'", "’").replace('"it', "“it").replace('late"', "late”"))
    change(library, text.replace("...", "…").replace(" - ", " — ").replace("mayor's", "Mayor’s"))
    assert len(texts(library)) == 1
    assert library.found("is:edited") == set()
    change(library, text.replace("late", "too late"))
    assert len(texts(library)) == 2


def test_tags_alone_are_no_version(library: Library) -> None:
    library.write("a.md", "---\ntitle: Ferry\ntags: [sea]\n---\n\nIt sails.\n")
    library.index()
    change(library, "---\ntitle: Ferry\ntags: [sea, ship]\nauthor: Me\n---\n\nIt sails.\n", "a.md")
    assert len(texts(library, "a.md")) == 1
    change(library, "---\ntitle: Ship\ntags: [sea, ship]\nauthor: Me\n---\n\nIt sails.\n", "a.md")
    former = library.engine.history.of(library.path("a.md")).former[0].article
    assert (former.title, former.author) == ("Ferry", "Me")


# downloads that are caught half-way


@pytest.mark.parametrize("cut", [40, 300, len(BUDGET) - 30])
def test_a_file_that_is_being_written_makes_no_version(library: Library, cut: int) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    change(library, BUDGET[:cut])
    assert len(texts(library)) == 2  # nobody can know yet
    change(library, BUDGET)
    assert len(texts(library)) == 1
    assert library.found("is:edited") == set()


@pytest.mark.parametrize("between", [b"", b"\x00\x01\x02" * 50])
def test_a_file_without_any_text_makes_no_version(library: Library, between: bytes) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    identity = library.id("a.txt")
    change(library, between)
    assert library.ids() == {}
    change(library, BUDGET)
    assert (library.id("a.txt"), len(texts(library))) == (identity, 1)


def test_another_way_of_reading_is_no_edit(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write("a.md", "---\nheadline: One\n---\n\nThe ferry sails.\n")
    library.index()
    before = formats.parse

    def better(*arguments: Any, **named: Any) -> Any:
        return [replace(article, title="Another") for article in before(*arguments, **named)]

    monkeypatch.setattr(formats, "parse", better)
    report = library.index(full=True)
    assert (report.updated, report.edited) == (1, [])


def test_an_edit_through_an_empty_file_is_an_edit(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    identity = library.id("a.txt")
    change(library, b"")
    change(library, EDITED)
    assert library.id("a.txt") == identity
    assert ["4.2" in text for text in texts(library)] == [True, False]


def test_an_edit_caught_half_written_is_one_version(edited: Library) -> None:
    change(edited, AGAIN[:300])
    change(edited, AGAIN)
    assert [("4.2" in text, "reckless" in text) for text in texts(edited)] == [
        (True, True),
        (False, True),
        (False, False),
    ]


def test_a_new_file_caught_half_written_is_no_edit(library: Library) -> None:
    change(library, BUDGET[:200])
    change(library, BUDGET)
    assert len(texts(library)) == 1


def test_paragraphs_added_at_the_end_are_an_edit(library: Library) -> None:
    change(library, BUDGET)
    change(library, BUDGET + "\nThe vote was recorded.\n")
    assert len(texts(library)) == 2


def test_an_edit_that_was_taken_back_was_one(edited: Library) -> None:
    change(edited, BUDGET)
    assert ["4.2" in text for text in texts(edited)] == [True, False, True]
    change(edited, EDITED)
    assert ["4.2" in text for text in texts(edited)] == [True, False, True, False]


# moves, copies, caches


def test_former_texts_follow_a_move(edited: Library) -> None:
    identity = edited.id("a.txt")
    (edited.folder / "a.txt").rename(edited.folder / "c.txt")
    edited.index()
    assert edited.id("c.txt") == identity
    assert len(texts(edited, "c.txt")) == 2


def test_nothing_is_kept_twice_when_the_cache_is_lost(edited: Library) -> None:
    identity = edited.id("a.txt")
    edited.engine.close()
    shutil.rmtree(edited.locations.cache)
    edited.reopen()
    edited.index()
    edited.index(full=True)
    edited.index(rebuild=True)
    assert edited.id("a.txt") == identity
    assert len(texts(edited)) == 2
    change(edited, AGAIN)
    assert len(texts(edited)) == 3


def test_rebuilding_keeps_what_was_edited_since_the_last_run(edited: Library) -> None:
    edited.engine.marking.tag([edited.id("a.txt")], ["mine"])
    edited.write("a.txt", AGAIN, age=30)
    edited.write("moved.txt", HARBOUR, age=30)
    edited.write("b.txt", ORCHARD, age=30)
    report = edited.index(rebuild=True)
    assert [len(report.edited), report.warnings] == [1, []]
    assert ["4.2" in text for text in texts(edited)] == [True, False, False]
    assert "reckless" in texts(edited)[1]
    assert "bold" in texts(edited)[2]
    assert edited.tags("a.txt") == ("mine",)
    assert edited.found("is:edited") == {"a.txt"}
    edited.index(rebuild=True)
    assert len(texts(edited)) == 3


def test_a_removed_article_leaves_its_former_texts(edited: Library) -> None:
    kept = (edited.folder / "a.txt").read_text()
    (edited.folder / "a.txt").unlink()
    edited.index()
    assert edited.found("is:edited") == set()
    assert edited.engine.history.edited_articles() == []
    change(edited, kept)
    assert len(texts(edited)) == 2


def test_the_limit_comes_from_the_caller(edited: Library) -> None:
    edited.write("b.txt", HARBOUR.replace("eleven", "nine"), age=30)
    edited.index(history=1)
    assert edited.found("is:edited") == set()
    edited.write("b.txt", HARBOUR, age=20)
    assert edited.index(history=0).edited == []


# faults


def _die_in(places: Locations, name: str) -> None:
    """Run in a process of its own: kill -9 when the catalogue is about to do that."""
    setattr(Catalogue, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    Engine(places).index()


@pytest.mark.parametrize("moment", ["store", "mark_indexed", "unstoried"])
def test_a_killed_run_loses_nothing_and_keeps_nothing_twice(edited: Library, moment: str) -> None:
    edited.write("a.txt", AGAIN, age=30)
    edited.engine.close()
    process = get_context("spawn").Process(target=_die_in, args=(edited.locations, moment))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    store = Store.open(edited.locations.userdata)
    assert len(Versions(store).of(next(iter(Versions(store).counts())))) == 2  # safe before anything is overwritten
    store.close()
    edited.reopen()
    edited.index()
    assert ["4.2" in text for text in texts(edited)] == [True, False, False]
    assert numbers(edited) == [1, 2]


def test_a_run_killed_while_an_edit_is_taken_back(library: Library) -> None:
    change(library, BUDGET)
    change(library, BUDGET[:300])
    library.write("a.txt", BUDGET, age=30)
    library.engine.close()
    process = get_context("spawn").Process(target=_die_in, args=(library.locations, "store"))
    process.start()
    process.join(60)
    library.reopen()
    library.index()
    assert len(texts(library)) == 1


def test_with_read_only_user_data_the_run_warns_and_goes_on(edited: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    edited.write("a.txt", AGAIN, age=30)
    edited.engine.close()
    before = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != edited.locations.data and before(path, mode))
    edited.reopen()
    report = edited.index_only()
    assert report.updated == 1
    assert report.edited == []
    assert any("former texts of 1 edited article were not kept" in warning for warning in report.warnings)
    assert ["4.2" in text for text in texts(edited)] == [True, False]
    assert edited.found("bold") == {"a.txt"}


def test_tagging_from_three_processes_while_edits_are_indexed_loses_nothing(library: Library) -> None:
    names = [f"{number}.txt" for number in range(12)]
    for name in names:
        library.write(name, f"Title {name}\n\n{ORCHARD}")
    library.index()
    script = (
        "import sys; from pathlib import Path;"
        "from newsreader.engine.core import Engine; from tests.builders import locations;"
        "engine = Engine(locations(Path(sys.argv[1])));"
        "[engine.marking.tag([engine.article(path).article.id], [f'{sys.argv[2]}-{turn}'])"
        " for turn in range(8) for path in sys.argv[3:]]"
    )
    paths = [library.path(name) for name in names]
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(library.home), who, *paths], cwd=ROOT) for who in "xyz"
    ]
    edited = 0
    while any(process.poll() is None for process in running):
        edited += 1
        for name in names:
            library.write(name, f"Title {name}\n\n{ORCHARD}\n\nUpdate {edited}.\n")
        library.index()
    assert [process.returncode for process in running] == [0, 0, 0]
    wanted = tuple(sorted(f"{who}-{turn}" for who in "xyz" for turn in range(8)))
    for name in names:
        assert library.tags(name) == wanted
        assert len(texts(library, name)) == edited + 1


# telling edits from what is none


def said(*paragraphs: str, title: str = "Title") -> FormerText:
    return FormerText(repr((title, paragraphs)), title, paragraphs)


def test_what_says_the_same() -> None:
    assert says_the_same(said("One two.", "Three."), said("One", "two. Three."))
    assert says_the_same(said("“It’s” – late…", title="A – B"), said('"It\'s" - late...', title="a - b"))
    assert not says_the_same(said("One, two."), said("One two."))
    assert not says_the_same(said("1.5 million"), said("15 million"))


def test_what_is_cut_short() -> None:
    whole = said("One two three.", "Four five six.", "Seven.")
    assert is_cut_short(said("One two three.", "Four fi"), whole)
    assert is_cut_short(said("One tw"), whole)
    assert not is_cut_short(said("One two three."), whole)  # whole paragraphs: more may have been written below
    assert not is_cut_short(said("One two three.", "Four five."), whole)
    assert not is_cut_short(said("One three.", "Four fi"), whole)
    assert not is_cut_short(whole, said("One two three.", "Four fi"))
    assert not is_cut_short(said("One tw", title="Other"), whole)
    assert is_start(said("One two three."), whole)
    assert is_start(said(), whole)
    assert not is_start(said("Two three."), whole)
