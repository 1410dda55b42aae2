"""The former texts of articles on disk: compressed, numbered from 1, and forgotten beyond a size.

They are user data, not cache: no file has them any more.
"""

from __future__ import annotations

import heapq
import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from newsreader.article import ArticleId
from newsreader.errors import StorageError
from newsreader.userdata.store import Store

LARGEST_HISTORY = 100_000_000
"""Bytes of compressed texts that are kept unless the configuration says otherwise: of 67,000 articles of 2.4 kB."""
LARGEST_TEXT = 64 * 2**20
"""Bytes of a text, twice what a file may have; a dump of someone else's may hold what unpacks to gigabytes."""
_LEVEL = 9
"""Of compression: an article of 2.4 kB takes 0.15 ms and comes down to 1.5 kB."""


@dataclass(frozen=True, slots=True)
class FormerText:
    """What an article said, and when."""

    fingerprint: str
    title: str
    paragraphs: tuple[str, ...]
    author: str | None = None
    published: str | None = None
    """ISO 8601."""
    has_time: bool = False
    date_from: str = "file"
    words: int = 0
    written: int = 0
    """The file's own time when it said this, seconds since the epoch."""
    until: int = 0
    """When a run found something else in its place, seconds since the epoch."""
    number: int = field(default=0, compare=False)
    """From 1, the oldest first; given when it is kept."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is kept altogether."""

    articles: int
    texts: int
    size: int
    """Bytes, compressed."""


@dataclass(frozen=True, slots=True)
class KeptHistory:
    """The former texts of one article, as far as it takes to see that they are others."""

    texts: int
    size: int
    """Bytes, compressed."""
    last: int
    """The number of the newest."""
    until: int
    """When a run found the article to say something else than the newest, seconds since the epoch."""


def latest_that_fit(histories: Mapping[ArticleId, KeptHistory], most: int) -> list[ArticleId]:
    """Whole histories, those last added to first, as many as fit into so many bytes; by id."""
    left, chosen = most, []
    for article, history in sorted(histories.items(), key=lambda one: (-one[1].until, one[0])):
        if history.size <= left:
            chosen.append(article)
            left -= history.size
    return sorted(chosen)


class Versions:
    """The former texts in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, texts: Iterable[tuple[ArticleId, FormerText]], limit: int) -> None:
        """Durable when it returns; all or nothing. What is beyond `limit` bytes then is forgotten (see `shrink`)."""
        with self._store.writing():
            for article, text in texts:
                packed = pack(text)
                self._store.write_many(
                    "INSERT INTO versions SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?"
                    " FROM versions WHERE id = ?",
                    [(article, len(packed), text.fingerprint, text.written, text.until, packed, article)],
                )
            self.shrink(limit)

    def add(self, texts: Iterable[tuple[ArticleId, FormerText]]) -> None:
        """Put texts under the numbers that they have; a number that is taken is left as it is."""
        self._store.write_many(
            "INSERT OR IGNORE INTO versions VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (article, text.number, len(packed), text.fingerprint, text.written, text.until, packed)
                for article, text in texts
                if (packed := pack(text))
            ),
        )

    def drop_latest(self, articles: Iterable[ArticleId]) -> None:
        """Forget the newest former text of each: it is what the file says again."""
        self._store.write_many(
            "DELETE FROM versions WHERE id = :id AND number = (SELECT max(number) FROM versions WHERE id = :id)",
            ({"id": article} for article in articles),
        )

    def hand_over(self, old: ArticleId, new: ArticleId) -> None:
        """The texts of one article become the oldest ones of another."""
        if old == new:
            return
        with self._store.writing():
            ((most,),) = self._store.read("SELECT coalesce(max(number), 0) FROM versions WHERE id = ?", (old,))
            for statement, values in (  # by way of numbers that no text has: they must differ at every moment
                ("UPDATE versions SET number = -number - ? WHERE id = ?", (most, new)),
                ("UPDATE versions SET number = -number WHERE id = ? AND number < 0", (new,)),
                ("UPDATE versions SET id = ? WHERE id = ?", (new, old)),
            ):
                self._store.write_many(statement, [values])

    def forget(self, articles: Iterable[ArticleId]) -> None:
        """All former texts of these."""
        self._store.write_many("DELETE FROM versions WHERE id = ?", ((article,) for article in articles))

    def shrink(self, limit: int) -> None:
        """Forget texts until the rest fits: again and again the oldest of the article whose texts take most room."""
        rows = self._store.read("SELECT id, sum(size) FROM versions GROUP BY id")
        total = sum(row[1] for row in rows)
        if total <= limit:
            return
        largest = [(-size, article) for article, size in rows]
        heapq.heapify(largest)
        sizes: dict[ArticleId, list[tuple[int, int]]] = {}
        doomed = []
        while total > limit:
            taken, article = heapq.heappop(largest)
            if article not in sizes:
                sizes[article] = self._store.read(
                    "SELECT number, size FROM versions WHERE id = ? ORDER BY number DESC", (article,)
                )
            number, size = sizes[article].pop()
            doomed.append((article, number))
            total -= size
            if sizes[article]:
                heapq.heappush(largest, (taken + size, article))
        self._store.write_many("DELETE FROM versions WHERE id = ? AND number = ?", doomed)

    def of(self, article: ArticleId) -> list[FormerText]:
        """Oldest first. Raises `StorageError` for a text that is damaged."""
        rows = self._store.read(
            "SELECT text, fingerprint, written, until, number FROM versions WHERE id = ? ORDER BY number", (article,)
        )
        return [unpack(*row) for row in rows]

    def latest(self, articles: Collection[ArticleId]) -> dict[ArticleId, FormerText]:
        """The newest former text of each that has one."""
        rows = self._store.read_in(
            "SELECT id, text, fingerprint, written, until, max(number) FROM versions WHERE id IN ({}) GROUP BY id",
            list(articles),
        )
        return {ArticleId(article): unpack(*kept) for article, *kept in rows}

    def counts(self) -> dict[ArticleId, int]:
        """How many former texts each article has that has any."""
        return dict(self._store.read("SELECT id, count(*) FROM versions GROUP BY id"))

    def last_edits(self) -> dict[ArticleId, int]:
        """When a run last found an article to be edited, seconds since the epoch."""
        return dict(self._store.read("SELECT id, max(until) FROM versions GROUP BY id"))

    def histories(self) -> dict[ArticleId, KeptHistory]:
        """What each article has that has any."""
        rows = self._store.read("SELECT id, count(*), sum(size), max(number), max(until) FROM versions GROUP BY id")
        return {ArticleId(article): KeptHistory(*values) for article, *values in rows}

    def packed(self, articles: Iterable[ArticleId]) -> Iterator[tuple[ArticleId, int, int, int, str, bytes]]:
        """Id, number, written, until, fingerprint and the text as `pack` makes it, of these articles, each one's oldest
        first. Texts that are damaged are left out."""
        for article in articles:
            for row in self._store.each(
                "SELECT id, number, written, until, fingerprint, text FROM versions WHERE id = ? ORDER BY number",
                (article,),
            ):
                with suppress(StorageError):
                    unpack(row[5], row[4], row[2], row[3], row[1])
                    yield row

    def usage(self) -> Usage:
        rows = self._store.read("SELECT count(DISTINCT id), count(*), coalesce(sum(size), 0) FROM versions")
        return Usage(*rows[0])


def pack(text: FormerText) -> bytes:
    """The text as it is stored: compressed, with zlib's checksum."""
    content = [text.title, text.author, text.published, text.has_time, text.date_from, text.words, *text.paragraphs]
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass"), _LEVEL)


def unpack(packed: bytes, fingerprint: str, written: int, until: int, number: int) -> FormerText:
    """Raises `StorageError` for what is damaged."""
    try:
        stream = zlib.decompressobj()
        content = json.loads(stream.decompress(packed, LARGEST_TEXT).decode("utf-8", "surrogatepass"))
        title, author, published, has_time, date_from, words, *paragraphs = content
        if published is not None:
            datetime.fromisoformat(published)
    except (zlib.error, ValueError, TypeError, RecursionError) as error:
        raise StorageError(f"a former text is damaged ({error})") from error
    is_text = all(isinstance(part, str) for part in (title, "" if author is None else author, date_from, *paragraphs))
    if not stream.eof or not is_text or not isinstance(words, int):
        raise StorageError("a former text is damaged")
    return FormerText(
        fingerprint,
        title,
        tuple(paragraphs),
        author,
        published,
        bool(has_time),
        date_from,
        words,
        written,
        until,
        number,
    )
