"""Puts sound user data in the place of a damaged file, of which everything is kept under another name.

The user may have a better tool, or a copy to mend it with. Whenever this is killed, either the damaged file is in its
place with the write-ahead log that belongs to it, or the restored data are, and the next doctor goes on from there.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TypeAlias

from newsreader.errors import StorageError, disk_errors
from newsreader.library.database import DAMAGE
from newsreader.library.file_status import file_status
from newsreader.library.output_file import sync_directory
from newsreader.userdata.dump import Dump, restore
from newsreader.userdata.store import BUSY_SECONDS, Store

_LOGS = ("-wal", "-journal")
"""What the names of the files end with that hold a part of an SQLite file."""
_COMPANIONS = (*_LOGS, "-shm")
"""Those that SQLite would apply to another file of that name."""
_AT_ONCE, _SECTOR = 1 << 20, 4096
"""Bytes."""
_FIRST_PAGES = 8
"""Copied before all others: at least so many does the smallest file have beyond them."""

_Stamps: TypeAlias = Sequence[tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Aside:
    """The copy of a damaged file, with its companions."""

    path: Path
    of: Path
    stamps: _Stamps
    """Size and time of file and log before they were copied."""

    def check_unchanged(self, *, log: bool = True) -> None:
        """Raises `StorageError` where the damaged file, or with `log` its log, is not any more what was copied."""
        now = _stamps(self.of)
        if now[0] != self.stamps[0] or (log and now != self.stamps):
            raise StorageError(
                f"{self.of}: another process has written to it meanwhile; nothing was changed, try again"
            )

    def remove(self) -> None:
        """Nothing came of it: the damaged file is where it was."""
        for end in ("", *_COMPANIONS):
            with suppress(OSError):
                _beside(self.path, end).unlink()


def put_aside(path: Path) -> Aside:
    """Copy a damaged file with all that belongs to it; what its disk can't read becomes zeros. The copy is on disk
    when this returns. No connection of this process may be open there: closing any handle on the file takes away their
    locks. Raises `StorageError`."""
    with disk_errors(path):
        stamps = _stamps(path)
        aside = _free_name(path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}"))
        ends = [end for end in ("", *_LOGS) if file_status(_beside(path, end)) is not None]
        for end in ends:
            _copy(_beside(path, end), _partial(aside, end))
        for end in reversed(ends):  # the file itself at last: where it is, all of it is
            _partial(aside, end).replace(_beside(aside, end))
        sync_directory(path.parent)
    return Aside(aside, path, stamps)


def replace_damaged(aside: Aside, data: Dump) -> None:
    """Put a sound file with these data in the place of the one that was put aside. Raises `StorageError`, also where
    another process has written to it since; it is then where it was."""
    path = aside.of
    made = _partial(path, ".restored")
    try:
        with disk_errors(path):
            _remove(made)
            with closing(Store.open(made)) as store:
                restore(store, data)
                store.join_companions()
            progress = _Progress(aside)
            try:
                _write_into(made, aside, progress)
            except DAMAGE:
                if not progress.has_begun:
                    aside.check_unchanged(log=False)  # one that makes no sense SQLite has removed just now
                _put_in_place(made, aside)
            sync_directory(path.parent)
    finally:
        with suppress(OSError):
            _remove(made)


def finish_replacing(path: Path) -> bool:
    """Do the rest of a replacing that was killed; whether there was any. Raises `StorageError`."""
    ready = _beside(path, ".restored")
    with disk_errors(path):
        made, damaged = file_status(ready), file_status(path)
        if made is None:
            return False
        if damaged is not None and damaged.st_mtime_ns > made.st_mtime_ns:  # somebody else has put something there
            ready.rename(_free_name(path.with_name(f"{path.name}.restored-{datetime.now(UTC):%Y%m%dT%H%M%S}")))
            return False
        _exchange(ready, path)
    return True


class _Progress:
    """What watches over SQLite's copying: for how long it waits, and that nobody has written before it began."""

    def __init__(self, aside: Aside) -> None:
        self._aside = aside
        self._until = time.monotonic() + BUSY_SECONDS
        self.has_begun = False

    def __call__(self, status: int, remaining: int, total: int) -> None:
        """Raises `StorageError`; nothing is changed then."""
        if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
            if time.monotonic() > self._until:
                raise StorageError(
                    f"{self._aside.of}: busy, another process is writing; nothing was changed, try again"
                )
        elif not self.has_begun:  # the first pages are copied: from now on nobody else can write
            self._aside.check_unchanged()
            self.has_begun = True


def _write_into(made: Path, aside: Aside, progress: _Progress) -> None:
    """Replace the content in one transaction of SQLite's own: a file that is open elsewhere stays the same file, and
    its log stays the log of the file. Raises `sqlite3.DatabaseError` where the file can't be opened or written to any
    more, `StorageError`."""
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(aside.of)) as target:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target, pages=_FIRST_PAGES, progress=progress)


def _put_in_place(made: Path, aside: Aside) -> None:
    """For a file that SQLite can't open: nobody else can either."""
    ready = _beside(aside.of, ".restored")
    made.replace(ready)
    sync_directory(ready.parent)
    _exchange(ready, aside.of)


def _exchange(ready: Path, path: Path) -> None:
    """From here on there is no way back: without its log the damaged file is less than it was."""
    for end in _COMPANIONS:
        _beside(path, end).unlink(missing_ok=True)
    sync_directory(path.parent)
    ready.replace(path)
    sync_directory(path.parent)


def _copy(source: Path, target: Path) -> None:
    """On disk when it returns. Raises OSError."""
    target.unlink(missing_ok=True)
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    with source.open("rb", buffering=0) as old, os.fdopen(handle, "wb") as new:
        size = os.fstat(old.fileno()).st_size
        for start in range(0, size, _AT_ONCE):
            new.write(_read(old, start, min(_AT_ONCE, size - start)))
        new.flush()
        os.fsync(new.fileno())


def _read(file: IO[bytes], start: int, size: int) -> bytes:
    """With zeros for what the disk can't read."""
    try:
        return os.pread(file.fileno(), size, start)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        if size <= _SECTOR:
            return bytes(size)
    return b"".join(_read(file, at, min(_SECTOR, start + size - at)) for at in range(start, start + size, _SECTOR))


def _stamps(path: Path) -> _Stamps:
    """Which content file and log have."""
    found = [file_status(_beside(path, end)) for end in ("", "-wal")]
    return [None if one is None or not one.st_size else (one.st_size, one.st_mtime_ns) for one in found]


def _remove(made: Path) -> None:
    for end in ("", *_COMPANIONS):
        _beside(made, end).unlink(missing_ok=True)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _partial(path: Path, end: str) -> Path:
    """What is not whole yet; the doctor removes what is left of it."""
    return path.with_name(f"{path.name}{end}.partial")


def _free_name(path: Path) -> Path:
    number, free = 2, path
    while os.path.lexists(free):
        free, number = path.with_name(f"{path.name}-{number}"), number + 1
    return free
