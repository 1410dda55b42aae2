"""Which article is in the reading pane: opening it, remembering the place, marking it as read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from newsreader.article import ArticleId, never
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NewsreaderError, NotFoundError
from newsreader.tui.lanes import Lane
from newsreader.tui.reading.page import open_page
from newsreader.tui.reading.pane import ReadingPane

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen


class Reader:
    """Fetches articles in a lane of its own and hands them to the pane. Lives on the event loop."""

    def __init__(self, screen: MainScreen, engine: Engine, preview_after: float, mark_read_after: float) -> None:
        """Seconds that the cursor has to rest on an article before it is opened, and until it counts as read."""
        self._screen = screen
        self._engine = engine
        self._preview_after = preview_after
        self._mark_read_after = mark_read_after
        self._lane = Lane("reading")
        self._preview: Timer | None = None
        self._read_timer: Timer | None = None
        self.wanted: ArticleId | None = None
        """The article that is shown or about to be."""

    def close(self) -> None:
        self._lane.close()

    @property
    def _pane(self) -> ReadingPane:
        return self._screen.query_one(ReadingPane)

    def preview(self, article: ArticleId, *, by_user: bool) -> None:
        """Open the article in a moment, unless the cursor goes on."""
        if self._preview is not None:
            self._preview.stop()
        self._preview = self._screen.set_timer(self._preview_after, lambda: self.open(article, by_user=by_user))

    def open(self, article: ArticleId, *, by_user: bool = True, quoted: str = "") -> None:
        """`by_user`: shown because the user went there, so that it counts as read after a while; `quoted` is a passage
        of the article to be brought into view."""
        if self._preview is not None:
            self._preview.stop()
        self.wanted = article
        self._screen.run_worker(
            self._open(article, by_user, again=False, quoted=quoted),
            group="reading",
            description="open article",
            exclusive=True,
        )

    def reload(self) -> None:
        """The article's marks or text may have changed: show it as it is now, at the same place."""
        if self.wanted is not None:
            self._screen.run_worker(
                self._open(self.wanted, False, again=True), group="reloading", description="reload", exclusive=True
            )

    async def _open(self, article: ArticleId, by_user: bool, *, again: bool, quoted: str = "") -> None:
        listing = self._screen.browser.listing
        result = listing.result if listing is not None else None
        try:
            if again:  # must not take the place of an article that is about to be opened
                page = await self._lane.queued(lambda: open_page(self._engine, article, result, never))
            else:
                page = await self._lane.latest(lambda cancelled: open_page(self._engine, article, result, cancelled))
        except Cancelled:
            return
        except NotFoundError:
            if not again:  # what was open when its file went away stays on the screen
                self._screen.notify("This article is no longer in the library.", severity="warning", markup=False)
            return
        except NewsreaderError as error:
            self._screen.report(error)
            return
        if article != self.wanted:
            return
        shown = self._pane.page
        if shown is not None and shown.article.id == article:
            self._pane.update(page)
        else:
            self._pane.show(page)
        if quoted:
            self._pane.go_to_text(quoted)
        self._screen.novelties.look()
        if by_user and not page.article.read:
            self.start_reading()

    def start_reading(self) -> None:
        """The user is looking at the article: after a while it has been read."""
        if self._read_timer is not None:
            self._read_timer.stop()
            self._read_timer = None
        article = self.wanted
        if self._mark_read_after > 0 and article is not None:
            self._read_timer = self._screen.set_timer(self._mark_read_after, lambda: self._has_read(article))

    def _has_read(self, article: ArticleId) -> None:
        page = self._pane.page
        here = page is not None and article == self.wanted == page.article.id and not page.article.read
        if here and self._pane.display and self._screen.is_current:
            self._screen.marking.read(article)
