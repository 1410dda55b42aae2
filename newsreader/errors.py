"""The errors that a user can meet, each with one clear sentence as its text.

Whatever calls SQLite, Whoosh, a parser or the disk turns their exceptions into one of these, so that commands and
screens tell what a user can do something about from a bug. Uncaught, a full disk would look like a crash.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NewsreaderError(Exception):
    """Root of the expected errors: `str(error)` is one clear sentence for the user."""


class Cancelled(NewsreaderError):
    """The caller's `CancelCheck` said stop."""


class ArticleError(NewsreaderError):
    """A file that can't be read as an article."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        """The file, absolute."""
        self.reason = reason
        """What is wrong with it, without the path."""


class QueryError(NewsreaderError):
    """A query that can't be understood, with the place of the trouble."""

    def __init__(self, reason: str, start: int, stop: int, suggestion: str | None = None) -> None:
        super().__init__(reason if suggestion is None else f"{reason}; did you mean {suggestion}?")
        self.reason = reason
        self.start, self.stop = start, stop
        """The part of the query it is about: code points, half-open."""
        self.suggestion = suggestion
        """The nearest right thing to write there, if there is one."""


class ConfigError(NewsreaderError):
    """A configuration that can't be used: names the file and the key or line."""


class UsageError(NewsreaderError):
    """A request that makes no sense as it was put (bad tag, bad date, nothing to undo …)."""


class NotFoundError(NewsreaderError):
    """No article, story or folder is meant by what was given, or more than one."""


class LibraryLocked(NewsreaderError):
    """Another run holds the library's lock."""


class StorageError(NewsreaderError):
    """User data or cache can't be read or written: names the file and what to do."""


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Within the block an OSError becomes a `StorageError` that names this file."""
    try:
        yield
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error


DISK_FULL = "the disk is full"


def trouble_with(path: Path, error: Exception) -> str:
    """What a database said in words that help. On a full disk it may speak of input and output, of opening or of
    writing; the file's permissions are told in few of its words."""
    try:
        if os.statvfs(path.parent).f_bavail == 0:
            return DISK_FULL
    except OSError:
        pass
    if "unable to open" in str(error) and os.access(path, os.F_OK) and not os.access(path, os.R_OK):
        return "Permission denied"
    return str(error)


class DamagedError(StorageError):
    """User data or an index that no longer make sense, as after a disk failed: `newsreader doctor` may be able to
    restore them."""


class Interrupted(NewsreaderError):
    """A run was stopped by a signal, after a clean commit."""

    def __init__(self, signum: int) -> None:
        super().__init__("interrupted; what was done so far is kept")
        self.signum = signum
