"""Going from one article to another: by unread marks, through stories, to other screens and back.

Where to go has to be looked up, and the look-up takes the time of a query; meanwhile the keys go on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.screen import Screen

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists import fetch
from newsreader.tui.lists.browser import Browser
from newsreader.tui.main.eye import Eye
from newsreader.tui.main.panes import Panes
from newsreader.tui.reading.reader import Reader
from newsreader.tui.trail import ComparisonStop, CoverageStop


@dataclass(eq=False)
class Wayfinder:
    """Looks the way up in a lane, then moves the cursor or opens a screen. Lives on the event loop."""

    _screen: Screen[Any]
    _host: Host
    _engine: Engine
    _browser: Browser
    _reader: Reader
    _panes: Panes
    _eye: Eye

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "ways", self._host.report)

    # within the list

    def next_unread(self, times: int = 1) -> None:
        """The articles that are shown come first, then folded copies, which are unfolded. In the text beside a list of
        stories the rest of the story comes first: who reads on would miss it."""
        self._lane.start(partial(self._next_unread, times))

    async def _next_unread(self, times: int) -> None:
        found, at = self._browser.listing, self._browser.list.cursor
        if found is None:
            return
        read = self._reader.wanted
        if found.request.kind == "stories" and self._panes.in_text and read is not None and times == 1:
            other = await self._lane.queued(lambda: fetch.unread_of_story(self._engine, read))
            if other is not None:
                self._host.leave_place()
                await self._go_to(other)
                return
        index = await self._lane.queued(lambda: fetch.next_unread(self._engine, found, at, times))
        if index is not None:
            self._host.leave_place(reading_on=True)
            self._put_cursor(index)
        elif (copy := await self._lane.queued(lambda: fetch.unread_copy(self._engine, found))) is not None:
            self._host.leave_place(reading_on=True)
            await self._go_to(copy)
        else:
            self._screen.notify("Nothing else is unread in this list.", timeout=2, markup=False)

    def other_story(self, step: int, times: int = 1) -> None:
        """To the next (1) or previous (-1) article of the list that is of another story."""
        self._lane.start(partial(self._other_story, step, times))

    async def _other_story(self, step: int, times: int) -> None:
        found, at = self._browser.listing, self._browser.list.cursor
        if found is None:
            return
        index = await self._lane.queued(lambda: fetch.other_story(self._engine, found, at, step, times))
        if index is not None:
            self._host.leave_place(reading_on=True)
            self._put_cursor(index)
        else:
            where = "below" if step > 0 else "above"
            self._screen.notify(f"There is no other story {where}.", timeout=2, markup=False)

    def _put_cursor(self, index: int) -> None:
        """On that row; its article is opened where the text is what is on the screen."""
        target = self._browser.list
        target.move_to(index)
        if target.article is not None and self._panes.in_text:
            self._reader.open(target.article.id)

    # through a story

    def in_story(self, step: int) -> None:
        """To the story's next (1) or previous (-1) article in time, in this list or not."""
        self._from_here(partial(self._in_story, step))

    async def _in_story(self, step: int, article: ArticleId) -> None:
        other = await self._lane.queued(lambda: fetch.of_same_story(self._engine, article, step))
        if other is not None:
            self._host.leave_place(reading_on=True)
            await self._go_to(other)
        else:
            which = "later" if step > 0 else "earlier"
            self._screen.notify(f"There is no {which} article of this story.", timeout=2, markup=False)

    async def _go_to(self, article: ArticleId, quoted: str = "") -> None:
        """To its row where the list has it, unfolded if need be, else only into the reading pane, which comes into
        view then: the row of a story shows one of its articles, and not always this one."""
        found = self._browser.listing
        index = fold = None
        if found is not None:
            index = await self._lane.queued(lambda: fetch.index_of(self._engine, found, article))
            if index is None:
                fold = await self._lane.queued(lambda: fetch.fold_of(self._engine, found, article))
        if index is not None:
            self._browser.list.move_to(index)
        elif fold is not None:
            self._browser.unfold_to(fold, article)
        has_row = fold is not None or (index is not None and found is not None and found.request.kind == "articles")
        if not has_row and not self._eye.sees_text:
            self._panes.show("reading")
        self._reader.open(article, quoted=quoted)

    # to other screens, which may come back with an article to be read

    def show_coverage(self, query: str) -> None:
        """Which outlets carried the stories of a query."""
        self._host.open(CoverageStop(query=query))

    def read(self, article: ArticleId, quoted: str = "") -> None:
        """Go to an article, and to its text; `quoted` is a passage to be brought into view."""
        self._lane.start(partial(self._go_to_text, article, quoted))

    async def _go_to_text(self, article: ArticleId, quoted: str) -> None:
        await self._go_to(article, quoted)
        self._panes.show("reading")

    def compare(self, selected: Collection[ArticleId]) -> None:
        """Two selected articles side by side, or the selected and the current one, or the current one and the article
        of its story that is most like it."""
        self._from_here(partial(self._compare, selected))

    async def _compare(self, selected: Collection[ArticleId], article: ArticleId) -> None:
        if len(selected) > 2:
            text = f"{len(selected):,} are selected: select two to compare."
            self._screen.notify(text, timeout=4, markup=False)
            return
        pair = await self._lane.queued(lambda: fetch.pair_of(self._engine, selected, article))
        if pair is None:
            text = "This article stands alone; space selects another."
            self._screen.notify(text, timeout=4, markup=False)
        else:
            self._host.open(ComparisonStop(*pair))

    def _from_here(self, go: Callable[[ArticleId], Any]) -> None:
        """Go through steps that begin at the article that the user is looking at, if there is one."""
        if (article := self._eye.article) is not None:
            self._lane.start(partial(go, article))
