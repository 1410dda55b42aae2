"""Places under letters: set on one screen, gone to from another, and gone with their articles."""

from __future__ import annotations

from textual.pilot import Pilot

from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.trail import MainStop, MatrixStop, Trail
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly


def app(pilot: Pilot[str]) -> NewsreaderApp:
    assert isinstance(pilot.app, NewsreaderApp)
    return pilot.app


async def test_from_anywhere_and_back(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "S", "j")
        there = app(pilot)._here
        await press_slowly(pilot, "grave_accent", "a", "escape", "j", "2")
        here = app(pilot)._here
        assert isinstance(pilot.app.screen, MainScreen)
        await press_slowly(pilot, "apostrophe", "a")
        assert isinstance(pilot.app.screen, StoryScreen)
        assert app(pilot)._here == there
        await press_slowly(pilot, "escape")
        assert app(pilot)._here == here


async def test_a_letter_that_stands_for_nothing_and_none_at_all(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        here = app(pilot)._here
        await press_slowly(pilot, "apostrophe", "s")
        assert app(pilot)._here == here
        assert [notice.message for notice in app(pilot)._notifications] == ["No place is remembered under s."]
        await press_slowly(pilot, "grave_accent", "escape")
        assert app(pilot).trail.bookmarks == {}
        assert app(pilot)._here == here


async def test_a_letter_typed_at_once_is_no_command(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("grave_accent", "s")
        await settle(pilot)
        assert list(app(pilot).trail.bookmarks) == ["s"]
        assert not len(samples.searching.search("is:starred").numbers)


def test_what_is_gone_can_not_be_gone_to() -> None:
    trail = Trail()
    matrix = (MainStop(), MatrixStop("Ferry", ("a1", "b2")))
    trail.bookmarks["m"] = matrix
    assert trail.articles == {"a1", "b2"}
    assert trail.bookmarked("m", (MainStop(),), {"b2"}) is None
    assert not trail.leads_back((MainStop(),))
    assert trail.bookmarked("m", (MainStop(),)) == matrix
    assert trail.before(matrix) == (MainStop(),)
