"""What a thread has open: user data, catalogue, index. Each is opened when it is wanted, and anew when replaced.

SQLite and Whoosh want each thread to have its own. The overview of all articles, which is made from them, is immutable:
that one all threads share.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from newsreader.errors import DamagedError, disk_errors
from newsreader.index.version import index_epoch
from newsreader.library.catalogue import Catalogue
from newsreader.library.file_status import file_status
from newsreader.library.locations import Locations
from newsreader.library.lock import is_locked
from newsreader.library.ownership import require_own_cache, require_own_data
from newsreader.userdata.store import Store
from newsreader.userdata.whereabouts import refuse_to_begin_anew

if TYPE_CHECKING:  # load numpy and Whoosh, as the imports below do: a run that finds nothing new does without
    from newsreader.engine.overview import Part, Shelf
    from newsreader.index.search import Snapshot


CHANGE_ATTEMPTS, CHANGE_PAUSE = 40, 0.05
"""How often, and with which pause in seconds, a reader looks again while a run puts a new cache in the place of the old
one: that takes milliseconds."""

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
        self._written: dict[int, Sequence[Part]] = {}
        """Revisions since that overview which came from here, and what each has changed."""

    @property
    def store(self) -> Store:
        """Anew when the file was replaced, as the doctor may do. Raises `StorageError`, also where user
        data that were there before are away."""
        opened, stamp = self._opened, _stamp(self.locations.userdata)
        if opened.store is None or opened.store_stamp != stamp:
            if opened.store is not None:
                opened.store.close()
                opened.store = None
            require_own_data(self.locations)
            refuse_to_begin_anew(self.locations)
            opened.store = Store.open(self.locations.userdata)
            opened.store_stamp = _stamp(self.locations.userdata)
        return opened.store

    @property
    def catalogue(self) -> Catalogue | None:
        """Anew when the file was replaced; None before the first run. Raises `StorageError`."""
        opened = self._opened
        for waiting in self._moments():
            stamp = _stamp(self.locations.catalogue)
            if stamp is None:
                if not waiting or not self.locations.built.exists():
                    return None
            elif opened.catalogue is not None and opened.catalogue_stamp == stamp:
                return opened.catalogue
            else:  # no catalogue yet may be one in the making
                require_own_cache(self.locations)
                found = Catalogue.open(self.locations.catalogue)
                if not waiting or _stamp(self.locations.catalogue) == stamp:
                    opened.catalogue, opened.catalogue_stamp = found, stamp
                    return found
                if found is not None:  # replaced between: what lies beside the file may be the other one's
                    found.close()
        return None

    def snapshot(self, generation: int) -> Snapshot | None:
        """The index as of a generation of the catalogue; None when there is none."""
        opened = self._opened
        wanted = (generation, opened.catalogue_stamp)
        if opened.snapshot_of != wanted:
            if opened.snapshot is not None:
                opened.snapshot.close()
            opened.snapshot = self._open_snapshot()
            opened.snapshot_of = wanted
        return opened.snapshot

    def _open_snapshot(self) -> Snapshot | None:
        """The index of the catalogue in use. While a run puts others in their place, the two may not belong together:
        an article's number would mean another article. That takes an instant, and is waited for."""
        from newsreader.index.search import Snapshot

        where = self.locations.index
        for waiting in self._moments():
            wait = waiting and self._is_changing()
            error: DamagedError | None = None
            snapshot: Snapshot | None = None
            before = index_epoch(where)
            try:
                snapshot = Snapshot.open(where)
            except DamagedError as damage:
                error = damage
            catalogue = self.catalogue
            same = catalogue is not None and before == index_epoch(where) == catalogue.meta("epoch")
            if same and snapshot is not None:
                return snapshot
            if snapshot is not None:
                snapshot.close()
            if wait:
                continue
            if error is not None:
                raise DamagedError(f"{error}; `newsreader doctor` mends it") from error
            if snapshot is not None and catalogue is not None:
                raise DamagedError(f"{where}: the index is not this catalogue's; `newsreader index` mends it")
            return None
        return None

    def _is_changing(self) -> bool:
        """Whether index or catalogue are being put in place."""
        return self.locations.built.exists() or is_locked(self.locations.lock)

    @staticmethod
    def _moments() -> Iterator[bool]:
        """True at each moment to look again, and False at the last."""
        for _ in range(CHANGE_ATTEMPTS):
            yield True
            time.sleep(CHANGE_PAUSE)
        yield False

    def state(self) -> tuple[int, int]:
        """(generation of the catalogue, revision of the user data): when either moves, lists are to be refreshed."""
        catalogue = self.catalogue
        return (catalogue.generation if catalogue is not None else 0), self.store.revision

    def shelf(self) -> Shelf:
        """All articles at a glance, as of now."""
        from newsreader.engine.overview import Holdings, Shelf

        state = self.state()
        with self._shelf_lock:
            shelf = self._shelf
            if shelf is None or (shelf.generation, shelf.revision) != state:
                _, revision = self.state()
                if shelf is None or shelf.generation != state[0]:
                    shelf = Shelf(Holdings(self.catalogue), self.store, revision)
                else:
                    shelf = Shelf(shelf.holdings, self.store, revision, shelf, self._changed(shelf.revision, revision))
                self._shelf = shelf
                self._written.clear()
            return shelf

    @contextmanager
    def writing(self, *parts: Part) -> Iterator[Store]:
        """A transaction of the user data that changes only these parts of what the overview has."""
        store = self.store
        with store.writing():
            yield store
            revision = store.revision + 1
        self._written[revision] = parts

    def _changed(self, before: int, now: int) -> Collection[Part]:
        """The parts of the user data that revisions have changed; all of them where another process may have been."""
        from newsreader.engine.overview import PARTS

        revisions = range(before + 1, now + 1)
        if not revisions or any(revision not in self._written for revision in revisions):
            return PARTS
        return {part for revision in revisions for part in self._written[revision]}

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
