"""The user's data on disk: SQLite, durable when a call returns, shared by several processes.

What is written here is truth, so every record of an article keeps its id, path and fingerprint: with these it
finds its article again after moves, edits and the loss of the cache.
"""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsreader.article import ArticleId
from newsreader.errors import DISK_FULL, DamagedError, StorageError, disk_errors, trouble_with
from newsreader.library.database import DAMAGE, Database
from newsreader.library.file_status import file_status
from newsreader.library.lock import NO_LOCKS, has_locks
from newsreader.library.private import make_private
from newsreader.stories.corrections import correction_id
from newsreader.terms.batches import batched

BUSY_SECONDS = 15.0
"""How long a write waits for another process; bulk tagging of 100,000 articles holds the lock under 5 s."""
_PAUSE = 0.05
_PARAMETERS = 900
_NO_REVISION = "its number of changes is none"

_STEPS = (
    """
CREATE TABLE articles (
    id TEXT PRIMARY KEY, path BLOB NOT NULL, part TEXT NOT NULL, fingerprint TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX articles_path ON articles (path);
CREATE INDEX articles_fingerprint ON articles (fingerprint);
CREATE TABLE tags (id TEXT NOT NULL, tag TEXT NOT NULL, present INTEGER NOT NULL, PRIMARY KEY (id, tag)) WITHOUT ROWID;
CREATE INDEX tags_tag ON tags (tag);
CREATE TABLE marks (
    id TEXT PRIMARY KEY, read INTEGER NOT NULL DEFAULT 0, starred INTEGER NOT NULL DEFAULT 0,
    position INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE folders (path BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (revision INTEGER NOT NULL);
INSERT INTO revision VALUES (0)""",
    """
CREATE TABLE merged (id TEXT PRIMARY KEY, story TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE apart (one TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE taken_out (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE notified (name TEXT PRIMARY KEY, epoch TEXT NOT NULL, time INTEGER NOT NULL, ids TEXT NOT NULL)
    WITHOUT ROWID""",
    """
CREATE TABLE versions (
    id TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    written INTEGER NOT NULL, until INTEGER NOT NULL, text BLOB NOT NULL, PRIMARY KEY (id, number));
CREATE INDEX versions_size ON versions (id, size)""",
    """
CREATE TABLE corrections AS
    SELECT correction_id(kind, 0, parts) AS id, kind, 0 AS time, parts FROM (
        SELECT 'apart' AS kind, one || ' ' || other AS parts FROM apart
        UNION ALL SELECT 'merged', group_concat(id, ' ') FROM merged GROUP BY story
        UNION ALL SELECT 'out', id FROM taken_out);
CREATE UNIQUE INDEX corrections_id ON corrections (id);
DROP TABLE apart;
DROP TABLE merged;
DROP TABLE taken_out""",
    """
CREATE TABLE signatures (id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, signature BLOB NOT NULL) WITHOUT ROWID""",
)
"""What makes each version of the file out of the one before. What is taken over from a table that goes is taken while
its successor is made: where that fails (see `_open_read_only`), nothing looks as if there had been nothing."""
SCHEMA_VERSION = len(_STEPS)
_MADE = re.compile(r"CREATE (UNIQUE )?(TABLE|INDEX) (?P<name>\w+)")


@dataclass(frozen=True, slots=True)
class Subject:
    """The article that a record is about."""

    id: ArticleId
    path: bytes
    part: str
    fingerprint: str
    signature: bytes = field(default=b"", compare=False, repr=False)
    """Of its text, abridged: by it an edit is told when the cache that had the text is lost. Empty: not known."""


class Store(Database):
    """One connection, for one thread. Writes are transactions of their own unless `writing` joins several."""

    _CHECK = "integrity_check"

    def __init__(self, connection: sqlite3.Connection, path: Path, obstacle: str | None = None) -> None:
        super().__init__(connection, path)
        self.obstacle = obstacle
        """Why nothing can be written there; everything can still be read."""

    @property
    def writable(self) -> bool:
        return self.obstacle is None

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open, or create with its directory. Raises `StorageError`; the file is then left as it is."""
        try:
            make_private(path.parent)
            writable = os.access(path.parent, os.W_OK) and (file_status(path) is None or os.access(path, os.W_OK))
        except FileExistsError as error:
            raise StorageError(f"{path.parent}: a file, where the directory of the user data should be") from error
        except OSError as error:
            raise StorageError(f"{path.parent}: {error.strerror or error}") from error
        if not writable:
            return cls(_open_read_only(path), path, "read-only")
        with _errors(path):
            _create_private(path)
            connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
            _add_functions(connection)
            store = cls(connection, path)
            try:
                store._refuse_newer()  # first of all: switching to WAL writes to the file
                _use_wal(connection)
                connection.execute("PRAGMA synchronous = FULL")
                store._migrate()
            except BaseException as error:
                connection.close()
                if isinstance(error, sqlite3.OperationalError) and (what := trouble_with(path, error)) == DISK_FULL:
                    return cls(_open_read_only(path), path, what)
                raise
            return store

    @classmethod
    def open_damaged(cls, path: Path) -> Store:
        """Open for reading only, without changing anything, to see what can still be read. Raises `StorageError`."""
        return cls(_open_read_only(path), path, "read-only")

    def _refuse_newer(self) -> None:
        if (version := self._version()) > SCHEMA_VERSION:
            raise StorageError(
                f"{self.path}: written by a newer version of newsreader (data version {version}, "
                f"this one knows {SCHEMA_VERSION}); please update newsreader"
            )

    def _migrate(self) -> None:
        """Bring an older file up to date in one transaction, after a copy of it was put beside it."""
        if self._version() == SCHEMA_VERSION:
            return
        with self.writing(count_revision=False):
            self._refuse_newer()  # another process may have been first
            version = self._version()
            if 0 < version < SCHEMA_VERSION:
                _back_up(self.path, self.path.with_name(f"{self.path.name}.v{version}"))
            for statement in _statements(version):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    def join_companions(self) -> None:
        """Bring everything into the one file, without a write-ahead log beside it."""
        with _errors(self.path):
            self._db.execute("PRAGMA journal_mode = DELETE")

    @property
    def revision(self) -> int:
        """Grows with every change, by whichever process. Raises `DamagedError` where it is no number."""
        rows = self.read("SELECT revision FROM revision")
        if not rows or not isinstance(rows[0][0], int):
            raise DamagedError(
                f"{self.path}: the user data is damaged ({_NO_REVISION}); `newsreader doctor` restores what can be read"
            )
        return rows[0][0]

    def check(self) -> str | None:
        """As every database, and that changes can be counted."""
        if (damage := super().check()) is not None:
            return damage
        try:
            return None if self.revision >= 0 else _NO_REVISION
        except DamagedError:
            return _NO_REVISION

    def advance(self, revision: int) -> None:
        """Be at that revision at least: data that were restored are not older than those of the dump."""
        with self.writing():
            self._db.execute("UPDATE revision SET revision = max(revision, ?)", (revision,))

    def read(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with _errors(self.path):
            return self._db.execute(statement, values).fetchall()

    def each(self, statement: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """As `read`, row by row: those before a damaged page are given before the error."""
        with _errors(self.path):
            yield from self._db.execute(statement, values)

    def read_in(self, statement: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Run a statement whose `{}` takes a list of any length."""
        for chunk in batched(values, _PARAMETERS):
            yield from self.read(statement.format(",".join("?" * len(chunk))), chunk)

    @contextmanager
    def writing(self, *, count_revision: bool = True) -> Iterator[None]:
        """One transaction: on return of the block it is on disk, and on an exception nothing of it happened."""
        if not self.writable:
            raise StorageError(f"{self.path}: can't be written to ({self.obstacle})")
        with _errors(self.path):
            if self._db.in_transaction:
                yield
                return
            with self._transaction():
                yield
                if count_revision:
                    self._db.execute("UPDATE revision SET revision = revision + 1")

    def write_many(self, statement: str, rows: Iterable[Sequence[Any] | Mapping[str, Any]]) -> int:
        """Each row has the values of the statement's `?`, or of its names. Returns how many rows changed."""
        with self.writing():
            return self._db.executemany(statement, rows).rowcount

    # what records are about

    def remember(self, subjects: Iterable[Subject]) -> None:
        """Record (anew) where articles are and what they hold."""
        known = list(subjects)
        with self.writing():
            self.write_many(
                "INSERT INTO articles VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET path = excluded.path,"
                " part = excluded.part, fingerprint = excluded.fingerprint",
                ((s.id, s.path, s.part, s.fingerprint) for s in known),
            )
            self.write_many(
                "INSERT OR REPLACE INTO signatures VALUES (?, ?, ?)",
                ((s.id, s.fingerprint, s.signature) for s in known if s.signature),
            )

    def signatures(self, articles: Iterable[ArticleId]) -> dict[ArticleId, bytes]:
        """Of what these articles were last known to hold, as far as there are any."""
        return {
            ArticleId(article): signature
            for article, signature in self.read_in(
                "SELECT id, signature FROM signatures JOIN articles USING (id, fingerprint) WHERE id IN ({})",
                list(articles),
            )
        }

    def unsigned(self) -> list[Subject]:
        """Those of which there is no signature: an earlier version kept none, and dumps have none."""
        rows = self.read(
            "SELECT id, path, part, fingerprint FROM articles a WHERE NOT EXISTS"
            " (SELECT 1 FROM signatures s WHERE s.id = a.id AND s.fingerprint = a.fingerprint)"
        )
        return [Subject(*row) for row in rows]

    def subjects(self) -> list[Subject]:
        """Everything that records are about, in the order of ids."""
        return [Subject(*row) for row in self.read("SELECT id, path, part, fingerprint FROM articles ORDER BY id")]

    # the library's folders

    def folders(self) -> list[Path]:
        return [Path(os.fsdecode(row[0])) for row in self.read("SELECT path FROM folders ORDER BY path")]

    def add_folders(self, folders: Iterable[Path]) -> None:
        self.write_many("INSERT OR IGNORE INTO folders VALUES (?)", ((os.fsencode(f),) for f in folders))

    def remove_folder(self, folder: Path) -> bool:
        """Whether it was there. What the user did to its articles is kept."""
        return self.write_many("DELETE FROM folders WHERE path = ?", [(os.fsencode(folder),)]) > 0


def _use_wal(connection: sqlite3.Connection) -> None:
    """Two processes that begin a file at once both read it and want to write: SQLite turns one of them away without
    waiting, as each would wait for the other."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)


def _create_private(path: Path) -> None:
    """An empty file that only the owner can read, if there is none yet: SQLite gives its companions the same mode.

    One that is there is not touched: with any handle on it that a process closes, the kernel takes away all locks that
    the process has there (https://sqlite.org/howtocorrupt.html, 2.2), and other threads may have it open.
    """
    with disk_errors(path), suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _add_functions(connection: sqlite3.Connection) -> None:
    """What the statements of `_STEPS` call."""
    connection.create_function("correction_id", 3, correction_id, deterministic=True)


def _statements(version: int) -> Iterator[str]:
    """What brings a file of this version up to date."""
    for step in _STEPS[version:]:
        yield from step.split(";\n")


def _back_up(path: Path, target: Path) -> None:
    """Copy a database to a file, whole or not at all. Raises `StorageError`."""
    partial = target.with_name(target.name + ".partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file: without the WAL that the original may have
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise StorageError(f"{target}: {error.strerror or error}; the user data is left as it was") from error


def _open_read_only(path: Path) -> sqlite3.Connection:
    with disk_errors(path):
        found = file_status(path)
    if found is None:
        raise StorageError(f"{path.parent}: can't be written to, and there is no user data in it yet")
    for mode in ("mode=ro", "immutable=1"):  # a WAL file in a read-only directory opens only as immutable
        with _errors(path):
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
        try:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            connection.execute("SELECT count(*) FROM sqlite_master")
            _add_functions(connection)
            there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
            for statement in _statements(version):  # the tables that an older file lacks; those that it need not, stay
                made = _MADE.match(statement.strip())
                if made is None or made["name"] not in there:  # a damaged version must not hide what is there
                    with suppress(*DAMAGE):  # can't be made, as of damaged pages: who reads it is told
                        connection.execute(statement.replace("CREATE TABLE", "CREATE TEMP TABLE"))
            return connection
        except DAMAGE:
            connection.close()
    raise StorageError(f"{path}: can't be read")


_LOCKING = re.compile("lock|busy|disk I/O")
"""In what SQLite says of files that it can't lock."""


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if _LOCKING.search(str(error)) and not has_locks(path.parent):
            raise StorageError(
                f"{path}: {NO_LOCKS}, and can't hold user data: name another place for them by --data-dir or"
                " NEWSREADER_DATA_DIR"
            ) from error
        if "locked" in str(error) or "busy" in str(error):
            raise StorageError(f"{path}: busy, another process is writing; nothing was changed, try again") from error
        raise StorageError(f"{path}: {trouble_with(path, error)}; nothing was changed") from error
    except DAMAGE as error:
        raise DamagedError(
            f"{path}: the user data is damaged ({error}) and left as it is; `newsreader doctor` restores the last dump"
        ) from error
