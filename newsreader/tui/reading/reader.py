"""Which article is in the reading pane: opening it, remembering the place, marking it as read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from newsreader.article import ArticleId, never
from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError
from newsreader.index.result import Result
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.marking import Marking
from newsreader.tui.reading.fetch import open_page
from newsreader.tui.reading.novelties import Novelties
from newsreader.tui.reading.pane import Page, ReadingPane


@dataclass(eq=False)
class Reader:
    """Fetches articles in a lane of its own and hands them to the pane. Lives on the event loop."""

    class Turned(Message):
        """Another article is wanted."""

    _screen: Screen[Any]
    _host: Host
    _engine: Engine
    _pane: ReadingPane
    _marking: Marking
    _novelties: Novelties
    _listed: Callable[[], Result | None]
    """Is asked for what is in the list: its matches are marked in the text."""

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "reading", self._host.report)
        self._preview: Timer | None = None
        self._read_timer: Timer | None = None
        self._wanted: ArticleId | None = None

    @property
    def wanted(self) -> ArticleId | None:
        """The article that is shown or about to be; None while it is not known which."""
        return self._wanted

    @wanted.setter
    def wanted(self, article: ArticleId | None) -> None:
        if article != self._wanted:
            self._wanted = article
            self._screen.post_message(self.Turned())

    def preview(self, article: ArticleId, *, by_user: bool) -> None:
        """Open the article in a moment, unless the cursor goes on."""
        if article == self.wanted:
            self.reload()
            if by_user:
                self.start_reading()
            return
        if self._preview is not None:
            self._preview.stop()
        self.wanted = article
        after = self._host.delays.preview
        self._preview = self._screen.set_timer(after, lambda: self.open(article, by_user=by_user))

    def open(self, article: ArticleId, *, by_user: bool = True, quoted: str = "", at: int | None = None) -> None:
        """`by_user`: shown because the user went there, so that it counts as read after a while; `quoted` is a passage
        of the article to be brought into view, `at` the code point to be at the top."""
        if self._preview is not None:
            self._preview.stop()
        self.wanted = article
        self._lane.start(partial(self._open, article, by_user, quoted, at))

    async def _open(self, article: ArticleId, by_user: bool, quoted: str, at: int | None) -> None:
        result = self._listed()
        try:
            page = await self._lane.latest(lambda cancelled: open_page(self._engine, article, result, cancelled))
        except NotFoundError:
            self._screen.notify("This article is no longer in the library.", severity="warning", markup=False)
            return
        if not self._show(page):
            return
        if quoted:
            self._pane.go_to_text(quoted)
        if at is not None:
            self._pane.go_to_position(at)
        if by_user and not page.article.read:
            self.start_reading()

    def reload(self) -> None:
        """The article's marks or text may have changed: show it as it is now, at the same place."""
        if self.wanted is not None:
            self._lane.start(partial(self._reload, self.wanted), group="reloading")

    async def _reload(self, article: ArticleId) -> None:
        """In its turn: it must not take the place of an article that is about to be opened."""
        result = self._listed()
        with suppress(NotFoundError):  # what was open when its file went away stays on the screen
            self._show(await self._lane.queued(lambda: open_page(self._engine, article, result, never)))

    def _show(self, page: Page) -> bool:
        """False: another article is wanted by now."""
        article = page.article.id
        if article != self.wanted:
            return False
        shown = self._pane.page
        if shown is not None and shown.article.id == article:
            self._pane.update(page)
        else:
            self._pane.show(page)
        self._novelties.look()
        return True

    def start_reading(self) -> None:
        """The user is looking at the article: after a while it has been read."""
        if self._read_timer is not None:
            self._read_timer.stop()
            self._read_timer = None
        article = self.wanted
        after = self._host.config.interface.mark_read_after
        if after > 0 and article is not None:
            self._read_timer = self._screen.set_timer(after, lambda: self._has_read(article))

    def finish(self) -> None:
        """The user goes on from the end of the article."""
        if self._host.config.interface.mark_read_after > 0 and self.wanted is not None:
            self._has_read(self.wanted)

    def _has_read(self, article: ArticleId) -> None:
        page = self._pane.page
        here = page is not None and article == self.wanted == page.article.id and not page.article.read
        if here and self._pane.display and self._screen.is_current:
            self._marking.read(article)
