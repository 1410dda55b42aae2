"""Which article is which: gives ids to what was read.

Tags and notes hang on the ids. So an article keeps its id when its file is edited, moved or renamed, and when the cache
is lost; an id that went to another article would carry the tags along. Content goes before place: a text that is
anywhere in the library keeps its id, and a place hands its id on only to an edit of a text that is nowhere any more.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from newsreader.article import ArticleId, article_id
from newsreader.indexing.resemblance import is_part_written, resembles
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile, proves_unchanged
from newsreader.library.reading import FileRead, ReadArticle
from newsreader.library.rows import CatalogueRow, IdentifiedArticle
from newsreader.library.scan import FileStamp
from newsreader.terms.batches import batched
from newsreader.terms.signature import abridged, signature
from newsreader.text.clean import one_line
from newsreader.userdata.store import Subject
from newsreader.userdata.versions import FormerText

_FINGERPRINTS = 5_000
"""Contents whose articles are looked up together."""


@dataclass(slots=True)
class Identified:
    """A batch of files, ready to be stored."""

    changed: list[tuple[FileRead, list[IdentifiedArticle]]] = field(default_factory=list)
    """Files to be stored, with those of their articles that are new or changed."""
    unchanged: list[FileRead] = field(default_factory=list)
    """Files whose content proved to be what the catalogue has."""
    held: list[FileRead] = field(default_factory=list)
    """Files that can't be decided on before all are read."""
    kept: set[int] = field(default_factory=set)
    """Rows of changed files that stay as they are."""
    left: dict[bytes, list[ArticleId]] = field(default_factory=dict)
    """Articles that are no longer in their file, though it is there."""
    silent: dict[bytes, list[ArticleId]] = field(default_factory=dict)
    """Those of files that give no article any more."""
    replaced: dict[bytes, list[ArticleId]] = field(default_factory=dict)
    """Articles that user data know in places where other texts are now; of files that the catalogue does not know."""
    displaced: list[int] = field(default_factory=list)
    """Rows whose ids went to other files."""
    remember: list[Subject] = field(default_factory=list)
    """What user data has to know: new places of what it knows, and ids that don't follow from content alone."""
    added: int = 0
    updated: int = 0
    moved: int = 0


class _Place(NamedTuple):
    """Where a text was read."""

    path: bytes
    part: str
    inode: int


class _Text(NamedTuple):
    title: str
    paragraphs: tuple[str, ...]


class _Recorded(NamedTuple):
    """How user data know what an article said."""

    former: FormerText | None
    signature: bytes


class _Origin(NamedTuple):
    """The article that a text was until now."""

    id: ArticleId
    path: bytes
    number: int | None = None
    """None when only user data know it."""
    added: int = 0


class Identifier:
    """Gives ids to what is read in one run: `settle` for all that was read, then `decide`, then `identify` for what was
    held. All look at the catalogue and change nothing."""

    def __init__(
        self,
        catalogue: Catalogue,
        subjects: Iterable[Subject],
        *,
        folders: Collection[Path],
        present: Mapping[bytes, FileStamp],
        to_read: Collection[bytes],
        gone: Collection[bytes],
        known: Mapping[bytes, KnownFile],
        former: Callable[[Sequence[ArticleId]], Mapping[ArticleId, FormerText]],
        signed: Callable[[Sequence[ArticleId]], Mapping[ArticleId, bytes]],
        now: int,
    ) -> None:
        """`former` gives the newest former text of each article that has one, `signed` the signatures by which user
        data know articles."""
        self._catalogue, self._former, self._signed = catalogue, former, signed
        self._roots = sorted((os.fsencode(folder).rstrip(b"/") + b"/" for folder in folders), key=len, reverse=True)
        self._present, self._known = present, known
        self._to_read, self._gone = frozenset(to_read), frozenset(gone)
        self._now = now
        self._subjects = {subject.id: subject for subject in subjects}
        self._by_place: dict[tuple[bytes, str], list[Subject]] = {}
        self._by_content: dict[str, list[Subject]] = {}
        for subject in self._subjects.values():
            self._by_place.setdefault((subject.path, subject.part), []).append(subject)
            self._by_content.setdefault(subject.fingerprint, []).append(subject)
        self._claimed: set[ArticleId] = set()
        """Ids that are given to something that was read; those of `_origins` too."""
        self._copies: dict[str, int] = {}
        """By fingerprint: where to look for the id of another article with the same content."""
        self._held: dict[str, list[_Place]] = {}
        """By fingerprint: the texts of held files that are not what the catalogue has in their places."""
        self._held_paths: set[bytes] = set()
        self._partly_read: set[bytes] = set()
        """Of these, those whose articles may be in them still though they were not read."""
        self._origins: dict[tuple[bytes, str, str], _Origin] = {}
        """By path, part and fingerprint: what the texts of held files were until now, as `decide` finds it."""

    def settle(self, reads: Sequence[FileRead]) -> Identified:
        """Decide on those files of a batch of which that can be done before the others are read: nothing leaves them,
        and what is new in them is nowhere else. The others are held; files without articles too, if they had any."""
        result = Identified()
        rows, used = self._look_up(reads)
        same = self._catalogue.same_content({record.fingerprint for read in reads for record in read.records})
        loose = {content: list(filter(self._may_be_elsewhere, known)) for content, known in same.items()}
        for read in reads:
            here = {row.part: row for row in rows[read.path]}
            in_place = [r for r in read.records if _is_in_place(here, r)]
            self._claimed.update(here[record.article.part].id for record in in_place)
            parts = {record.article.part for record in read.records}
            stay = [] if read.left_out is None else [row for part, row in here.items() if part not in parts]
            settled = len(in_place) + len(stay) == len(here) and not any(
                self._is_open(read, record, loose.get(record.fingerprint, ()), used)
                for record in read.records
                if not _is_in_place(here, record)
            )
            if settled:
                self._identify_file(read, here, {}, {}, used, result)
            else:
                self._hold(read, here)
                result.held.append(read)
        return result

    def decide(self) -> None:
        """Find what the texts of all held files were: each article of the catalogue, or of the user data, goes where
        its text is now. Among equal texts the very file (inode) goes first, then the same file, then the same name."""
        for some in batched(sorted(self._held), _FINGERPRINTS):
            same = self._catalogue.same_content(some)
            used = self._catalogue.used_ids([s.id for one in some for s in self._by_content.get(one, ())])
            for content in some:
                places = self._held[content]
                rows = [row for row in same.get(content, ()) if row.id not in self._claimed]
                free = [row for row in rows if row.path in self._gone or row.path in self._held_paths]
                subjects = [
                    subject
                    for subject in self._by_content.get(content, ())
                    if subject.id not in used and subject.id not in self._claimed
                ]
                moved = [row for row in rows if self._has_left(row.path)]
                places = self._follow(content, places, moved, lambda p: p.inode, self._inode)
                places = self._follow(content, places, free, lambda p: p.path, lambda r: r.path)
                loose = [row for row in free if row.path not in self._partly_read]
                places = self._follow(content, places, loose, _name, _name)
                places = self._follow(content, places, loose, _any, _any)
                places = self._follow(content, places, subjects, lambda p: p[:2], lambda s: (s.path, s.part))
                places = self._follow(content, places, subjects, _name, _name)
                self._follow(content, places, subjects, _any, _any)
        self._held.clear()

    def leaving(self, reads: Sequence[FileRead]) -> dict[bytes, list[ArticleId]]:
        """The articles of held files without text whose texts are nowhere else."""
        rows = self._catalogue.articles_of([read.path for read in reads])
        return {path: left for path, here in rows.items() if (left := self._unclaimed(here))}

    def _unclaimed(self, rows: Iterable[CatalogueRow]) -> list[ArticleId]:
        return [row.id for row in rows if row.id not in self._claimed]

    def identify(self, reads: Sequence[FileRead]) -> Identified:
        """Decide on files that were held."""
        result = Identified()
        rows, used = self._look_up(reads)
        pairs = [(read, record, row) for read in reads for record, row in self._in_its_place(read, rows[read.path])]
        signatures = {s.number: s.signature for s in self._catalogue.signatures([row.number for _, _, row in pairs])}
        known = [
            subject
            for read in reads
            for record in read.records
            for subject in self._by_place.get((read.path, record.article.part), ())
            if subject.id not in used
        ]
        recorded = self._recorded([subject.id for subject in known]) if known else {}
        for read in reads:
            here = {row.part: row for row in rows[read.path]}
            self._identify_file(read, here, signatures, recorded, used, result)
        return result

    def _recorded(self, articles: Sequence[ArticleId]) -> dict[ArticleId, _Recorded]:
        former, signed = self._former(articles), self._signed(articles)
        return {article: _Recorded(former.get(article), signed.get(article, b"")) for article in articles}

    def _look_up(self, reads: Sequence[FileRead]) -> tuple[dict[bytes, list[CatalogueRow]], set[ArticleId]]:
        """The rows of these files, and those ids of the catalogue that might be given to what is in them."""
        records = [record for read in reads for record in read.records]
        candidates = {article_id(record.fingerprint) for record in records}
        candidates.update(s.id for record in records for s in self._by_content.get(record.fingerprint, ()))
        candidates.update(
            s.id for read in reads for r in read.records for s in self._by_place.get((read.path, r.article.part), ())
        )
        return self._catalogue.articles_of([read.path for read in reads]), self._catalogue.used_ids(candidates)

    def _is_open(
        self, read: FileRead, record: ReadArticle, loose: Sequence[CatalogueRow], used: Collection[ArticleId]
    ) -> bool:
        """Whether a text that was not in this place may be an article that is known. `loose` are those that have it and
        may be elsewhere now."""
        here = self._known_here(read, record, used)
        if here:
            return all(subject.fingerprint != record.fingerprint for subject in here)
        known = self._by_content.get(record.fingerprint, ())
        return any(s.id not in used and s.id not in self._claimed for s in known) or any(
            row.id not in self._claimed for row in loose
        )

    def _may_be_elsewhere(self, row: CatalogueRow) -> bool:
        return row.path in self._gone or row.path in self._to_read or self._has_left(row.path)

    def _hold(self, read: FileRead, here: Mapping[str, CatalogueRow]) -> None:
        self._held_paths.add(read.path)
        if read.left_out is not None:
            self._partly_read.add(read.path)
        for record in read.records:
            if not _is_in_place(here, record):
                self._held.setdefault(record.fingerprint, []).append(_place(read, record))

    def _follow(
        self,
        content: str,
        places: list[_Place],
        articles: Sequence[Named],
        key_of_place: Callable[[_Place], Hashable],
        key_of_article: Callable[[Named], Hashable],
    ) -> list[_Place]:
        """Pair places with articles of the same key that are not claimed yet; returns the places that are left."""
        if not places or not articles:
            return places
        by_key: dict[Hashable, list[Named]] = defaultdict(list)
        for article in reversed(articles):
            if article.id not in self._claimed:
                by_key[key_of_article(article)].append(article)
        left = []
        for place in places:
            if waiting := by_key.get(key_of_place(place)):
                article = waiting.pop()
                self._claimed.add(article.id)
                self._origins[place.path, place.part, content] = (
                    _Origin(article.id, article.path, article.number, article.added)
                    if isinstance(article, CatalogueRow)
                    else _Origin(article.id, article.path)
                )
            else:
                left.append(place)
        return left

    def _inode(self, row: CatalogueRow) -> int | None:
        known = self._known.get(row.path)
        return None if known is None else known.stamp.inode

    def _has_left(self, path: bytes) -> bool:
        """Whether the very file (inode) that was here is here no more: a hard link is a copy. One that was moved
        between the listing of one folder and that of another was seen in both places."""
        known, now = self._known.get(path), self._present.get(path)
        return known is not None and (now is None or now.inode != known.stamp.inode or not os.path.lexists(path))

    def _in_its_place(self, read: FileRead, rows: Iterable[CatalogueRow]) -> Iterator[tuple[ReadArticle, CatalogueRow]]:
        """Texts that nobody knows, each with the article that was in its place and is nowhere now."""
        here = {row.part: row for row in rows if row.id not in self._claimed}
        for record in read.records:
            row = here.get(record.article.part)
            if row is not None and (read.path, record.article.part, record.fingerprint) not in self._origins:
                yield record, row

    def _identify_file(
        self,
        read: FileRead,
        here: Mapping[str, CatalogueRow],
        signatures: Mapping[int, bytes],
        recorded: Mapping[ArticleId, _Recorded],
        used: set[ArticleId],
        result: Identified,
    ) -> None:
        source = self._folder_source(read.path)
        if 0 < len(here) == len(read.records) and all(
            (row := here.get(record.article.part)) is not None and _is_same(row, record, source)
            for record in read.records
        ):
            result.unchanged.append(read)
            return
        edited = {
            record.article.part: row
            for record, row in self._in_its_place(read, here.values())
            if self._is_edit(read, record, row, signatures)
        }
        articles, parts = [], {record.article.part for record in read.records}
        for record in read.records:
            part = record.article.part
            row = here.get(part)
            if row is not None and _is_in_place(here, record):
                if _is_same(row, record, source):
                    result.kept.add(row.number)
                    continue
                result.updated += 1
                chosen, added = row.id, row.added
            elif (origin := self._origins.get((read.path, part, record.fingerprint))) is not None:
                chosen, added = origin.id, origin.added
                if origin.number is None:
                    result.added += 1
                    added = self._now
                else:
                    result.moved += 1
                    if origin.path != read.path:
                        result.displaced.append(origin.number)
            elif part in edited:
                result.updated += 1
                chosen, added = edited[part].id, edited[part].added
            else:
                result.added += 1
                told = self._in_user_data(read, record, recorded, used, result)
                chosen, added = told or self._fresh(record, used), self._now
            self._claimed.add(chosen)
            articles.append(IdentifiedArticle(chosen, record, record.article.source or source, added))
            subject = Subject(chosen, read.path, part, record.fingerprint, abridged(record.signature))
            before = self._subjects.get(chosen)
            if (before is not None and before != subject) or chosen != article_id(record.fingerprint):
                result.remember.append(subject)
        result.changed.append((read, articles))
        left = [row for row in here.values() if row.id not in self._claimed]
        if read.left_out is not None:  # where they may be still
            result.kept.update(row.number for row in left if row.part not in parts)
            left = [row for row in left if row.part in parts]
        if left:
            (result.left if read.records else result.silent)[read.path] = [row.id for row in left]

    def _is_edit(self, read: FileRead, record: ReadArticle, row: CatalogueRow, signatures: Mapping[int, bytes]) -> bool:
        """Whether a text is the article that was in its place."""
        if read.stamp is not None and proves_unchanged(read.stamp, self._known.get(read.path)):
            return True  # it is read in another way
        return (
            resembles(signatures.get(row.number, b""), record.signature)
            or _is_named_alike(row, record)
            or is_part_written(_Text(row.title, self._catalogue.paragraphs(row.number)), record.article)
        )

    def _in_user_data(
        self,
        read: FileRead,
        record: ReadArticle,
        recorded: Mapping[ArticleId, _Recorded],
        used: Collection[ArticleId],
        result: Identified,
    ) -> ArticleId | None:
        """The id under which user data know an article in this place that said what is like this."""
        here = self._known_here(read, record, used)
        for subject in here:
            if subject.fingerprint == record.fingerprint:
                return subject.id
        for subject in here:
            text, signed = recorded[subject.id]
            if resembles(signed, record.signature) or (
                text is not None
                and (
                    resembles(signature(text.title, text.paragraphs, record.article.language), record.signature)
                    or is_part_written(text, record.article)
                )
            ):
                return subject.id
        if read.path not in self._known:
            result.replaced.setdefault(read.path, []).extend(subject.id for subject in here)
        return None

    def _known_here(self, read: FileRead, record: ReadArticle, used: Collection[ArticleId]) -> list[Subject]:
        """What user data know in this place, and the catalogue has nowhere."""
        here = self._by_place.get((read.path, record.article.part), ())
        return [subject for subject in here if subject.id not in used and subject.id not in self._claimed]

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


def _place(read: FileRead, record: ReadArticle) -> _Place:
    return _Place(read.path, record.article.part, read.stamp.inode if read.stamp is not None else -1)


def _is_in_place(here: Mapping[str, CatalogueRow], record: ReadArticle) -> bool:
    """Whether the catalogue has this very text in this place."""
    row = here.get(record.article.part)
    return row is not None and row.fingerprint == record.fingerprint


def _is_named_alike(row: CatalogueRow, record: ReadArticle) -> bool:
    """Whether a file of many articles says by key, title and author that this is the one that it had."""
    article = record.article
    return bool(article.part) and (row.title, row.author) == (article.title, article.author)


def current_ids(subjects: Collection[Subject], catalogue: Catalogue) -> dict[ArticleId, ArticleId]:
    """The ids that articles go by now, for those recorded under ids that the catalogue does not have: the article of
    the recorded content, best at the recorded place. What is there with another text may be another article."""
    used = catalogue.used_ids([subject.id for subject in subjects])
    lost = [subject for subject in subjects if subject.id not in used]
    same = catalogue.same_content({subject.fingerprint for subject in lost})
    found: dict[ArticleId, ArticleId] = {}
    taken = set(used)
    for in_place in (True, False):
        for subject in lost:
            rows = [
                row
                for row in same.get(subject.fingerprint, ())
                if row.id not in taken and (not in_place or (row.path, row.part) == (subject.path, subject.part))
            ]
            row = _best_named(rows, subject.path)
            if subject.id not in found and row is not None:
                found[subject.id] = row.id
                taken.add(row.id)
    return found


Named = TypeVar("Named", CatalogueRow, Subject)


def _name(one: _Place | CatalogueRow | Subject) -> bytes:
    return os.path.basename(one.path)


def _any(one: _Place | CatalogueRow | Subject) -> None:
    return None


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
