"""Saved searches: their counts in the sidebar, naming one, deleting one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from newsreader.article import CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NewsreaderError, QueryError
from newsreader.tui.lanes import Lane
from newsreader.tui.main.sidebar import Sidebar, saved_query
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.narrowing import without_names

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen


class SavedSearches:
    """Counts in a lane of its own, so that many saved searches hold nothing else up. Lives on the event loop."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._lane = Lane("saved")
        self._counts: dict[str, int | None] = {}

    def close(self) -> None:
        self._lane.close()

    def refresh(self) -> None:
        """Count again."""
        self._screen.run_worker(self._show(), group="saved", description="count saved searches", exclusive=True)

    async def _show(self) -> None:
        try:
            names = await self._lane.queued(lambda: self._engine.searching.saved_searches())
            if list(names) != list(self._counts):
                self._counts = {name: self._counts.get(name) for name in names}
                self._paint()
            self._counts = await self._lane.latest(lambda gone: count_saved(self._engine, list(names), gone))
        except Cancelled:
            return
        except NewsreaderError:
            return  # whoever asks for the list of articles is told what is wrong
        self._paint()

    def _paint(self) -> None:
        if self._screen.is_up:
            self._screen.query_one(Sidebar).show_saved(self._counts)

    def save(self) -> None:
        """Ask for a name, and keep the query under it."""
        self._screen.run_worker(self._ask_name(), group="dialog", description="save search dialog", exclusive=True)

    async def _ask_name(self) -> None:
        from newsreader.tui.search.save_dialog import SaveSearchScreen

        query = self._screen.query_one(SearchBar).text.strip()
        if not query:
            self._screen.notify("There is no query to save; / types one.", timeout=3, markup=False)
            return
        try:
            saved = await self._lane.queued(lambda: self._engine.searching.saved_searches())
            written_out = without_names(query, saved, date.today())
        except QueryError as error:
            self._screen.query_one(SearchBar).show_error(error)
            return
        except NewsreaderError as error:
            self._screen.report(error)
            return
        name = await self._screen.app.push_screen_wait(SaveSearchScreen(written_out, saved))
        if name is not None:
            self._screen.marking.save_search(name, written_out)

    def delete(self) -> None:
        """The one under the sidebar's cursor, or else the one whose articles are listed."""
        sidebar, query = self._screen.query_one(Sidebar), self._screen.browser.request.query.strip()
        name = sidebar.saved_search if sidebar.has_focus else None
        name = name or next((known for known in self._counts if saved_query(known) == query), None)
        if name is None:
            self._screen.notify("No saved search is highlighted or shown.", timeout=3, markup=False)
            return
        if saved_query(name) == query:
            self._screen.action_clear()
        self._screen.marking.delete_search(name)


def count_saved(engine: Engine, names: list[str], cancelled: CancelCheck) -> dict[str, int | None]:
    """Articles that each finds; None for one that can't be understood. Raises `Cancelled`, `StorageError`."""
    counts: dict[str, int | None] = {}
    for name in names:
        try:
            result = engine.searching.search(saved_query(name), sort="-date", cancelled=cancelled)
            counts[name] = 0 if result.partial else len(result.numbers)
        except QueryError:
            counts[name] = None
    return counts
