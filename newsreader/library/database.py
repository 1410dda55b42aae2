"""An SQLite file that a thread has open: what catalogue and user data do alike with theirs.

Each says for itself what an error of the file means, and what is in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises: the text that SQLite quotes need not be UTF-8 any more."""


class Database:
    """One connection, for one thread."""

    _CHECK: ClassVar[str] = "quick_check"
    """Which of SQLite's own checks `check` makes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._db = connection
        self.path = path

    def __del__(self) -> None:
        """A thread that has ended held it last, or an answer that was still made when the file was replaced."""
        with suppress(sqlite3.ProgrammingError):  # in another thread it can't be closed
            self._db.close()

    def close(self) -> None:
        self._db.close()

    def check(self) -> str | None:
        """None when the file is sound, else what is wrong."""
        try:
            found = self._db.execute(f"PRAGMA {self._CHECK}(1)").fetchone()[0]
        except DAMAGE as error:
            return str(error)
        return None if found == "ok" else str(found)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """On an exception nothing of the block happened. Raises `sqlite3.Error`."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
