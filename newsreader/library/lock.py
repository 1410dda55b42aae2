"""One indexing run at a time for a library: an advisory lock on a file.

Two runs at once would each write a catalogue and an index of their own over the other's. The kernel drops the lock when
its holder dies, so that a killed run leaves nothing to clean up.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsreader.errors import LibraryLocked, StorageError
from newsreader.library.private import make_private

NO_LOCKS = "its file system has no locks (as NFS without a lock service has none)"
_NO_LOCKS = frozenset((errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL))
_PAUSE = 0.1
_GRACE = 0.2
"""Seconds for which every run waits: asking whether the lock is held (an open reader does) holds it for an instant."""


@contextmanager
def library_lock(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock for the block. Waits up to `wait` seconds, then raises `LibraryLocked`.

    Files that the block makes are the owner's alone, whatever the process's mask. What it can't write (a full
    disk, an index in use) comes out as `StorageError`.
    """
    try:
        make_private(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"{path.parent}: the cache can't be written to ({error.strerror})") from error
    try:
        deadline = time.monotonic() + max(wait, _GRACE)
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno in _NO_LOCKS:
                    raise StorageError(
                        f"{path.parent}: {NO_LOCKS}, without which two runs would spoil each other's work; name another"
                        " place for the cache by --cache-dir or NEWSREADER_CACHE_DIR"
                    ) from error
                if time.monotonic() >= deadline:
                    raise LibraryLocked("another run of newsreader is indexing the library") from None
                time.sleep(_PAUSE)
        before = os.umask(0o077)
        try:
            yield
        finally:
            os.umask(before)
    except BrokenPipeError:  # whoever listened to the progress has gone
        raise
    except OSError as error:
        where = os.fsdecode(error.filename) if error.filename else path.parent
        raise StorageError(
            f"{where}: {error.strerror or error}; what was done before is kept, and the next run goes on"
        ) from error
    finally:
        os.close(handle)


def is_locked(path: Path) -> bool:
    """Whether a run holds the lock now."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    finally:
        os.close(handle)
    return False


def has_locks(folder: Path) -> bool:
    """Whether files in a folder can be locked; True where that can't be told. SQLite says that they are busy where they
    can't, for ever."""
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=folder) as probe:
            fcntl.lockf(probe, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _NO_LOCKS
    return True
