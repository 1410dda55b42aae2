"""What came into the library since a moment: since the user was last here, or was last told of it.

The times at which articles came are the catalogue's. In one that was built anew all seem to have come at once; there
the files' own times have to tell, or the whole library would be new.
"""

from __future__ import annotations

from threading import Lock

import numpy as np

from newsreader.engine.connections import Connections
from newsreader.engine.overview import Shelf
from newsreader.terms.arrays import Ints
from newsreader.userdata.last_visit import keep_visit, last_visit
from newsreader.userdata.notified import SeenUpTo

ARRIVED = "is:arrived"
"""The query of it."""


class Arrivals:
    """Any thread may call."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._lock = Lock()
        self._begun: SeenUpTo | None = None

    @property
    def last_visit(self) -> SeenUpTo | None:
        """Up to where the user had seen the library before this session, all through it; None for who was never
        here."""
        with self._lock:
            self._begun = self._begun or last_visit(self._connections.locations.state)
            return self._begun

    def begin(self, seen: SeenUpTo) -> None:
        """A session of the reader has begun: to who was never here, what is there now is not new."""
        if self.last_visit is None:
            with self._lock:
                self._begun = self._begun or seen

    def keep_visit(self, seen: SeenUpTo) -> None:
        """The next session's news begins here. This one's stays what it is."""
        self.begin(seen)
        keep_visit(self._connections.locations.state, seen)

    def so_far(self) -> SeenUpTo:
        """What is in the library. Runs follow each other, so what the next ones add comes after the end of the last: at
        the earliest in the same second, where ids tell it apart."""
        catalogue, shelf = self._connections.catalogue, self._connections.shelf()
        ended = catalogue.meta("indexed_at") if catalogue is not None else None
        epoch = catalogue.meta("epoch") if catalogue is not None else None
        moment = int(float(ended)) if ended else 0
        latest = _added_from(shelf, moment).tolist()
        ids = frozenset(row.id for row in catalogue.rows(latest)) if catalogue is not None else frozenset()
        return SeenUpTo(epoch or "", moment, ids)

    def since_last_visit(self) -> Ints:
        """Catalogue numbers of what came since the user was last here, newest first."""
        seen = self.last_visit
        return self.after(seen) if seen is not None else np.zeros(0, np.int64)

    def after(self, seen: SeenUpTo) -> Ints:
        """Catalogue numbers of what came after a moment, newest first."""
        catalogue, shelf = self._connections.catalogue, self._connections.shelf()
        if catalogue is None:
            return np.zeros(0, np.int64)
        if catalogue.meta("epoch") == seen.epoch:
            found = _added_from(shelf, seen.time)
        else:
            written = catalogue.written_from(seen.time)
            found = shelf.numbers[np.isin(shelf.numbers, np.array(written, np.int64))]
        known = [number for id_ in seen.ids if (number := shelf.number_of.get(id_)) is not None]
        left: Ints = found[~np.isin(found, np.array(known, np.int64))]
        return left


def _added_from(shelf: Shelf, moment: int) -> Ints:
    found: Ints = shelf.numbers[shelf.holdings.added >= moment]
    return found
