"""Keys that are typed while a screen is opening belong to it, not to the one that it comes up on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual import events
from textual.timer import Timer
from textual.worker import Worker

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

OPENERS = frozenset(("dialog", "ways"))
"""Groups of the workers that look something up and then open a screen, or move the cursor."""
MOST_SECONDS = 2.0
"""That a screen has to come up once it is there; a slow look-up before may take longer."""
LOOK_SECONDS = 0.02
"""Between two looks whether kept keys can go on."""


class TypedAhead:
    """Keeps keys while such a worker is at its look-up, or a screen is not on the terminal yet."""

    def __init__(
        self,
        app: App[str],
        handle: Callable[[events.Key], Awaitable[None]],
        *,
        at_once: Collection[str],
        only_there: Collection[str],
    ) -> None:
        """`handle` does with a key what would have been done at first. Keys that act `at_once` are never kept; those
        that were meant `only_there`, for the screen that was opening, are forgotten when none came."""
        self._app = app
        self._handle = handle
        self._at_once = at_once
        self._only_there = only_there
        self._kept: list[tuple[events.Key, Screen[Any] | None]] = []
        """Each with the screen that another was expected on; None where it was there already, but for its paint."""
        self._arrived: WeakSet[Worker[object]] = WeakSet()
        """Workers whose screen is there: they wait for its result."""
        self._coming: Screen[Any] | None = None
        self._patience = 0.0
        self._timer: Timer | None = None

    def screen_changed(self) -> None:
        """A screen is coming up, or went."""
        screen = self._app.screen
        if not screen.is_mounted:
            self._coming, self._patience = screen, monotonic() + MOST_SECONDS
            screen.call_after_refresh(self._came, screen)
        self._arrived.update(worker for worker in self._app.workers if worker.group in OPENERS)

    def _came(self, screen: Screen[Any]) -> None:
        """It has been painted, and what is to have the focus has it."""
        if screen is self._coming:
            self._coming = None

    def keep(self, event: events.Key, *, in_turn: bool = False) -> bool:
        """Whether the key is kept for later; else it is to be handled now. `in_turn`: it comes before those that are
        kept already."""
        if event.key in self._at_once or not (self._is_opening() if in_turn else self.is_waiting):
            return False
        screen = self._app.screen
        self._kept.append((event, None if screen is self._coming else screen))
        if self._timer is None:
            self._timer = self._app.set_interval(LOOK_SECONDS, self._go_on)
        return True

    @property
    def is_waiting(self) -> bool:
        """Whether keys are kept, or would be."""
        return bool(self._kept) or self._is_opening()

    def _is_opening(self) -> bool:
        if self._app.screen is self._coming and monotonic() < self._patience:
            return True
        return any(
            worker.group in OPENERS and not worker.is_finished and worker not in self._arrived
            for worker in self._app.workers
        )

    async def _go_on(self) -> None:
        """Handle one kept key after the other, until one of them opens a screen in its turn."""
        while self._kept and not self._is_opening():
            # those that had been handed to a widget come back later than those that had not
            first = min(self._kept, key=lambda kept: kept[0].time)
            self._kept.remove(first)
            key, screen = first
            if screen is self._app.screen and key.key in self._only_there:
                continue
            again = events.Key(key.key, key.character)
            again.time = key.time
            await self._handle(again)
        if not self._kept and self._timer is not None:
            self._timer.stop()
            self._timer = None
