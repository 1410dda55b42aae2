"""Where the user is on the main screen, as a value that outlives the list and the text, and the way back there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from newsreader.article import ArticleId
from newsreader.index.result import Sort
from newsreader.tui.lists.browser import Browser
from newsreader.tui.lists.listing import ListPosition, Request
from newsreader.tui.main.eye import Eye
from newsreader.tui.main.panes import Panes
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.reading.reader import Reader
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.trail import MainStop


@dataclass(eq=False)
class Whereabouts:
    """Lives on the event loop."""

    _bar: SearchBar
    _browser: Browser
    _reader: Reader
    _text: ReadingPane
    _panes: Panes
    _eye: Eye

    @property
    def stop(self) -> MainStop:
        """Of a list that is still coming, only what was asked is known."""
        request = self._browser.request
        position = self._browser.position if request == self._browser.request_shown else ListPosition(None, None)
        in_text = self._panes.in_text
        return MainStop(
            request.query,
            request.kind,
            request.sort,
            request.typing,
            request.folded,
            request.opened,
            position.cursor,
            position.anchor,
            position.after,
            in_text,
            self._reader.wanted if self._eye.sees_text else None,
            self._text.position if in_text else 0,
        )

    def go_to(self, stop: MainStop) -> None:
        """Show the list and the text of that place; what is there already stays as it is."""
        request = Request(stop.kind, stop.query, cast(Sort, stop.sort), stop.typing, stop.folded, stop.opened)
        self._bar.set_text(stop.query)
        self._browser.restore(request, ListPosition(stop.cursor, stop.anchor, stop.after))
        self._panes.show("reading" if stop.in_text else "list")
        article = stop.article
        if article is None and stop.kind == "articles" and stop.cursor is not None:
            article = ArticleId(stop.cursor)  # the place was left in a narrow window
        if article is not None and (stop.in_text or self._eye.sees_text):
            self._reader.open(article, at=stop.text_at if stop.in_text else None)
