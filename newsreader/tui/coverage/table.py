"""Stories by outlets: who carried each, who was first and by how long, and who did not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.style import Style

from newsreader.stories.chronology import duration
from newsreader.stories.coverage import Carried, Coverage, StoryCoverage
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.widgets.row_list import GUTTER, RowList

CELL = 11
"""Cells for an outlet: "+12d23h" and room between."""
LEAST_TITLE, MOST_TITLE = 24, 60
"""Cells for a headline."""
TITLE_SHARE = 0.4
"""Of the width."""
HERE = "$text-accent on $accent-muted"


class CoverageTable(RowList[StoryCoverage]):
    """A line per story, a column per outlet; the cursor is on one cell."""

    ROW_HEIGHT: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__(id="coverage-table")
        self.outlets: tuple[str, ...] = ()
        self.column = 0
        self._first_column = 0

    def show_coverage(self, found: Coverage, row: int, column: int, top: int | None = None) -> None:
        """The cursor goes to this row and column."""
        self.outlets = found.outlets
        self.column = max(0, min(column, len(found.outlets) - 1))
        self._reveal_column()
        self.show_all(found.stories, row, top)

    @property
    def outlet(self) -> str | None:
        """Of the cursor's column."""
        return self.outlets[self.column] if self.outlets else None

    # columns

    def _title_width(self, width: int) -> int:
        return max(LEAST_TITLE, min(MOST_TITLE, int(width * TITLE_SHARE)))

    @property
    def _columns_in_view(self) -> int:
        width = self.size.width - GUTTER - 1
        return max(1, (width - self._title_width(width)) // CELL)

    def _shown_columns(self) -> range:
        return range(self._first_column, min(self._first_column + self._columns_in_view, len(self.outlets)))

    def _reveal_column(self) -> None:
        room = self._columns_in_view
        first = max(self.column - room + 1, min(self._first_column, self.column))
        self._first_column = max(0, min(first, len(self.outlets) - room))

    def move_column(self, by: int) -> None:
        """To another outlet."""
        column = max(0, min(self.column + by, len(self.outlets) - 1))
        if column != self.column:
            self.column = column
            self._reveal_column()
            self.redraw()
            self.post_message(self.Moved(self))

    def on_resize(self) -> None:
        self._reveal_column()
        self.post_message(self.Moved(self))  # the heads are drawn by whoever shows them

    # drawing

    def heads(self) -> Content:
        """The outlets' names above their columns, on two lines, for the whole width of the table."""
        width = self.size.width - GUTTER - 1
        shown = self._shown_columns()
        more = f"outlets {shown.start + 1}–{shown.stop} of {len(self.outlets)}" if self.outlets else "no outlets"
        left, right = ("‹ " if shown.start else "  "), (" ›" if shown.stop < len(self.outlets) else "")
        label = f"{left}{more}{right}" if left.strip() or right else ""
        title = self._title_width(width)
        lines = [plain(" " * (GUTTER + title)), plain((" " * GUTTER + label).ljust(GUTTER + title), FAINT)]
        for column in shown:
            style = f"bold {ACCENT}" if column == self.column else MUTED
            for number, part in enumerate(_on_two_lines(self.outlets[column])):
                text = plain(part, style).truncate(CELL - 1, ellipsis=True)
                lines[number] += plain(" " * (CELL - text.cell_length)) + text
        return plain("\n").join(lines)

    def lines_of(self, row: StoryCoverage, width: int) -> Sequence[Content]:
        title_width = self._title_width(width)
        count = plain(f"{len(row.carried)}", FAINT)
        line = edges(plain(row.story.title), count, title_width)
        here = self.row is row
        for column in self._shown_columns():
            text = cell_text(row.of(self.outlets[column]))
            style = ACCENT if text == FIRST else FAINT if text == NOT else MUTED
            if here and column == self.column:
                style = HERE if self.has_focus else style
            cell = plain(text.rjust(CELL - 1), style)
            line += plain(" ") + cell.stylize(Style.from_meta({"column": column}))
        return [line]

    def key_of(self, row: StoryCoverage) -> str:
        return row.story.id

    def on_click(self, event: events.Click) -> None:
        """A click on a cell goes to its outlet too; the base class goes to the row."""
        column = event.style.meta.get("column")
        if column is not None:
            self.move_column(column - self.column)


FIRST, LATER, NOT, UNDATED = "first", "later", "–", "undated"


def cell_text(carried: Carried | None) -> str:
    """When an outlet carried a story, in a word."""
    if carried is None:
        return NOT
    if carried.behind is None:
        return UNDATED
    if carried.is_first:
        return FIRST
    return f"+{duration(carried.behind)}" if carried.behind.time else LATER


def _on_two_lines(name: str) -> tuple[str, str]:
    """A name broken at a hyphen or blank where it is too long for one."""
    room = CELL - 1
    if len(name) <= room:
        return "", name
    at = max(name.rfind(mark, 1, room) for mark in "-– ") + 1 or room
    return name[:at].rstrip(), name[at:]
