"""Waiting for the interface by looking at what it is doing, never for a while: a busy machine only takes longer.

Who waits for something that does not come is told what is still under way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any

from textual.app import ScreenStackError
from textual.pilot import Pilot
from textual.timer import Timer

from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lanes import awaited

PATIENCE = 90.0
"""Seconds until a test fails, of which a sound one on an idle machine needs a hundredth; 20,000 rows
of a comparison took more than 30 on a busy one. Fewer than pytest's own, which would not say what was waited for."""
LOOK = 0.002
"""Seconds between two looks at work that threads or other processes do."""
SOON = 0.1
"""Seconds; timers of more are no part of what a key sets off: notices, the mark of what has been read, what is new."""
OPENERS = ("dialog", "start", "ways")
"""Groups of workers that look something up in a lane and then wait for the user."""
IDLE_WORK = ("watch", "novelty")
"""Groups of workers, and lanes, that are at work while the user is not."""


async def turns_taken(*_: float) -> None:
    """Until all tasks of the event loop wait for something else than their turn: for threads, timers, or the user.

    No message is in a queue any more then, no callback is left. Stands in for Textual's `wait_for_idle`, which waits
    for 20 ms without much use of the processor.
    """
    ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
    until = monotonic() + PATIENCE
    await asyncio.sleep(0)
    while ready:
        assert monotonic() < until, f"the event loop is never idle: {list(ready)[:5]}"
        await asyncio.sleep(0)


async def settle(pilot: Pilot[Any]) -> None:
    """Until nothing is under way any more but dialogs, which wait for the test, and what the reader does when idle."""
    await until(pilot, lambda: not [*under_way(pilot)], lambda: f"still under way: {', '.join(under_way(pilot))}")


async def press_slowly(pilot: Pilot[Any], *keys: str) -> None:
    """As who looks at what a key does before pressing the next."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def until(
    pilot: Pilot[Any], condition: Callable[[], object], what: Callable[[], str] | str = "what the test waits for"
) -> None:
    """Until it holds on a painted screen, or the program has ended. Fails with `what` when it never does."""
    deadline = monotonic() + PATIENCE
    while pilot.app.is_running:  # else it was left, or an error is about to be raised
        with suppress(ScreenStackError):  # just now
            await pilot.pause()
            if condition():
                await pilot.pause()  # painting may have set off something in its turn
                if condition():
                    return
        assert monotonic() < deadline, what if isinstance(what, str) else what()
        await asyncio.sleep(LOOK)


def under_way(pilot: Pilot[Any]) -> Iterator[str]:
    """What will still change on the screen by itself, and soon."""
    app = pilot.app
    for worker in app.workers:
        if worker.group not in (*OPENERS, *IDLE_WORK) and not worker.is_finished:
            yield f"worker {worker.description}"
    for lane in awaited():
        if lane not in IDLE_WORK:
            yield f"lane {lane}"
    if isinstance(app, NewsreaderApp) and app.keys.is_busy:
        yield "keys"
    for screen in app.screen_stack:
        for node in (app, *screen.walk_children(with_self=True)):
            yield from (f"{timer.name} of {node}" for timer in node._timers if _fires_soon(timer))


def _fires_soon(timer: Timer) -> bool:
    return timer._repeat == 0 and timer._interval <= SOON and timer._task is not None and not timer._task.done()
