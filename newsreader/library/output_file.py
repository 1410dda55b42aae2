"""Files that a user names to be written: whole or not at all, and never put in the place of something else.

A pipe or device is written to, as by any other program, and a link stays a link. Renaming a finished file over the
name, which is how nothing half written is left, would remove all three.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from newsreader.errors import disk_errors
from newsreader.library.file_status import file_status

_SYSTEM = (b"/dev/", b"/proc/")
"""Below these are names for what is open already, as /dev/stdout: what is there may be a file, but none to replace."""
_IN_MEMORY = b"/dev/shm/"
"""But for these: files as any other, which would keep what they held and get the new behind it."""


def is_stream(path: Path) -> bool:
    """Whether what is there (also by way of a link) is written to as it is: a pipe, a device, an open file. Raises
    OSError where that can't be seen."""
    found = file_status(path)
    if found is None or stat.S_ISDIR(found.st_mode):
        return False
    place = os.fsencode(os.path.abspath(path))
    return not stat.S_ISREG(found.st_mode) or (place.startswith(_SYSTEM) and not place.startswith(_IN_MEMORY))


def write_stream(path: Path, lines: Iterable[str]) -> None:
    """Write lines to a pipe, a device or an open file, waiting for whoever reads it. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOCTTY | os.O_CLOEXEC)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(f"{line}\n" for line in lines)


def write_private(lines: Iterable[str], target: Path) -> None:
    """Write lines to a file that only the owner can read: a new one in the place of what the name or its link leads to,
    on disk when this returns, or on an exception the old one. Raises `StorageError`."""
    with disk_errors(target):
        if is_stream(target):
            write_stream(target, lines)
            return
        place = Path(os.path.realpath(target))
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "that is a folder")
        with written_beside(place, lines, mode=0o600) as partial:
            partial.replace(place)
        sync_directory(place.parent)


@contextmanager
def written_beside(place: Path, lines: Iterable[str], *, mode: int, errors: str = "strict") -> Iterator[Path]:
    """The lines in a hidden file beside a place, on disk, for the block to rename; what it leaves is removed. Raises
    OSError."""
    partial = place.with_name(f".{place.name[:100]}.{token_hex(4)}.partial")
    try:
        handle = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, mode)
        with os.fdopen(handle, "w", encoding="utf-8", errors=errors) as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(handle)
        yield partial
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def sync_directory(directory: Path) -> None:
    """What was renamed there is on disk when this returns. Raises OSError."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
