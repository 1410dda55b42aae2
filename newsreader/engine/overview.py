"""All articles at a glance, in memory: which there are, newest first, and what the user did to them.

Lists, counts and filters (`tag:`, `is:`, `story:`) are answered from here without touching the index.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from newsreader.article import Article, ArticleId, StoryId
from newsreader.engine.copies import Folds
from newsreader.library.catalogue import Catalogue
from newsreader.library.garbage_collection import uncollected
from newsreader.library.rows import CatalogueRow, tags_in_file
from newsreader.terms.arrays import Ints
from newsreader.userdata.marks import Flag, Marks
from newsreader.userdata.store import Store
from newsreader.userdata.tags import Tags, effective_tags
from newsreader.userdata.versions import Versions


class OutletCount(NamedTuple):
    """Articles of an outlet."""

    name: str
    all: int
    unread: int


class SavedCount(NamedTuple):
    """Articles that a saved search finds."""

    all: int
    unread: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers in the sidebar."""

    all: int
    unread: int
    starred: int
    stories: int
    """With two articles or more."""
    tags: tuple[tuple[str, int], ...]
    """By name."""
    unread_by_tag: Mapping[str, int] = field(default_factory=dict)
    """Of those tags that have any."""
    outlets: tuple[OutletCount, ...] = ()
    """By name."""


Part = Literal["tags", "read", "starred", "versions"]
PARTS: tuple[Part, ...] = ("tags", "read", "starred", "versions")
"""Of the user data, those that the overview has."""


class Holdings:
    """What one generation of the catalogue holds. Immutable."""

    def __init__(self, catalogue: Catalogue | None) -> None:
        self.generation = catalogue.generation if catalogue is not None else 0
        with uncollected():
            self._fill(catalogue)

    def _fill(self, catalogue: Catalogue | None) -> None:
        rows = catalogue.listing() if catalogue is not None else []
        self.numbers: Ints = np.fromiter((row.number for row in rows), np.int64, len(rows))
        """Newest first."""
        self.number_of: dict[ArticleId, int] = {row.id: row.number for row in rows}
        self.story_of: dict[int, StoryId] = {row.number: row.story for row in rows if row.story is not None}
        self.story_sizes: Counter[StoryId] = Counter(self.story_of.values())
        self.file_tags: dict[int, tuple[str, ...]] = {
            row.number: tags_in_file(row.file_tags) for row in rows if row.file_tags
        }
        self.sources: tuple[str, ...] = tuple(sorted({row.source for row in rows if row.source}, key=str.casefold))
        """Every outlet's name."""
        codes = {source: code for code, source in enumerate(self.sources, 1)}
        self.source_codes: Ints = np.fromiter((codes.get(row.source or "", 0) for row in rows), np.int64, len(rows))
        """Per article: the place of its outlet in `sources`, counted from 1; 0 when it has none."""
        self.days: Ints = np.fromiter((row.day or 0 for row in rows), np.int64, len(rows))
        """Per article: YYYYMMDD, 0 when it has no date."""
        copies = catalogue.copies() if catalogue is not None else ()
        self.folds = Folds(copies, {row.number: row.source for row in rows})
        self.added: Ints = np.fromiter((row.added for row in rows), np.int64, len(rows))
        """Per article: when it came into the library, seconds since the epoch."""

    def numbers_of(self, articles: Iterable[ArticleId]) -> set[int]:
        """Of those that are in the library."""
        return {number for article in articles if (number := self.number_of.get(article)) is not None}

    @cached_property
    def places(self) -> Ints:
        """By number: where it stands in `numbers`, -1 where it does not."""
        places = np.full(int(self.numbers.max(initial=0)) + 1, -1)
        places[self.numbers] = np.arange(len(self.numbers))
        return places


class Tagged:
    """Which tags articles have. Immutable."""

    def __init__(self, holdings: Holdings, store: Store) -> None:
        self._holdings = holdings
        self.entries = Tags(store).entries()

    @cached_property
    def by_tag(self) -> dict[str, set[int]]:
        """Numbers by tag."""
        found: dict[str, set[int]] = {}
        for number, tags in self._holdings.file_tags.items():
            for tag in tags:
                found.setdefault(tag, set()).add(number)
        for article, entries in self.entries.items():
            known = self._holdings.number_of.get(article)
            if known is not None:
                for tag, there in entries.items():
                    numbers = found.setdefault(tag, set())
                    (numbers.add if there else numbers.discard)(known)
        return {tag: numbers for tag, numbers in found.items() if numbers}


class ReadMarks:
    """Which articles are read. Immutable."""

    def __init__(self, holdings: Holdings, store: Store) -> None:
        self._holdings = holdings
        self.articles: set[ArticleId] = Marks(store).flagged("read")

    @cached_property
    def numbers(self) -> set[int]:
        return self._holdings.numbers_of(self.articles)

    @cached_property
    def unread(self) -> Ints:
        """Numbers, newest first."""
        numbers = self._holdings.numbers
        read = np.fromiter(self.numbers, np.int64, len(self.numbers))
        found: Ints = numbers[~np.isin(numbers, read)]
        return found


class Shelf:
    """The holdings with one revision of the user data. Immutable: any thread may read it."""

    def __init__(
        self,
        holdings: Holdings,
        store: Store,
        revision: int,
        before: Shelf | None = None,
        changed: Collection[Part] = PARTS,
    ) -> None:
        """As `before`, of the same holdings, but for the parts that have changed: reading all that was ever tagged and
        read again after each star would take a quarter of a second."""
        self.holdings = holdings
        self.revision = revision
        self.generation = holdings.generation
        self.numbers, self.number_of = holdings.numbers, holdings.number_of
        self.story_of, self.story_sizes = holdings.story_of, holdings.story_sizes
        self.sources, self.source_codes, self.days = holdings.sources, holdings.source_codes, holdings.days
        self.folds = holdings.folds
        self._tagged: Tagged = before._tagged if before and "tags" not in changed else Tagged(holdings, store)
        self._read: ReadMarks = before._read if before and "read" not in changed else ReadMarks(holdings, store)
        self.read = self._read.articles
        self.starred: set[ArticleId] = (
            before.starred if before and "starred" not in changed else Marks(store).flagged("starred")
        )
        self.versions: dict[ArticleId, int] = (
            before.versions if before and "versions" not in changed else Versions(store).counts()
        )
        """Former texts that are kept, by article."""

    def places_of(self, numbers: Ints) -> Ints:
        """Where articles stand in `numbers`; those that are gone are left out."""
        places = self.holdings.places
        found: Ints = places[numbers[numbers < len(places)]]
        return found[found >= 0]

    def held(self, articles: Iterable[ArticleId]) -> list[ArticleId]:
        """Those that are in the library, in the order asked."""
        return [article for article in articles if article in self.number_of]

    def having(self, flag: Flag) -> AbstractSet[ArticleId]:
        """The articles with a flag, also those that are not in the library now."""
        return self.read if flag == "read" else self.starred

    def tags_among(self, articles: Iterable[ArticleId]) -> Counter[str]:
        """How many of some articles of the library have each tag."""
        numbers = self.holdings.numbers_of(articles)
        counts = Counter({tag: len(having & numbers) for tag, having in self.by_tag.items()})
        return +counts  # without those that none has

    def tags_of(self, number: int, article: ArticleId) -> tuple[str, ...]:
        return effective_tags(self.holdings.file_tags.get(number, ()), self._tagged.entries.get(article))

    def articles(self, rows: Iterable[CatalogueRow]) -> list[Article]:
        """Rows of the catalogue with what the user did to them, in their order."""
        return [
            Article(
                id=row.id,
                path=Path(os.fsdecode(row.path)),
                title=row.title,
                source=row.source,
                author=row.author,
                url=row.url,
                language=row.language,
                published=row.published,
                has_time=row.has_time,
                date_from=row.date_from,
                words=row.words,
                tags=self.tags_of(row.number, row.id),
                read=row.id in self.read,
                starred=row.id in self.starred,
                story=row.story,
                story_size=self.story_sizes.get(row.story, 1) if row.story else 1,
                versions=self.versions.get(row.id, 0),
            )
            for row in rows
        ]

    @property
    def by_tag(self) -> dict[str, set[int]]:
        """Numbers by tag."""
        return self._tagged.by_tag

    @cached_property
    def counts(self) -> Counts:
        tags = tuple((tag, len(self.by_tag[tag])) for tag in sorted(self.by_tag, key=lambda t: (t.casefold(), t)))
        total, read = len(self.numbers), self._read.numbers
        unread_by_tag = {tag: unread for tag, numbers in self.by_tag.items() if (unread := len(numbers - read))}
        return Counts(
            total,
            total - len(read),
            len(self.holdings.numbers_of(self.starred)),
            sum(size > 1 for size in self.story_sizes.values()),
            tags,
            unread_by_tag,
            self._outlets(),
        )

    def _outlets(self) -> tuple[OutletCount, ...]:
        size = len(self.sources) + 1
        everything = np.bincount(self.source_codes, minlength=size)[1:].tolist()
        unread = np.bincount(self.source_codes[np.isin(self.numbers, self.unread)], minlength=size)[1:].tolist()
        return tuple(map(OutletCount, self.sources, everything, unread))

    @property
    def unread(self) -> Ints:
        """Numbers of all that is unread, newest first."""
        return self._read.unread

    def unread_among(self, numbers: Ints) -> int:
        """How many of these are unread."""
        return int(np.isin(numbers, self.unread).sum())

    def flagged(self, flag: str, now: int) -> set[int]:
        """Numbers for an `is:` filter that needs nothing but this shelf."""
        if flag == "unread":
            return set(self.unread.tolist())
        if flag == "tagged":
            return set().union(*self.by_tag.values())
        if flag == "new":
            return set(self.numbers[self.holdings.added >= now - NEW_SECONDS].tolist())
        return self.holdings.numbers_of(
            {"read": self.read, "starred": self.starred, "edited": self.versions.keys()}[flag]
        )


NEW_SECONDS = 24 * 3600
"""For how long an article counts as new after it came into the library."""
