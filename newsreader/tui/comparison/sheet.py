"""Where the columns of two texts stand on a line of cells, in two columns or in one.

View, heads and layout must agree on it to the cell.
"""

from __future__ import annotations

from dataclasses import dataclass

TWO_COLUMNS_FROM = 99
"""Cells, a terminal of 100 without the scrollbar; below, both texts share one column."""
SPINE = " │"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One or two columns, each a gutter and the text, centred."""

    columns: int
    margin: int
    """Cells left of the first column."""
    gutter: int
    """A bar for the current row, a sign, in one column the side, a blank."""
    text: int
    """Cells of text in a column."""

    @classmethod
    def fit(cls, width: int, measure: int) -> Sheet:
        """The sheet for a line of `width` cells, no column of text wider than `measure`."""
        if width < TWO_COLUMNS_FROM:
            text = max(min(measure, width - 5), 2)
            return cls(1, max(width - 5 - text, 0) // 2, 4, text)
        text = min(measure, (width - len(SPINE) - 7) // 2)
        return cls(2, (width - len(SPINE) - 2 * (3 + text)) // 2, 3, text)

    @property
    def column(self) -> int:
        """Cells of a column."""
        return self.gutter + self.text

    @property
    def width(self) -> int:
        """Cells from the start of the first column to the end of the last."""
        return self.column * self.columns + len(SPINE) * (self.columns - 1)

    def column_at(self, x: int) -> int:
        """Which column a cell belongs to."""
        return int(self.columns == 2 and x >= self.margin + self.column + 1)
