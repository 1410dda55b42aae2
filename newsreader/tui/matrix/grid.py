"""The table of a matrix: a row for each statement or fact, and for each outlet a column with a mark.

It shares the width between the texts and as many columns as fit, and moves a cursor over both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.widget import Widget

from newsreader.tui import signs
from newsreader.tui.content import ACCENT, EMPTY, FAINT, MUTED, plain
from newsreader.tui.widgets.row_list import GUTTER, RowList

NAMED = 7
"""Cells of a column from which its head has a name, and not a letter."""
WIDEST_CELL = 13
WIDEST_TEXT = 110
"""Cells: the eye has to find its way from the text to the marks."""
NARROWEST_TEXT = 24
MARKS_SHARE = 0.5
"""Of the width, for the marks at most."""
CURRENT = "reverse"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PARTS = re.compile(r"[-\s./_]+")


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line of the grid."""

    text: Content
    sign: str
    """For the gutter; empty if there is nothing to say."""
    cells: tuple[str, ...]
    """A mark of one cell for each column; `SILENT` where there is none."""
    style: str = ""
    """Of the marks."""


@dataclass(frozen=True, slots=True)
class GridPlan:
    """How a grid shares its width."""

    text: int
    """Cells of the text."""
    cell: int
    """Cells of a column, with the blank after it."""
    first: int
    """The first column in view."""
    count: int
    """Columns in view."""

    @classmethod
    def fit(cls, width: int, names: Sequence[str], column: int) -> GridPlan:
        """For this many cells; `column` has to be in view."""
        total = max(1, len(names))
        room = max(2, min(int(width * MARKS_SHARE), width - NARROWEST_TEXT))
        longest = max((len(name) for name in names), default=1) + 2
        cell = min(longest, WIDEST_CELL, room // total)
        if cell < NAMED:
            cell = max(2, min(3, room // total))
        count = min(total, max(1, room // cell))
        first = max(0, min(column - count // 2, total - count))
        return cls(max(4, min(WIDEST_TEXT, width - cell * count - 1)), cell, first, count)

    @property
    def named(self) -> bool:
        return self.cell >= NAMED

    @property
    def shown(self) -> range:
        return range(self.first, self.first + self.count)


def letter(column: int) -> str:
    """What a column is called where there is no room for its name."""
    return _LETTERS[column] if column < len(_LETTERS) else "*"


def head_names(name: str, width: int) -> tuple[str, str]:
    """A column's name on two lines, broken where it has parts."""
    if len(name) <= width:
        return "", name
    parts = _PARTS.split(name, maxsplit=1)
    if len(parts) == 1:
        parts = [name[:width], name[width:]]
    return _cut(parts[0], width), _cut(parts[1], width)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


class MatrixGrid(RowList[GridRow]):
    """One line for each row; the columns' heads are a widget of their own, above it."""

    ROW_HEIGHT: ClassVar[int] = 1

    column: var[int] = var(0)
    """The column under the cursor."""

    @dataclass
    class ColumnMoved(Message):
        """Another column is current, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = ()

    def show_rows(self, rows: Sequence[GridRow], names: Sequence[str], cursor: int = 0) -> None:
        self.names = tuple(names)
        self.column = max(0, min(self.column, len(names) - 1))
        self.show_all(rows, cursor)

    @property
    def plan(self) -> GridPlan:
        return GridPlan.fit(self.size.width - GUTTER - 1, self.names, self.column)

    def move_column(self, by: int) -> None:
        column = max(0, min(self.column + by, len(self.names) - 1))
        if column != self.column:
            self.column = column
            self.redraw()
            self.post_message(self.ColumnMoved())

    def lines_of(self, row: GridRow, width: int) -> Sequence[Content]:
        plan = GridPlan.fit(width, self.names, self.column)
        here = self.row is row
        line = row.text.truncate(plan.text, ellipsis=True, pad=True) + " "
        for column in plan.shown:
            mark = row.cells[column]
            style = FAINT if mark == signs.SILENT else row.style
            if column == self.column:
                style = f"{style} {CURRENT}" if here else f"{style} bold"
            line += plain(mark, style.strip()) + plain(" " * (plan.cell - 1))
        return [line.truncate(width)]

    def signs_of(self, row: GridRow) -> Sequence[str]:
        return [row.sign]

    def on_click(self, event: events.Click) -> None:
        plan = self.plan
        at = event.x - GUTTER - plan.text - 1
        if at >= 0 and at // plan.cell < plan.count:
            self.move_column(plan.first + at // plan.cell - self.column)
        super().on_click(event)


class MatrixHead(Widget):
    """What the columns of a grid are, in two lines and a rule; stays where it is when the grid scrolls."""

    ALLOW_SELECT = False

    def __init__(self, grid: MatrixGrid) -> None:
        super().__init__()
        self._grid = grid
        self._label = EMPTY

    def show(self, label: Content) -> None:
        """`label`: what the rows are."""
        self._label = label
        self.refresh()

    def render(self) -> Content:
        grid, plan = self._grid, self._grid.plan
        lines = [EMPTY, EMPTY]
        for column in plan.shown:
            names = head_names(grid.names[column], plan.cell - 1) if plan.named else ("", letter(column))
            style = f"bold {ACCENT}" if column == grid.column else MUTED
            for at, name in enumerate(names):
                lines[at] += plain(name, style) + plain(" " * (plan.cell - len(name)))
        before = f"‹{plan.first} " if plan.first else ""
        after = f"{len(grid.names) - plan.first - plan.count}›"
        hidden = plain(before + (after if plan.first + plan.count < len(grid.names) else ""), FAINT)
        start = plain(" " * GUTTER)
        top = hidden.truncate(plan.text, pad=True) if len(hidden) else plain(" " * plan.text)
        bottom = self._label.truncate(plan.text, ellipsis=True, pad=True)
        rule = plain("─" * self.size.width, "$foreground 25%")
        width = self.size.width
        return plain("\n").join(
            [(start + top + " " + lines[0]).truncate(width), (start + bottom + " " + lines[1]).truncate(width), rule]
        )
