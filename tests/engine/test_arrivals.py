"""What came since the user was last here."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

from newsreader.engine.arrivals import Arrivals
from newsreader.userdata.last_visit import keep_visit, last_visit, visit_file
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library


def news(library: Library) -> list[str]:
    """Names of the files that are new to who opens the reader now, newest first."""
    library.reopen()
    return [
        article.path.name for article in library.engine.articles(library.engine.arrivals.since_last_visit().tolist())
    ]


def leave(library: Library) -> None:
    """Having seen all of it."""
    arrivals: Arrivals = library.engine.arrivals
    arrivals.keep_visit(arrivals.so_far())


@pytest.fixture
def seen(library: Library) -> Library:
    """A library of two articles, which the user has seen."""
    library.write("a.txt", BUDGET)
    library.write("b.txt", HARBOUR)
    library.index()
    leave(library)
    return library


def test_nothing_is_new_to_who_was_never_here(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.index()
    assert news(library) == []


def test_what_came_between_two_visits_is_new_until_the_next(seen: Library) -> None:
    assert news(seen) == []
    seen.write("c.txt", ORCHARD)
    seen.index()
    assert news(seen) == ["c.txt"]
    assert news(seen) == ["c.txt"]  # a reader that was killed has kept nothing
    found = seen.engine.searching.search("is:arrived")
    assert (len(found.numbers), found.interpretation) == (1, "is new since you were last here")
    assert len(seen.engine.searching.search("is:arrived frost").numbers) == 1
    leave(seen)
    assert len(seen.engine.searching.search("is:arrived").numbers) == 1  # all through the session
    assert news(seen) == []


def test_edited_and_moved_articles_are_not_new(seen: Library) -> None:
    seen.write("a.txt", BUDGET + "\nMore.\n")
    (seen.folder / "b.txt").rename(seen.folder / "z.txt")
    seen.index()
    assert news(seen) == []


def test_a_rebuilt_cache_makes_nothing_new_but_what_was_written_since(seen: Library) -> None:
    for name in ("a.txt", "b.txt"):
        os.utime(seen.folder / name, (time.time() - 3600,) * 2)
    seen.write("c.txt", ORCHARD)
    os.utime(seen.folder / "c.txt", (time.time() + 5,) * 2)
    seen.engine.close()
    shutil.rmtree(seen.locations.cache)
    seen.reopen()
    seen.index()
    assert news(seen) == ["c.txt"]


def test_of_two_readers_the_one_that_saw_more_counts(seen: Library) -> None:
    early = seen.engine.arrivals.so_far()
    time.sleep(1.1)
    seen.write("c.txt", ORCHARD)
    seen.index()
    leave(seen)
    keep_visit(seen.locations.state, early)
    assert news(seen) == []


@pytest.mark.parametrize(
    "said", ["{", "[]", "null", '{"epoch": 1, "time": 2, "ids": []}', '{"epoch": "", "time": 1e30, "ids": []}']
)
def test_a_broken_mark_is_none(seen: Library, said: str) -> None:
    visit_file(seen.locations.state).write_text(said)
    assert last_visit(seen.locations.state) is None
    assert news(seen) == []
    leave(seen)
    assert last_visit(seen.locations.state) is not None


def test_a_mark_of_a_clock_that_was_wrong_does_not_stay(seen: Library) -> None:
    kept = json.loads(visit_file(seen.locations.state).read_text())
    visit_file(seen.locations.state).write_text(json.dumps({**kept, "time": kept["time"] + 10_000_000}))
    seen.write("c.txt", ORCHARD)
    seen.index()
    assert news(seen) == []
    leave(seen)
    assert last_visit(seen.locations.state) == seen.engine.arrivals.so_far()
