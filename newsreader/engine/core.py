"""The verbs of the program: all that the command line and the interface hold.

The engine itself keeps the library: its folders, its runs, its articles. What can be done with these is in its parts:
`searching`, `stories`, `comparing`, `history`, `marking`. Any thread may call: every thread has connections of its own,
and what is shared is immutable.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article import Article, ArticleId, CancelCheck, FullArticle, Progress, never
from newsreader.engine.connections import Connections
from newsreader.engine.history import Histories
from newsreader.engine.lookup import find_article
from newsreader.errors import ArticleError, NotFoundError, StorageError, UsageError
from newsreader.indexing.options import PLAIN_RUN, IndexOptions
from newsreader.indexing.report import EachFile, IndexReport, unsaid
from newsreader.library.file_status import file_status
from newsreader.library.locations import Locations
from newsreader.library.lock import is_locked, library_lock
from newsreader.library.ownership import require_own_cache
from newsreader.library.rules import ReadingRules
from newsreader.userdata.backups import back_up
from newsreader.userdata.store import Store
from newsreader.userdata.whereabouts import remember_user_data

if TYPE_CHECKING:  # load numpy, Whoosh or the parsers, as the imports in the methods do (see `Engine`)
    from newsreader.compare.meaning import Encoder
    from newsreader.engine.arrivals import Arrivals
    from newsreader.engine.comparing import Comparing
    from newsreader.engine.marking import UserMarks
    from newsreader.engine.overview import Shelf
    from newsreader.engine.searching import Searching
    from newsreader.engine.stories import Stories
    from newsreader.formats.provenance import MetaValue


class Engine:
    """Opens everything from explicit locations; reads neither configuration nor environment.

    Its parts, and what only some commands use, are imported when they are first wanted: they load numpy, Whoosh or the
    parsers, for which a run that finds nothing new should not wait.
    """

    def __init__(
        self,
        locations: Locations,
        *,
        rules: Callable[[], ReadingRules] = ReadingRules,
        encoder: Callable[[], Encoder | None] = lambda: None,
        today: Callable[[], date] = date.today,
    ) -> None:
        """`rules` is asked when a file is to be read, `encoder` when articles are compared or grouped: for one that
        reads several languages, if there is any."""
        self.locations = locations
        self._rules = rules
        self._encoder = encoder
        self._today = today
        self._connections = Connections(locations)
        self.history = Histories(self._connections)

    @cached_property
    def searching(self) -> Searching:
        from newsreader.engine.searching import Searching

        return Searching(self._connections, self._today, self.arrivals)

    @cached_property
    def stories(self) -> Stories:
        from newsreader.engine.stories import Stories

        return Stories(self._connections, self._encoder)

    @cached_property
    def marking(self) -> UserMarks:
        from newsreader.engine.marking import UserMarks

        return UserMarks(self._connections, lambda: self.stories.regroup())

    @cached_property
    def comparing(self) -> Comparing:
        from newsreader.engine.comparing import Comparing

        return Comparing(self._connections, self.history, self._rules, self._encoder)

    @cached_property
    def arrivals(self) -> Arrivals:
        from newsreader.engine.arrivals import Arrivals

        return Arrivals(self._connections)

    @property
    def store(self) -> Store:
        """This thread's connection to the user data. Raises `StorageError`."""
        return self._connections.store

    def shelf(self) -> Shelf:
        """All articles at a glance, as of now."""
        return self._connections.shelf()

    def state(self) -> tuple[int, int]:
        """(generation of the catalogue, revision of the user data): when either moves, lists are to be refreshed."""
        return self._connections.state()

    def close(self) -> None:
        """Close this thread's connections."""
        self._connections.close()

    def folders(self) -> list[Path]:
        return self.store.folders()

    def folders_with(self, folders: Iterable[Path]) -> list[Path]:
        """The library's folders as they would be with some more. Raises `UsageError` for what is no folder."""
        known = self.folders()
        for folder in folders:
            absolute = Path(os.path.abspath(folder.expanduser()))
            try:
                found = file_status(absolute)
            except OSError as error:  # on a disk that is away
                raise UsageError(f"{absolute}: {error.strerror or error}") from error
            if found is None or not stat.S_ISDIR(found.st_mode):
                raise UsageError(f"{absolute}: {'there is no such folder' if found is None else 'not a folder'}")
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
        options: IndexOptions = PLAIN_RUN,
        *,
        new_folders: Collection[Path] = (),
        wait: float = 0.0,
        progress: Progress = lambda what, done, total: None,
        each_file: EachFile = unsaid,
        cancelled: CancelCheck = never,
    ) -> IndexReport:
        """Bring catalogue, index and stories up to date, with `new_folders` added to the library first (a dry run only
        looks at them). Waits for another run for `wait` seconds. Raises `LibraryLocked`, `StorageError`, `UsageError`.
        """
        from newsreader.indexing.run import run_index

        folders = self.folders_with(new_folders)
        if not folders and self._connections.catalogue is None:
            raise UsageError("the library has no folder yet; `newsreader index FOLDER` adds one")
        if not options.dry_run:
            self.add_folders(new_folders)
        require_own_cache(self.locations)
        with library_lock(self.locations.lock, wait):
            report = run_index(
                self.locations,
                self.store,
                folders,
                self._rules(),
                options,
                encoder=self._encoder,
                progress=progress,
                each_file=each_file,
                cancelled=cancelled,
            )
            if not options.dry_run and self.store.writable:
                self._keep_dump(report)
                remember_user_data(self.locations, self.store.revision)
        return report

    def _keep_dump(self, report: IndexReport) -> None:
        try:
            back_up(self.store, self.locations.dumps)
        except StorageError as error:
            report.warnings.append(f"no dump of the user data could be kept: {error}")

    def is_indexing(self) -> bool:
        """Whether a run is under way, by whichever process."""
        return is_locked(self.locations.lock)

    def indexed_at(self) -> float | None:
        """When the last run ended, seconds since the epoch."""
        catalogue = self._connections.catalogue
        value = catalogue.meta("indexed_at") if catalogue is not None else None
        return float(value) if value else None

    def articles(self, numbers: Sequence[int]) -> list[Article]:
        """In the order asked; what is gone is left out."""
        catalogue = self._connections.catalogue
        return self.shelf().articles(catalogue.rows(numbers)) if catalogue is not None else []

    def by_ids(self, ids: Collection[ArticleId]) -> list[Article]:
        """In no order; what is not in the library is left out."""
        catalogue = self._connections.catalogue
        return self.shelf().articles(catalogue.by_ids(ids)) if catalogue is not None else []

    def article(self, reference: str) -> FullArticle:
        """By id, unambiguous id prefix, or path; `ARTICLE@NUMBER` is a former text of it. Raises `NotFoundError`."""
        return self.history.article(reference)

    def provenance(self, reference: str) -> tuple[Article, tuple[MetaValue, ...]]:
        """An article, and where each value came from, by reading its file again. Raises `NotFoundError`,
        `ArticleError`."""
        from newsreader.formats.provenance import provenance
        from newsreader.library.reading import read_one

        row = find_article(self._connections.catalogue, reference)
        path = Path(os.fsdecode(row.path))
        read = read_one(row.path, self._rules())
        parsed = [record.article for record in read.records if record.article.part == row.part]
        if not parsed:
            raise ArticleError(path, read.failure or "the article is no longer in this file")
        return self.shelf().articles([row])[0], provenance(parsed[0], parsed[0].source or row.source)
