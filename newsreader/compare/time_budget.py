"""The time that a comparison may take, and its caller's wish to stop it.

Texts of any length are compared, as far as the time goes: what was left out is said, and no screen waits longer.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled


class Clock:
    """Counts down from its making."""

    def __init__(self, budget: float, cancelled: CancelCheck = never) -> None:
        self._deadline = monotonic() + budget
        self._cancelled = cancelled

    def expired(self) -> bool:
        """Whether the budget (seconds) is used up. Raises `Cancelled` when the caller gave up."""
        if self._cancelled():
            raise Cancelled("the comparison was stopped")
        return monotonic() >= self._deadline

    def uncounted(self, work: Callable[[], None]) -> None:
        """Do what takes long once, like loading, and is no part of the comparison: its time is not counted."""
        start = monotonic()
        work()
        self._deadline += monotonic() - start
