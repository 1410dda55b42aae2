"""The versions of an edited article."""

from __future__ import annotations

import pytest

from newsreader.engine.core import Engine
from newsreader.tui.comparison.head import ColumnHeads, SummaryLine
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.dialogs.history import HistoryScreen, VersionList
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.reading.pane import ReadingPane
from tests.builders import BUDGET, HARBOUR, Library
from tests.tui.conftest import MakeReader, library_with, settle
from tests.tui.waiting import press_slowly

HOSTILE = BUDGET.replace("Council passes", "[@click=app.quit]Council[/] passes")
EDITED = BUDGET.replace("4.2 million", "3.9 million")
AGAIN = EDITED.replace("reckless", "bold")


@pytest.fixture
def edited(library: Library) -> Engine:
    """An article with two former texts, the newest of the library; another one without."""
    library_with(library, harbour=HARBOUR.replace("2021-03-27", "2021-03-20"))
    for text in (HOSTILE, EDITED, AGAIN):
        library.write("budget.txt", text)
        library.index()
    return library.engine


def shown(widget: VersionList | ArticleList | ReadingPane) -> str:
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_versions_are_listed_and_compared(edited: Engine, reader: MakeReader, size: tuple[int, int]) -> None:
    app = reader(edited)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        versions = screen.query_one(VersionList)
        rows = [line for line in shown(versions).splitlines() if line.strip()]
        assert len(rows) == 6
        assert ["now" in rows[0], "Version 2" in rows[2], "Version 1" in rows[4]] == [True] * 3
        assert "1 reworded" in rows[1]
        await pilot.press("j", "j", "j", "enter")
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        compared = app.screen._compared
        assert compared is not None
        assert [side.article.version and side.article.version.number for side in (compared.left, compared.right)] == [
            1,
            None,
        ]
        await pilot.press("x")
        await settle(pilot)
        assert app.screen._compared is not None
        assert app.screen._compared.right.article.version is not None
        await press_slowly(pilot, "escape")
        assert app.screen is screen
        await pilot.press("k", "p")
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        compared = app.screen._compared
        assert compared is not None
        assert [side.article.reference[-2:] for side in (compared.left, compared.right)] == ["@1", "@2"]
        await press_slowly(pilot, "escape", "escape")
        assert isinstance(app.screen, MainScreen)


async def test_on_the_text_now_enter_shows_the_latest_edit(edited: Engine, reader: MakeReader) -> None:
    app = reader(edited)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        summary = app.screen.query_one(SummaryLine).render().plain
        assert "1 reworded" in summary
        heads = app.screen.query_one(ColumnHeads).render().plain
        assert "version 2, until" in heads


async def test_an_article_that_was_not_edited_says_so(edited: Engine, reader: MakeReader) -> None:
    app = reader(edited)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("j", "H")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, HistoryScreen)
        assert "first read" in screen.query_one("#history-state").render().plain  # type: ignore[union-attr]
        await pilot.press("enter", "p")
        await settle(pilot)
        assert app.screen is screen
        await press_slowly(pilot, "H")
        assert isinstance(app.screen, MainScreen)


async def test_lists_and_the_head_of_the_text_say_that_it_was_edited(edited: Engine, reader: MakeReader) -> None:
    app = reader(edited)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert shown(app.screen.query_one(ArticleList)).count("±2") == 1
        assert "± edited twice" in shown(app.screen.query_one(ReadingPane))


async def test_it_opens_from_a_story(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET, copy=BUDGET.replace("nine hours", "ten hours"))
    library.write("budget.txt", EDITED)
    library.index()
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        assert isinstance(app.screen, HistoryScreen)


async def test_a_new_edit_shows_while_it_is_open(edited: Engine, library: Library, reader: MakeReader) -> None:
    app = reader(edited)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("H")
        await settle(pilot)
        library.write("budget.txt", AGAIN.replace("bold", "grand"))
        library.index()
        app.screen.post_message(LibraryChanged(*edited.state()))
        await settle(pilot)
        assert app.screen.query_one(VersionList).total == 4
