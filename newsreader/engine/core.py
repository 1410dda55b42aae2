"""The verbs of the program: all that the command line and the interface hold.

Any thread may call: every thread has connections of its own, and what is shared is immutable.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article import Article, ArticleId, CancelCheck, FullArticle, StoryId, never
from newsreader.engine.connections import Connections
from newsreader.engine.lookup import find_article, find_members, find_story
from newsreader.engine.lru import Recent
from newsreader.engine.results import Compared, Explained, Hit, Result, Updated
from newsreader.errors import ArticleError, LibraryLocked, NotFoundError, QueryError, StorageError, UsageError
from newsreader.library.catalogue import Catalogue, CatalogueRow
from newsreader.library.locations import Locations
from newsreader.library.lock import is_locked, library_lock
from newsreader.library.rules import ReadingRules
from newsreader.stories.chronology import is_before
from newsreader.stories.corrections import Corrections
from newsreader.stories.story import Story, StoryMember
from newsreader.userdata.marks import Flag, Mark, Reading
from newsreader.userdata.searches import Searches
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import LARGEST_HISTORY

if TYPE_CHECKING:
    from newsreader.compare.comparison import Document
    from newsreader.compare.novelty import Novelty
    from newsreader.compare.story_matrix import StoryMatrix
    from newsreader.engine.facets import Facets
    from newsreader.engine.orphans import Orphan
    from newsreader.engine.overview import Counts, Shelf
    from newsreader.formats.provenance import MetaValue
    from newsreader.index.completion import Completion
    from newsreader.index.search import Sort
    from newsreader.indexing.run import EachFile, IndexReport, Progress
    from newsreader.userdata.dump import Dump

NOVELTIES_KEPT = 2_000
"""What that many articles add to others is remembered: a few kB each."""


class Engine:
    """Opens everything from explicit locations; reads neither configuration nor environment."""

    def __init__(
        self,
        locations: Locations,
        *,
        rules: Callable[[], ReadingRules] = ReadingRules,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`rules` is asked when a file is to be read."""
        self.locations = locations
        self._rules = rules
        self._today = today
        self._connections = Connections(locations)
        self._shelf: Shelf | None = None
        self._shelf_lock = threading.Lock()
        self._novelties: Recent[tuple[str, int, tuple[int, ...]], Novelty] = Recent(NOVELTIES_KEPT)

    @property
    def store(self) -> Store:
        """This thread's connection to the user data. Raises `StorageError`."""
        return self._connections.store

    def _catalogue(self) -> Catalogue | None:
        return self._connections.catalogue

    def close(self) -> None:
        """Close this thread's connections."""
        self._connections.close()

    # the library

    def folders(self) -> list[Path]:
        return self.store.folders()

    def folders_with(self, folders: Iterable[Path]) -> list[Path]:
        """The library's folders as they would be with some more. Raises `UsageError` for what is no folder."""
        known = self.folders()
        for folder in folders:
            absolute = Path(os.path.abspath(folder.expanduser()))
            try:
                is_folder, is_there = absolute.is_dir(), absolute.exists()
            except OSError as error:  # on a disk that is away
                raise UsageError(f"{absolute}: {error.strerror or error}") from error
            if not is_folder:
                raise UsageError(f"{absolute}: {'not a folder' if is_there else 'there is no such folder'}")
            if absolute not in known:
                known.append(absolute)
        return known

    def add_folders(self, folders: Iterable[Path]) -> None:
        """Raises `UsageError` for what is no folder."""
        known = self.folders()
        if new := self.folders_with(folders)[len(known) :]:
            self.store.add_folders(new)

    def remove_folder(self, folder: Path) -> None:
        """Its articles leave the library with the next run; tags and marks are kept. Raises `NotFoundError`."""
        if not self.store.remove_folder(Path(os.path.abspath(folder.expanduser()))):
            raise NotFoundError(f"{folder}: not a folder of the library")

    def index(
        self,
        *,
        new_folders: Collection[Path] = (),
        full: bool = False,
        rebuild: bool = False,
        dry_run: bool = False,
        purge: bool = False,
        optimize: bool = False,
        tell_stories: bool = False,
        history: int = LARGEST_HISTORY,
        wait: float = 0.0,
        progress: Progress = lambda what, done, total: None,
        each_file: EachFile | None = None,
        cancelled: CancelCheck = never,
    ) -> IndexReport:
        """Bring catalogue, index and stories up to date, with `new_folders` added to the library first (a dry run only
        looks at them) and at most `history` bytes of former texts kept. Raises `LibraryLocked`, `StorageError`,
        `UsageError`."""
        from newsreader.indexing.run import run_index, unsaid

        folders = self.folders_with(new_folders)
        if not folders and self._catalogue() is None:
            raise UsageError("the library has no folder yet; `newsreader index FOLDER` adds one")
        if not dry_run:
            self.add_folders(new_folders)
        with library_lock(self.locations.lock, wait):
            report = run_index(
                self.locations,
                self.store,
                folders,
                self._rules(),
                full=full,
                rebuild=rebuild,
                dry_run=dry_run,
                purge=purge,
                optimize=optimize,
                tell_stories=tell_stories,
                history=history,
                progress=progress,
                each_file=each_file or unsaid,
                cancelled=cancelled,
            )
            if not dry_run and self.store.writable:
                self._keep_dump(report)
        return report

    def _keep_dump(self, report: IndexReport) -> None:
        from newsreader.userdata.backups import keep_dump

        try:
            keep_dump(self.store, self.locations.dumps)
        except StorageError as error:
            report.warnings.append(f"no dump of the user data could be kept: {error}")

    def state(self) -> tuple[int, int]:
        """(generation of the catalogue, revision of the user data): when either moves, lists are to be refreshed."""
        catalogue = self._catalogue()
        return (catalogue.generation if catalogue is not None else 0), self.store.revision

    def is_indexing(self) -> bool:
        """Whether a run is under way, by whichever process."""
        return is_locked(self.locations.lock)

    def indexed_at(self) -> float | None:
        """When the last run ended, seconds since the epoch."""
        catalogue = self._catalogue()
        value = catalogue.meta("indexed_at") if catalogue is not None else None
        return float(value) if value else None

    def epoch(self) -> str:
        """Another one after each rebuilding of the cache, when all articles seem to have come at once."""
        catalogue = self._catalogue()
        return (catalogue.meta("epoch") if catalogue is not None else None) or ""

    # lists

    def shelf(self) -> Shelf:
        """All articles at a glance, as of now."""
        from newsreader.engine.overview import Inventory, Shelf

        generation, revision = self.state()
        with self._shelf_lock:
            shelf = self._shelf
            if shelf is None or (shelf.generation, shelf.revision) != (generation, revision):
                known = shelf.inventory if shelf is not None and shelf.generation == generation else None
                self._shelf = shelf = Shelf(known or Inventory(self._catalogue()), self.store)
            return shelf

    def counts(self) -> Counts:
        return self.shelf().counts

    def search(
        self,
        text: str,
        *,
        sort: Sort = "relevance",
        any_word: bool = False,
        typing: bool = False,
        explain: bool = False,
        cancelled: CancelCheck = never,
    ) -> Result:
        """Run a query; the empty one finds everything, newest first. Raises `QueryError`, `Cancelled`."""
        import numpy as np

        from newsreader.engine.filters import Conditions
        from newsreader.index.excerpt import Highlighter
        from newsreader.index.query import Everything

        started = time.monotonic()
        shelf = self.shelf()
        if not text.strip():
            numbers = shelf.numbers[::-1] if sort == "date" else shelf.numbers
            none = Highlighter.of(Everything(), ())
            zero = np.zeros(0)
            return Result(
                text, numbers, zero, False, "all articles", (), None, none, (), None, (), shelf.generation, 0.0
            )
        snapshot = self._connections.snapshot(shelf.generation)
        if snapshot is None or (catalogue := self._catalogue()) is None:
            raise StorageError("there is no index yet: run `newsreader index`")
        conditions = Conditions(shelf, catalogue)
        found = snapshot.search(
            text,
            today=self._today(),
            resolve=conditions.resolve,
            similar=conditions.similar,
            saved=Searches(self.store).all(),
            sort=sort,
            any_word=any_word,
            typing=typing,
            explain=explain,
            cancelled=cancelled,
        )
        return Result(
            text,
            found.numbers,
            found.scores,
            found.partial,
            found.interpretation,
            found.query.notes,
            found.suggestion,
            found.highlighter,
            found.clauses,
            found.blocker,
            found.relaxations,
            shelf.generation,
            time.monotonic() - started,
        )

    def facets(self, result: Result) -> Facets:
        """The outlets, months and tags of a result."""
        from newsreader.engine.facets import facets

        return facets(self.shelf(), result.numbers)

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What could be typed at the cursor of a query."""
        from newsreader.index.completion import complete

        shelf = self.shelf()
        values = {
            "tag": [tag for tag, _ in shelf.counts.tags],
            "source": shelf.sources,
            "@": list(Searches(self.store).all()),
        }
        return complete(text, cursor, values)

    # saved searches

    def saved_searches(self) -> dict[str, str]:
        """Query by name."""
        return Searches(self.store).all()

    def save_search(self, name: str, query: str) -> None:
        """Keep a query under a name. Raises `QueryError`, `UsageError`."""
        from newsreader.index.query import Saved, leaves, parse_query

        for leaf in leaves(parse_query(query, today=self._today()).root):
            if isinstance(leaf, Saved):
                raise QueryError("a saved search can't use another one", leaf.start, leaf.stop)
        Searches(self.store).save(name, query)

    def delete_search(self, name: str) -> None:
        """Raises `NotFoundError`."""
        Searches(self.store).delete(name)

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """In the order asked; what is gone is left out."""
        catalogue = self._catalogue()
        return self._articles(catalogue.rows(numbers)) if catalogue is not None else []

    def hits(self, result: Result, start: int, stop: int) -> list[Hit]:
        """The hits from `start` up to `stop` with excerpts."""
        from newsreader.index.excerpt import excerpt
        from newsreader.text.spans import HighlightedText

        catalogue = self._catalogue()
        if catalogue is None:
            return []
        numbers = [int(n) for n in result.numbers[start:stop]]
        scores = dict(zip(numbers, result.scores[start:stop].tolist(), strict=False))
        rows = catalogue.rows(numbers)
        texts = catalogue.texts(numbers)
        marker = result.highlighter
        return [
            Hit(
                article,
                scores.get(row.number, 0.0),
                excerpt(_below_headline(row.title, texts.get(row.number, ())), marker),
                HighlightedText(article.title, marker.spans(article.title)),
            )
            for row, article in zip(rows, self._articles(rows), strict=True)
        ]

    def by_ids(self, ids: Collection[ArticleId]) -> list[Article]:
        """In no order; what is not in the library is left out."""
        catalogue = self._catalogue()
        return self._articles(catalogue.by_ids(ids)) if catalogue is not None else []

    def _articles(self, rows: Iterable[CatalogueRow]) -> list[Article]:
        shelf = self.shelf()
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
                tags=shelf.tags_of(row.number, row.id),
                read=row.id in shelf.read,
                starred=row.id in shelf.starred,
                story=row.story,
                story_size=shelf.story_sizes.get(row.story, 1) if row.story else 1,
                versions=shelf.versions.get(row.id, 0),
            )
            for row in rows
        ]

    # one article

    def article(self, reference: str) -> FullArticle:
        """By id, unambiguous id prefix, or path; `ARTICLE@NUMBER` is a former text of it. Raises `NotFoundError`."""
        try:
            return self._full(self._row(reference))
        except NotFoundError:
            from newsreader.engine.history import former_text

            if (former := former_text(self, reference)) is None:
                raise
            return former

    def _full(self, row: CatalogueRow) -> FullArticle:
        catalogue = self._catalogue()
        assert catalogue is not None
        return FullArticle(self._articles([row])[0], catalogue.paragraphs(row.number))

    def _row(self, reference: str) -> CatalogueRow:
        return find_article(self._catalogue(), reference)

    def provenance(self, reference: str) -> tuple[Article, tuple[MetaValue, ...]]:
        """An article, and where each value came from, by reading its file again. Raises `NotFoundError`,
        `ArticleError`."""
        from newsreader.formats.provenance import provenance
        from newsreader.library.reading import read_one

        row = self._row(reference)
        path = Path(os.fsdecode(row.path))
        read = read_one(row.path, self._rules())
        parsed = [record.article for record in read.records if record.article.part == row.part]
        if not parsed:
            raise ArticleError(path, read.failure or "the article is no longer in this file")
        return self._articles([row])[0], provenance(parsed[0], parsed[0].source or row.source)

    def mark(self, article: ArticleId) -> Mark:
        return Reading(self.store).mark(article)

    # stories

    def stories(self, ids: Collection[StoryId]) -> list[Story]:
        """In the order asked."""
        from newsreader.stories.timeline import REWRITE
        from newsreader.stories.update import in_story_order

        catalogue = self._catalogue()
        if catalogue is None:
            return []
        members = catalogue.story_members(ids)
        titles = catalogue.story_titles(list(ids))
        found = []
        for story in ids:
            if rows := in_story_order(members.get(story, ())):
                articles = self._articles(rows)
                firsts = {a.source: a for a in reversed(articles) if a.source}
                id_of = {row.number: row.id for row in rows}
                found.append(
                    Story(
                        story,
                        titles.get(story, articles[0].title),
                        tuple(
                            StoryMember(
                                article,
                                row.relation or "same-story",
                                row.similarity or 0.0,
                                row.relation != "copy"
                                and is_before(firsts.get(article.source or "", article), article),
                                row.relation == "same-story" and (row.similarity or 0.0) >= REWRITE,
                                None if row.closest is None else id_of.get(row.closest),
                            )
                            for article, row in zip(articles, rows, strict=True)
                        ),
                        tuple(dict.fromkeys(a.source for a in articles if a.source)),
                    )
                )
        return found

    def story_ids(
        self,
        result: Result | None = None,
        *,
        since: date | None = None,
        min_size: int = 2,
        min_sources: int = 0,
    ) -> list[StoryId]:
        """Stories newest first; with `result`, those that have an article in it."""
        catalogue = self._catalogue()
        if catalogue is None:
            return []
        shelf = self.shelf()
        wanted = None
        if result is not None:
            wanted = {shelf.story_of[n] for n in map(int, result.numbers) if n in shelf.story_of}
        return catalogue.stories(since=since, min_size=min_size, min_sources=min_sources, only=wanted)

    def story(self, reference: str) -> Story:
        """By id or unambiguous prefix. Raises `NotFoundError`."""
        return self.stories([find_story(self._catalogue(), reference)])[0]

    def story_of(self, reference: str) -> Story:
        """A story, or the one that an article belongs to. Raises `NotFoundError`."""
        catalogue = self._catalogue()
        ids = {row.story for row in find_members(catalogue, reference)} if catalogue is not None else set()
        if None in ids:
            raise NotFoundError("the article is in no story: no other one reports the same event")
        return self.stories([story for story in ids if story])[0] if ids else self.story(reference)

    def agency_shares(self, story: Story) -> dict[ArticleId, float]:
        """What share of each article of a story stands word for word in articles of three outlets or more. Reads all
        texts."""
        from newsreader.stories.agency import agency_shares

        catalogue, shelf = self._catalogue(), self.shelf()
        articles = [member.article for member in story.members if member.article.id in shelf.number_of]
        numbers = [shelf.number_of[article.id] for article in articles]
        texts = catalogue.texts(numbers) if catalogue is not None else {}
        shares = agency_shares([(a.source, texts.get(n, ())) for a, n in zip(articles, numbers, strict=True)])
        return {article.id: share for article, share in zip(articles, shares, strict=True)}

    def why(self, left: str, right: str) -> Explained:
        """What speaks for two articles being one story, and what the user has said of it. Raises `NotFoundError`."""
        from newsreader.stories.timeline import why
        from newsreader.stories.update import story_members

        rows, catalogue = [self._row(left), self._row(right)], self._catalogue()
        assert catalogue is not None
        members = story_members(catalogue, [row.number for row in rows])
        one, other = self._articles(rows)
        reasons = why(*(members[row.number] for row in rows))
        return Explained(one, other, reasons, StoryCorrections(self.store).all().between(one.id, other.id))

    # corrections of stories: durable when they return. They are honoured at once (True), unless another run is
    # indexing: then by that run or the next (False).

    def merge_stories(self, references: Collection[str]) -> bool:
        """Make one story of several; an article stands for its story. Raises `NotFoundError`, `UsageError`."""
        catalogue = self._catalogue()
        if catalogue is None:
            raise NotFoundError("the library is empty: run `newsreader index FOLDER`")
        rows = {row.id: row for reference in references for row in find_members(catalogue, reference)}
        if len(rows) < 2:
            raise UsageError("merging takes two stories or articles at least")
        StoryCorrections(self.store).merge([_subject(row) for row in rows.values()])
        return self._regroup()

    def take_out(self, article: ArticleId) -> bool:
        """This article is of no story. Raises `NotFoundError`."""
        StoryCorrections(self.store).take_out(self._subjects([article])[0])
        return self._regroup()

    def never_together(self, articles: Collection[ArticleId]) -> bool:
        """No two of these are ever in one story. Raises `NotFoundError`, `UsageError`."""
        if len(set(articles)) < 2:
            raise UsageError("keeping apart takes two articles at least")
        StoryCorrections(self.store).keep_apart(self._subjects(articles))
        return self._regroup()

    def forget_corrections(self, article: ArticleId) -> bool:
        """Take back all that was said about an article, in the library or not. Raises `NotFoundError`."""
        if not StoryCorrections(self.store).forget([article]):
            raise NotFoundError(f"there is no correction about {article}")
        return self._regroup()

    def corrections(self) -> Corrections:
        """All that the user has said about stories."""
        return StoryCorrections(self.store).all()

    def replace_corrections(self, known: Corrections, wanted: Corrections) -> bool:
        """Put other corrections in the place of those that are known to be there; the articles that they are about
        were known before. Raises `UsageError` if there are others by now."""
        if not StoryCorrections(self.store).replace(known, wanted):
            raise UsageError("stories were corrected elsewhere since; nothing was changed")
        return self._regroup()

    def _regroup(self) -> bool:
        from newsreader.stories.update import update_stories

        try:
            with library_lock(self.locations.lock):
                if (catalogue := self._catalogue()) is not None:
                    corrections = StoryCorrections(self.store).all()
                    update_stories(self.locations.stories, catalogue, corrections)
        except LibraryLocked:
            return False
        return True

    # comparing

    def compare(self, left: str, right: str, *, cancelled: CancelCheck = never) -> Compared:
        """Two articles by id, prefix or path; files outside the library are read as they are. Raises `NotFoundError`,
        `ArticleError`, `Cancelled`."""
        from newsreader.compare.comparison import compare

        one, two = self._readable(left), self._readable(right)
        return Compared(one, two, compare(document(one), document(two), cancelled=cancelled))

    def novelty(self, reference: str, *, read_only: bool = False, cancelled: CancelCheck = never) -> Updated:
        """What an article says that its story's earlier articles don't; with `read_only`, those that the user has read.
        Remembered for as long as these articles stay as they are. Raises `NotFoundError`, `Cancelled`."""
        from newsreader.compare.novelty import novelty
        from newsreader.stories.update import in_story_order

        row, catalogue = self._row(reference), self._catalogue()
        assert catalogue is not None
        story = in_story_order(catalogue.story_members([row.story])[row.story]) if row.story else []
        rows = list(takewhile(lambda other: other.number != row.number, story))
        earlier = [(r, a) for r, a in zip(rows, self._articles(rows), strict=True) if a.read or not read_only]
        full = self._full(row)
        key = (self.epoch(), row.number, tuple(r.number for r, _ in earlier))
        found = self._novelties.get(key)
        if found is None:
            texts = (document(FullArticle(a, catalogue.paragraphs(r.number))) for r, a in earlier)
            found = novelty(document(full), texts, cancelled=cancelled)
            self._novelties.put(key, found)
        return Updated(full, tuple(a for _, a in earlier), found)

    def matrix(self, articles: Sequence[ArticleId], *, cancelled: CancelCheck = never) -> StoryMatrix:
        """What each of these articles says of what all of them say; they come in the order of a story. Raises
        `NotFoundError`, `Cancelled`."""
        from newsreader.compare.story_matrix import story_matrix

        full = [self.article(article) for article in articles]
        return story_matrix(full, [document(one) for one in full], cancelled=cancelled)

    def _readable(self, reference: str) -> FullArticle:
        try:
            return self.article(reference)
        except NotFoundError:
            path = Path(os.path.abspath(os.path.expanduser(reference)))
            if not path.exists():
                raise
            from newsreader.engine.unindexed import read_single

            return read_single(path, self._rules())

    # what the user does

    def tag(self, articles: Collection[ArticleId], add: Collection[str] = (), remove: Collection[str] = ()) -> None:
        """Durable when it returns. Raises `UsageError` for a bad name."""
        Tags(self.store).change(self._subjects(articles), add, remove)

    def rename_tag(self, old: str, new: str) -> int:
        """Returns how many articles had it. Raises `NotFoundError` when none has."""
        numbers = self.shelf().by_tag.get(old, set())
        with self.store.writing():
            elsewhere = Tags(self.store).rename(old, new)  # also of articles that are not in the library now
            if numbers:
                self.tag([article.id for article in self.articles(sorted(numbers))], add=[new], remove=[old])
        if not numbers and not elsewhere:
            raise NotFoundError(f"no article is tagged {old!r}")
        return max(len(numbers), elsewhere)

    def restore(self, dumped: Dump, *, accumulate: bool = False) -> None:
        """Take a dump in; what it has of articles that go by another id now is given to these."""
        from newsreader.indexing.identity import current_ids
        from newsreader.userdata.dump import restore

        catalogue = self._catalogue()
        now = current_ids([article.subject for article in dumped.articles], catalogue) if catalogue is not None else {}
        restore(self.store, dumped.renamed(now), accumulate=accumulate)
        if dumped.corrections.ids():
            self._regroup()

    def orphans(self) -> list[Orphan]:
        """User data of articles that are not in the library, with those that these may be now."""
        from newsreader.engine.orphans import orphans

        catalogue = self._catalogue()
        return orphans(self.store, catalogue) if catalogue is not None else []

    def adopt(self, orphan: str, reference: str) -> tuple[Subject, Article]:
        """Give what the user data say of an article that is gone (an id of `orphans`) to one of the library. Raises
        `NotFoundError`, `UsageError`."""
        from newsreader.engine.orphans import find_orphan
        from newsreader.userdata.adopt import hand_over

        row = self._row(reference)
        gone = find_orphan(self.store, self._catalogue(), orphan)
        hand_over(self.store, gone, _subject(row))
        self._regroup()
        return gone, self._articles([row])[0]

    def set_flag(self, articles: Collection[ArticleId], flag: Flag, value: bool) -> None:
        """Mark as read or starred, or not. Durable when it returns."""
        Reading(self.store).set_flag(self._subjects(articles), flag, value)

    def with_copies(self, articles: Collection[ArticleId]) -> list[ArticleId]:
        """These, and what folds together with them: other outlets' copies of the same text."""
        shelf = self.shelf()
        known = [shelf.number_of[article] for article in articles if article in shelf.number_of]
        numbers = dict.fromkeys(other for number in known for other in shelf.folds.together(number))
        return [article.id for article in self.articles(list(numbers))]

    def set_position(self, article: ArticleId, position: int) -> None:
        """How far down the user is, code points of the text."""
        Reading(self.store).set_position(self._subjects([article])[0], position)

    def set_note(self, article: ArticleId, note: str) -> None:
        Reading(self.store).set_note(self._subjects([article])[0], note)

    def _subjects(self, articles: Collection[ArticleId]) -> list[Subject]:
        catalogue = self._catalogue()
        rows = catalogue.by_ids(list(articles)) if catalogue is not None else []
        if len(rows) != len(set(articles)):
            raise NotFoundError("an article is no longer in the library; nothing was changed")
        return [_subject(row) for row in rows]


def _below_headline(title: str, paragraphs: Sequence[str]) -> Sequence[str]:
    """The text for an excerpt: without the first paragraph where that is the headline already."""
    from newsreader.formats.base import title_is_lede

    return paragraphs[1:] if len(paragraphs) > 1 and title_is_lede(title, paragraphs) else paragraphs


def _subject(row: CatalogueRow) -> Subject:
    return Subject(row.id, row.path, row.part, row.fingerprint)


def document(full: FullArticle) -> Document:
    """An article as it is compared."""
    from newsreader.compare.comparison import Document
    from newsreader.formats.base import title_is_lede

    article = full.article
    title = None if title_is_lede(article.title, full.paragraphs) else article.title
    return Document(title, full.paragraphs, article.language, article.published)
