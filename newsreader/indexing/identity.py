"""Which article is which: gives ids to what was read.

Tags and notes hang on the ids. So an article keeps its id when its file is edited, moved or renamed, and when the cache
is lost; an id that went to another article would carry the tags along.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from newsreader.article import ArticleId, article_id
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile
from newsreader.library.reading import FileRead, ReadArticle
from newsreader.library.rows import CatalogueRow, IdentifiedArticle
from newsreader.library.scan import FileStamp
from newsreader.text.clean import one_line
from newsreader.userdata.store import Subject


@dataclass(slots=True)
class Identified:
    """A batch of files, ready to be stored."""

    changed: list[tuple[FileRead, list[IdentifiedArticle]]] = field(default_factory=list)
    """Files to be stored, with those of their articles that are new or changed."""
    unchanged: list[FileRead] = field(default_factory=list)
    """Files whose content proved to be what the catalogue has."""
    kept: set[int] = field(default_factory=set)
    """Rows of changed files that stay as they are."""
    left: dict[bytes, list[ArticleId]] = field(default_factory=dict)
    """Articles that are no longer in their file, though it is there."""
    displaced: list[int] = field(default_factory=list)
    """Rows whose ids went to other files."""
    remember: list[Subject] = field(default_factory=list)
    """What user data has to know: new places of what it knows, and ids that don't follow from content alone."""
    added: int = 0
    updated: int = 0
    moved: int = 0


class Identifier:
    """Gives ids to what is read in one run."""

    def __init__(
        self,
        catalogue: Catalogue,
        subjects: Iterable[Subject],
        *,
        folders: Collection[Path],
        present: Mapping[bytes, FileStamp],
        gone: Collection[bytes],
        known: Mapping[bytes, KnownFile],
        now: int,
    ) -> None:
        self._catalogue = catalogue
        self._roots = sorted((os.fsencode(folder).rstrip(b"/") + b"/" for folder in folders), key=len, reverse=True)
        self._present, self._gone, self._known = present, frozenset(gone), known
        self._now = now
        self._subjects = {subject.id: subject for subject in subjects}
        self._by_place = {(s.path, s.part): s for s in self._subjects.values()}
        self._by_content: dict[str, list[Subject]] = {}
        for subject in self._subjects.values():
            self._by_content.setdefault(subject.fingerprint, []).append(subject)
        self._claimed: set[ArticleId] = set()
        self._copies: dict[str, int] = {}
        """By fingerprint: where to look for the id of another article with the same content."""
        self._leaving: set[int] = set()

    def identify(self, reads: Sequence[FileRead]) -> Identified:
        """Decide for one batch. Looks at the catalogue, changes nothing."""
        result = Identified()
        records = [record for read in reads for record in read.records]
        rows = self._catalogue.articles_of([read.path for read in reads])
        same = self._catalogue.same_content({record.fingerprint for record in records})
        candidates = {article_id(record.fingerprint) for record in records}
        candidates.update(s.id for record in records for s in self._by_content.get(record.fingerprint, ()))
        candidates.update(
            s.id for read in reads for r in read.records if (s := self._by_place.get((read.path, r.article.part)))
        )
        used = self._catalogue.used_ids(candidates)
        self._leaving = {number for read in reads for number in _left(read, rows[read.path])}
        # renamed files first: a new article under the old name must not be taken for an edit of theirs
        for read in sorted(reads, key=lambda read: not self._is_renamed(read, same)):
            self._identify_file(read, rows[read.path], same, used, result)
        for path, ids in result.left.items():  # those that another file holds now have not left
            result.left[path] = [article for article in ids if article not in self._claimed]
        return result

    def _is_renamed(self, read: FileRead, same: Mapping[str, Sequence[CatalogueRow]]) -> bool:
        return any(self._was(read, row) for record in read.records for row in same.get(record.fingerprint, ()))

    def _was(self, read: FileRead, row: CatalogueRow) -> bool:
        """Whether this very file (inode) was at the row's path, and is there no more: a hard link is a copy. It was
        seen in both places if it was moved between the listing of one folder and that of the other."""
        known, now = self._known.get(row.path), self._present.get(row.path)
        if read.stamp is None or known is None or read.path == row.path or known.stamp.inode != read.stamp.inode:
            return False
        return now is None or now.inode != known.stamp.inode or not os.path.lexists(row.path)

    def _identify_file(
        self,
        read: FileRead,
        rows: Sequence[CatalogueRow],
        same: Mapping[str, Sequence[CatalogueRow]],
        used: set[ArticleId],
        result: Identified,
    ) -> None:
        source = self._folder_source(read.path)
        here = {row.part: row for row in rows if row.id not in self._claimed}
        if len(here) == len(read.records) == len(rows) and all(
            (row := here.get(record.article.part)) is not None and _is_same(row, record, source)
            for record in read.records
        ):
            result.unchanged.append(read)
            return
        parts = {record.article.part for record in read.records}
        elsewhere = {row.fingerprint: row for row in here.values() if row.part not in parts}
        articles = []
        for record in read.records:
            row = here.get(record.article.part) or elsewhere.pop(record.fingerprint, None)
            if row is not None and row.part == record.article.part and _is_same(row, record, source):
                self._claimed.add(row.id)
                result.kept.add(row.number)
                continue
            previous = self._moved_from(read, record, row, same.get(record.fingerprint, ()))
            if previous is not None:
                result.moved += 1
                result.displaced.append(previous.number)
                chosen, added = previous.id, previous.added
            elif row is not None:
                result.updated += 1
                chosen, added = row.id, row.added
            else:
                result.added += 1
                chosen, added = self._known_to_user(read, record, used) or self._fresh(record, used), self._now
            self._claimed.add(chosen)
            articles.append(IdentifiedArticle(chosen, record, record.article.source or source, added))
            subject = Subject(chosen, read.path, record.article.part, record.fingerprint)
            recorded = self._subjects.get(chosen)
            if (recorded is not None and recorded != subject) or chosen != article_id(record.fingerprint):
                result.remember.append(subject)
        result.changed.append((read, articles))
        if read.left_out is not None:  # where they may be still
            result.kept.update(
                row.number for row in here.values() if row.part not in parts and row.id not in self._claimed
            )
        elif elsewhere:  # not even under another name
            result.left[read.path] = [row.id for row in elsewhere.values()]

    def _moved_from(
        self, read: FileRead, record: ReadArticle, row: CatalogueRow | None, same: Sequence[CatalogueRow]
    ) -> CatalogueRow | None:
        """The article of this content that is no longer in its place, or whose very file (inode) this one is now."""
        if row is not None and row.fingerprint == record.fingerprint:
            return None
        candidates = [r for r in same if r.path != read.path and r.id not in self._claimed]
        for candidate in candidates:
            if self._was(read, candidate):
                return candidate
        gone = [r for r in candidates if r.path in self._gone or r.number in self._leaving] if row is None else []
        return _best_named(gone, read.path)

    def _known_to_user(self, read: FileRead, record: ReadArticle, used: set[ArticleId]) -> ArticleId | None:
        """The id under which user data knows this file, or this content in a file that is no longer there."""

        def free(subject: Subject) -> bool:
            return subject.id not in used and subject.id not in self._claimed

        here = self._by_place.get((read.path, record.article.part))
        if here is not None and free(here):
            return here.id
        elsewhere = [s for s in self._by_content.get(record.fingerprint, ()) if free(s) and s.path not in self._present]
        found = _best_named(elsewhere, read.path)
        return None if found is None else found.id

    def _fresh(self, record: ReadArticle, used: set[ArticleId]) -> ArticleId:
        # what is taken stays taken: a file of 100,000 equal articles must not try all of them for each
        copy = self._copies.get(record.fingerprint, 0)
        while True:
            found = article_id(record.fingerprint, copy)
            if copy and found not in used and self._catalogue.used_ids([found]):
                used.add(found)
            if found not in used and found not in self._claimed and found not in self._subjects:
                self._copies[record.fingerprint] = copy + 1
                return found
            copy += 1

    def _folder_source(self, path: bytes) -> str | None:
        """The first folder below the library folder."""
        for root in self._roots:
            if path.startswith(root):
                folder, _, rest = path[len(root) :].partition(b"/")
                return (one_line(folder.decode("utf-8", "replace")) or None) if rest else None
        return None


def _left(read: FileRead, rows: Sequence[CatalogueRow]) -> Iterable[int]:
    """The numbers of a file's articles that it does not hold any more, at least not under their names."""
    if read.left_out is not None:
        return ()
    parts = {record.article.part for record in read.records}
    return (row.number for row in rows if row.part not in parts)


def current_ids(subjects: Collection[Subject], catalogue: Catalogue) -> dict[ArticleId, ArticleId]:
    """The ids that articles go by now, for those recorded under ids that the catalogue does not have: the article at
    the recorded place, else one of the recorded content."""
    used = catalogue.used_ids([subject.id for subject in subjects])
    lost = [subject for subject in subjects if subject.id not in used]
    here = catalogue.articles_of({subject.path for subject in lost})
    same = catalogue.same_content({subject.fingerprint for subject in lost})
    found = {}
    for subject in lost:
        rows = [row for row in here[subject.path] if row.part == subject.part]
        row = rows[0] if rows else _best_named(same.get(subject.fingerprint, ()), subject.path)
        if row is not None:
            found[subject.id] = row.id
    return found


Named = TypeVar("Named", CatalogueRow, Subject)


def _best_named(candidates: Sequence[Named], path: bytes) -> Named | None:
    """The one with the same file name, else the first."""
    name = os.path.basename(path)
    return min(candidates, key=lambda c: (os.path.basename(c.path) != name, c.path), default=None)


def _is_same(row: CatalogueRow, record: ReadArticle, folder_source: str | None) -> bool:
    article = record.article
    source = article.source or folder_source
    return (
        row.fingerprint == record.fingerprint
        and (row.source, row.author, row.url, row.language) == (source, article.author, article.url, article.language)
        and row.file_tags == article.tags
        and row.date_from == article.date_from
        and (row.published == article.published or row.date_from == "file")
    )
