"""How much one article of a story has in common with the others: compared one after the other, off the event loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual.screen import Screen
from textual.timer import Timer

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.engine.results import Compared
from newsreader.errors import Cancelled, NewsreaderError
from newsreader.tui.lanes import ScreenLane

MOST_COMPARED = 30
"""Articles, the nearest ones, that one is compared with at a time."""


class Overlaps:
    """The shares of words that pairs of articles have in common, 0..1, as far as they are known.

    Lives on the event loop.
    """

    def __init__(self, screen: Screen[Any], engine: Engine, changed: Callable[[], None]) -> None:
        """`changed` is called whenever more is known."""
        self._screen = screen
        self._engine = engine
        self._changed = changed
        self._known: dict[frozenset[ArticleId], float] = {}
        self._lane = ScreenLane(screen, "overlap", lambda error: None)
        self._timer: Timer | None = None

    def forget(self) -> None:
        """An article may have been edited."""
        self._known.clear()

    def of(self, article: ArticleId | None) -> dict[ArticleId, float]:
        """What is known of an article and others."""
        return {
            other: overlap for pair, overlap in self._known.items() if article in pair for other in pair - {article}
        }

    def look(self, reference: ArticleId | None, ids: Sequence[ArticleId], at: int, *, after: float) -> None:
        """Compare the reference with the articles around a place after so many seconds, unless the cursor goes on."""
        if self._timer is not None:
            self._timer.stop()
        if reference is not None:
            near = [ids[k] for k in sorted(range(len(ids)), key=lambda k: abs(k - at))[:MOST_COMPARED]]
            compare = partial(self._compare, reference, near)
            self._timer = self._screen.set_timer(after, lambda: self._lane.start(compare))

    async def _compare(self, reference: ArticleId, near: Sequence[ArticleId]) -> None:
        for other in near:
            pair = frozenset((reference, other))
            if len(pair) == 2 and pair not in self._known:
                try:
                    compared = await self._lane.latest(partial(self._compared, reference, other))
                except Cancelled:
                    raise
                except NewsreaderError:
                    continue  # one that is gone has no overlap; opening it will say why
                self._known[pair] = compared.comparison.summary.overlap
                self._changed()

    def _compared(self, one: ArticleId, other: ArticleId, cancelled: CancelCheck) -> Compared:
        """Runs in the lane's thread."""
        return self._engine.comparing.compare(one, other, cancelled=cancelled)
