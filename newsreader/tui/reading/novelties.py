"""Finding out what is new: of the article that is read at once, of the rows in view while the user rests.

Comparing an article with the earlier ones of its story takes up to a second: done at once for everything that comes
into view, it would hold up whoever types or scrolls.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.marks.changes import Changes
from newsreader.tui.reading.newness import Newness, newness_of
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.trail import ComparisonStop
from newsreader.tui.window_state import WindowState


@dataclass(eq=False)
class Novelties:
    """Compares in a lane of its own, one article at a time, and gives up when the user goes on. Lives on the event
    loop; what was found out is remembered by the engine."""

    @dataclass
    class Wanted(Message):
        """The user wants to read an earlier article, where it says this."""

        article: ArticleId
        wording: str

    _screen: Screen[Any]
    """Gets the message."""
    _host: Host
    _engine: Engine
    _pane: ReadingPane
    _articles: ArticleList
    _window: WindowState
    _changes: Changes

    def __post_init__(self) -> None:
        self._read_only = self._host.config.reading.said_before == "read"
        self._lane = ScreenLane(self._screen, "novelty", self._host.report)
        self._timer: Timer | None = None

    def pause(self) -> None:
        """Something more urgent is to be done."""
        if self._timer is not None:
            self._timer.stop()
        self._lane.drop()

    def look(self) -> None:
        """Another page or other rows are on the screen."""
        self.pause()
        self._timer = self._screen.set_timer(self._host.delays.novelty, lambda: self._lane.start(self._look))

    async def _look(self) -> None:
        """The page first, then the rows in view, as long as nothing else comes in between."""
        await self._look_at_page()
        if not self._articles.display:
            return
        for article in self._articles.in_view():
            if article.story_size > 1 and not article.read:
                found = await self._find(article.id)
                if found is None:
                    return
                if found.earlier and found.complete:
                    self._articles.put_new(article.id, found.share)

    async def _look_at_page(self) -> bool:
        page = self._pane.page
        if page is None or page.article.story_size < 2:
            return False
        found = await self._find(page.article.id)
        if found is not None:
            self._pane.show_newness(found)
        return self._pane.newness is not None

    async def _find(self, article: ArticleId) -> Newness | None:
        """None: it was not to be, because the user went on or the article is gone."""

        def look(cancelled: CancelCheck) -> Newness:
            updated = self._engine.comparing.novelty(article, read_only=self._read_only, cancelled=cancelled)
            return newness_of(updated.article, updated.novelty, updated.earlier)

        try:
            return await self._lane.latest(look)
        except NewsreaderError:
            return None

    # what the user asks for

    def toggle_dims(self) -> None:
        """Dim what was said before, or no longer."""
        dims = not self._window.dim_known
        self._window.dim_known = self._pane.dims = dims
        if dims:
            self._with_newness(lambda newness: None)

    def to_new(self, step: int) -> None:
        """To the next (1) or previous (-1) new sentence."""

        def go(newness: Newness) -> None:
            if not self._pane.move_new(step):
                where = "further on" if step > 0 else "before this"
                self._say(f"Nothing new {where}." if newness.new else "Nothing in it is new.")

        self._with_newness(go)

    def said_before(self, index: int | None = None) -> None:
        """Show where a sentence of the page was said before; the one that the user is at, if none is named."""

        def show(newness: Newness) -> None:
            chosen = self._pane.repeated_here() if index is None else index
            if chosen is None:
                self._say("Nothing in it was said before.")
                return
            from newsreader.tui.reading.said_before import ABOVE, SaidBeforeScreen

            follow = partial(self._pane.go_to_sentence, share=ABOVE)
            screen = SaidBeforeScreen(self._host, self._engine, self._changes, newness, chosen, follow)
            self._screen.app.push_screen(screen, self._go_on)

        self._with_newness(show, group="ways")

    def _go_on(self, chosen: tuple[str, ArticleId, str] | None) -> None:
        """With what was chosen where a sentence was said before: the earlier article, or a comparison with it."""
        page = self._pane.page
        if chosen is None or page is None:
            return
        what, other, wording = chosen
        if what == "compare":
            self._host.open(ComparisonStop(other, page.article.id))
        else:
            self._screen.post_message(self.Wanted(other, wording))

    def _with_newness(self, then: Callable[[Newness], None], group: str | None = None) -> None:
        """Do it when it is known what is new in the page."""
        self._lane.start(partial(self._when_known, then), group=group)

    async def _when_known(self, then: Callable[[Newness], None]) -> None:
        page = self._pane.page
        if page is None:
            return
        if self._pane.newness is None and not await self._look_at_page() and page.article.story_size < 2:
            self._say("All of it is new: no other article tells this story.")
        newness = self._pane.newness
        if newness is None:
            return
        if newness.earlier:
            then(newness)
        else:
            none = "other article that you have read" if self._read_only else "article that is known to be earlier"
            self._say(f"All of it is new: its story has no {none}.")

    def _say(self, text: str) -> None:
        self._screen.notify(text, timeout=3, markup=False)
