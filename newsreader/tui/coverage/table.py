"""Stories by outlets: who carried each, who was first and by how long, and who did not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.style import Style

from newsreader.stories.chronology import duration
from newsreader.stories.coverage import Carried, Coverage, StoryCoverage
from newsreader.text.cells import cells
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.widgets.row_list import GUTTER, RowList

LEAST_CELL, MOST_CELL = 11, 17
"""Cells for an outlet: at least "+12d23h" and room between, at most what few names need more of."""
HEAD_LINES = 3
"""For an outlet's name above its column."""
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
        return max(1, (width - self._title_width(width)) // LEAST_CELL)

    @property
    def _cell(self) -> int:
        """Cells of a column: more than the least where all outlets are in view."""
        width = self.size.width - GUTTER - 1
        room = (width - self._title_width(width)) // max(1, len(self.outlets))
        return max(LEAST_CELL, min(MOST_CELL, room))

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
        """The outlets' names above their columns, on as many lines as they need, for the whole width of the table."""
        width = self.size.width - GUTTER - 1
        shown = self._shown_columns()
        more = f"outlets {shown.start + 1}–{shown.stop} of {len(self.outlets)}" if self.outlets else "no outlets"
        left, right = ("‹ " if shown.start else "  "), (" ›" if shown.stop < len(self.outlets) else "")
        label = f"{left}{more}{right}" if left.strip() or right else ""
        title, cell = self._title_width(width), self._cell
        heads = [head_lines(outlet, cell - 1) for outlet in self.outlets]
        height = max(map(len, heads), default=1)
        lines = [plain(" " * (GUTTER + title)) for _ in range(height)]
        lines[-1] = plain((" " * GUTTER + label).ljust(GUTTER + title), FAINT)
        for column in shown:
            style = f"bold {ACCENT}" if column == self.column else MUTED
            for number, part in enumerate(heads[column], height - len(heads[column])):
                text = plain(part, style)
                lines[number] += plain(" " * (cell - text.cell_length)) + text
            for number in range(height - len(heads[column])):
                lines[number] += plain(" " * cell)
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
            cell = plain(text.rjust(self._cell - 1), style)
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


def head_lines(name: str, room: int) -> list[str]:
    """A name broken between its words, at blanks and behind hyphens; what is left out is whole words, and of a word
    that is longer than a line its end."""
    lines = [""]
    for word in re.findall(r"[^\s–-]+[\s–-]*", name) or [name]:
        if lines[-1] and cells((lines[-1] + word).rstrip()) > room:
            lines.append("")
        lines[-1] += word
    lines = [line.rstrip() for line in lines]
    if len(lines) > HEAD_LINES:
        lines = [*lines[: HEAD_LINES - 1], lines[HEAD_LINES - 1] + "…"]
    return [line if cells(line) <= room else plain(line).truncate(room, ellipsis=True).plain for line in lines]
