"""How fast a run gets on, in words: what it does, how much of it is done, the rate, and the time that is left.

The command line and the reader show the same words; a number that does not move says nothing to somebody who waits.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

SOON = 0.5
"""Seconds of a step after which its rate is told: the first chunks say little."""


class Pace:
    """Is told of each step as a `Progress` is, and times it. Steps may take turns."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        """`now` is in seconds."""
        self._now = now
        self._spent: dict[str, float] = {}
        self._step = ""
        self._last = now()

    def words(self, what: str, done: int, total: int) -> str:
        """ "reading 1,200 of 3,262 · 410 a second · 5 s left"; a `total` of 0 is not known."""
        now = self._now()
        if what == self._step:
            self._spent[what] = self._spent.get(what, 0.0) + now - self._last
        self._step, self._last = what, now
        if not total:
            return f"{what}: {done:,} so far" if done else what
        words = f"{what} {done:,} of {total:,}"
        spent = self._spent.get(what, 0.0)
        if spent < SOON or not 0 < done < total:
            return words
        rate = done / spent
        return f"{words} · {rate:,.0f} a second · {left((total - done) / rate)}" if rate >= 1 else words


def left(seconds: float) -> str:
    """Roughly how long it will still take."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s left"
    if seconds < 3600:
        return f"{round(seconds / 60)} min left"
    return f"{seconds / 3600:.1f} h left"
