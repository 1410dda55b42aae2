"""The catalogue: one SQLite row per article, with its text. A cache: it may be deleted at any time.

Every content version of an article has a `number` of its own that is never used again, so what is derived from
a number (index document, signature, story placement) never goes stale. The id stays when the number changes.
"""

from __future__ import annotations

import json
import re
import sqlite3
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from newsreader.article import ArticleId, StoryId
from newsreader.errors import DamagedError, StorageError, disk_errors, trouble_with
from newsreader.library.changes import KnownFile
from newsreader.library.database import DAMAGE, Database
from newsreader.library.file_status import file_status
from newsreader.library.lock import NO_LOCKS, has_locks
from newsreader.library.rows import (
    SELECT_COPIES,
    SELECT_LISTED,
    SELECT_ROW,
    SELECT_SIGNED,
    SELECT_WRITTEN,
    UNDATED,
    CatalogueRow,
    CopyRecord,
    IdentifiedArticle,
    ListedArticle,
    Outstanding,
    SignedArticle,
    StoryPlace,
    StoryRecord,
    row_checksum,
    row_of,
)
from newsreader.library.scan import FileStamp
from newsreader.terms.batches import batched
from newsreader.text.dates import day_number

if TYPE_CHECKING:  # it loads NumPy and parsers, for which a run with nothing to do has no use
    from newsreader.library.reading import FileRead

SCHEMA_VERSION = 7
"""Raised whenever stored rows would be read differently: an older catalogue is then built anew, unless `_STEPS` says
how it is brought up to date."""
_STEPS = {
    2: "ALTER TABLE files ADD COLUMN ctime_ns INTEGER NOT NULL DEFAULT 0",
    3: "ALTER TABLE files ADD COLUMN reads INTEGER NOT NULL DEFAULT 1",
    4: "ALTER TABLE files ADD COLUMN again INTEGER NOT NULL DEFAULT 0",
    5: "ALTER TABLE articles ADD COLUMN checksum INTEGER",
    6: "ALTER TABLE articles ADD COLUMN taken REAL",
}
"""By version: what makes the next one of it. Building anew forgets what is only away and texts not yet kept."""
_Value = TypeVar("_Value")

_NO_STAMP = FileStamp(-1, -1, -1)
"""Of a file that couldn't be opened: no file has it."""
_PARAMETERS = 900
"""Values in one statement: below SQLite's smallest default limit."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    file INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL, read_ns INTEGER NOT NULL,
    failure TEXT, ctime_ns INTEGER NOT NULL DEFAULT 0,
    reads INTEGER NOT NULL DEFAULT 1, again INTEGER NOT NULL DEFAULT 0);
CREATE TABLE articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    file INTEGER NOT NULL REFERENCES files, part TEXT NOT NULL, fingerprint TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT, author TEXT, url TEXT, language TEXT,
    published TEXT, has_time INTEGER NOT NULL, date_from TEXT NOT NULL,
    sort_time INTEGER NOT NULL, day INTEGER, words INTEGER NOT NULL, file_tags TEXT, added INTEGER NOT NULL,
    story TEXT, relation TEXT, similarity REAL, closest INTEGER,
    indexed INTEGER NOT NULL DEFAULT 0, storied INTEGER NOT NULL DEFAULT 0, checksum INTEGER, taken REAL);
CREATE INDEX articles_file ON articles (file);
CREATE INDEX articles_fingerprint ON articles (fingerprint);
CREATE INDEX articles_time ON articles (sort_time DESC, number DESC);
CREATE INDEX articles_story ON articles (story) WHERE story IS NOT NULL;
CREATE INDEX articles_pending ON articles (number) WHERE indexed = 0;
CREATE INDEX articles_unstoried ON articles (number) WHERE storied = 0;
CREATE TABLE stories (story TEXT PRIMARY KEY, title TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE texts (number INTEGER PRIMARY KEY, paragraphs TEXT NOT NULL);
CREATE TABLE signatures (number INTEGER PRIMARY KEY, signature BLOB NOT NULL);
CREATE TABLE removed (
    number INTEGER PRIMARY KEY, story TEXT,
    indexed INTEGER NOT NULL DEFAULT 0, storied INTEGER NOT NULL DEFAULT 0);
"""


class Catalogue(Database):
    """One connection, for one thread. Readers see the last committed state and never wait for the writer."""

    @classmethod
    def open(cls, path: Path) -> Catalogue | None:
        """Open for reading and writing, or where that can't be (a full disk, one not to be written to) for reading;
        None when there is none, or one of another version.

        Raises `DamagedError` for a file that is no usable database, `StorageError` for one that can't be used now.
        """
        with disk_errors(path):
            if file_status(path) is None:
                return None
        with _errors(path):
            try:
                connection = _connected(path, "")
            except sqlite3.OperationalError:
                try:
                    connection = _connected(path, "?mode=ro")
                except sqlite3.OperationalError:  # of a write-ahead log the companions can't be written either
                    connection = _connected(path, "?immutable=1")
        catalogue = cls(connection, path)
        try:
            if catalogue._bring_up_to_date():
                return catalogue
        except StorageError:
            connection.close()
            raise
        connection.close()
        return None

    @classmethod
    def create(cls, path: Path) -> Catalogue:
        """An empty catalogue in the place of whatever is there. The caller holds the library's lock."""
        with _errors(path):
            for leftover in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
                leftover.unlink(missing_ok=True)
            catalogue = cls(sqlite3.connect(path, timeout=10.0, isolation_level=None), path)
            path.chmod(0o600)
            catalogue._db.execute("PRAGMA journal_mode = WAL")
            catalogue._db.execute("PRAGMA synchronous = NORMAL")
            catalogue._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;")
            catalogue.set_meta(epoch=uuid.uuid4().hex, generation="0")
            return catalogue

    def _bring_up_to_date(self) -> bool:
        """Whether it is of this version now. Raises `StorageError` for one that can't be written to: it stays as it is,
        as it may be the only one to know what is away."""
        with _errors(self.path):
            if self._version() == SCHEMA_VERSION:
                return True
            if self._version() not in _STEPS:
                return False
            with super()._transaction():
                while (version := self._version()) in _STEPS:  # another process may have been first
                    self._db.execute(_STEPS[version])
                    self._db.execute(f"PRAGMA user_version = {version + 1}")
            return self._version() == SCHEMA_VERSION

    def _version(self) -> int:
        return int(self._db.execute("PRAGMA user_version").fetchone()[0])

    # meta

    def meta(self, key: str) -> str | None:
        found = self._values("SELECT value FROM meta WHERE key = ?", (key,))
        return str(found[0]) if found else None

    def set_meta(self, **values: str) -> None:
        with _errors(self.path):
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    def count_on_from(self, number: int, generation: int) -> None:
        """Count on from where another catalogue is: numbers and generations that its readers hold must not come to mean
        something else here."""
        with _errors(self.path):
            self._db.execute("INSERT INTO sqlite_sequence VALUES ('articles', ?)", (number,))
        self.set_meta(generation=str(generation + 1))

    @property
    def last_number(self) -> int:
        """The greatest that was ever given to an article."""
        rows = self._run("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'articles'")
        return int(next(iter(rows))[0])

    @property
    def generation(self) -> int:
        """Grows with every run that changed anything a reader can see."""
        return int(self.meta("generation") or 0)

    # files

    def known_files(self) -> dict[bytes, KnownFile]:
        rows = self._run("SELECT path, read_ns, reads, again, size, mtime_ns, inode, ctime_ns FROM files")
        return {
            path: KnownFile(_stamp(*stamp), read_ns, reads, bool(again)) for path, read_ns, reads, again, *stamp in rows
        }

    def failures(self) -> list[tuple[bytes, str]]:
        """The files that could not be read when last tried, or not whole, and why."""
        return self._run("SELECT path, failure FROM files WHERE failure IS NOT NULL ORDER BY path")

    def failure(self, path: bytes) -> str | None:
        """Why this file could not be read when last tried; None for one that could, or that is not known."""
        found = self._values("SELECT failure FROM files WHERE path = ?", (path,))
        return found[0] if found else None

    def articles_of(self, paths: Collection[bytes]) -> dict[bytes, list[CatalogueRow]]:
        found: dict[bytes, list[CatalogueRow]] = {path: [] for path in paths}
        for row in self._select("WHERE f.path IN ({}) ORDER BY a.number", list(paths)):
            found[row.path].append(row)
        return found

    def same_content(self, fingerprints: Collection[str]) -> dict[str, list[CatalogueRow]]:
        """Articles by fingerprint, in the order of their numbers."""
        found: dict[str, list[CatalogueRow]] = {}
        for row in self._select("WHERE a.fingerprint IN ({}) ORDER BY a.number", list(fingerprints)):
            found.setdefault(row.fingerprint, []).append(row)
        return found

    def used_ids(self, ids: Collection[ArticleId]) -> set[ArticleId]:
        found: set[ArticleId] = set()
        for chunk in _chunks(ids):
            found.update(self._values(f"SELECT id FROM articles WHERE id IN ({_marks(chunk)})", chunk))
        return found

    # writing (one transaction each)

    def store(
        self,
        reads: Sequence[tuple[FileRead, Sequence[IdentifiedArticle]]],
        displaced: Collection[int],
        kept: Collection[int] = frozenset(),
    ) -> list[int]:
        """Write files with their articles in one transaction: the new numbers, in order, not yet indexed.

        `displaced` are the numbers of rows whose ids are given away; rows of the same file go by themselves, but for
        those with `kept` numbers.
        """
        numbers: list[int] = []
        with self._transaction():
            self._remove_articles(displaced)
            for read, articles in reads:
                file = self._store_file(read)
                old = self._values("SELECT number FROM articles WHERE file = ?", (file,))
                self._remove_articles([number for number in old if number not in kept])
                numbers.extend(self._store_article(file, read.path, article) for article in articles)
        return numbers

    def touch(self, reads: Iterable[FileRead]) -> None:
        """New stamps for files whose content proved unchanged, or of which nothing new was learned."""
        with self._transaction():
            for read in reads:
                self._store_file(read)

    def _store_file(self, read: FileRead) -> int:
        stamp = map(_storable, read.stamp or _NO_STAMP)
        return int(
            self._db.execute(
                "INSERT INTO files (path, size, mtime_ns, inode, ctime_ns, read_ns, again, failure)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET reads = 1 + iif((size, mtime_ns, inode, ctime_ns)"
                " = (excluded.size, excluded.mtime_ns, excluded.inode, excluded.ctime_ns), reads, 0),"
                " size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode,"
                " ctime_ns = excluded.ctime_ns, read_ns = excluded.read_ns, again = excluded.again,"
                " failure = excluded.failure RETURNING file",
                (read.path, *stamp, read.read_ns, read.again, read.trouble),
            ).fetchone()[0]
        )

    def _store_article(self, file: int, path: bytes, identified: IdentifiedArticle) -> int:
        record, article = identified.record, identified.record.article
        published, text = article.published, "\n".join(article.paragraphs)
        about = (
            article.part, record.fingerprint, article.title, identified.source, article.author,
            article.url, article.language, published.isoformat() if published else None, int(article.has_time),
            article.date_from, int(published.timestamp()) if published else UNDATED,
            day_number(published) if published else None, record.words,
            json.dumps(article.tags) if article.tags else None, identified.added,
        )  # fmt: skip
        checksum = row_checksum((identified.id, path, *about, text, record.signature))
        number = self._db.execute(
            "INSERT INTO articles (id, file, part, fingerprint, title, source, author, url, language, published,"
            " has_time, date_from, sort_time, day, words, file_tags, added, checksum)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (identified.id, file, *about, checksum),
        ).lastrowid
        assert number is not None
        self._db.execute("INSERT INTO texts VALUES (?, ?)", (number, text))
        self._db.execute("INSERT INTO signatures VALUES (?, ?)", (number, record.signature))
        return number

    def forget(self, paths: Collection[bytes]) -> int:
        """Remove files and their articles; returns how many articles."""
        count = 0
        with self._transaction():
            for chunk in _chunks(paths):
                marks = _marks(chunk)
                of_files = f"SELECT a.number FROM articles a JOIN files f ON f.file = a.file WHERE f.path IN ({marks})"
                count += self._remove_articles(self._values(of_files, chunk))
                self._run(f"DELETE FROM files WHERE path IN ({marks})", chunk)
        return count

    def _remove_articles(self, numbers: Collection[int]) -> int:
        for chunk in _chunks(numbers):
            marks = _marks(chunk)
            self._run(
                f"INSERT OR IGNORE INTO removed (number, story) SELECT number, story FROM articles"
                f" WHERE number IN ({marks})",
                chunk,
            )
            for table in ("articles", "texts", "signatures"):
                self._run(f"DELETE FROM {table} WHERE number IN ({marks})", chunk)
        return len(numbers)

    # what is still to be done by index and stories

    def pending(self) -> Outstanding:
        """What to add to the index and to delete from it."""
        return self._outstanding("indexed")

    def mark_indexed(self, added: Collection[int], deleted: Collection[int]) -> None:
        """After the index has committed these; readers are told by a new generation."""
        with self._transaction():
            self._mark("indexed", added, deleted)

    def unstoried(self) -> Outstanding:
        """What to place in stories and to take out of them."""
        return self._outstanding("storied")

    def _outstanding(self, column: str) -> Outstanding:
        add, delete = (
            self._values(f"SELECT number FROM {table} WHERE {column} = 0 ORDER BY number")
            for table in ("articles", "removed")
        )
        return Outstanding(add, delete)

    def stories_of(self, numbers: Sequence[int]) -> set[StoryId]:
        """The stories that these articles are in, or were in when they were removed."""
        found: set[StoryId] = set()
        for table in ("articles", "removed"):
            for chunk in _chunks(numbers):
                rows = self._run(f"SELECT DISTINCT story FROM {table} WHERE number IN ({_marks(chunk)})", chunk)
                found.update(StoryId(row[0]) for row in rows if row[0] is not None)
        return found

    def set_stories(
        self,
        story_of: Mapping[int, StoryId | None],
        records: Iterable[StoryRecord],
        ended: Collection[StoryId],
        added: Collection[int],
        deleted: Collection[int],
        token: str,
        at_last: Callable[[], None] = lambda: None,
    ) -> None:
        """Write what changed in one transaction; `token` tells which state of the story book it belongs to, and
        `at_last` is called when all is written and nothing committed."""
        with self._transaction():
            self._db.executemany(
                "UPDATE articles SET story = ?, relation = NULL, similarity = NULL, closest = NULL, taken = NULL"
                " WHERE number = ?",
                ((story, number) for number, story in story_of.items()),
            )
            self._db.executemany("DELETE FROM stories WHERE story = ?", [(story,) for story in ended])
            for record in records:
                self._db.executemany(
                    "UPDATE articles SET relation = ?, similarity = ?, closest = ?, taken = ? WHERE number = ?",
                    [(place.relation, *place[2:], place.number) for place in record.members],
                )
                self._db.execute("INSERT OR REPLACE INTO stories VALUES (?, ?)", (record.story, record.title))
            self.set_meta(stories=token)
            self._mark("storied", added, deleted)
            at_last()

    def reset_stories(self) -> None:
        """Forget all stories: the story book starts anew."""
        with self._transaction():
            self._run(
                "UPDATE articles"
                " SET story = NULL, relation = NULL, similarity = NULL, closest = NULL, taken = NULL, storied = 0"
            )
            self._run("DELETE FROM stories")
            self._run("UPDATE removed SET storied = 1")

    def reset_index(self) -> None:
        """All articles are to be indexed again: the index starts anew."""
        with self._transaction():
            self._run("UPDATE articles SET indexed = 0")
            self._run("UPDATE removed SET indexed = 1")

    def _mark(self, column: str, added: Collection[int], deleted: Collection[int]) -> None:
        for table, numbers in (("articles", added), ("removed", deleted)):
            for chunk in _chunks(numbers):
                self._run(f"UPDATE {table} SET {column} = 1 WHERE number IN ({_marks(chunk)})", chunk)
        self._run("DELETE FROM removed WHERE indexed = 1 AND storied = 1")
        self._run("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    # reading

    def count(self) -> int:
        return int(self._values("SELECT count(*) FROM articles")[0])

    def count_in(self, paths: Sequence[bytes]) -> int:
        """How many articles these files hold."""
        return sum(
            self._values(
                f"SELECT count(*) FROM articles a JOIN files f ON f.file = a.file WHERE f.path IN ({_marks(chunk)})",
                chunk,
            )[0]
            for chunk in _chunks(paths)
        )

    def count_below(self, inside: bytes) -> int:
        """How many articles there are in files whose paths begin so."""
        end = inside[:-1] + bytes([inside[-1] + 1])
        where = "f.path >= ? AND f.path < ?"
        return int(
            self._values(
                f"SELECT count(*) FROM articles a JOIN files f ON f.file = a.file WHERE {where}", (inside, end)
            )[0]
        )

    def rows(self, numbers: Sequence[int]) -> list[CatalogueRow]:
        """In the order asked; numbers that are gone are left out."""
        found = {row.number: row for row in self._select("WHERE a.number IN ({})", list(numbers))}
        return [found[number] for number in numbers if number in found]

    def by_ids(self, ids: Collection[str]) -> list[CatalogueRow]:
        return list(self._select("WHERE a.id IN ({})", list(ids)))

    def by_id_prefix(self, prefix: str, limit: int) -> list[CatalogueRow]:
        stop = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        rows = self._run(f"{SELECT_ROW} WHERE a.id >= ? AND a.id < ? LIMIT ?", (prefix, stop, limit))
        return [row_of(row) for row in rows]

    def by_path(self, path: bytes) -> list[CatalogueRow]:
        return self.articles_of([path])[path]

    def story_titles(self, stories: Sequence[str]) -> dict[StoryId, str]:
        found: dict[StoryId, str] = {}
        for chunk in _chunks(stories):
            found.update(self._run(f"SELECT story, title FROM stories WHERE story IN ({_marks(chunk)})", chunk))
        return found

    def story_members(self, stories: Collection[str]) -> dict[StoryId, list[CatalogueRow]]:
        """Members by story, in no order."""
        found: dict[StoryId, list[CatalogueRow]] = {}
        for row in self._select("WHERE a.story IN ({})", list(stories)):
            assert row.story is not None
            found.setdefault(row.story, []).append(row)
        return found

    def story_places(self, story: StoryId) -> dict[int, StoryPlace]:
        """What the articles of a story are in it, by number, for those that have been placed; nothing when one has been
        removed since."""
        if self._run("SELECT 1 FROM removed WHERE story = ? AND storied = 0 LIMIT 1", (story,)):
            return {}
        select = "SELECT number, relation, similarity, closest, taken FROM articles WHERE story = ? AND taken NOT NULL"
        return {row[0]: StoryPlace(*row) for row in self._run(select, (story,))}

    def story_by_article(self) -> dict[ArticleId, StoryId]:
        """The story of every article that is in one."""
        return dict(self._run("SELECT id, story FROM articles WHERE story IS NOT NULL"))

    def story_ids(self, prefix: str = "") -> list[StoryId]:
        return self._values(
            "SELECT DISTINCT story FROM articles WHERE story IS NOT NULL AND substr(story, 1, ?) = ?",
            (len(prefix), prefix),
        )

    def stories(
        self, *, since: date | None, min_size: int, min_sources: int, only: Collection[StoryId] | None
    ) -> list[StoryId]:
        """Stories, the one with the newest article first."""
        rows = self._run(
            "SELECT story, max(sort_time) AS last, max(day) AS day FROM articles WHERE story IS NOT NULL GROUP BY story"
            " HAVING count(*) >= ? AND count(DISTINCT source) >= ? ORDER BY last DESC, story",
            (min_size, min_sources),
        )
        first_day = 0 if since is None else day_number(since)
        return [story for story, _, day in rows if (day or 0) >= first_day and (only is None or story in only)]

    def first_articles(self) -> list[int]:
        """Numbers of the articles that are first in their story."""
        return self._values("SELECT number FROM articles WHERE relation = 'first'")

    def copied_articles(self) -> list[int]:
        """Numbers of the articles that are copies or near-copies of earlier ones."""
        return self._values("SELECT number FROM articles WHERE relation IN ('copy', 'near-copy')")

    def copies(self) -> list[CopyRecord]:
        """Every copy and near-copy."""
        return list(map(CopyRecord._make, self._run(SELECT_COPIES)))

    def listing(self) -> list[ListedArticle]:
        """Every article, newest first."""
        return list(map(ListedArticle._make, self._run(SELECT_LISTED)))

    def written_from(self, moment: int) -> list[int]:
        """Numbers of the articles whose files were written to at a moment, seconds since the epoch, or later."""
        files = "SELECT file FROM files WHERE mtime_ns >= ?"
        return self._values(f"SELECT number FROM articles WHERE file IN ({files})", (moment * 1_000_000_000,))

    def paragraphs(self, number: int) -> tuple[str, ...]:
        return self.texts([number]).get(number, ())

    def texts(self, numbers: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found: dict[int, tuple[str, ...]] = {}
        for chunk in _chunks(numbers):
            for number, text in self._run(
                f"SELECT number, paragraphs FROM texts WHERE number IN ({_marks(chunk)})", chunk
            ):
                found[number] = tuple(text.split("\n")) if text else ()
        return found

    def signatures(self, numbers: Sequence[int]) -> Iterator[SignedArticle]:
        """Of these articles, in no order."""
        for chunk in _chunks(numbers):
            yield from map(SignedArticle._make, self._run(SELECT_SIGNED.format(_marks(chunk)), chunk))

    def check(self) -> str | None:
        """As every database, and that each article is as it was written."""
        if (damage := super().check()) is not None:
            return damage
        with _errors(self.path):
            for checksum, article, *written in self._db.execute(SELECT_WRITTEN):
                if checksum != row_checksum((article, *written)):
                    return f"what is kept of article {article} is not what was written"
        return None

    # plumbing

    def _select(self, where: str, values: list[bytes] | list[str] | list[int]) -> Iterator[CatalogueRow]:
        for chunk in _chunks(values):
            for row in self._run(SELECT_ROW + where.format(_marks(chunk)), chunk):
                yield row_of(row)

    def _values(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        """The first column of what a statement selects."""
        return [row[0] for row in self._run(statement, values)]

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[tuple]:  # type: ignore[type-arg]
        with _errors(self.path):
            return self._db.execute(statement, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _errors(self.path), super()._transaction():
            yield


def _storable(number: int) -> int | str:
    """As a column takes it whatever its size: times after 2262 and inodes from 2⁶³ on, which some file systems state,
    would cost the whole batch. As text that SQLite does not take for a number, which it would round."""
    return number if -(2**63) <= number < 2**63 else f"n{number}"


def _stamp(size: int, *rest: int | str) -> FileStamp:
    return FileStamp(size, *(int(n[1:]) if isinstance(n, str) else n for n in rest))


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except DAMAGE as error:
        what = trouble_with(path, error)
        if "lock" in what and not has_locks(path.parent):
            what = f"{NO_LOCKS}: --cache-dir or NEWSREADER_CACHE_DIR names another place for the cache"
        mend = "" if what != str(error) or _FROM_OUTSIDE.search(what) else "; `newsreader doctor` mends it"
        kind = StorageError if _OBSTACLES.search(what) else DamagedError
        raise kind(f"{path}: the catalogue can't be used ({what}){mend}") from error


_FROM_OUTSIDE = re.compile("readonly|disk I/O|unable to open|is full|lock")
"""Of what SQLite says: that nothing is wrong with the file itself."""
_OBSTACLES = re.compile("readonly|is full|lock|Permission denied")
"""That it is as it was once these are gone: to build it anew would forget what is away, and not help."""


def _connected(path: Path, how: str) -> sqlite3.Connection:
    """A connection that can be read from. Raises `sqlite3.Error`."""
    where = f"{path.absolute().as_uri()}{how}"
    connection = sqlite3.connect(where, uri=True, timeout=10.0, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except DAMAGE:
        connection.close()
        raise
    return connection


def _chunks(values: Iterable[_Value]) -> Iterator[Sequence[_Value]]:
    return batched(values, _PARAMETERS)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
