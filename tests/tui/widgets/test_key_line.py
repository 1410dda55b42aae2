"""The line of keys at the foot of a screen."""

from __future__ import annotations

import gc

import pytest
from textual.geometry import Region
from textual.widgets import Static
from textual.widgets._footer import FooterKey
from textual.widgets._toast import Toast

from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.widgets.key_line import KeyLine
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly, until


@pytest.mark.parametrize("width", [40, 60, 80, 200])
async def test_the_footer_has_whole_keys_and_always_help(samples: Engine, reader: MakeReader, width: int) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(width, 24)
        await settle(pilot)
        line = app.screen.query_one(KeyLine)
        keys = list(line.query(FooterKey))
        assert keys[-1].description == "Help"
        assert all(key.region.right <= line.region.right and key.region.width == key.size.width for key in keys)
        assert len(keys) > 1


async def test_the_line_of_keys_holds_no_keys_that_it_had_before(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for _ in range(3):
            await pilot.press("question_mark")
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)

        def kept() -> int:
            gc.collect()
            return sum(isinstance(found, FooterKey) and found.app is app for found in gc.get_objects())

        await until(pilot, lambda: kept() == len(app.screen.query(FooterKey)) > 0, "the keys of before to be forgotten")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_was_done_is_said_on_the_line_and_covers_no_text(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    app = reader(samples)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await until(pilot, lambda: len(app.screen.query(".notice")) == 1, "the notice")
        assert "starred" in str(app.screen.query_one(".notice", Static).content)
        assert app.screen.query_one(KeyLine).query(FooterKey).last().description == "Help"
        assert not [toast for toast in app.screen.query(Toast) if toast.display]
        app.notify("The disk is full", severity="error")
        app.notify("word " * 60, markup=False)

        def in_the_corner() -> list[Region]:
            return [toast.region for toast in app.screen.query(Toast) if toast.region]

        await until(pilot, lambda: len(in_the_corner()) == 2, "the notices in a corner")
        assert all(region.bottom < size[1] // 2 for region in in_the_corner())


def keys_shown(app: NewsreaderApp) -> list[str]:
    return [key.description for key in app.screen.query_one(KeyLine).query(FooterKey)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_line_belongs_to_the_pane_with_the_focus_and_tells_the_way_back(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    app = reader(samples)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert keys_shown(app)[0] == "Open", "nothing to go back to"
        await press_slowly(pilot, "j", "enter")
        assert keys_shown(app)[0] == "To list"
        assert "Note" in keys_shown(app)
        await press_slowly(pilot, "escape", "slash")
        assert keys_shown(app)[:2] == ["To list", "Search"]
        await press_slowly(pilot, "escape", "B")
        assert keys_shown(app)[:2] == ["To list", "Choose"]
        await press_slowly(pilot, "escape", "S", "enter")
        assert keys_shown(app)[0] == "To story"


async def test_the_place_in_the_list_is_shown(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "j")
        total = app.screen.query_one(ArticleList).total
        assert str(app.screen.query_one("#facts-of-library", Static).render()) == f"3/{total}"


async def test_below_a_dialog_the_line_keeps_its_way_back(samples: Engine, reader: MakeReader) -> None:
    """That of the dialog's screen is for the dialog."""
    app = reader(samples)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "2", "1", "j")
        line = app.screen.query_one(KeyLine)
        before = [key.description for key in line.query(FooterKey)]
        assert before[0].startswith("To ")
        await press_slowly(pilot, "H")
        assert app.screen is not line.screen
        line.look()
        await line.recompose()
        assert [key.description for key in line.query(FooterKey)] == before
