"""What `u` leads to, said at the end of a text: whoever has read so far decides there whether to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists import fetch
from newsreader.tui.lists.browser import Browser
from newsreader.tui.reading.pane import ReadingPane


@dataclass(eq=False)
class Ahead:
    """Looks the next unread article up in a lane, once the end is in view. Lives on the event loop."""

    _screen: Screen[Any]
    _engine: Engine
    _browser: Browser
    _text: ReadingPane
    _report: Callable[[NewsreaderError], None]

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "ahead", self._report)

    def look(self) -> None:
        if self._text.sees_end:
            self._lane.start(self._look)

    async def _look(self) -> None:
        found, at = self._browser.listing, self._browser.list.cursor
        if found is not None:
            article = await self._lane.queued(lambda: fetch.unread_ahead(self._engine, found, at))
            self._text.show_next(article.title if article is not None else "")
