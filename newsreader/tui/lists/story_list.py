"""The list of stories: headline, size and dates, outlets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size

from newsreader.article import Article, ArticleId
from newsreader.stories.story import Story
from newsreader.tui import signs
from newsreader.tui.content import story_lines, unread_in
from newsreader.tui.lists.room import lines_of_row
from newsreader.tui.widgets.key_line import Foot
from newsreader.tui.widgets.row_list import RowList


class StoryList(RowList[Story]):
    """Stories, newest first."""

    FOOT: ClassVar[Foot] = ("open", "search", "coverage", "matrix", "compare", "dossier", "next_unread")

    def __init__(self) -> None:
        super().__init__(id="stories")

    def lines_of(self, row: Story, width: int) -> Sequence[Content]:
        return story_lines(row, width, date.today(), self.row_height)

    def height_for(self, size: Size) -> int:
        return lines_of_row(size)

    def signs_of(self, row: Story) -> Sequence[str]:
        return (signs.UNREAD if unread_in(row) else "", "", "")

    def key_of(self, row: Story) -> str:
        return row.id

    @property
    def article(self) -> Article | None:
        """The one that stands for the story under the cursor: its first unread one."""
        articles = [member.article for member in self.row.members] if self.row is not None else []
        return next((article for article in articles if not article.read), articles[0] if articles else None)

    def stands_on(self, article: ArticleId) -> bool:
        """Whether it is of the story under the cursor."""
        return self.row is not None and any(member.article.id == article for member in self.row.members)
