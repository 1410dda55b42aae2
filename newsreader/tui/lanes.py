"""Long work off the event loop, and what is shown of it on a screen.

Keys and paint have to be handled within milliseconds, and a search or a comparison takes longer. Each screen and
controller would otherwise write down anew what is to be done with errors, and with an answer that comes too late.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from weakref import WeakSet

from textual.screen import Screen, ScreenResultType

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled, NewsreaderError

T = TypeVar("T")
KEEPERS = "keep"
"""The group of the workers that keep what a dialog was for, and then close it: keys wait for them."""


def is_up(screen: Screen[Any]) -> bool:
    """Whether a result can still be shown: not once the screen is being taken away, which goes widget by widget."""
    children = screen.children
    here = all(child.is_attached and child.is_parent_active for child in children)
    return screen in screen.app.screen_stack and bool(children) and here


class Lane:
    """One thread that does one job after the other.

    A thread of its own, because the engine keeps connections and an index snapshot per thread: a pool's threads would
    open them again and again, and a slow search could take all of them.
    """

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"newsreader-{name}")
        self._ticket = 0
        self._awaited = 0
        self._closed = False
        self.name = name
        _open.add(self)

    async def latest(self, work: Callable[[CancelCheck], T]) -> T:
        """Do this instead of whatever this lane is doing: earlier jobs are told to give up."""
        self._ticket += 1
        ticket = self._ticket
        return await self.queued(lambda: work(lambda: self._closed or ticket != self._ticket))

    def check(self) -> CancelCheck:
        """Whether what is asked of this lane now has been dropped."""
        ticket = self._ticket
        return lambda: ticket != self._ticket

    def drop(self) -> None:
        """Tell what is under way to give up."""
        self._ticket += 1

    async def queued(self, work: Callable[[], T]) -> T:
        """Do this after what this lane has to do."""
        if self._closed:
            raise asyncio.CancelledError
        self._awaited += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._awaited -= 1

    @property
    def is_awaited(self) -> bool:
        """Whether somebody waits for one of its jobs; not so for one whose worker was cancelled."""
        return self._awaited > 0

    def close(self) -> None:
        """Give up what can be given up; jobs without a cancel check are finished."""
        self._closed = True
        self._executor.shutdown(wait=False, cancel_futures=False)


_open: WeakSet[Lane] = WeakSet()


def awaited() -> list[str]:
    """The names of all lanes whose work is waited for: what will still change on the screen by itself."""
    return sorted(lane.name for lane in _open if lane.is_awaited)


class LaneScreen(Screen[ScreenResultType]):
    """A screen that closes its lanes, those of its parts too, when it goes."""

    def call_after_refresh(self, callback: Callable[..., Any], *arguments: Any, **named: Any) -> bool:
        """It is called by whichever screen is shown by then, which an error would stop: nothing is done for one that is
        gone, as it has no parts any more."""

        def if_still_there() -> Any:
            return callback(*arguments, **named) if is_up(self) else None

        return super().call_after_refresh(if_still_there)

    def on_unmount(self) -> None:
        for lane in list(_open):
            if isinstance(lane, ScreenLane) and lane.screen is self:
                lane.close()


class ScreenLane(Lane):
    """A lane for what a screen shows: an answer that comes when the screen is gone ends the work with `Cancelled`."""

    def __init__(self, screen: Screen[Any], name: str, report: Callable[[NewsreaderError], None]) -> None:
        """`report` is told of expected errors, unless the work has its own way of saying them."""
        super().__init__(name)
        self.screen = screen
        self._report = report
        self._renewals: dict[str, bool] = {}
        """Groups of steps under way that show how things are, and whether they were asked for again meanwhile."""

    async def queued(self, work: Callable[[], T]) -> T:
        found = await super().queued(work)
        self._check()
        return found

    async def pause(self, seconds: float) -> None:
        """Wait on the event loop. Raises `Cancelled` when the screen has gone meanwhile."""
        await asyncio.sleep(seconds)
        self._check()

    def _check(self) -> None:
        if not is_up(self.screen):
            raise Cancelled("the screen is gone")

    def start(
        self,
        steps: Callable[[], Awaitable[None]],
        *,
        group: str | None = None,
        exclusive: bool = True,
        fail: Callable[[NewsreaderError], None] | None = None,
    ) -> None:
        """Go through some steps, on the event loop but for what they give to a lane. `exclusive`: in the place of those
        of the same `group` (the lane's name, if none is named). They may raise any `NewsreaderError`: `Cancelled` is
        not worth a word, all others go to `fail`."""
        self.screen.run_worker(
            self._guarded(steps, fail or self._report),
            group=group or self.name,
            description=self.name,
            exclusive=exclusive,
        )

    def renew(
        self,
        steps: Callable[[], Awaitable[None]],
        *,
        group: str | None = None,
        fail: Callable[[NewsreaderError], None] | None = None,
    ) -> None:
        """Show how things are now, by some steps as of `start`. Steps of the group that are under way are not broken
        off, but gone through once more: by news that come faster than the answer it would never be shown."""
        name = group or self.name
        if name in self._renewals:
            self._renewals[name] = True
        else:
            self._renewals[name] = False
            self.start(lambda: self._renewed(steps, name, fail or self._report), group=name, exclusive=False)

    async def _renewed(
        self, steps: Callable[[], Awaitable[None]], name: str, fail: Callable[[NewsreaderError], None]
    ) -> None:
        try:
            again = True
            while again:
                self._renewals[name] = False
                await self._guarded(steps, fail)
                again = self._renewals[name] and is_up(self.screen)
        finally:
            del self._renewals[name]

    async def _guarded(self, steps: Callable[[], Awaitable[None]], fail: Callable[[NewsreaderError], None]) -> None:
        try:
            await steps()
        except Cancelled:
            return
        except NewsreaderError as error:
            if is_up(self.screen):
                fail(error)
