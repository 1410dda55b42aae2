"""What comes while the reader is open: it is told of until the user has gone to it, and is new again at the next start
if they never did. Above a list that keeps its place it would lie unseen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsreader.engine.core import Engine
from newsreader.engine.overview import SavedCount
from newsreader.userdata.notified import SeenUpTo


@dataclass(frozen=True, slots=True)
class NewArticles:
    """How many there are."""

    since_last_visit: SavedCount
    unseen: int
    """Of these, what came since the list was last looked at from its top."""
    seen: SeenUpTo | None
    """What the user had seen when they were counted."""
    so_far: SeenUpTo | None
    """What the library holds; None before its first run has ended."""


@dataclass(eq=False)
class News:
    """Lives on the event loop, but for `count`."""

    _engine: Engine
    _tell: Callable[[int], None]
    """Is told how many are unseen."""

    def __post_init__(self) -> None:
        self._seen: SeenUpTo | None = None
        self._so_far: SeenUpTo | None = None

    def count(self) -> NewArticles:
        """Runs in a lane."""
        arrivals, shelf, seen = self._engine.arrivals, self._engine.shelf(), self._seen
        so_far = arrivals.so_far() if self._engine.indexed_at() is not None and len(shelf.numbers) else None
        if so_far is not None:
            arrivals.begin(so_far)
        new = arrivals.since_last_visit()
        unseen = len(arrivals.after(seen)) if seen is not None else 0
        return NewArticles(SavedCount(len(new), shelf.unread_among(new)), unseen, seen, so_far)

    def show(self, found: NewArticles) -> bool:
        """Take over what was counted. What is there when the reader opens is in its first list. False: the user has
        gone to what came meanwhile, and it has to be counted again."""
        self._so_far = found.so_far
        if found.seen is not self._seen:
            return False
        if self._seen is None:
            self._seen = found.so_far
        self._tell(found.unseen)
        return True

    def seen(self) -> None:
        """The user has gone to what came."""
        self._seen = self._so_far
        self._tell(0)

    def keep(self) -> None:
        """The reader is being left: what was not seen is new at the next start."""
        if self._seen is not None:
            self._engine.arrivals.keep_visit(self._seen)
