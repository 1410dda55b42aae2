"""On which lines the rows of a list are, where some rows have a line of heading above them.

All who count lines (scrolling, drawing, clicking) ask here: each with an arithmetic of its own would be off by the
headings above.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

HEADING = -1
"""The part of a row that its heading is."""


class RowLines:
    """Immutable."""

    def __init__(self, total: int, height: int, headed: Sequence[int] = ()) -> None:
        """So many rows of a height; `headed` are those with a heading, ascending."""
        self.height = height
        self._headed = [row for row in headed if row < total]
        self._headings = [row * height + above for above, row in enumerate(self._headed)]
        self.count = total * height + len(self._headed)

    def first(self, row: int) -> int:
        """The row's first line, below its heading."""
        return row * self.height + bisect_right(self._headed, row)

    def with_heading(self, row: int) -> int:
        """The row's first line, or its heading's."""
        place = bisect_right(self._headed, row)
        return self.first(row) - (place > 0 and self._headed[place - 1] == row)

    def at(self, line: int) -> tuple[int, int]:
        """The row that a line belongs to, and which of its lines it is; `HEADING` for the one above it."""
        above = bisect_right(self._headings, line)
        if above and self._headings[above - 1] == line:
            return self._headed[above - 1], HEADING
        return divmod(line - above, self.height)
