from __future__ import annotations

import threading

import pytest

from newsreader.engine.core import Engine
from newsreader.tui.lanes import ScreenLane, is_up
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.messages import LibraryChanged
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly, until

SCREENS = {
    "HistoryScreen": "H",
    "StoryScreen": "S",
    "MatrixScreen": "4SM",
    "CoverageScreen": "C",
    "CompareScreen": "4Sd",
}


@pytest.mark.parametrize("name", SCREENS)
async def test_what_comes_when_a_screen_is_being_taken_away_is_dropped(
    samples: Engine, reader: MakeReader, name: str
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in SCREENS[name]:
            await pilot.press(key)
            await settle(pilot)
        screen = app.screen
        assert type(screen).__name__ == name
        assert is_up(screen)
        held = threading.Event()
        screen._lane._executor.submit(held.wait)  # type: ignore[attr-defined]
        screen.post_message(LibraryChanged(10**6, 10**6))
        await pilot.pause()
        await screen.remove_children()
        assert not is_up(screen)
        held.set()
        await settle(pilot)
        assert app.screen is screen


async def test_what_a_screen_wanted_to_do_once_painted_is_dropped_when_it_is_gone(
    samples: Engine, reader: MakeReader
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "question_mark")
        screen, done = app.screen, list[str]()
        await screen.remove_children()  # as when it is taken away
        screen.call_after_refresh(done.append, "gone")
        await until(pilot, lambda: not screen._callbacks, "it is called")
        app.pop_screen()
        app.screen.call_after_refresh(done.append, "here")
        await press_slowly(pilot, "j", "k")
        assert done == ["here"]


async def test_news_that_come_faster_than_an_answer_do_not_keep_it_from_being_shown(
    samples: Engine, reader: MakeReader
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        lane = ScreenLane(app.screen, "news", app.report)
        held, shown = threading.Event(), list[str]()

        async def show() -> None:
            await lane.queued(held.wait)
            shown.append("shown")

        for _ in range(5):
            lane.renew(show)
            await pilot.pause()
        held.set()
        await settle(pilot)
        assert shown == ["shown", "shown"], "what was under way, and once for all that came meanwhile"
        lane.renew(show)
        await settle(pilot)
        assert len(shown) == 3
        lane.close()


async def test_a_list_that_is_still_to_come_when_the_library_changes_comes_with_its_text(
    samples: Engine, reader: MakeReader
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        before = screen.reader.wanted
        screen.action_sort()
        screen.post_message(LibraryChanged(10**6, 10**6))
        await settle(pilot)
        first = screen.browser.list.article
        assert first is not None
        assert screen.reader.wanted == first.id != before
