"""The watch over the library: what another run changes in it, and the run that the user asks for.

Cron's run is another process, so nobody tells the interface of it; without the watch its lists would show yesterday's
articles until the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from textual.app import App

from newsreader.engine.core import Engine
from newsreader.errors import LibraryLocked, NewsreaderError
from newsreader.tui.lanes import Lane
from newsreader.tui.messages import IndexState, LibraryChanged
from newsreader.tui.terminal.indexer import run_indexer

SHOWN_WARNINGS = 2
"""Of an update: those of folders come first; of files that can't be read their count is told."""


@dataclass(eq=False)
class LibraryWatch:
    """Tells every screen what becomes of the library. Lives on the event loop."""

    _app: App[Any]
    _engine: Engine
    _index_command: Sequence[str]
    """Is run to update the library."""
    _report: Callable[[NewsreaderError], None]

    def __post_init__(self) -> None:
        self._lane = Lane("watch")
        self._seen: tuple[int, int] | None = None
        self._other_run = False

    def close(self) -> None:
        self._lane.close()

    def look(self) -> None:
        """See whether something has changed, unless that is being done already."""
        if not self._runs("watch"):
            self._app.run_worker(self._look(), group="watch", description="watch the library")

    async def _look(self) -> None:
        try:
            state, running = await self._lane.queued(lambda: (self._engine.state(), self._engine.is_indexing()))
        except NewsreaderError:
            return  # the lists say what is wrong when they are asked for
        if self._seen is not None and state != self._seen:
            self._tell(LibraryChanged(*state))
        self._seen = state
        if not self._runs("index") and running != self._other_run:
            self._other_run = running
            self._tell(IndexState(running, "another run is indexing" if running else ""))

    def changed_here(self) -> None:
        """The change that the watch is about to see is on the screen already."""
        self._app.run_worker(self._take_note(), group="watch", description="note the library's state")

    async def _take_note(self) -> None:
        """Of the user data only: a run that has ended meanwhile is still to be told of."""
        with suppress(NewsreaderError):
            _, revision = await self._lane.queued(self._engine.state)
            if self._seen is not None:
                self._seen = self._seen[0], revision

    def run_index(self) -> None:
        """Bring the library up to date in another process."""
        if not self._runs("index"):
            self._app.run_worker(self._index(), group="index", description="update the library")

    async def _index(self) -> None:
        def progress(text: str) -> None:
            self._tell(IndexState(True, text))

        progress("updating")
        try:
            done = await run_indexer(self._index_command, progress)
        except LibraryLocked as error:
            self._app.notify(f"{error}.", markup=False)
        except NewsreaderError as error:
            self._report(error)
        else:
            self._app.notify(f"Library updated: {done.summary}.", timeout=4, markup=False)
            for warning in done.warnings[:SHOWN_WARNINGS]:
                self._app.notify(warning, severity="warning", timeout=10, markup=False)
        self._tell(IndexState(False))
        await self._look()

    def _runs(self, group: str) -> bool:
        return any(worker.group == group for worker in self._app.workers)

    def _tell(self, message: LibraryChanged | IndexState) -> None:
        """Every screen hears of it, also those behind the one on top."""
        for screen in self._app.screen_stack:
            screen.post_message(message)
