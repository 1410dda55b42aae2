"""The list of articles: three or four lines each, any number of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from newsreader.article import Article, ArticleId
from newsreader.tui.content import article_signs, hit_lines, share_text
from newsreader.tui.lists.fold_content import room_for, with_fold
from newsreader.tui.lists.listing import ArticleRow
from newsreader.tui.lists.room import lines_of_row
from newsreader.tui.widgets.key_line import Foot
from newsreader.tui.widgets.row_list import RowList


class ArticleList(RowList[ArticleRow]):
    """Hits with unread mark, star, selection; the selection holds ids and so outlives the list."""

    FOOT: ClassVar[Foot] = (
        "open",
        "search",
        "next_unread",
        "star",
        "tag",
        "toggle_read",
        "story",
        "compare",
        "matrix",
    )

    class InView(Message):
        """Other rows have come into view."""

    class Selected(Message):
        """Other articles are selected than before."""

    def __init__(self) -> None:
        super().__init__(id="articles")
        self.selected: set[ArticleId] = set()
        self._new: dict[ArticleId, float] = {}
        """Share of an article's words that is new."""
        self._seen: tuple[int, int, int] | None = None

    def lines_of(self, row: ArticleRow, width: int) -> Sequence[Content]:
        share = self._new.get(row.article.id) if not row.article.read else None
        new = "" if share is None else share_text(share)
        return with_fold(row, width, hit_lines(row.hit, room_for(row, width), date.today(), new, self.row_height))

    def signs_of(self, row: ArticleRow) -> Sequence[str]:
        return article_signs(row.article, self.selected)

    def height_for(self, size: Size) -> int:
        return lines_of_row(size)

    def key_of(self, row: ArticleRow) -> str:
        return row.article.id

    @property
    def article(self) -> Article | None:
        """Under the cursor."""
        return self.row.article if self.row is not None else None

    def stands_on(self, article: ArticleId) -> bool:
        """Whether the cursor does."""
        return self.article is not None and self.article.id == article

    def in_view(self) -> list[Article]:
        """The articles of the rows that can be seen, the cursor's first."""
        shown = range(self.first_visible, min(self.total, self.first_visible + self.rows_in_view + 1))
        order = sorted(shown, key=lambda index: index != self.cursor)
        return [self._rows[index].article for index in order if index in self._rows]

    def put_new(self, article: ArticleId, share: float) -> None:
        """How much of an article is new has been found out."""
        if self._new.get(article) != share:
            self._new[article] = share
            self.redraw()

    def render_lines(self, crop: Any) -> list[Strip]:
        seen = (self.version, self.first_visible, len(self._rows))
        if seen != self._seen:
            self._seen = seen
            self.call_next(self.post_message, self.InView())
        return super().render_lines(crop)

    def toggle_selection(self) -> None:
        """Select the cursor's article, or no longer, and go on to the next."""
        if self.row is not None:
            self.select(self.selected ^ {self.row.article.id})
            self.move(1)

    def select(self, ids: Collection[ArticleId]) -> None:
        self.selected = set(ids)
        self.redraw()
        self.post_message(self.Selected())
