"""What the reader opens on, and what comes while it is open."""

from __future__ import annotations

from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.engine.arrivals import Arrivals
from newsreader.engine.core import Engine
from newsreader.terms.arrays import Ints
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.window_state import load_state
from tests.builders import Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly, until


def sailing(day: int) -> str:
    return f" date 2021-03-{day:02} Number {day}\n\nThe ferry sails {day} times.\n"


@pytest.fixture
def ferries(library: Library) -> Library:
    """Twenty articles, one a day."""
    library_with(library, **{f"n{day:02}": sailing(day) for day in range(1, 21)})
    return library


def here(pilot: Pilot[str]) -> str | None:
    """Title under the cursor."""
    article = pilot.app.screen.query_one(ArticleList).article
    return article.title if article is not None else None


def said(pilot: Pilot[str]) -> str:
    """On the left of the bottom line."""
    return str(pilot.app.screen.query_one("#facts-of-library", Static).render())


async def test_it_opens_where_the_user_was(ferries: Library, reader: MakeReader) -> None:
    for size in ((120, 40), (80, 24)):
        async with reader(Engine(ferries.locations)).run_test(size=size) as pilot:
            await settle(pilot)
            await press_slowly(pilot, "1", "slash")
            await type_text(pilot, "ferry date:2021")
            await press_slowly(pilot, "enter", "G", "k", "enter")
            title = here(pilot)
            assert title is not None
        async with reader(Engine(ferries.locations)).run_test(size=size) as pilot:
            await settle(pilot)
            assert pilot.app.screen.query_one(SearchBar).text == "ferry date:2021"
            assert here(pilot) == title
            page = pilot.app.screen.query_one(ReadingPane).page
            assert page is not None
            assert page.article.title == title
            assert isinstance(pilot.app.focused, ReadingPane)
            assert pilot.app.screen.query_one(ArticleList).cursor_in_view or size == (80, 24)


async def test_who_leaves_before_the_list_is_there_keeps_the_place(
    ferries: Library, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "j", "j")
    left = load_state(ferries.locations.state).place
    may_go_on, look = Event(), Arrivals.since_last_visit

    def later(arrivals: Arrivals) -> Ints:
        may_go_on.wait(20)
        return look(arrivals)

    monkeypatch.setattr(Arrivals, "since_last_visit", later)
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        pilot.app.exit()
    may_go_on.set()
    assert left is not None
    assert left.cursor is not None
    assert load_state(ferries.locations.state).place == left


async def test_it_opens_on_what_is_new_and_leads_back(ferries: Library, reader: MakeReader) -> None:
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "j", "j")
        assert here(pilot) == "Number 17"
    ferries.write("n21.txt", sailing(21))
    ferries.index()
    for _ in range(2):  # the second time nothing is new
        async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
            await settle(pilot)
            if _ == 0:
                assert pilot.app.screen.query_one(SearchBar).text == "is:arrived"
                assert (here(pilot), pilot.app.screen.query_one(ArticleList).total) == ("Number 21", 1)
                await press_slowly(pilot, "escape")
            assert pilot.app.screen.query_one(SearchBar).text == ""
            assert here(pilot) == "Number 17"


async def test_what_comes_meanwhile_is_told_of_until_it_is_gone_to(ferries: Library, reader: MakeReader) -> None:
    async def come(pilot: Pilot[str], day: int) -> None:
        ferries.write(f"n{day}.txt", sailing(day))
        ferries.index()
        pilot.app.screen.post_message(LibraryChanged(0, 0))
        await until(pilot, lambda: "new ↑" in said(pilot))
        await settle(pilot)

    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert "new" not in said(pilot)
        await press_slowly(pilot, "j", "j")
        await come(pilot, 21)
        assert "1 new ↑" in said(pilot)
        assert here(pilot) == "Number 18"
        await press_slowly(pilot, "g")
        assert "new" not in said(pilot)
        assert here(pilot) == "Number 21"
        await come(pilot, 22)
        await press_slowly(pilot, "0")
        assert "new" not in said(pilot)
        assert here(pilot) == "Number 22"
        assert pilot.app.screen.query_one(ArticleList).total == 2  # all that came since the reader was opened
        await come(pilot, 23)
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one(SearchBar).text == "is:arrived"
        assert (here(pilot), pilot.app.screen.query_one(ArticleList).total) == ("Number 23", 1)


async def test_a_first_run_is_no_news(library: Library, reader: MakeReader) -> None:
    library.engine.add_folders([library.folder])
    async with reader(Engine(library.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        library.write("a.txt", sailing(1))
        library.index()
        pilot.app.screen.post_message(LibraryChanged(0, 0))
        await until(pilot, lambda: pilot.app.screen.query_one(ArticleList).total == 1)
        await settle(pilot)
        assert "new" not in said(pilot)


async def test_where_the_article_is_gone_the_list_begins_at_its_top(ferries: Library, reader: MakeReader) -> None:
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j")
    state = load_state(ferries.locations.state)
    assert state.place is not None
    (ferries.folder / "n19.txt").unlink()
    ferries.index()
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert here(pilot) == "Number 20"


async def test_groups_of_the_sidebar_stay_folded(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "B", "G", "left")
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert pilot.app.screen.query_one(Sidebar).folded == {"Tags"}
        labels = [row.label for row in pilot.app.screen.query_one(Sidebar).rows if row.kind == "articles"]
        assert "art" not in labels
        assert "meridian-wire" in labels


async def test_a_place_that_was_left_in_a_narrow_window(ferries: Library, reader: MakeReader) -> None:
    """In a wide one, list, text and keys are about the same article."""
    async with reader(Engine(ferries.locations)).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "j", "j")
        title = here(pilot)
    library_with(ferries, new=sailing(21))
    async with reader(Engine(ferries.locations)).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "escape")
        page = pilot.app.screen.query_one(ReadingPane).page
        assert here(pilot) == title
        assert page is not None
        assert page.article.title == title
