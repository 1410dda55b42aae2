"""Counts before commands, and digits that are commands themselves."""

from __future__ import annotations

from dataclasses import replace

from newsreader.engine.core import Engine
from newsreader.tui.comparison.head import SummaryLine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.matrix.grid import MatrixGrid
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.story.timeline import StoryTimeline
from tests.tui.conftest import QUICK, MakeReader, settle, type_text
from tests.tui.waiting import press_slowly

PATIENT = replace(QUICK, count=60.0)
"""Waits for the command however long it takes."""


async def test_a_count_says_how_far(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples, delays=PATIENT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        for keys, row in (("5j", 5), ("2k", 3), ("10G", 9), ("g", 0), ("7gg", 6), ("gg", 0), ("12j", 12), ("3u", 15)):
            await pilot.press(*keys)
            await settle(pilot)
            assert articles.cursor == row, keys
        await pilot.press("9", "escape", "j")
        await settle(pilot)
        assert articles.cursor == 16, "escape forgets a count"
        assert isinstance(app.screen, MainScreen)
        assert app.screen.browser.request.query == ""


async def test_a_count_larger_than_what_there_is_goes_to_the_last(samples: Engine, reader: MakeReader) -> None:
    """In one step: one by one, keys would wait for minutes in a large library."""
    async with reader(samples, delays=PATIENT).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        last = articles.total - 1
        for keys, row in (("5j", 5), ("99999u", 4), ("99999]", last), ("99999[", 0), ("99999j", last)):
            await pilot.press(
                *({"[": "left_square_bracket", "]": "right_square_bracket"}.get(key, key) for key in keys)
            )
            await settle(pilot)
            assert articles.cursor == row, keys


async def test_counts_on_other_screens(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples, delays=PATIENT)
    async with app.run_test(size=(120, 40)) as pilot:

        async def press(*keys: str) -> None:
            await pilot.press(*keys)
            await settle(pilot)

        await settle(pilot)
        await press("slash")
        await type_text(pilot, "grain terminal explosion")
        await press("enter")
        await press("S")
        timeline = app.screen.query_one(StoryTimeline)
        for keys, row in (("g", 0), ("2u", 2), ("99999u", 1)):
            await press(*keys)
            assert timeline.cursor == row, keys
        await press("d")
        await press("3", "n")
        assert app.screen.query_one(SummaryLine).difference == 3
        await press("escape")
        await press("M")
        await press("2", "i")
        grid = app.screen.query_one(MatrixGrid)
        there = grid.cursor
        await press("g", "i")
        assert grid.cursor != there
        await press("i")
        assert grid.cursor == there


async def test_a_digit_alone_opens_its_view_at_once_when_another_command_follows(
    samples: Engine, reader: MakeReader
) -> None:
    app = reader(samples, delays=PATIENT)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2", "s")
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "is:unread"
        assert samples.shelf().counts.starred == 1
        await pilot.press("slash")
        await type_text(pilot, "2026")
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "2026", "digits are text while a query is typed"


async def test_a_digit_alone_opens_its_view_after_a_moment(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "3")
        assert app.screen.query_one(SearchBar).text == "is:starred"
