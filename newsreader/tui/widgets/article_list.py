"""The list of articles: three lines each, any number of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from textual.content import Content

from newsreader.article import Article, ArticleId
from newsreader.tui.content import article_signs, hit_lines
from newsreader.tui.values import Hit
from newsreader.tui.widgets.row_list import RowList


class ArticleList(RowList[Hit]):
    """Hits with unread mark, star, selection; the selection holds ids and so outlives the list."""

    def __init__(self) -> None:
        super().__init__(id="articles")
        self.selected: set[ArticleId] = set()

    def lines_of(self, row: Hit, width: int) -> Sequence[Content]:
        return hit_lines(row, width, date.today())

    def signs_of(self, row: Hit) -> Sequence[str]:
        return article_signs(row.article, self.selected)

    def key_of(self, row: Hit) -> str:
        return row.article.id

    @property
    def article(self) -> Article | None:
        """Under the cursor."""
        return self.row.article if self.row is not None else None

    def toggle_selection(self) -> None:
        """Select the cursor's article, or no longer, and go on to the next."""
        if self.row is not None:
            self.selected ^= {self.row.article.id}
            self.redraw()
            self.move(1)

    def select(self, ids: Collection[ArticleId]) -> None:
        self.selected = set(ids)
        self.redraw()

    def redraw(self) -> None:
        self._strips.clear()
        self.refresh()
