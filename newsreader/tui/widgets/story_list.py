"""The list of stories: headline, size and dates, outlets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from newsreader.engine import Story
from newsreader.tui.content import UNREAD_SIGN, story_lines, unread_in
from newsreader.tui.widgets.row_list import RowList


class StoryList(RowList[Story]):
    """Stories, newest first."""

    def __init__(self) -> None:
        super().__init__(id="stories")

    def lines_of(self, row: Story, width: int) -> Sequence[Content]:
        return story_lines(row, width, date.today())

    def signs_of(self, row: Story) -> Sequence[str]:
        return (UNREAD_SIGN if unread_in(row) else "", "", "")
