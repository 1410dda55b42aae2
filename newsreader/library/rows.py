"""The values that the catalogue gives and takes; what is read as a whole row stands beside its SELECT.

The columns of a SELECT are matched to the fields by their order, which is quick. Kept apart, the two would come
to differ, and an article's author would be shown as its source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple
from zlib import crc32

from newsreader.article import ArticleId, DateFrom, StoryId
from newsreader.errors import DamagedError

if TYPE_CHECKING:  # it loads NumPy and parsers, for which a run with nothing to do has no use
    from newsreader.library.reading import ReadArticle

_NOT_AS_WRITTEN = "the catalogue can't be used (its {} are not what was written); `newsreader doctor` mends it"
UNDATED = -(2**62)
"""`sort_time` of articles without a usable date: behind all others."""

Relation = Literal["first", "copy", "near-copy", "same-story"]
"""What an article is to those before it in its story: first where none is known to have appeared earlier, and it is no
copy; several may be, as all of one day where no time is known."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """An article as the catalogue knows it: without what the user did to it."""

    number: int
    id: ArticleId
    path: bytes
    title: str
    source: str | None
    author: str | None
    url: str | None
    language: str | None
    published: datetime | None
    has_time: bool
    date_from: DateFrom
    words: int
    file_tags: tuple[str, ...]
    story: StoryId | None
    relation: Relation | None
    similarity: float | None
    closest: int | None
    """Number of the article before it in the story that it is most like."""
    taken: float | None
    """What share of its text that one has word for word, 0 to 1."""
    fingerprint: str
    part: str
    added: int
    """When the article came into the library, seconds since the epoch."""
    saved: float | None
    """When its file was last written to, seconds since the epoch."""


SELECT_ROW = (
    "SELECT a.number, a.id, f.path, a.title, a.source, a.author, a.url, a.language, a.published, a.has_time,"
    " a.date_from, a.words, a.file_tags, a.story, a.relation, a.similarity, a.closest, a.taken, a.fingerprint, a.part,"
    " a.added, f.mtime_ns FROM articles a JOIN files f ON f.file = a.file "
)


_WRITTEN = (
    "a.id, f.path, a.part, a.fingerprint, a.title, a.source, a.author, a.url, a.language, a.published, a.has_time,"
    " a.date_from, a.sort_time, a.day, a.words, a.file_tags, a.added, t.paragraphs, s.signature"
)
SELECT_WRITTEN = (
    f"SELECT a.checksum, {_WRITTEN} FROM articles a LEFT JOIN files f ON f.file = a.file"
    " LEFT JOIN texts t ON t.number = a.number LEFT JOIN signatures s ON s.number = a.number"
    " WHERE a.checksum IS NOT NULL ORDER BY a.number"
)
"""What was written of an article that stays as it is, behind its checksum; articles of an older version have none."""


def row_checksum(values: Iterable[object]) -> int:
    """CRC-32 of what `SELECT_WRITTEN` selects behind it: SQLite's own checks see only that pages hang together, and no
    bit that is wrong inside a value."""
    found = 0
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
        found = crc32(b"\0%d" % len(data), crc32(data, found))
    return found


def row_of(values: tuple) -> CatalogueRow:  # type: ignore[type-arg]
    """From what `SELECT_ROW` selects, which is in the order of the fields. Raises `DamagedError`."""
    (
        number, article, path, title, source, author, url, language, published, has_time,
        date_from, words, file_tags, story, relation, similarity, closest, taken, fingerprint, part, added, written,
    ) = values  # fmt: skip
    try:
        moment = None if published is None else datetime.fromisoformat(published)
    except (TypeError, ValueError) as error:
        raise DamagedError(_NOT_AS_WRITTEN.format("dates")) from error
    saved = written / 1e9 if isinstance(written, int) and written >= 0 else None  # beyond 2262 it is text
    return CatalogueRow(
        number, article, path, title, source, author, url, language, moment, bool(has_time),
        date_from, words, tags_in_file(file_tags), story, relation, similarity, closest, taken, fingerprint, part,
        added, saved,
    )  # fmt: skip


def tags_in_file(column: str | None) -> tuple[str, ...]:
    """What the column `file_tags` says: the tags that an article's file gives it, as JSON. Raises `DamagedError`."""
    try:
        return () if column is None else tuple(json.loads(column))
    except (TypeError, ValueError) as error:
        raise DamagedError(_NOT_AS_WRITTEN.format("tags")) from error


class ListedArticle(NamedTuple):
    """An article in the list of all. Light: a library has a hundred thousand of them."""

    number: int
    id: ArticleId
    sort_time: int
    """Seconds since the epoch, or `UNDATED`."""
    day: int | None
    """YYYYMMDD."""
    source: str | None
    story: StoryId | None
    file_tags: str | None
    """As `tags_in_file` reads them."""
    added: int
    """When it came into the library, seconds since the epoch."""


SELECT_LISTED = (
    "SELECT number, id, sort_time, day, source, story, file_tags, added FROM articles"
    " ORDER BY sort_time DESC, number DESC"
)


class CopyRecord(NamedTuple):
    """A copy or near-copy."""

    number: int
    original: int
    """Number of the earlier article that it is a copy of."""
    is_whole: bool
    """False for a near-copy."""
    sort_time: int


SELECT_COPIES = (
    "SELECT number, closest, relation = 'copy', sort_time FROM articles"
    " WHERE relation IN ('copy', 'near-copy') AND closest IS NOT NULL"
)


class SignedArticle(NamedTuple):
    """What the grouping of stories wants to know of an article."""

    number: int
    id: ArticleId
    source: str | None
    sort_time: int
    has_time: bool
    date_from: DateFrom
    signature: bytes


SELECT_SIGNED = (
    "SELECT a.number, a.id, a.source, a.sort_time, a.has_time, a.date_from, s.signature"
    " FROM articles a JOIN signatures s ON s.number = a.number WHERE a.number IN ({})"
)


class Outstanding(NamedTuple):
    """What index or stories have still to do, as numbers of articles, ascending."""

    add: list[int]
    delete: list[int]


class StoryPlace(NamedTuple):
    """What an article is in its story."""

    number: int
    relation: Relation
    similarity: float
    """0 to 1, to the closest one: shingles in common for copies, weighted terms otherwise; 1 for the first."""
    closest: int | None
    """Number of the one before it that it is most like; None for the first of all."""
    taken: float
    """What share of its runs of five words that one has, 0 to 1."""


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """What is kept of a story beside its members' `story`."""

    story: StoryId
    title: str
    members: tuple[StoryPlace, ...]
    """Earliest first."""


@dataclass(frozen=True, slots=True)
class IdentifiedArticle:
    """A file's article to be stored: what was read, under which id, from which outlet."""

    id: ArticleId
    record: ReadArticle
    source: str | None
    added: int
    """When the article came into the library, seconds since the epoch."""
