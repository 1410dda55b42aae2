"""The program around the screens."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from newsreader.engine.core import Engine
from tests.tui.conftest import QUICK, MakeReader
from tests.tui.waiting import until


class Ring:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self


async def test_what_was_set_aside_and_is_garbage_is_taken_away_when_the_user_is(
    samples: Engine, reader: MakeReader
) -> None:
    try:
        ring = Ring()
        kept = weakref.ref(ring)
        gc.freeze()
        del ring
        async with reader(samples, delays=replace(QUICK, rest=0.05)).run_test() as pilot:
            await until(pilot, lambda: kept() is None)
    finally:
        gc.unfreeze()
