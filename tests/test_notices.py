"""What is new for whom: nothing is told twice, nothing is missed."""

from __future__ import annotations

import os
import shutil
import time

import pytest

from newsreader.notices import mark_told, notices
from tests.builders import HARBOUR, ORCHARD, Library


@pytest.fixture
def ferries(library: Library) -> Library:
    """One article, and a saved search that has been told of it."""
    library.write("a.txt", HARBOUR)
    library.index()
    library.engine.searching.save_search("ferries", "ferry")
    assert told(library) == []
    return library


def told(library: Library) -> list[tuple[str, str]]:
    """Tell: (search, name of the file)."""
    found = notices(library.engine)
    mark_told(library.engine, found)
    return [(notice.search, notice.article.path.name) for notice in found.found]


def article(number: int) -> str:
    return f" date 2021-04-{number:02} Title {number}\n\nThe ferry number {number} sails.\n"


def test_new_articles_are_told_once(ferries: Library) -> None:
    ferries.write("b.txt", article(1))
    ferries.write("c.txt", article(2))
    ferries.write("orchards.txt", ORCHARD)
    ferries.index()
    assert told(ferries) == [("ferries", "c.txt"), ("ferries", "b.txt")]
    assert told(ferries) == []


@pytest.mark.parametrize("pause", [0.0, 1.1], ids=["in the same second", "later"])
def test_runs_that_follow_each_other(ferries: Library, pause: float) -> None:
    for number in range(1, 5):
        time.sleep(pause if number < 3 else 0)
        ferries.write(f"{number}.txt", article(number))
        ferries.index()
        assert told(ferries) == [("ferries", f"{number}.txt")]


def test_what_came_before_the_search_is_old(ferries: Library) -> None:
    ferries.write("b.txt", article(1))
    ferries.index()
    ferries.engine.searching.save_search("all", "ferry")
    assert told(ferries) == [("ferries", "b.txt")]
    ferries.write("c.txt", article(2))
    ferries.index()
    assert told(ferries) == [("all", "c.txt"), ("ferries", "c.txt")]


def test_a_deleted_search_starts_anew(ferries: Library) -> None:
    ferries.engine.searching.delete_search("ferries")
    ferries.write("b.txt", article(1))
    ferries.index()
    ferries.engine.searching.save_search("ferries", "ferry")
    assert told(ferries) == []


def test_another_query_under_the_name_goes_on_from_where_it_was(ferries: Library) -> None:
    ferries.write("b.txt", article(1))
    ferries.write("orchards.txt", ORCHARD)
    ferries.index()
    ferries.engine.searching.save_search("ferries", "frost")
    assert told(ferries) == [("ferries", "orchards.txt")]


def test_without_a_mark_it_is_told_again(ferries: Library) -> None:
    ferries.write("b.txt", article(1))
    ferries.index()
    ferries.engine.searching.save_search("fog", "fog")
    found = notices(ferries.engine)
    mark_told(ferries.engine, found, but={"ferries"})
    assert told(ferries) == [("ferries", "b.txt")]


def test_edited_and_moved_articles_are_not_new(ferries: Library) -> None:
    ferries.write("b.txt", article(1))
    ferries.index()
    assert len(told(ferries)) == 1
    ferries.write("b.txt", article(1) + "\nMore.\n")
    (ferries.folder / "a.txt").rename(ferries.folder / "z.txt")
    ferries.index()
    assert told(ferries) == []


def test_a_partial_match_is_none(ferries: Library) -> None:
    ferries.engine.searching.save_search("both", "ferry zeppelin")
    told(ferries)
    ferries.write("b.txt", article(1))
    ferries.index()
    assert told(ferries) == [("ferries", "b.txt")]


def test_in_a_rebuilt_cache_the_files_times_tell(ferries: Library) -> None:
    time.sleep(1.1)
    ferries.write("old.txt", article(1), age=3600)
    ferries.index()
    assert told(ferries) == [("ferries", "old.txt")]
    ferries.write("new.txt", article(2), age=0)
    os.utime(ferries.folder / "new.txt", (time.time() + 5, time.time() + 5))
    ferries.engine.close()
    shutil.rmtree(ferries.locations.cache)
    ferries.reopen()
    ferries.index()
    assert told(ferries) == [("ferries", "new.txt")]
    assert told(ferries) == []


def test_a_search_that_cannot_be_run_stops_no_other(ferries: Library) -> None:
    ferries.engine.marking.tag([ferries.id("a.txt")], ["harbour"])
    ferries.engine.searching.save_search("tagged", f"id:{ferries.id('a.txt')}")
    (ferries.folder / "a.txt").unlink()
    ferries.write("b.txt", article(1))
    ferries.index()
    found = notices(ferries.engine)
    assert [notice.search for notice in found.found] == ["ferries"]
    assert len(found.troubles) == 1
    assert found.troubles[0].startswith("@tagged: ")
    assert found.searched == {"ferries"}


def test_marks_change_no_list(ferries: Library) -> None:
    before = ferries.engine.state()
    told(ferries)
    assert ferries.engine.state() == before
