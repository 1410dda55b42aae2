"""One run: files → catalogue → index → stories.

A crash between any two steps is repaired by the next run: the catalogue notes what the index and the stories still have
to learn, and nothing is noted as done before it is on disk.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article import CancelCheck, Progress, StoryId
from newsreader.errors import Cancelled, DamagedError, StorageError, UsageError, disk_errors
from newsreader.formats import READERS
from newsreader.index.integrity import inventory, is_whole
from newsreader.index.version import epoch_file, index_directory, index_epoch
from newsreader.indexing.away import (
    mounted_before,
    refuse_to_forget,
    remember_mounted,
    remember_thinned,
    thinned_before,
)
from newsreader.indexing.options import IndexOptions
from newsreader.indexing.rebuilding import begin_anew, give_up, renew_index, take_over, tidy_up
from newsreader.indexing.report import EachFile, IndexReport, as_path, unsaid
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile, LibraryChanges, are_too_many, compare_stamps
from newsreader.library.garbage_collection import uncollected
from newsreader.library.locations import Locations
from newsreader.library.private import make_private
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import Scan, scan
from newsreader.stories.growth import GrownStory, Growth, StoryByArticle, grown_stories
from newsreader.stories.version import VERSION as STORIES_VERSION
from newsreader.text.plural import counted
from newsreader.userdata.marks import Marks
from newsreader.userdata.store import Store
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.subjects import sign
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import Versions

if TYPE_CHECKING:  # these load numpy, Whoosh and the parsers, and so do the imports in the steps below:
    # a run that finds nothing new, as cron starts hundreds a day, does without
    from newsreader.compare.meaning import Encoder
    from newsreader.index.inversion import Inverted
    from newsreader.index.schema import Label
    from newsreader.indexing.edits import Edits
    from newsreader.indexing.identity import Identified, Identifier
    from newsreader.library.reading import FileRead, ReadChunk

BATCH_FILES = 6_000
"""Files per commit: fewer commits merge less, and a crash costs at most BATCH_SECONDS of work."""
BATCH_SECONDS = 30.0
FIRST_BATCH_SECONDS = 2.0
"""Of a new library: whoever waits for the first articles sees some of them soon."""
MOST_HELD = 6_000
"""Articles that are held until all files are read, about 30 MB; what is beyond is read twice."""


def run_index(
    locations: Locations,
    store: Store,
    folders: Sequence[Path],
    rules: ReadingRules,
    options: IndexOptions,
    *,
    encoder: Callable[[], Encoder | None],
    progress: Progress,
    each_file: EachFile,
    cancelled: CancelCheck,
) -> IndexReport:
    """Bring catalogue, index and stories up to date. The caller holds the library's lock.

    When `cancelled` says so, what was read is committed and the run ends early; a rebuilding then leaves the library as
    it was.
    """
    started = time.monotonic()
    report = IndexReport()
    if not options.dry_run:
        tidy_up(locations)
    before = _stories_before(locations) if options.tell_stories and not options.dry_run else None
    progress("looking for files", 0, 0)
    with uncollected():
        found = scan(
            folders,
            READERS,
            cancelled,
            rules.ignore,
            locations.directories,
            progress=lambda files: progress("looking for files", files, 0),
        )
    if cancelled():
        report.interrupted = True
        return report
    places = locations
    if options.rebuild and not options.dry_run:
        if not options.purge:
            refuse_to_forget(locations, found, folders)
        _keep_former_texts(locations, store, found, folders, rules, options, report, progress, cancelled)
        if cancelled():
            report.interrupted = True
            return report
        places = begin_anew(locations)
    elif options.renew_index and not options.dry_run:
        renew_index(locations)
    with uncollected():
        catalogue, known = _open_catalogue(places, report)
    try:
        full = options.full or catalogue.meta("rules") != rules.digest
        thinned = thinned_before(catalogue)
        mounted = mounted_before(catalogue)
        with uncollected():
            changes = compare_stamps(
                found,
                known,
                folders,
                now_ns=time.time_ns(),
                full=full,
                purge=options.purge,
                thinned_before=thinned,
                mounted_before=mounted,
            )
        report.take_scan(found, changes)
        unread: Sequence[bytes] = ()
        if options.dry_run:
            report.added = sum(path not in known for path in changes.to_read)
            report.updated = len(changes.to_read) - report.added
            report.removed = len(changes.gone)
            unread = (*changes.to_read, *changes.gone)
        else:
            run = _Run(places, store, catalogue, rules, options, report, progress, each_file, cancelled)
            remember_thinned(catalogue, thinned, changes, options.purge)
            remember_mounted(catalogue, mounted, found, changes, options.purge)
            run.make_consistent()
            if options.renew_index:
                catalogue.reset_stories()
            run.read(changes, found, known, folders)
            run.forget(changes.gone)
            run.index()
            if options.optimize and not cancelled():
                run.optimize()
            run.stories(encoder())
            if before is not None:
                report.stories = _growth(catalogue, before)
            if not cancelled():
                catalogue.set_meta(rules=rules.digest)
            catalogue.set_meta(indexed_at=str(time.time()))
        new = 0 if options.dry_run else report.added + report.updated + report.moved
        report.unchanged = max(0, catalogue.count() - catalogue.count_in((*changes.kept, *unread)) - new)
        report.failed = [(as_path(path), reason) for path, reason in catalogue.failures()]
        report.generation = catalogue.generation
        report.interrupted = cancelled()
        report.warnings = list(dict.fromkeys(report.warnings))  # a rebuilding looks at changed files twice
        catalogue.close()
        if places != locations and not report.interrupted:
            take_over(locations)
    finally:
        catalogue.close()
        if places != locations:
            give_up(locations)
    report.seconds = round(time.monotonic() - started, 3)
    return report


@dataclass
class _Run:
    """The steps of a run that changes something."""

    _locations: Locations
    _store: Store
    _catalogue: Catalogue
    _rules: ReadingRules
    _options: IndexOptions
    _report: IndexReport
    _progress: Progress
    _each_file: EachFile
    _cancelled: CancelCheck
    _user_data_alone: bool = False
    """Whether catalogue and index are left as they are: they are to be dropped."""
    _anew: bool = False
    """Whether the index proved damaged and was built anew: twice in a run would be for ever."""

    def make_consistent(self) -> None:
        """The index must be whole and belong to this catalogue: else it is begun anew."""
        where = index_directory(self._locations.index)
        noted = self._catalogue.meta("index")
        if index_epoch(self._locations.index) != self._catalogue.meta("epoch"):
            self._create_index()
        elif noted and not is_whole(where, noted):
            self._report.warnings.append(f"{where}: the index is damaged; it is built anew")
            self._create_index()

    def _create_index(self) -> None:
        from newsreader.index.writing import create_index

        self._catalogue.set_meta(index="")
        create_index(self._locations.index)
        self._catalogue.reset_index()
        epoch = self._catalogue.meta("epoch")
        assert epoch is not None
        epoch_file(self._locations.index).write_text(epoch, encoding="ascii")
        self._mark_indexed((), ())

    def _mark_indexed(self, added: Collection[int], deleted: Collection[int]) -> None:
        """After each commit of the index."""
        self._catalogue.mark_indexed(added, deleted)
        self._catalogue.set_meta(index=inventory(index_directory(self._locations.index)))

    def read(
        self, changes: LibraryChanges, found: Scan, known: Mapping[bytes, KnownFile], folders: Sequence[Path]
    ) -> None:
        """Read what is new or changed and store it, batch by batch, with its index entries."""
        if not changes.to_read:
            return
        from newsreader.indexing.documents import invert_records
        from newsreader.indexing.edits import Edits
        from newsreader.indexing.identity import Identifier
        from newsreader.library.reading import read_many

        sign(self._store, self._catalogue)  # while it has the former texts
        now = int(time.time())
        edits = Edits(self._catalogue, self._store, known, now) if self._options.history else None
        failed_before = dict(self._catalogue.failures())
        identifier = Identifier(
            self._catalogue,
            self._store.subjects(),
            folders=folders,
            present=found.files,
            to_read=changes.to_read,
            gone=changes.gone,
            known=known,
            former=Versions(self._store).latest,
            signed=self._store.signatures,
            now=now,
        )
        if not self._user_data_alone:
            self.index()  # what a run that was killed has left
        done, held, later = 0, _Held(), list[bytes]()
        chunks = read_many(changes.to_read, self._rules, invert_records, self._cancelled, found.files)
        first = BATCH_SECONDS if known else FIRST_BATCH_SECONDS
        for batch in _batches(self._counted(chunks, len(changes.to_read)), first):
            reads = [read for chunk in batch for read in chunk.reads]
            told, untold = _told(reads)
            unread = self._unread(untold, found)
            identified = identifier.settle(told)
            later += held.take(identified.held)
            self._tell_failures((*told, *unread), failed_before)
            self._warn_of_metadata(reads)
            done += len(reads)
            self._progress("indexing", done, len(changes.to_read))
            self._store_and_write(identified, batch, edits, known, unread)
        if self._cancelled():
            return  # what was held waits for a run that sees all files
        identifier.decide()
        kept = self._hold_back(identifier, held.silent, folders)
        self._store_and_write(
            identifier.identify(held.reads(kept)), (), edits, known, [replace(r, stamp=None) for r in kept]
        )
        for batch in _batches(read_many(later, self._rules, invert_records, self._cancelled, found.files)):
            told, untold = _told(read for chunk in batch for read in chunk.reads)
            self._store_and_write(identifier.identify(told), batch, edits, known, self._unread(untold, found))

    def _counted(self, chunks: Iterable[ReadChunk[list[Inverted]]], files: int) -> Iterator[ReadChunk[list[Inverted]]]:
        """The chunks, each told of when it has been read."""
        done = 0
        self._progress("reading", done, files)
        for chunk in chunks:
            done += len(chunk.reads)
            self._progress("reading", done, files)
            yield chunk

    def _store_and_write(
        self,
        identified: Identified,
        batch: Sequence[ReadChunk[list[Inverted]]],
        edits: Edits | None,
        known: Mapping[bytes, KnownFile],
        unread: Sequence[FileRead] = (),
    ) -> None:
        """User data first, then catalogue, then index: of what is not in the batch, from the catalogue. `unread` are
        files of which nothing was learned."""
        from newsreader.indexing.documents import labels_of, with_labels

        self._keep(identified, edits)
        if self._user_data_alone:
            return
        numbers: Sequence[int] = ()
        if identified.changed:
            numbers = self._catalogue.store(identified.changed, identified.displaced, identified.kept)
        if identified.unchanged or unread:
            self._catalogue.touch([*identified.unchanged, *unread])
        self._report.removed += sum(map(len, (*identified.left.values(), *identified.silent.values())))
        self._warn_of_marked(identified)
        for read, articles in identified.changed:
            if read.failure is None:
                self._each_file("changed" if read.path in known else "new", as_path(read.path), len(articles))
        self._report.added += identified.added
        self._report.updated += identified.updated
        self._report.moved += identified.moved
        if batch:
            labels = labels_of(identified.changed, numbers)
            inverted = chain.from_iterable(with_labels(chunk, labels) for chunk in batch)
            self._write(inverted, numbers, self._catalogue.pending()[1])
        else:
            self.index()

    def _unread(self, failed: Sequence[FileRead], found: Scan) -> list[FileRead]:
        """Files of which nothing was learned: what was known of them is not wrong yet, and this is said."""
        rows = self._catalogue.articles_of([read.path for read in failed])
        unread = []
        for read in failed:
            if read.again and read.stamp is None:  # a disk that hangs does so for its whole time limit
                read = replace(read, stamp=found.files.get(read.path))
            if known := rows[read.path]:
                it = f"its {len(known):,} articles are" if len(known) > 1 else "its article is"
                read = replace(read, failure=f"{read.failure}; {it} kept as read before")
            unread.append(read)
        return unread

    def _tell_failures(self, reads: Sequence[FileRead], before: Mapping[bytes, str]) -> None:
        self._report.newly_failed += [
            (as_path(read.path), read.trouble)
            for read in sorted(reads, key=lambda read: read.path)
            if read.trouble is not None and before.get(read.path) != read.trouble
        ]

    def _hold_back(
        self, identifier: Identifier, silent: Sequence[FileRead], folders: Sequence[Path]
    ) -> Sequence[FileRead]:
        """Those of the files that give no article any more whose articles are kept nevertheless. Raises `UsageError`
        before a rebuilding, which could not keep them."""
        if not silent or self._options.purge:
            return ()
        leaving = identifier.leaving(silent)
        held: list[FileRead] = []
        for folder in folders:
            inside = os.fsencode(folder).rstrip(b"/") + b"/"
            here = [read for read in silent if read.path.startswith(inside) and read.path in leaving]
            lost, known = sum(len(leaving[read.path]) for read in here), self._catalogue.count_below(inside)
            if are_too_many(lost, known):
                held += here
                first, more = here[0], f" and {len(here) - 1:,} more files" if len(here) > 1 else ""
                loss = (
                    f"{as_path(first.path)}{more}: {lost:,} of the {known:,} articles of {folder} would leave at once"
                    f" ({first.failure or 'no article'})"
                )
                if self._user_data_alone:
                    raise UsageError(f"{loss}, and --rebuild would forget them (--purge: do it)")
                self._report.warnings.append(f"{loss}; they are kept until they are back (--purge removes them)")
        return held

    def _keep(self, identified: Identified, edits: Edits | None) -> None:
        """What the catalogue is about to forget, and may never learn again, goes to the user data: on disk when this
        returns."""
        keeping = edits.of(identified) if edits is not None else None
        if not self._store.writable:
            if keeping is not None and keeping.texts:
                self._report.warnings.append(
                    f"{self._store.path}: can't be written to; the former texts of"
                    f" {counted(len(keeping.texts), 'edited article')} were not kept"
                )
            return
        if identified.remember or (keeping is not None and (keeping.texts or keeping.taken_back)):
            with self._store.writing():
                self._store.remember(identified.remember)
                if keeping is not None:
                    self._store.remember(keeping.subjects)
                    versions = Versions(self._store)
                    versions.drop_latest(keeping.taken_back)
                    versions.keep(keeping.texts, self._options.history)
                    self._report.edited += [article for article, _ in keeping.texts]

    def _warn_of_marked(self, identified: Identified) -> None:
        """What users have marked should not leave without a word, as it does when a feed's file is overwritten."""
        if not (identified.left or identified.silent or identified.replaced):
            return
        marks = Marks(self._store).marks()
        marked = {article for article, mark in marks.items() if mark.starred or mark.note}
        marked |= {article for article, tags in Tags(self._store).entries().items() if any(tags.values())}
        for path, articles in (*identified.left.items(), *identified.silent.items()):
            if count := len(marked.intersection(articles)):
                self._report.warnings.append(
                    f"{as_path(path)}: {counted(count, 'article')} that you tagged, starred or noted left this file,"
                    " and so the library; tags and notes are kept"
                )
        for path, articles in identified.replaced.items():
            if count := len(marked.intersection(articles)):
                self._report.warnings.append(
                    f"{as_path(path)}: holds another text than when you tagged, starred or noted"
                    f" {counted(count, 'article')} there; tags and notes are kept (`newsreader doctor` names them)"
                )

    def _warn_of_metadata(self, batch: Iterable[FileRead]) -> None:
        for read in batch:
            for record in read.records:
                if record.article.warning:
                    self._report.warnings.append(f"{as_path(read.path)}: {record.article.warning}")

    def forget(self, gone: Sequence[bytes]) -> None:
        if gone and not self._cancelled():
            self._report.removed += max(0, self._catalogue.forget(gone))
            for path in gone:
                self._each_file("gone", as_path(path), 0)

    def index(self) -> None:
        """Give the index what the catalogue has marked as pending."""
        add, delete = self._catalogue.pending()
        if not add and not delete:
            return
        from newsreader.index.writing import inverted_documents
        from newsreader.indexing.documents import documents_of

        for start in range(0, max(len(add), 1), BATCH_FILES):
            chunk = add[start : start + BATCH_FILES]
            self._progress("indexing", start, len(add))
            inverted = inverted_documents(documents_of(self._catalogue, chunk))
            done = self._write(inverted, chunk, delete if start == 0 else ())
            if not done or (self._cancelled() and start + BATCH_FILES < len(add)):
                return

    def optimize(self) -> None:
        """Write the index as one segment: the only work that grows with the whole library."""
        from newsreader.index.writing import open_index, optimize

        index = open_index(self._locations.index)
        if index is not None:
            self._progress("writing the index as one piece", 0, 0)
            optimize(index)
            self._mark_indexed((), ())

    def _write(
        self,
        inverted: Iterable[tuple[Inverted, Sequence[Label | None]]],
        add: Collection[int],
        delete: Collection[int],
    ) -> bool:
        """One commit of these articles; False when all has to be indexed anew, which is then done instead."""
        if not add and not delete:
            return True
        from newsreader.index.writing import open_index, write

        try:
            index = open_index(self._locations.index)
            if index is not None:  # what a run that was killed had committed, but not marked, is there already
                write(index, inverted, {*add, *delete})
        except StorageError as error:
            if self._anew:
                raise
            self._anew, index = True, None
            self._report.warnings.append(f"{error}; it is built anew")
        if index is None:
            self._create_index()
            self.index()
            return False
        self._mark_indexed(add, delete)
        return True

    def stories(self, encoder: Encoder | None) -> None:
        """Place new articles in stories, take removed ones out, and do as the user has corrected since; place all anew
        where they were placed by another version, or where there is an encoder now or none any more."""
        add, delete = self._catalogue.unstoried()
        corrections = StoryCorrections(self._store).holding()
        honoured = (self._catalogue.meta("corrections") or "") == corrections.digest
        current = (self._catalogue.meta("stories_version") or "") == str(STORIES_VERSION)
        as_before = bool(self._catalogue.meta("stories_interpreted")) == (encoder is not None)
        if (not add and not delete and honoured and current and as_before) or self._cancelled():
            return
        from newsreader.indexing.interpreter import group_stories

        try:
            trouble = group_stories(
                self._locations,
                self._catalogue,
                corrections,
                encoder,
                cancelled=self._cancelled,
                progress=self._progress,
            )
        except Cancelled:
            return  # the next run does it
        if trouble is not None:
            self._report.warnings.append(f"no stories across languages: {trouble}")


def _told(reads: Iterable[FileRead]) -> tuple[list[FileRead], list[FileRead]]:
    """Files that said what they hold, and those of which nothing was learned."""
    told: list[FileRead] = []
    untold: list[FileRead] = []
    for read in reads:
        (untold if read.stamp is None or read.tells_nothing else told).append(read)
    return told, untold


@dataclass
class _Held:
    """Files that wait until all are read: some as they were read, of the others the paths, to be read again."""

    _reads: list[FileRead] = field(default_factory=list)
    _articles: int = 0
    silent: list[FileRead] = field(default_factory=list)
    """Those without any article."""

    def take(self, reads: Iterable[FileRead]) -> list[bytes]:
        """Returns the paths of those that would take too much memory."""
        too_much = []
        for read in reads:
            if not read.records:
                self.silent.append(read)
            elif self._articles + len(read.records) > MOST_HELD:
                too_much.append(read.path)
            else:
                self._reads.append(read)
                self._articles += len(read.records)
        return too_much

    def reads(self, but: Collection[FileRead]) -> list[FileRead]:
        kept = {read.path for read in but}
        return [*self._reads, *(read for read in self.silent if read.path not in kept)]


def _batches(
    chunks: Iterable[ReadChunk[list[Inverted]]], first: float = BATCH_SECONDS
) -> Iterator[list[ReadChunk[list[Inverted]]]]:
    """What is read between two commits; `first` is the time of the first, in seconds."""
    batch: list[ReadChunk[list[Inverted]]] = []
    articles, deadline = 0, time.monotonic() + first
    for chunk in chunks:
        batch.append(chunk)
        articles += sum(max(1, len(read.records)) for read in chunk.reads)
        if articles >= BATCH_FILES or time.monotonic() > deadline:
            yield batch
            batch, articles, deadline = [], 0, time.monotonic() + BATCH_SECONDS
    if batch:
        yield batch


def _open_catalogue(locations: Locations, report: IndexReport) -> tuple[Catalogue, dict[bytes, KnownFile]]:
    """The catalogue and the files it knows; a new one where there is none, or a damaged one. Raises `StorageError`."""
    with disk_errors(locations.cache):
        make_private(locations.cache)
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is not None:
            return catalogue, catalogue.known_files()
    except DamagedError as error:
        report.warnings.append(f"the catalogue was damaged and is built anew ({error})")
    return Catalogue.create(locations.catalogue), {}


def _stories_before(locations: Locations) -> StoryByArticle | None:
    """The stories before a run; None when a damaged catalogue can't tell them."""
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is None:
            return {}
        with closing(catalogue):
            return catalogue.story_by_article()
    except StorageError:
        return None


def _growth(catalogue: Catalogue, before: StoryByArticle) -> Growth:
    after = catalogue.story_by_article()
    new, grown = grown_stories(before, after)
    titles, sizes = catalogue.story_titles([*new, *grown]), Counter(after.values())

    def told(stories: Sequence[StoryId]) -> tuple[GrownStory, ...]:
        newest_first = catalogue.stories(since=None, min_size=2, min_sources=0, only=set(stories))
        return tuple(GrownStory(story, titles[story], sizes[story]) for story in newest_first)

    return Growth(told(new), told(grown))


def _keep_former_texts(
    locations: Locations,
    store: Store,
    found: Scan,
    folders: Sequence[Path],
    rules: ReadingRules,
    options: IndexOptions,
    report: IndexReport,
    progress: Progress,
    cancelled: CancelCheck,
) -> None:
    """Before the catalogue is dropped: what it alone knows of files that were edited or moved since the last run goes
    to the user data. Raises `UsageError`."""
    before = IndexReport()
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is None:
            return
        with closing(catalogue):
            known = catalogue.known_files()
            changes = compare_stamps(found, known, folders, now_ns=time.time_ns(), purge=options.purge)
            run = _Run(locations, store, catalogue, rules, options, before, progress, unsaid, cancelled, True)
            run.read(changes, found, known, folders)
    except StorageError as error:
        report.warnings.append(f"former texts of files edited since the last run could not be kept ({error})")
    report.edited += before.edited
    report.warnings += before.warnings
