"""Saved searches: counting what they find for the sidebar, and keeping the query under a name.

Each count is a search: they are made one after the other in a lane of their own, so that typing never waits for them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen

from newsreader.article import CancelCheck
from newsreader.engine.core import Engine
from newsreader.engine.overview import SavedCount
from newsreader.errors import QueryError
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.marking import Marking
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.narrowing import saved_query, without_names


class SavedSearches:
    """Counts in a lane of its own, so that many saved searches hold nothing else up. Lives on the event loop."""

    @dataclass
    class Counted(Message):
        """Which there are, each with its hits where they are known."""

        counts: Mapping[str, SavedCount | None]

    def __init__(self, screen: Screen[Any], host: Host, engine: Engine, bar: SearchBar, marking: Marking) -> None:
        """The message goes to `screen`."""
        self._screen = screen
        self._host = host
        self._engine = engine
        self._bar = bar
        self._marking = marking
        self._lane = ScreenLane(screen, "saved", host.report)
        self._counts: Mapping[str, SavedCount | None] = {}

    def refresh(self) -> None:
        """Count again."""
        self._lane.renew(self._count, fail=lambda error: None)  # whoever asks for the list is told what is wrong

    async def _count(self) -> None:
        names = list(await self._lane.queued(lambda: self._engine.searching.saved_searches()))
        if names != list(self._counts):
            self._tell({name: self._counts.get(name) for name in names})
        self._tell(await self._lane.latest(lambda gone: count_saved(self._engine, names, gone)))

    def _tell(self, counts: Mapping[str, SavedCount | None]) -> None:
        self._counts = counts
        self._screen.post_message(self.Counted(counts))

    def save(self) -> None:
        """Ask for a name, and keep the query under it."""
        self._lane.start(self._ask_name, group="dialog")

    async def _ask_name(self) -> None:
        from newsreader.tui.search.save_dialog import SaveSearchScreen

        saved = await self._lane.queued(lambda: self._engine.searching.saved_searches())
        written_out = self._written_out(saved)
        if written_out is None:
            return

        def keep(name: str) -> Awaitable[None]:
            return self._marking.save_search(name, written_out)

        await self._screen.app.push_screen_wait(SaveSearchScreen(written_out, saved, keep))

    def _written_out(self, saved: Mapping[str, str]) -> str | None:
        """The query as it would be kept; None, and the user is told, where it can't be."""
        query = self._bar.text.strip()
        if not query:
            self._screen.notify("There is no query to save; / types one.", timeout=3, markup=False)
            return None
        try:
            return without_names(query, saved, date.today())
        except QueryError as error:
            self._bar.show_error(error)
            return None

    def save_as(self, name: str) -> None:
        """Keep the query under a name that is valid."""
        self._lane.start(partial(self._save_as, name), group="dialog")

    async def _save_as(self, name: str) -> None:
        saved = await self._lane.queued(lambda: self._engine.searching.saved_searches())
        if (query := self._written_out(saved)) is not None:
            await self._marking.save_search(name, query)

    def of_query(self, query: str) -> str | None:
        """Name of the saved search that a query asks for."""
        return next((name for name in self._counts if saved_query(name) == query.strip()), None)


def count_saved(engine: Engine, names: list[str], cancelled: CancelCheck) -> dict[str, SavedCount | None]:
    """Articles that each finds; None for one that can't be understood. Raises `Cancelled`, `StorageError`."""
    counts: dict[str, SavedCount | None] = {}
    for name in names:
        try:
            result = engine.searching.search(saved_query(name), sort="-date", cancelled=cancelled)
            numbers = result.numbers[: 0 if result.partial else None]
            counts[name] = SavedCount(len(numbers), engine.shelf().unread_among(numbers))
        except QueryError:
            counts[name] = None
    return counts
