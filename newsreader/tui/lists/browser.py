"""Which list is on the screen: queries, their answers, and the rows that come into view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from textual.content import Content
from textual.message import Message
from textual.screen import Screen

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.engine.facets import Facets
from newsreader.errors import NewsreaderError, QueryError
from newsreader.index.result import Result
from newsreader.library.garbage_collection import spare_collector
from newsreader.text.plural import counted
from newsreader.tui.commands import main_key
from newsreader.tui.content import MUTED, link, plain
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.empty_content import why_empty
from newsreader.tui.lists.fetch import all_ids, find, rows_of, unread_ids
from newsreader.tui.lists.listing import Kind, Listing, ListPosition, Request
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.explanation import explained, offered
from newsreader.tui.widgets.row_lines import RowLines
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.widgets.time_bars import TimeBars
from newsreader.tui.window_state import SORTS, WindowState

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


@dataclass(eq=False)
class Browser:
    """Runs queries in a lane of its own and hands the answers to the widgets. Lives on the event loop."""

    class Asked(Message):
        """Another list is wanted, or the same one anew."""

    @dataclass
    class Shown(Message):
        """Another list is on the screen (`fresh`), or the same one brought up to date."""

        fresh: bool

    class RowsCame(Message):
        """Rows have come into view, perhaps the cursor's."""

    _screen: Screen[Any]
    """Gets the messages."""
    _host: Host
    _engine: Engine
    _bar: SearchBar
    _articles: ArticleList
    _stories: StoryList
    _window: WindowState

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "search", self._complain)
        self._rows_lane = ScreenLane(self._screen, "rows", self._complain)
        self.request = Request("articles", "", self._window.sort)  # type: ignore[arg-type]
        self.listing: Listing | None = None
        self.is_searching = False
        """Whether the list on the screen will soon be another one."""
        self._activity = ""
        self._fills = False
        """Whether the list was empty, and the user has not moved in it since."""
        self._going_to: ListPosition | None = None
        """Where in the list that is coming; None: to its top."""
        self._typed: Listing | None = None
        """What was found while the query that was sent was typed."""

    # asking

    def typed(self, query: str) -> None:
        """Search for it in a moment, unless typing goes on."""
        self._ask(self._request(query, typing=True), None, after=self._host.delays.search)

    def search(self, query: str, *, kind: Kind | None = None) -> None:
        self._ask(self._request(query, kind), None)

    def send(self, query: str) -> bool:
        """The query is typed to its end: its last word is a whole one from now on. Not so where a row of what was found
        while it was typed has been chosen: that list stays, and it is True."""
        is_there = not self.is_searching and self.request_shown.typing and self.request_shown.query == query
        if is_there and self.list.cursor:
            return True
        self._typed = self.listing if is_there else None
        self.search(query)
        return False

    def _request(self, query: str, kind: Kind | None = None, *, typing: bool = False) -> Request:
        return Request(kind or self.request.kind, query, self.request.sort, typing, self.request.folded)

    def warm_up(self) -> None:
        """Load what searching needs and open the index, so that the first keystroke does not wait for it."""
        self._lane.start(lambda: self._lane.queued(self._warm), group="warm-up", exclusive=False)

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
        self.sort_by(following)

    def sort_by(self, following: str) -> None:
        """One of `SORTS`."""
        request = self.request
        self._window.sort = following
        self._ask(Request(request.kind, request.query, following, folded=request.folded), None)  # type: ignore[arg-type]

    # copies

    def toggle_fold(self, fold: int) -> None:
        """Show the copies of an article beneath it, or fold them again."""
        self._ask(replace(self.request_shown, opened=self.request_shown.opened ^ {fold}), self.position)

    def toggle_folding(self) -> None:
        """Show every copy in its own place, or fold them all again."""
        self._ask(replace(self.request_shown, folded=not self.request_shown.folded, opened=frozenset()), self.position)

    def unfold_to(self, fold: int, article: ArticleId) -> None:
        """Show the copies of an article, with the cursor on this one."""
        position = replace(self.position, cursor=article)
        self._ask(replace(self.request_shown, opened=self.request_shown.opened | {fold}), position)

    def refresh(self) -> None:
        """The library has changed: ask again, and stay where the user is, or where they are going in a list that is
        still to come; at the top of one that was empty, and fills while the user waits."""
        self._fills = self._fills and self.list.cursor == 0 and self._screen.focused is self.list
        here = None if self._fills else self.position
        self._ask(self.request, self._going_to if self.is_searching else here)

    def restore(self, request: Request, position: ListPosition) -> None:
        """Show a list that was on the screen before, at the user's place in it."""
        target = self.list
        is_there = not self.is_searching and request == self.request_shown
        if not is_there or target.key_at(target.cursor) != position.cursor:
            self._ask(request, position)

    def _ask(self, request: Request, position: ListPosition | None, *, after: float = 0.0) -> None:
        self.request = request
        self.is_searching = True
        self._going_to = position
        self._screen.post_message(self.Asked())
        self._lane.start(partial(self._answer, request, position, after))

    async def _answer(self, request: Request, position: ListPosition | None, after: float) -> None:
        if after:
            await self._lane.pause(after)
        target = self.list
        rows = target.rows_in_view + 2 if target.size else FIRST_ROWS
        search = self._lane.latest(lambda cancelled: find(self._engine, request, position, rows, cancelled))
        if position is None:
            with self._host.under_way("searching", self._give_up):
                listing = await search
        else:  # the user has not asked for it
            listing = await search
        self._show(listing, position)

    def _give_up(self) -> None:
        """The list stays as it was."""
        self._lane.drop()
        self.is_searching = False
        self._bar.show_notice("given up: this is the list of before; enter searches again")

    def _complain(self, error: NewsreaderError) -> None:
        self.is_searching = False
        self._bar.menu.appear()
        if isinstance(error, QueryError):
            self._bar.show_error(error)
        else:
            self._bar.show_notice(str(error))

    # answering

    def _show(self, listing: Listing, position: ListPosition | None) -> None:
        typed, self._typed = self._typed, None
        if typed is not None and typed.request.query == listing.request.query and self._lost(typed, listing):
            return
        self.is_searching = False
        self.listing = listing
        self._fills = self._fills or not (listing.total or listing.request.query.strip())
        target = self.list
        top, headings = None, {heading.index: (heading.label, f"{heading.rows:,}") for heading in listing.headings}
        if position is not None:
            offset = target.scroll_offset.y - target.lines.first(target.first_visible)
            row = listing.anchor if listing.anchor is not None else target.first_visible
            lines = RowLines(listing.total, target.row_height, list(headings))
            top = lines.with_heading(row) if offset < 0 or not target.total else lines.first(row) + offset
        target.empty = self._why_empty(listing)
        target.show(listing.total, listing.rows, listing.cursor, top, headings)  # type: ignore[arg-type]
        self._explain(listing)
        self._screen.post_message(self.Shown(fresh=position is None))

    def _lost(self, typed: Listing, sent: Listing) -> bool:
        """Say what the query finds no more now that its last word is whole. Where that leaves nothing, what was found
        stays on the screen, and it is True."""
        if typed.found is None or sent.found is None or typed.found.partial:
            return False
        before, now = (0 if found.partial else len(found.numbers) for found in (typed.found, sent.found))
        if now >= before:
            return False
        word = typed.request.query.split()[-1]
        if now:
            text = f"{now:,} with “{word}” as a whole word; {before:,} with words that begin so: {word}*"
        else:
            text = f"Nothing has “{word}” as a whole word: these have words that begin so."
            self._ask(typed.request, ListPosition(None, None))
        self._screen.notify(text, timeout=6, markup=False)
        return not now

    def show_activity(self, activity: str) -> None:
        """What an update of the library is doing; empty when none runs. An empty list says it."""
        self._activity = activity
        if self.listing is not None and not self.listing.total:
            self.list.empty = self._why_empty(self.listing)
            self.list.refresh()

    def _why_empty(self, listing: Listing) -> Content:
        keys = self._host.config.keys
        return why_empty(listing.request, listing.found, lambda name: main_key(name, keys), self._activity)

    def _explain(self, listing: Listing) -> None:
        bar = self._bar
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
        alike = result is not None and len(result.numbers) > 0 and not result.scores.any()
        unranked = request.kind == "stories" or (alike and request.sort != "date")
        bar.show_right(link(plain(SORT_NAMES["-date" if unranked else request.sort], MUTED), "screen.sort"))
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

    def look_at_time(self, bars: TimeBars) -> None:
        """Have the bars show when the articles of the list on the screen were published, once that is counted."""
        self._rows_lane.start(partial(self._look_at_time, bars), group="time")

    async def _look_at_time(self, bars: TimeBars) -> None:
        listing = self.listing
        if listing is None or listing.found is None:
            bars.show(None)
            return
        if listing.request.typing:
            await self._rows_lane.pause(self._host.delays.time)
        found, most = listing.found, bars.room
        counted = await self._rows_lane.queued(lambda: self._engine.searching.histogram(found, most=most))
        if listing is self.listing:
            bars.show(counted, keep_room=listing.request.typing)

    # the list on the screen

    @property
    def list(self) -> ArticleList | StoryList:
        return self._articles if self.request_shown.kind == "articles" else self._stories

    @property
    def result(self) -> Result | None:
        """The articles of the list on the screen."""
        return self.listing.result if self.listing is not None else None

    @property
    def request_shown(self) -> Request:
        """What the list on the screen answers; the last good one while the query is wrong."""
        return self.listing.request if self.listing is not None else self.request

    @property
    def position(self) -> ListPosition:
        """Where the user is in the list on the screen."""
        target = self.list
        below = range(target.cursor + 1, target.cursor + 1 + ROWS_KEPT_BELOW)
        following = [key for index in below if (key := target.key_at(index)) is not None]
        return ListPosition(target.key_at(target.cursor), target.key_at(target.first_visible), tuple(following))

    def fetch(self, wanted: RowList.Wanted) -> None:
        listing = self.listing
        if listing is not None:
            self._rows_lane.start(partial(self._fetch, wanted, listing), exclusive=False)

    async def _fetch(self, wanted: RowList.Wanted, listing: Listing) -> None:
        try:
            rows = await self._rows_lane.queued(lambda: rows_of(self._engine, listing, wanted.start, wanted.end))
        except NewsreaderError:
            wanted.source.fail()
            raise
        wanted.source.put(wanted.version, rows)
        self._screen.post_message(self.RowsCame())

    def unread(self, *, above: bool) -> Callable[[], Sequence[ArticleId]]:
        """Finds, in a lane, what is unread in the list on the screen, or down to the cursor."""
        listing, rows = self.listing, self.list.cursor + 1 if above else None
        return lambda: unread_ids(self._engine, listing, rows) if listing is not None else ()

    def select_all(self) -> None:
        """Select every article of the list, or none when all of them are selected."""
        self._rows_lane.start(self._select_all, group="selection", fail=self._host.report)

    async def _select_all(self) -> None:
        if (found := self.listing) is not None:
            everything = await self._rows_lane.queued(lambda: set(all_ids(self._engine, found)))
            self._articles.select(() if self._articles.selected >= everything else everything)
