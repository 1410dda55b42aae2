"""Which list is on the screen: queries, their answers, and the rows that come into view."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NewsreaderError, QueryError
from newsreader.library.collector import spare_collector
from newsreader.text.plural import counted
from newsreader.tui.content import MUTED, plain
from newsreader.tui.lanes import Lane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.fetch import find, rows_of
from newsreader.tui.lists.listing import Kind, Listing, Place, Request
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.explanation import empty_list, explained, offered
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.window_state import SORTS

if TYPE_CHECKING:
    from newsreader.engine.facets import Facets
    from newsreader.tui.main.screen import MainScreen

SORT_NAMES = {
    "relevance": "best first",
    "recent": "best and recent first",
    "-date": "newest first",
    "date": "oldest first",
}
FIRST_ROWS = 24
"""Rows that come along with a list that has no size yet, so that its first picture is whole."""
ROWS_KEPT_BELOW = 40
"""Ids remembered below the cursor, for the case that its own article leaves the list."""


class Browser:
    """Runs queries in a lane of its own and hands the answers to the widgets. Lives on the event loop."""

    def __init__(self, screen: MainScreen, engine: Engine, sort: str, search_after: float) -> None:
        """`search_after`: seconds between a keystroke and the search."""
        self._screen = screen
        self._engine = engine
        self._search_after = search_after
        self._lane = Lane("search")
        self._rows_lane = Lane("rows")
        self._timer: Timer | None = None
        self.request = Request("articles", "", sort)  # type: ignore[arg-type]
        self.listing: Listing | None = None
        self.is_searching = False
        """Whether the list on the screen will soon be another one."""

    def close(self) -> None:
        self._lane.close()
        self._rows_lane.close()

    # asking

    def typed(self, query: str) -> None:
        """Search for it in a moment, unless typing goes on."""
        self.is_searching = True
        self._screen.novelties.pause()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._screen.set_timer(self._search_after, lambda: self.search(query, typing=True))

    def search(self, query: str, *, kind: Kind | None = None, typing: bool = False) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._ask(Request(kind or self.request.kind, query, self.request.sort, typing, self.request.folded), None)

    def warm_up(self) -> None:
        """Load what searching needs and open the index, so that the first keystroke does not wait for it."""
        self._screen.run_worker(self._lane.queued(self._warm), group="warm-up", description="open the index")

    def _warm(self) -> None:
        with suppress(NewsreaderError):  # a real search will say it
            self._engine.searching.search("newsreader")
        spare_collector()

    def next_sort(self) -> None:
        """The next order in turn; without a query there is nothing to rank, so there are only two."""
        request = self.request
        if not request.query.strip():
            following = "relevance" if request.sort == "date" else "date"
        else:
            following = SORTS[(SORTS.index(request.sort) + 1) % len(SORTS)]
        self._ask(Request(request.kind, request.query, following, folded=request.folded), None)  # type: ignore[arg-type]

    # copies

    def toggle_fold(self, fold: int) -> None:
        """Show the copies of an article beneath it, or fold them again."""
        self._ask(replace(self.request_shown, opened=self.request_shown.opened ^ {fold}), self._place())

    def toggle_folding(self) -> None:
        """Show every copy in its own place, or fold them all again."""
        self._ask(replace(self.request_shown, folded=not self.request_shown.folded, opened=frozenset()), self._place())

    def unfold_to(self, fold: int, article: ArticleId) -> None:
        """Show the copies of an article, with the cursor on this one."""
        place = replace(self._place(), cursor=article)
        self._ask(replace(self.request_shown, opened=self.request_shown.opened | {fold}), place)

    def refresh(self) -> None:
        """The library has changed: ask again, and stay where the user is."""
        self._ask(self.request, self._place())

    def _ask(self, request: Request, place: Place | None) -> None:
        self.request = request
        self.is_searching = True
        self._screen.novelties.pause()
        self._screen.run_worker(
            self._answer(request, place), group="search", description="search", exclusive=True, exit_on_error=True
        )

    async def _answer(self, request: Request, place: Place | None) -> None:
        target = self.list
        rows = target.rows_in_view + 2 if target.size else FIRST_ROWS
        try:
            listing = await self._lane.latest(lambda cancelled: find(self._engine, request, place, rows, cancelled))
        except Cancelled:
            return
        except NewsreaderError as error:
            if self._screen.is_up:
                self._complain(error)
            return
        if self._screen.is_up:
            self._show(listing, place)

    def _complain(self, error: NewsreaderError) -> None:
        self.is_searching = False
        bar = self._screen.query_one(SearchBar)
        bar.menu.appear()
        if isinstance(error, QueryError):
            bar.show_error(error)
        else:
            bar.show_notice(str(error))

    # answering

    def _show(self, listing: Listing, place: Place | None) -> None:
        self.is_searching = False
        self.listing = listing
        target = self.list
        top = None
        if place is not None:
            offset = target.scroll_offset.y % target.ROW_HEIGHT
            row = listing.anchor if listing.anchor is not None else target.first_visible
            top = row * target.ROW_HEIGHT + offset
        searched = listing.found if listing.request.query.strip() else None
        target.empty = empty_list(searched) if searched is not None else plain("Nothing here yet.", MUTED)
        target.show(listing.total, listing.rows, listing.cursor, top)  # type: ignore[arg-type]
        self._explain(listing)
        self._screen.list_shown(fresh=place is None)

    def _explain(self, listing: Listing) -> None:
        bar = self._screen.query_one(SearchBar)
        bar.menu.appear()
        result, request = listing.found, listing.request
        what = counted(listing.total, *(("story", "stories") if request.kind == "stories" else ("article", "articles")))
        if listing.found is not None and (folded := len(listing.found.numbers) - listing.total) > 0:
            what = f"{counted(len(listing.found.numbers), 'article')}, {folded:,} folded"
        if listing.story_count:
            what += f" · {counted(listing.story_count, 'story', 'stories')}"
        if result is not None and request.query.strip():
            what += f" · {max(1, round(result.seconds * 1000))} ms"
        bar.show_facts(plain(what, MUTED))
        unranked = request.kind == "stories" or (not request.query.strip() and request.sort != "date")
        bar.show_right(plain(SORT_NAMES["-date" if unranked else request.sort], MUTED))
        if result is None or not request.query.strip():
            bar.show_meaning(plain("all stories" if request.kind == "stories" else "all articles", MUTED))
            bar.show_offers(())
            return
        bar.show_meaning(explained(result), None if offered(result) else result.suggestion)
        if result.blocker is not None:
            bar.mark_blocker(request.query, result.blocker.start, result.blocker.stop)
        bar.show_offers(offered(result) if result.partial else ())  # else the empty list has room for them

    async def facets(self, listing: Listing) -> Facets:
        """What the articles of a list are made of. Raises `NewsreaderError`."""

        def look() -> Facets:
            return self._engine.searching.facets(listing.found or self._engine.searching.search(listing.request.query))

        return await self._rows_lane.queued(look)

    # the list on the screen

    @property
    def list(self) -> ArticleList | StoryList:
        if self.request_shown.kind == "articles":
            return self._screen.query_one(ArticleList)
        return self._screen.query_one(StoryList)

    @property
    def request_shown(self) -> Request:
        """What the list on the screen answers; the last good one while the query is wrong."""
        return self.listing.request if self.listing is not None else self.request

    def _place(self) -> Place:
        target = self.list
        below = range(target.cursor + 1, target.cursor + 1 + ROWS_KEPT_BELOW)
        following = [key for index in below if (key := target.key_at(index)) is not None]
        return Place(target.key_at(target.cursor), target.key_at(target.first_visible), tuple(following))

    def fetch(self, wanted: RowList.Wanted) -> None:
        listing = self.listing
        if listing is not None:
            self._screen.run_worker(self._fetch(wanted, listing), group="rows", description="rows")

    async def _fetch(self, wanted: RowList.Wanted, listing: Listing) -> None:
        try:
            rows = await self._rows_lane.queued(lambda: rows_of(self._engine, listing, wanted.start, wanted.end))
        except NewsreaderError as error:
            if self._screen.is_up:
                wanted.source.fail()
                self._complain(error)
            return
        if self._screen.is_up:
            wanted.source.put(wanted.version, rows)
            self._screen.rows_came()
