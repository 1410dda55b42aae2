"""The beginning of the article under the cursor, on pages that list articles without a text beside them.

Whether an article is worth opening is seen by its first sentences; without them each would be opened and left again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from newsreader.article import Article, ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NewsreaderError
from newsreader.tui.content import EMPTY, HEADLINE, broken, byline, joined, plain
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane

BEGINNING = 6000
"""Code points of the text that fill any window; of a book-length text no more is laid out."""


@dataclass(frozen=True, slots=True)
class Beginning:
    article: Article
    paragraphs: tuple[str, ...]


class Preview(Widget):
    """Headline, outlet and time, and as many lines of the text as there is room for. The last one stays until the next
    has come; where the style sheet hides it, nothing is read."""

    DEFAULT_CSS = "Preview { pointer: pointer; }"

    @dataclass
    class Chosen(Message):
        """It was clicked on."""

        article: ArticleId

    def __init__(self, screen: Screen[Any], host: Host, engine: Engine) -> None:
        super().__init__()
        self._host = host
        self._engine = engine
        self._lane = ScreenLane(screen, "preview", self._fail)
        self._timer: Timer | None = None
        self._wanted: ArticleId | None = None
        self._shown: Beginning | None = None

    def show(self, article: ArticleId | None) -> None:
        """Show an article as it is now, in a moment, unless the cursor goes on; None: nothing."""
        self._wanted = article
        if self._timer is not None:
            self._timer.stop()
        if article is None:
            self._lane.drop()
            self._put(None)
        elif self.display:
            read = partial(self._read, article)
            self._timer = self.set_timer(self._host.delays.preview, lambda: self._lane.start(read))

    def on_show(self) -> None:
        """The window has room for it now."""
        self.show(self._wanted)

    async def _read(self, article: ArticleId) -> None:
        found = await self._lane.latest(partial(self._beginning, article))
        if article == self._wanted:
            self._put(found)

    def _beginning(self, article: ArticleId, cancelled: CancelCheck) -> Beginning:
        """Runs in the lane's thread."""
        if cancelled():
            raise Cancelled("another article is wanted")
        full = self._engine.article(article)
        paragraphs, room = list[str](), BEGINNING
        for paragraph in full.paragraphs:
            if room <= 0:
                break
            paragraphs.append(paragraph[:room])
            room -= len(paragraph)
        return Beginning(full.article, tuple(paragraphs))

    def _fail(self, error: NewsreaderError) -> None:
        self._put(None)  # opening it will say why

    def _put(self, beginning: Beginning | None) -> None:
        if beginning != self._shown:
            self._shown = beginning
            self.refresh()

    def on_click(self) -> None:
        if self._shown is not None:
            self.post_message(self.Chosen(self._shown.article.id))

    def render(self) -> Content:
        if self._shown is None:
            return EMPTY
        size, article = self.content_size, self._shown.article
        width = min(size.width, self._host.config.reading.width)
        lines = broken(plain(article.title, HEADLINE), width, 2)
        lines += [joined(byline(article)).truncate(width, ellipsis=True), EMPTY]
        for paragraph in self._shown.paragraphs:
            if (room := size.height - len(lines)) <= 0:
                break
            lines += [*broken(plain(paragraph), width, room), EMPTY]
        return plain("\n").join(lines[: size.height])
