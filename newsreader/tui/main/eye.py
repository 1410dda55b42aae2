"""Which article the user is looking at, and that list and text say the same of it.

The text follows the list's cursor, except when it was led elsewhere: to an article that the list has not. Keys are
about what is read then, so the list must not go on showing another article as the current one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsreader.article import ArticleId
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.browser import Browser
from newsreader.tui.main.panes import Panes
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.reading.reader import Reader


@dataclass(eq=False)
class Eye:
    """Lives on the event loop."""

    _browser: Browser
    _articles: ArticleList
    _reader: Reader
    _text: ReadingPane
    _panes: Panes
    _narrow: Callable[[], bool]
    """Is asked whether only one pane is seen."""

    @property
    def sees_text(self) -> bool:
        return self._panes.in_text or not self._narrow()

    @property
    def article(self) -> ArticleId | None:
        """What keys are about: the article in the text, which follows the cursor; where the text is out of sight, the
        one under the cursor. None while that is not known."""
        if self.sees_text:
            return self._reader.wanted
        article = self._browser.list.article
        return article.id if article is not None else None

    @property
    def targets(self) -> list[ArticleId]:
        """What marking is about: the selection of the list, or else the article; in the text, what is read there."""
        if self._articles.selected and not self._panes.in_text:
            return [*self._articles.selected]
        return [self.article] if self.article is not None else []

    def look(self) -> None:
        """Have list and text show whether the article that is read is the list's current one."""
        target, article = self._browser.list, self._reader.wanted
        known = target.row is not None or not target.total
        strayed = self.sees_text and article is not None and known and not target.stands_on(article)
        target.show_cursor(not strayed)
        self._text.show_listed(not strayed)
