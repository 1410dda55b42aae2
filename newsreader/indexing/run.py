"""One indexing run: files → catalogue → index → stories. A crash between any two steps is repaired by the next run."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article import ArticleId, CancelCheck, StoryId
from newsreader.errors import Cancelled, StorageError, UsageError
from newsreader.formats import READERS
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import KnownFile, LibraryChanges, compare_stamps
from newsreader.library.collector import uncollected
from newsreader.library.locations import Locations
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import Scan, away, scan
from newsreader.stories.growth import GrownStory, Growth, Placements, grown_stories
from newsreader.userdata.marks import Reading
from newsreader.userdata.store import Store
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags
from newsreader.userdata.versions import LARGEST_HISTORY, Versions

if TYPE_CHECKING:
    from datetime import datetime

    from newsreader.index.inversion import Inverted
    from newsreader.index.schema import IndexedArticle, Label
    from newsreader.indexing.edits import Edits
    from newsreader.indexing.identity import Identified
    from newsreader.library.catalogue import Placement
    from newsreader.library.reading import FileRead, ReadChunk, Record

BATCH_FILES = 6_000
"""Files per commit: fewer commits merge less, and a crash costs at most BATCH_SECONDS of work."""
BATCH_SECONDS = 30.0

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

EachFile = Callable[[str, Path, int], None]
"""Called with what became of a file (`new`, `changed`, `gone`), its path, and how many of its articles are
new or changed."""


def unsaid(what: str, path: Path, articles: int) -> None:
    """The `EachFile` of runs that tell of no files."""


@dataclass(slots=True)
class IndexReport:
    """What a run did, in articles; a dry run reads no files, and counts these."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    edited: list[ArticleId] = field(default_factory=list)
    """Articles whose former text was kept."""
    failed: list[tuple[Path, str]] = field(default_factory=list)
    """Files that could not be read, also those that failed before and have not changed since."""
    newly_failed: list[tuple[Path, str]] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """Trouble that cost nothing: unavailable folders, metadata that could not be understood, a rebuilt cache."""
    seconds: float = 0.0
    generation: int = 0
    stories: Growth = field(default_factory=Growth)
    """Stories that are new or grew, if that was asked for."""
    interrupted: bool = False


def run_index(
    locations: Locations,
    store: Store,
    folders: Sequence[Path],
    rules: ReadingRules,
    *,
    full: bool = False,
    rebuild: bool = False,
    dry_run: bool = False,
    purge: bool = False,
    optimize: bool = False,
    tell_stories: bool = False,
    history: int = LARGEST_HISTORY,
    progress: Progress = lambda what, done, total: None,
    each_file: EachFile = unsaid,
    cancelled: CancelCheck,
) -> IndexReport:
    """Bring catalogue, index and stories up to date. The caller holds the library's lock.

    Former texts of edited articles take `history` bytes at most; with 0 none are kept.
    When `cancelled` says so, what was read is committed and the run ends early.
    """
    started = time.monotonic()
    report = IndexReport()
    before = _placements(locations) if tell_stories and not dry_run else None
    progress("looking for files", 0, 0)
    with uncollected():
        found = scan(folders, READERS, cancelled, rules.ignore)
    if cancelled():
        report.interrupted = True
        return report
    if rebuild and not dry_run:
        if not purge:
            _refuse_to_forget(locations, found, folders)
        _drop_cache(locations)
    with uncollected():
        catalogue, known = _open_catalogue(locations, report)
    try:
        full = full or catalogue.meta("rules") != rules.digest
        thinned = _thinned_before(catalogue)
        mounted = _mounted_before(catalogue)
        with uncollected():
            changes = compare_stamps(
                found, known, folders, full=full, purge=purge, thinned_before=thinned, mounted_before=mounted
            )
        _report_scan(report, found, changes)
        unread: Sequence[bytes] = ()
        if dry_run:
            report.added = sum(path not in known for path in changes.to_read)
            report.updated = len(changes.to_read) - report.added
            report.removed = len(changes.gone)
            unread = (*changes.to_read, *changes.gone)
        else:
            run = _Run(locations, store, catalogue, rules, report, history, progress, each_file, cancelled)
            _remember_thinned(catalogue, thinned, changes, purge)
            _remember_mounted(catalogue, mounted, found, changes, purge)
            run.make_consistent()
            run.read(changes, found, known, folders)
            run.forget(changes.gone)
            run.index()
            if optimize and not cancelled():
                run.optimize()
            run.stories()
            if before is not None:
                report.stories = _growth(catalogue, before)
            if not cancelled():
                catalogue.set_meta(rules=rules.digest)
            catalogue.set_meta(indexed_at=str(time.time()))
        new = 0 if dry_run else report.added + report.updated + report.moved
        report.unchanged = max(0, catalogue.count() - catalogue.count_in((*changes.kept, *unread)) - new)
        report.failed = [(_path(path), reason) for path, reason in catalogue.failures()]
        report.generation = catalogue.generation
        report.interrupted = cancelled()
    finally:
        catalogue.close()
    report.seconds = round(time.monotonic() - started, 3)
    return report


@dataclass
class _Run:
    """The steps of a run that changes something."""

    _locations: Locations
    _store: Store
    _catalogue: Catalogue
    _rules: ReadingRules
    _report: IndexReport
    _history: int
    _progress: Progress
    _each_file: EachFile
    _cancelled: CancelCheck
    _anew: bool = False
    """Whether the index proved damaged and was built anew: twice in a run would be for ever."""

    def make_consistent(self) -> None:
        """The index must be whole and belong to this catalogue: else it is begun anew."""
        from newsreader.index.integrity import is_whole

        where = _epoch_file(self._locations).parent
        noted = self._catalogue.meta("index")
        if _index_epoch(self._locations) != self._catalogue.meta("epoch"):
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
        _epoch_file(self._locations).write_text(epoch, encoding="ascii")
        self._mark_indexed((), ())

    def _mark_indexed(self, added: Collection[int], deleted: Collection[int]) -> None:
        """After each commit of the index."""
        from newsreader.index.integrity import inventory

        self._catalogue.mark_indexed(added, deleted)
        self._catalogue.set_meta(index=inventory(_epoch_file(self._locations).parent))

    def read(self, changes: LibraryChanges, found: Scan, known: dict, folders: Sequence[Path]) -> None:  # type: ignore[type-arg]
        """Read what is new or changed and store it, batch by batch, with its index entries."""
        if not changes.to_read:
            return
        from newsreader.indexing.edits import Edits
        from newsreader.indexing.identity import Identifier
        from newsreader.library.reading import read_many

        now = int(time.time())
        edits = Edits(self._catalogue, self._store, known, now) if self._history else None
        identifier = Identifier(
            self._catalogue,
            self._store.subjects(),
            folders=folders,
            present=found.files,
            gone=changes.gone,
            known=known,
            now=now,
        )
        self.index()  # what a run that was killed has left
        done = 0
        failed_before = dict(self._catalogue.failures())
        for batch in _batches(read_many(changes.to_read, self._rules, _inverted, self._cancelled, found.files)):
            reads = [read for chunk in batch for read in chunk.reads]
            identified = identifier.identify([read for read in reads if read.failure is None])
            failed = [read for read in reads if read.failure is not None]
            garbled = [read for read in failed if read.stamp is not None]
            self._keep(identified, garbled, edits)
            unopened = [read for read in failed if read.stamp is None]  # what was known of them is not wrong yet
            numbers = self._catalogue.store(
                [*identified.changed, *((read, []) for read in garbled)], identified.displaced, identified.kept
            )
            self._catalogue.touch([*identified.unchanged, *unopened])
            self._report.removed += sum(map(len, identified.left.values()))
            self._warn_of_marked(identified)
            for read, placements in identified.changed:
                self._each_file("changed" if read.path in known else "new", _path(read.path), len(placements))
            self._report.added += identified.added
            self._report.updated += identified.updated
            self._report.moved += identified.moved
            self._report.newly_failed.extend(
                (_path(r.path), r.failure or "") for r in failed if failed_before.get(r.path) != r.failure
            )
            self._warn_of_metadata(reads)
            done += len(reads)
            self._progress("indexing", done, len(changes.to_read))
            labels = _labels(identified.changed, numbers)
            inverted = chain.from_iterable(_labelled(chunk, labels) for chunk in batch)
            self._write(inverted, numbers, self._catalogue.pending()[1])
            self._progress("reading", done, len(changes.to_read))

    def _keep(self, identified: Identified, garbled: Sequence[FileRead], edits: Edits | None) -> None:
        """What the catalogue is about to forget, and may never learn again, goes to the user data: on disk when this
        returns."""
        keeping = edits.of(identified, garbled) if edits is not None else None
        if not self._store.writable:
            if keeping is not None and keeping.texts:
                self._report.warnings.append(
                    f"{self._store.path}: can't be written to; the former texts of {len(keeping.texts)} edited"
                    " articles were not kept"
                )
            return
        if identified.remember or (keeping is not None and (keeping.texts or keeping.taken_back)):
            with self._store.writing():
                self._store.remember(identified.remember)
                if keeping is not None:
                    self._store.remember(keeping.subjects)
                    versions = Versions(self._store)
                    versions.drop_latest(keeping.taken_back)
                    versions.keep(keeping.texts, self._history)
                    self._report.edited += [article for article, _ in keeping.texts]

    def _warn_of_marked(self, identified: Identified) -> None:
        """What users have marked should not leave without a word, as it does when a feed's file is overwritten."""
        if not identified.left:
            return
        marks = Reading(self._store).marks()
        marked = {article for article, mark in marks.items() if mark.starred or mark.note}
        marked |= {article for article, tags in Tags(self._store).entries().items() if any(tags.values())}
        for path, articles in identified.left.items():
            if count := len(marked.intersection(articles)):
                what = "an article" if count == 1 else f"{count} articles"
                self._report.warnings.append(
                    f"{_path(path)}: {what} that you tagged, starred or noted left this file, and so the library;"
                    " tags and notes are kept"
                )

    def _warn_of_metadata(self, batch: Iterable[FileRead]) -> None:
        for read in batch:
            for record in read.records:
                if record.article.warning:
                    self._report.warnings.append(f"{_path(read.path)}: {record.article.warning}")

    def forget(self, gone: Sequence[bytes]) -> None:
        if gone and not self._cancelled():
            self._report.removed += max(0, self._catalogue.forget(gone))
            for path in gone:
                self._each_file("gone", _path(path), 0)

    def index(self) -> None:
        """Give the index what the catalogue has marked as pending."""
        add, delete = self._catalogue.pending()
        if not add and not delete:
            return
        from newsreader.index.writing import inverted_documents

        for start in range(0, max(len(add), 1), BATCH_FILES):
            chunk = add[start : start + BATCH_FILES]
            self._progress("indexing", start, len(add))
            inverted = inverted_documents(_documents(self._catalogue, chunk))
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

    def stories(self) -> None:
        """Place new articles in stories, take removed ones out, and do as the user has corrected since."""
        add, delete = self._catalogue.unstoried()
        corrections = StoryCorrections(self._store).all()
        honoured = (self._catalogue.meta("corrections") or "") == corrections.digest
        if (not add and not delete and honoured) or self._cancelled():
            return
        from newsreader.stories.update import update_stories

        try:
            update_stories(
                self._locations.stories,
                self._catalogue,
                corrections,
                cancelled=self._cancelled,
                progress=self._progress,
            )
        except Cancelled:
            return  # the next run does it


def _inverted(records: Sequence[Record]) -> list[Inverted]:
    """The postings of what was read; runs where it is read."""
    from newsreader.formats.base import title_is_lede
    from newsreader.index.inversion import TokenizedText, invert_many

    articles = ((record.article, record.tokens) for record in records if record.tokens is not None)
    return list(
        invert_many(TokenizedText(tokens, a.language, title_is_lede(a.title, a.paragraphs)) for a, tokens in articles)
    )


def _labels(
    changed: Sequence[tuple[FileRead, Sequence[Placement]]], numbers: Sequence[int]
) -> dict[tuple[bytes, str], Label]:
    """By path and part: the labels of articles that were stored under these numbers."""
    placed = [(read.path, p) for read, placements in changed for p in placements]
    return {
        (path, placement.record.article.part): _label(
            number, placement.source, placement.record.article.author, path, placement.record.article.published
        )
        for number, (path, placement) in zip(numbers, placed, strict=True)
    }


def _labelled(
    chunk: ReadChunk[list[Inverted]], labels: Mapping[tuple[bytes, str], Label]
) -> Iterator[tuple[Inverted, list[Label | None]]]:
    """What was inverted, with a label for every record; None for those that were not stored."""
    found = iter([labels.get((read.path, record.article.part)) for read in chunk.reads for record in read.records])
    for inverted in chunk.digest:
        yield inverted, list(islice(found, inverted.count))


def _label(number: int, source: str | None, author: str | None, path: bytes, published: datetime | None) -> Label:
    from newsreader.index.schema import NO_DAY, Label
    from newsreader.library.catalogue import UNDATED
    from newsreader.text.dates import day_number

    return Label(
        number,
        source,
        author,
        os.fsdecode(path).encode("utf-8", "replace").decode("utf-8"),
        day_number(published) if published else NO_DAY,
        int(published.timestamp()) if published else UNDATED,
    )


def _documents(catalogue: Catalogue, numbers: Sequence[int]) -> Iterator[IndexedArticle]:
    from newsreader.formats.base import title_is_lede
    from newsreader.index.schema import IndexedArticle

    texts = catalogue.texts(numbers)
    for row in catalogue.rows(numbers):
        paragraphs = texts.get(row.number, ())
        label = _label(row.number, row.source, row.author, row.path, row.published)
        yield IndexedArticle(label, row.title, paragraphs, title_is_lede(row.title, paragraphs), row.language)


def _batches(chunks: Iterable[ReadChunk[list[Inverted]]]) -> Iterator[list[ReadChunk[list[Inverted]]]]:
    batch: list[ReadChunk[list[Inverted]]] = []
    articles, deadline = 0, time.monotonic() + BATCH_SECONDS
    for chunk in chunks:
        batch.append(chunk)
        articles += sum(max(1, len(read.records)) for read in chunk.reads)
        if articles >= BATCH_FILES or time.monotonic() > deadline:
            yield batch
            batch, articles, deadline = [], 0, time.monotonic() + BATCH_SECONDS
    if batch:
        yield batch


def _open_catalogue(locations: Locations, report: IndexReport) -> tuple[Catalogue, dict[bytes, KnownFile]]:
    """The catalogue and the files it knows; a new one where there is none that can be used."""
    try:
        locations.cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(f"{locations.cache}: {error.strerror or error}") from error
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is not None:
            return catalogue, catalogue.known_files()
    except StorageError as error:
        report.warnings.append(f"the catalogue was damaged and is built anew ({error})")
    return Catalogue.create(locations.catalogue), {}


def _placements(locations: Locations) -> Placements | None:
    """The stories before a run; None when a damaged catalogue can't tell them."""
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is None:
            return {}
        with closing(catalogue):
            return catalogue.placements()
    except StorageError:
        return None


def _growth(catalogue: Catalogue, before: Placements) -> Growth:
    after = catalogue.placements()
    new, grown = grown_stories(before, after)
    titles, sizes = catalogue.story_titles([*new, *grown]), Counter(after.values())

    def told(stories: Sequence[StoryId]) -> tuple[GrownStory, ...]:
        newest_first = catalogue.stories(since=None, min_size=2, min_sources=0, only=set(stories))
        return tuple(GrownStory(story, titles[story], sizes[story]) for story in newest_first)

    return Growth(told(new), told(grown))


def _thinned_before(catalogue: Catalogue) -> Collection[Path]:
    return [Path(folder) for folder in json.loads(catalogue.meta("thinned") or "[]")]


def _remember_thinned(catalogue: Catalogue, before: Collection[Path], changes: LibraryChanges, purge: bool) -> None:
    now = [] if purge else [thin.folder for thin in changes.thinned]
    now += [folder for folder, _ in changes.missing_folders if folder in before]  # it can't be told from here
    if set(now) != set(before):
        catalogue.set_meta(thinned=json.dumps([str(folder) for folder in now]))


def _mounted_before(catalogue: Catalogue) -> Collection[bytes]:
    return [os.fsencode(directory) for directory in json.loads(catalogue.meta("mounted") or "[]")]


def _remember_mounted(
    catalogue: Catalogue, before: Collection[bytes], found: Scan, changes: LibraryChanges, purge: bool
) -> None:
    """Where disks are mounted, and where they were whose articles are kept."""
    away = [] if purge else [path for path in before if any(kept.startswith(path + b"/") for kept in changes.kept)]
    now = {*found.mounts, *away}
    if now != set(before):
        catalogue.set_meta(mounted=json.dumps([os.fsdecode(directory) for directory in sorted(now)]))


def _refuse_to_forget(locations: Locations, found: Scan, folders: Sequence[Path]) -> None:
    """Before a rebuilding, which knows nothing any more of files that are only away."""
    absent = [(folder, how) for folder in folders if (how := away(folder)) is not None]
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is not None:
            with closing(catalogue):
                changes = compare_stamps(
                    found,
                    catalogue.known_files(),
                    folders,
                    thinned_before=_thinned_before(catalogue),
                    mounted_before=_mounted_before(catalogue),
                )
            absent += changes.missing_folders
            absent += [(thin.folder, f"without {thin.lost:,} of its {thin.known:,} files") for thin in changes.thinned]
    except StorageError:
        pass  # damaged: rebuilding is the cure
    for folder, how in absent:
        raise UsageError(f"{folder}: the folder is {how}, and --rebuild would forget its articles (--purge: do it)")


def _drop_cache(locations: Locations) -> None:
    shutil.rmtree(locations.index, ignore_errors=True)
    shutil.rmtree(locations.stories, ignore_errors=True)
    locations.catalogue.unlink(missing_ok=True)


def _epoch_file(locations: Locations) -> Path:
    from newsreader.index.version import SCHEMA_VERSION

    return locations.index / f"v{SCHEMA_VERSION}" / "epoch"


def _index_epoch(locations: Locations) -> str | None:
    try:
        return _epoch_file(locations).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def _report_scan(report: IndexReport, found: Scan, changes: LibraryChanges) -> None:
    report.skipped = [(_path(path), reason) for path, reason in sorted(found.skipped.items())]
    report.warnings.extend(found.warnings)
    missing = {os.fsencode(folder) for folder, _ in changes.missing_folders}
    for folder, reason in changes.missing_folders:
        report.warnings.append(f"{folder}: the folder is {reason}; its articles are kept (--purge removes them)")
    for thin in changes.thinned:
        report.warnings.append(
            f"{thin.folder}: {thin.lost:,} of its {thin.known:,} files went at once; their articles are kept until they"
            " are back (--purge removes them)"
        )
    for directory, reason in found.unavailable.items():
        if directory not in missing:
            report.warnings.append(f"{_path(directory)}: can't be listed ({reason.lower()}); its articles are kept")


def _path(path: bytes) -> Path:
    return Path(os.fsdecode(path))
