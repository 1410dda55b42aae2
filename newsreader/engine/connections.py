"""What a thread has open: user data, catalogue, index. Each is opened when it is wanted, and anew when replaced.

SQLite and Whoosh want each thread to have its own. The overview of all articles, which is made from them, is immutable:
that one all threads share.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.errors import DamagedError, disk_errors
from newsreader.library.catalogue import Catalogue
from newsreader.library.locations import Locations
from newsreader.library.status import status
from newsreader.userdata.store import Store

if TYPE_CHECKING:  # load numpy and Whoosh, as the imports below do: a run that finds nothing new does without
    from newsreader.engine.overview import Shelf
    from newsreader.index.search import Snapshot


class Connections:
    """Any thread may use it, and gets connections of its own."""

    def __init__(self, locations: Locations) -> None:
        self.locations = locations
        self._local = threading.local()
        self._shelf: Shelf | None = None
        self._shelf_lock = threading.Lock()

    @property
    def store(self) -> Store:
        """Anew when the file was replaced, as the doctor does with a damaged one. Raises `StorageError`."""
        stamp = _stamp(self.locations.userdata)
        if getattr(self._local, "store", None) is None or self._local.store_stamp != stamp:
            if getattr(self._local, "store", None) is not None:
                self._local.store.close()
                self._local.store = None
            self._local.store = Store.open(self.locations.userdata)
            self._local.store_stamp = _stamp(self.locations.userdata)
        store: Store = self._local.store
        return store

    @property
    def catalogue(self) -> Catalogue | None:
        """Anew when the file was replaced; None before the first run. Raises `StorageError`."""
        stamp = _stamp(self.locations.catalogue)
        if stamp is None:
            return None
        known = getattr(self._local, "catalogue", None)
        if known is None or self._local.catalogue_stamp != stamp:  # no catalogue yet may be one in the making
            self._local.catalogue = Catalogue.open(self.locations.catalogue)
            self._local.catalogue_stamp = stamp
        catalogue: Catalogue | None = self._local.catalogue
        return catalogue

    def snapshot(self, generation: int) -> Snapshot | None:
        """The index as of a generation of the catalogue; None when there is none."""
        from newsreader.index.search import Snapshot

        wanted = (generation, getattr(self._local, "catalogue_stamp", None))
        if getattr(self._local, "generation", None) != wanted:
            if getattr(self._local, "snapshot", None) is not None:
                self._local.snapshot.close()
            try:
                self._local.snapshot = Snapshot.open(self.locations.index)
            except DamagedError as error:
                raise DamagedError(f"{error}; `newsreader doctor` mends it") from error
            self._local.generation = wanted
        snapshot: Snapshot | None = self._local.snapshot
        return snapshot

    def state(self) -> tuple[int, int]:
        """(generation of the catalogue, revision of the user data): when either moves, lists are to be refreshed."""
        catalogue = self.catalogue
        return (catalogue.generation if catalogue is not None else 0), self.store.revision

    def shelf(self) -> Shelf:
        """All articles at a glance, as of now."""
        from newsreader.engine.overview import Holdings, Shelf

        generation, revision = self.state()
        with self._shelf_lock:
            shelf = self._shelf
            if shelf is None or (shelf.generation, shelf.revision) != (generation, revision):
                known = shelf.holdings if shelf is not None and shelf.generation == generation else None
                self._shelf = shelf = Shelf(known or Holdings(self.catalogue), self.store)
            return shelf

    def close(self) -> None:
        """Close this thread's."""
        for name in ("store", "catalogue", "snapshot"):
            if getattr(self._local, name, None) is not None:
                getattr(self._local, name).close()
        vars(self._local).clear()  # this thread's alone: others may be in the middle of an answer


def _stamp(path: Path) -> tuple[int, int] | None:
    """Which file is there; None for none. Raises `StorageError` where that can't be seen."""
    with disk_errors(path):
        found = status(path)
    return None if found is None else (found.st_dev, found.st_ino)
