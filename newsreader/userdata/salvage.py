"""What can still be read of a damaged file of user data: row by row, past pages that can't be read.

What it says goes before an older dump, which fills only what could not be read: else one bad page would bring back a
note that was changed since, and a tag that was taken away.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from newsreader.article import ArticleId
from newsreader.errors import StorageError
from newsreader.stories.corrections import Correction
from newsreader.text.clean import one_line, sanitize
from newsreader.userdata.dump import LONGEST_KEPT, Dump, DumpedArticle
from newsreader.userdata.marks import Mark
from newsreader.userdata.notified import SeenUpTo
from newsreader.userdata.searches import usable_names
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.versions import FormerText, unpack

LARGEST_REVISION = 10**15
"""What is beyond it is no revision, but damage."""
_LARGEST_ID, _LARGEST_ROW = 2**64 - 1, 2**63 - 1
_ID, _FINGERPRINT = re.compile("[0-9a-f]{16}"), re.compile("[0-9a-f]{32}")
_NOWHERE = "0" * 32
"""The fingerprint of an article of which nothing but the id is known."""
_NAMES = {
    "articles": "where some articles were",
    "tags": "some tags",
    "marks": "some marks and notes",
    "searches": "some saved searches",
    "corrections": "some corrections of stories",
    "folders": "some folders",
    "notified": "some of what you were told of",
    "versions": "some former texts",
}
_SUBJECTS = "SELECT id, path, part, fingerprint FROM articles WHERE id >= ? ORDER BY id"
_TAGS = "SELECT id, tag, present FROM tags WHERE id >= ? ORDER BY id"
_MARKS = "SELECT id, read, starred, position, note FROM marks WHERE id >= ? ORDER BY id"
_CORRECTIONS = "SELECT rowid, id, kind, time, parts FROM corrections NOT INDEXED WHERE rowid >= ? ORDER BY rowid"
_VERSIONS = (
    "SELECT rowid, id, number, text, fingerprint, written, until FROM versions NOT INDEXED"
    " WHERE rowid >= ? ORDER BY rowid"
)

Row: TypeAlias = tuple[Any, ...]
KnownSubjects: TypeAlias = Callable[[Collection[ArticleId]], Iterable[Subject]]
"""What somebody else, as the catalogue, knows of articles by their ids."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The keys of a table whose rows could not be read: ranges of whole numbers, both ends included."""

    ranges: Sequence[tuple[int, int]] = ()

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, article: ArticleId) -> bool:
        number = int(article, 16)
        return any(first <= number <= last for first, last in self.ranges)


_ALL = Gaps([(0, _LARGEST_ID)])


@dataclass(slots=True)
class Salvaged:
    """What a damaged file still gave."""

    subjects: dict[ArticleId, Subject] = field(default_factory=dict)
    tags: dict[tuple[ArticleId, str], bool] = field(default_factory=dict)
    marks: dict[ArticleId, Mark] = field(default_factory=dict)
    searches: dict[str, str] = field(default_factory=dict)
    corrections: dict[str, Correction] = field(default_factory=dict)
    folders: dict[Path, None] = field(default_factory=dict)
    seen: dict[str, SeenUpTo] = field(default_factory=dict)
    versions: dict[tuple[ArticleId, int], FormerText] = field(default_factory=dict)
    revision: int | None = None
    """None where it could not be read."""
    gaps: dict[str, Gaps] = field(default_factory=dict)
    """By table, where something of it could not be read."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing that a user said is in it."""
        return not (
            self.tags or self.marks or self.searches or self.corrections or self.folders or self.seen or self.versions
        )

    @property
    def lost(self) -> list[str]:
        """What could not be read, in words."""
        if self.is_empty and len(self.gaps) == len(_NAMES):
            return ["the whole file"]
        return [name for table, name in _NAMES.items() if table in self.gaps]

    def is_older_than(self, dumped: Dump) -> bool:
        """Whether a dump has seen more changes, as when the file's disk went back to what it was before."""
        return self.revision is not None and self.revision < dumped.revision

    def completed(self, dumped: Dump | None, known: KnownSubjects = lambda ids: ()) -> Dump:
        """All of it, and what could not be read as the dump has it; of an older file what the dump does not have."""
        found = _of_dump(dumped) if dumped is not None else Salvaged()
        if dumped is not None and self.is_older_than(dumped):
            return found._joined_with(self, dict.fromkeys(_NAMES, _ALL))._as_dump(known)
        return self._joined_with(found, self.gaps)._as_dump(known)

    def _joined_with(self, other: Salvaged, gaps: dict[str, Gaps]) -> Salvaged:
        """This, and what the other has in the gaps."""
        none = Gaps()
        texts = {(article, text.fingerprint, text.until) for (article, _), text in self.versions.items()}
        return Salvaged(
            other.subjects | self.subjects,
            {key: there for key, there in other.tags.items() if key[0] in gaps.get("tags", none)} | self.tags,
            {article: mark for article, mark in other.marks.items() if article in gaps.get("marks", none)} | self.marks,
            (other.searches if "searches" in gaps else {}) | self.searches,
            (other.corrections if "corrections" in gaps else {}) | self.corrections,
            (other.folders if "folders" in gaps else {}) | self.folders,
            (other.seen if "notified" in gaps else {}) | self.seen,
            {
                (article, number): text
                for (article, number), text in other.versions.items()
                if "versions" in gaps and (article, text.fingerprint, text.until) not in texts
            }
            | self.versions,
            max(self.revision or 0, other.revision or 0),
        )

    def _as_dump(self, known: KnownSubjects) -> Dump:
        tags: dict[ArticleId, dict[str, bool]] = {}
        for (article, tag), there in self.tags.items():
            tags.setdefault(article, {})[tag] = there
        corrected = {article for one in self.corrections.values() for article in one.articles}
        about = {*tags, *self.marks, *corrected, *(article for article, _ in self.versions)}
        subjects = {subject.id: subject for subject in known(about - self.subjects.keys())} | self.subjects
        for article in about - subjects.keys():
            subjects[article] = Subject(article, b"", "", _NOWHERE)
        names = usable_names([*self.searches, *(name for name in self.seen if name not in self.searches)])
        return Dump(
            [DumpedArticle(s, tags.get(s.id, {}), self.marks.get(s.id, Mark())) for s in subjects.values()],
            {names[name]: query for name, query in self.searches.items()},
            list(self.corrections.values()),
            list(self.folders),
            {names[name]: seen for name, seen in self.seen.items()},
            [(article, text) for (article, _), text in self.versions.items()],
            self.revision or 0,
        )


def _of_dump(dumped: Dump) -> Salvaged:
    return Salvaged(
        {a.subject.id: a.subject for a in dumped.articles},
        {(a.subject.id, tag): there for a in dumped.articles for tag, there in a.tags.items()},
        {a.subject.id: a.mark for a in dumped.articles if a.mark != Mark()},
        dict(dumped.searches),
        {one.id: one for one in dumped.corrections},
        dict.fromkeys(dumped.folders),
        dict(dumped.seen),
        {(article, text.number): text for article, text in dumped.versions},
        dumped.revision,
    )


def salvage(path: Path) -> Salvaged:
    """Read what can be read of a damaged file. Raises nothing for what can't; changes nothing."""
    try:
        store = Store.open_damaged(path)
    except StorageError:
        return Salvaged(gaps=dict.fromkeys(_NAMES, _ALL))
    try:
        return _Reading(store).everything()
    finally:
        store.close()


class _Reading:
    """Of one file."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found = Salvaged()

    def everything(self) -> Salvaged:
        found = self._found
        for row in self._by_id("articles", _SUBJECTS):
            if isinstance(row[1], bytes) and isinstance(row[2], str) and _FINGERPRINT.fullmatch(str(row[3])):
                found.subjects[row[0]] = Subject(*row)
            else:
                self._miss("articles", row[0])
        for article, tag, there in self._by_id("tags", _TAGS):
            if isinstance(tag, str) and there in (0, 1) and 0 < len(one_line(tag)) <= LONGEST_KEPT:
                found.tags[article, tag] = bool(there)
            else:
                self._miss("tags", article)
        for article, read, starred, position, note in self._by_id("marks", _MARKS):
            if read in (0, 1) and starred in (0, 1) and isinstance(position, int) and isinstance(note, str):
                found.marks[article] = Mark(bool(read), bool(starred), max(0, position), sanitize(note))
            else:
                self._miss("marks", article)
        for name, query in self._from_both_ends("searches", "SELECT name, query FROM searches ORDER BY name", str, str):
            found.searches[name] = one_line(query)
        for (folder,) in self._from_both_ends("folders", "SELECT path FROM folders ORDER BY path", bytes):
            if os.path.isabs(folder) and b"\0" not in folder:
                found.folders[Path(os.fsdecode(folder))] = None
        statement = "SELECT name, epoch, time, ids FROM notified ORDER BY name"
        for name, epoch, time, ids in self._from_both_ends("notified", statement, str, str, int, str):
            found.seen[name] = SeenUpTo(epoch, time, frozenset(map(ArticleId, ids.split())))
        for _, *said in self._by_row("corrections", _CORRECTIONS):
            try:
                one = Correction.checked(*said)
            except (ValueError, TypeError):
                self._miss("corrections")
            else:
                found.corrections[one.id] = one
        for _, article, number, text, fingerprint, written, until in self._by_row("versions", _VERSIONS):
            try:
                found.versions[ArticleId(article), number] = unpack(text, fingerprint, written, until, number)
            except (StorageError, TypeError):
                self._miss("versions")
        with suppress(StorageError, TypeError, IndexError, ValueError):
            revision = self._store.revision
            found.revision = revision if 0 <= revision <= LARGEST_REVISION else None
        return found

    def _miss(self, table: str, article: ArticleId | None = None) -> None:
        """A row makes no sense."""
        more = _ALL.ranges if article is None else [(int(article, 16), int(article, 16))]
        self._found.gaps[table] = Gaps([*self._found.gaps.get(table, Gaps()).ranges, *more])

    def _by_id(self, table: str, statement: str) -> list[Row]:
        """Rows by the ids of articles; others are not ours."""
        rows, gaps = _past_damage(self._store, statement, _LARGEST_ID, lambda n: f"{n:016x}", lambda v: int(v, 16))
        if gaps:
            self._found.gaps[table] = gaps
        return [row for row in rows if isinstance(row[0], str) and _ID.fullmatch(row[0])]

    def _by_row(self, table: str, statement: str) -> list[Row]:
        rows, gaps = _past_damage(self._store, statement, _LARGEST_ROW, lambda n: n, lambda v: int(v))
        if gaps:
            self._found.gaps[table] = gaps
        return rows

    def _from_both_ends(self, table: str, statement: str, *kinds: type) -> list[Row]:
        """Of a table that is small: what comes before the first damage and behind the last."""
        rows: dict[Any, Row] = {}
        for order in ("", " DESC"):
            try:
                rows.update((row[0], row) for row in self._store.each(statement + order))
                break
            except StorageError:
                self._found.gaps[table] = _ALL
        sound = [row for row in rows.values() if all(map(isinstance, row, kinds))]
        if len(sound) < len(rows):
            self._miss(table)
        return sound


def _past_damage(
    store: Store, statement: str, last: int, key: Callable[[int], Any], number: Callable[[Any], int]
) -> tuple[list[Row], Gaps]:
    """The rows of a statement that takes the smallest key and gives rows in the order of their keys, and where rows
    could not be read. Behind a damaged page it goes on with the next one that can be."""
    rows: list[Row] = []
    gaps: list[tuple[int, int]] = []
    at = 0

    def take(row: Row) -> None:
        nonlocal at
        with suppress(ValueError, TypeError):  # a key of another kind
            here = number(row[0])
            if here < at:
                raise StorageError("out of order")
            at = here
        rows.append(row)

    while at <= last:
        try:
            for row in store.each(statement, (key(at),)):
                take(row)
            break
        except StorageError:
            behind = max(at + 1, _next_readable(store, f"{statement} LIMIT 1", at, last, key))
            gaps.append((at, behind - 1))
            at = behind
            with suppress(StorageError):  # alone: Python loses a row when the one behind it can't be read
                for row in store.each(f"{statement} LIMIT 1", (key(at),)) if at <= last else ():
                    take(row)
    return rows, Gaps(gaps)


def _next_readable(store: Store, statement: str, at: int, last: int, key: Callable[[int], Any]) -> int:
    """The first key behind `at` that can be looked for, or one beyond the last: a page is left in about as many steps
    as the keys have bits."""

    def is_readable(number: int) -> bool:
        try:
            list(store.each(statement, (key(number),)))
        except StorageError:
            return False
        return True

    unreadable, step = at, 1
    while at + step <= last and not is_readable(at + step):
        unreadable, step = at + step, step * 2
    readable = at + step
    if readable > last:
        if not is_readable(last):
            return last + 1
        readable = last
    while readable - unreadable > 1:
        middle = (readable + unreadable) // 2
        readable, unreadable = (middle, unreadable) if is_readable(middle) else (readable, middle)
    return readable
