"""The ways into the library: outlets with what is unread of each, groups that fold, and a line to find one."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from newsreader.engine.core import Engine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.sidebar import FIRST_OF_GROUP, Sidebar
from newsreader.tui.search.bar import SearchBar
from tests.builders import Library
from tests.tui.conftest import MakeReader, library_with, listed, settle
from tests.tui.waiting import press_slowly


def lines(sidebar: Sidebar) -> list[str]:
    """What it shows, from top to bottom."""
    return [sidebar.lines_of(row, 30)[0].plain.strip() for row in sidebar.rows]


def labels(sidebar: Sidebar, *kinds: str) -> list[str]:
    return [row.label for row in sidebar.rows if row.kind in kinds]


@pytest.fixture
def outlets(library: Library) -> Engine:
    """Fifteen outlets, of which each has one article more than the one before."""
    texts = {
        f"a{outlet:02}n{number:02}": f"---\nsource: Outlet {outlet:02}\n---\n\nFerry {outlet} sails {number} times.\n"
        for outlet in range(1, 16)
        for number in range(outlet)
    }
    for name, text in texts.items():
        library.write(f"{name}.md", text)
    return library_with(library)


async def test_outlets_with_something_unread_come_first(outlets: Engine, reader: MakeReader, library: Library) -> None:
    read = [library.id(f"a15n{number:02}.md") for number in range(14)]
    outlets.marking.set_flag(read, "read", True)
    app = reader(outlets)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sidebar = app.screen.query_one(Sidebar)
        shown = labels(sidebar, "articles")[-FIRST_OF_GROUP:]
        assert shown == [f"Outlet {number:02}" for number in range(14, 2, -1)]
        assert "… 3 more" in lines(sidebar)
        await press_slowly(pilot, "B", "G", "enter")
        assert labels(sidebar, "articles")[-2:] == ["Outlet 01", "Outlet 15"]
        assert any(text.startswith("Outlet 15") and text.endswith("1/15") for text in lines(sidebar))


async def test_a_group_folds_and_unfolds(outlets: Engine, reader: MakeReader) -> None:
    app = reader(outlets)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sidebar = app.screen.query_one(Sidebar)
        await press_slowly(pilot, "B", "G", "left")
        assert labels(sidebar, "articles") == ["All", "Unread", "Starred"]
        assert sidebar.row is not None
        assert sidebar.row.label == "Outlets"
        assert lines(sidebar)[-1].endswith("15")
        for key in ("enter", "left", "space", "left", "right"):
            await press_slowly(pilot, key)
            assert ("Outlet 15" in labels(sidebar, "articles")) == (key != "left")
        await pilot.click(Sidebar, offset=(5, sidebar.cursor))
        await settle(pilot)
        assert "Outlet 15" not in labels(sidebar, "articles")


async def test_a_slash_in_the_sidebar_finds_an_outlet(outlets: Engine, reader: MakeReader) -> None:
    app = reader(outlets)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        sidebar = app.screen.query_one(Sidebar)
        await press_slowly(pilot, "B", "slash", "0", "1")
        assert labels(sidebar, "articles") == ["Outlet 01"]
        await press_slowly(pilot, "backspace", "down", "down", "up", "enter")
        assert app.screen.query_one(SearchBar).text == 'source:"Outlet 09"'
        assert listed(app) == 9
        assert isinstance(app.focused, ArticleList)
        assert len(labels(sidebar, "articles")) > 10
        await press_slowly(pilot, "B", "slash", "x")
        assert labels(sidebar, "articles") == []
        await press_slowly(pilot, "enter", "slash", "escape")
        assert app.focused is sidebar
        assert not app.screen.query_one("#sidebar-filter", Input).display
        assert len(labels(sidebar, "articles")) > 10


@pytest.mark.parametrize(("width", "is_there"), [(120, True), (110, True), (109, False), (80, False), (40, False)])
async def test_it_is_hidden_where_there_is_little_room(
    samples: Engine, reader: MakeReader, width: int, is_there: bool
) -> None:
    app = reader(samples)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        sidebar = app.screen.query_one(Sidebar)
        assert bool(sidebar.region) == is_there
        await press_slowly(pilot, "B")
        assert app.focused is sidebar
        assert sidebar.region
        await press_slowly(pilot, "B")
        assert isinstance(app.focused, ArticleList)
        assert bool(sidebar.region) == is_there
        await press_slowly(pilot, "B", "escape")
        assert bool(sidebar.region) == is_there


async def test_what_is_new_has_a_view(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, one=" date 2021-03-26 One\n\nThe ferry sails.\n")
    engine.arrivals.keep_visit(engine.arrivals.so_far())
    library.write("two.txt", " date 2021-03-27 Two\n\nThe ferry sails again.\n")
    library.index()
    app = reader(Engine(library.locations))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert lines(app.screen.query_one(Sidebar))[0].split() == ["New", "1"]
        await press_slowly(pilot, "0")
        assert app.screen.query_one(SearchBar).text == "is:arrived"
        assert listed(app) == 1
