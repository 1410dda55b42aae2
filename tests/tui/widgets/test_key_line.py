"""The line of keys at the foot of a screen."""

from __future__ import annotations

import gc

import pytest
from textual.widgets._footer import FooterKey

from newsreader.engine.core import Engine
from newsreader.tui.widgets.key_line import KeyLine
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import until


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
        gc.unfreeze()

        def kept() -> int:
            gc.collect()
            return sum(isinstance(found, FooterKey) and found.app is app for found in gc.get_objects())

        await until(pilot, lambda: kept() == len(app.screen.query(FooterKey)) > 0, "the keys of before to be forgotten")
