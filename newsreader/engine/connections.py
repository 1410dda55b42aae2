"""What a thread has open: user data, catalogue, index. Each is opened when it is wanted, and anew when replaced.

SQLite and Whoosh want each thread to have its own. The overview of all articles, which is made from them, is immutable:
that one all threads share.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newsreader.errors import DamagedError, disk_errors
from newsreader.library.catalogue import Catalogue
from newsreader.library.file_status import file_status
from newsreader.library.locations import Locations
from newsreader.library.ownership import require_own_cache, require_own_data
from newsreader.userdata.store import Store

if TYPE_CHECKING:  # load numpy and Whoosh, as the imports below do: a run that finds nothing new does without
    from newsreader.engine.overview import Shelf
    from newsreader.index.search import Snapshot


_Stamp: TypeAlias = tuple[int, int]
"""Device and number of a file."""


class _Opened(threading.local):
    """What a thread has open; at first nothing."""

    store: Store | None = None
    store_stamp: _Stamp | None = None
    catalogue: Catalogue | None = None
    catalogue_stamp: _Stamp | None = None
    snapshot: Snapshot | None = None
    snapshot_of: tuple[int, _Stamp | None] | None = None
    """The generation, and the catalogue that counted it."""


class Connections:
    """Any thread may use it, and gets connections of its own."""

    def __init__(self, locations: Locations) -> None:
        self.locations = locations
        self._opened = _Opened()
        self._shelf: Shelf | None = None
        self._shelf_lock = threading.Lock()

    @property
    def store(self) -> Store:
        """Anew when the file was replaced, as the doctor does with a damaged one. Raises `StorageError`."""
        opened, stamp = self._opened, _stamp(self.locations.userdata)
        if opened.store is None or opened.store_stamp != stamp:
            if opened.store is not None:
                opened.store.close()
                opened.store = None
            require_own_data(self.locations)
            opened.store = Store.open(self.locations.userdata)
            opened.store_stamp = _stamp(self.locations.userdata)
        return opened.store

    @property
    def catalogue(self) -> Catalogue | None:
        """Anew when the file was replaced; None before the first run. Raises `StorageError`."""
        opened, stamp = self._opened, _stamp(self.locations.catalogue)
        if stamp is None:
            return None
        if opened.catalogue is None or opened.catalogue_stamp != stamp:  # no catalogue yet may be one in the making
            require_own_cache(self.locations)
            opened.catalogue = Catalogue.open(self.locations.catalogue)
            opened.catalogue_stamp = stamp
        return opened.catalogue

    def snapshot(self, generation: int) -> Snapshot | None:
        """The index as of a generation of the catalogue; None when there is none."""
        from newsreader.index.search import Snapshot

        opened = self._opened
        wanted = (generation, opened.catalogue_stamp)
        if opened.snapshot_of != wanted:
            if opened.snapshot is not None:
                opened.snapshot.close()
            try:
                opened.snapshot = Snapshot.open(self.locations.index)
            except DamagedError as error:
                raise DamagedError(f"{error}; `newsreader doctor` mends it") from error
            opened.snapshot_of = wanted
        return opened.snapshot

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
        for one in (self._opened.store, self._opened.catalogue, self._opened.snapshot):
            if one is not None:
                one.close()
        vars(self._opened).clear()  # this thread's alone: others may be in the middle of an answer


def _stamp(path: Path) -> _Stamp | None:
    """Which file is there; None for none. Raises `StorageError` where that can't be seen."""
    with disk_errors(path):
        found = file_status(path)
    return None if found is None else (found.st_dev, found.st_ino)
