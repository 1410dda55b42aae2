"""Up to where the user was told of what a saved search finds, so that `--notify` tells of nothing twice.

A time alone would not do: several articles come in the same second, and a rebuilt cache has all of them come at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from newsreader.article import ArticleId
from newsreader.userdata.store import Store


@dataclass(frozen=True, slots=True)
class SeenUpTo:
    """A moment in the life of a library, told so that every article is before or after it."""

    epoch: str
    """Of the catalogue: in another one the times at which articles came are others."""
    time: int
    """Seconds since the epoch: what came before is seen, what comes after is not."""
    ids: frozenset[ArticleId]
    """The articles that came since then and were there already."""


class Notified:
    """The marks in a store, by the name of the saved search."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, SeenUpTo]:
        rows = self._store.read("SELECT name, epoch, time, ids FROM notified")
        return {name: SeenUpTo(epoch, time, frozenset(ids.split())) for name, epoch, time, ids in rows}

    def set(self, names: Collection[str], seen: SeenUpTo) -> None:
        """Durable when it returns. No list shows these marks, so the revision stays."""
        if names:
            with self._store.writing(count_revision=False):
                self._store.write_many(
                    "INSERT OR REPLACE INTO notified VALUES (?, ?, ?, ?)",
                    ((name, seen.epoch, seen.time, " ".join(sorted(seen.ids))) for name in names),
                )
