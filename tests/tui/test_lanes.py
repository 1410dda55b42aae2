from __future__ import annotations

import threading

import pytest

from newsreader.engine.core import Engine
from newsreader.tui.lanes import is_up
from newsreader.tui.messages import LibraryChanged
from tests.tui.conftest import MakeReader, settle

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
