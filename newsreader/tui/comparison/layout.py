"""Cells of a comparison in place: which line of which cell stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsreader.text.wrap import Line, wrap
from newsreader.tui.comparison.plan import BAND, STUB, Cell, Step


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with its place."""

    cell: Cell
    top: int
    """Line of the sheet."""
    lines: tuple[Line, ...]

    @property
    def bottom(self) -> int:
        """The line below it."""
        return self.top + len(self.lines)


class Layout:
    """Lays a plan out bit by bit: what is above `height` is settled and never moves."""

    def __init__(self, steps: Iterator[Step], columns: int, width: int, *, level: bool) -> None:
        """`width` is of the text, in cells; with `level`, the cells of a step begin on the same line."""
        self._steps = steps
        self._width = width
        self._level = level
        self._bottoms = [0] * columns
        self.columns: list[list[Placed]] = [[] for _ in range(columns)]
        self._tops: list[list[int]] = [[] for _ in range(columns)]
        self.bands: dict[int, Cell] = {}
        """Line → the cell that stands across it."""
        self._band_tops: list[int] = []
        self._extents: dict[tuple[int, int], tuple[int, int]] = {}
        self.complete = False

    @property
    def height(self) -> int:
        """Lines so far."""
        return max(self._bottoms)

    def grow(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Lay out more, until there is `enough` or nothing is left."""
        while not self.complete and not enough():
            step = next(self._steps, None)
            if step is None:
                self.complete = True
            else:
                self._place(step)

    def _place(self, step: Step) -> None:
        for cell in step:
            above = self._bottoms[cell.column] if cell.column != BAND else self.height
            top = above + cell.gap if above else 0
            if cell.column == BAND:
                bottom = top + 1
                self.bands[top] = cell
                self._band_tops.append(top)
                self._bottoms = [bottom] * len(self._bottoms)
            else:
                placed = Placed(cell, top, wrap(cell.text.text, self._width))
                bottom = placed.bottom
                self.columns[cell.column].append(placed)
                self._tops[cell.column].append(top)
                self._bottoms[cell.column] = bottom
            for row in cell.rows:
                self._extents.setdefault((row, cell.side), (top, bottom))
        if self._level:
            self._bottoms = [self.height] * len(self._bottoms)

    def extent(self, row: int) -> tuple[int, int] | None:
        """(first line, line below the last) of a row as far as it is laid out; of its left side where sides differ."""
        found = [self._extents[row, side] for side in (0, 1) if (row, side) in self._extents]
        if not found:
            return None
        return (found[0][0], max(bottom for _, bottom in found)) if self._level else found[0]

    def places(self, row: int) -> list[tuple[int, int]]:
        """(first line, line below the last) wherever a row stands or is stood for, as far as it is laid out."""
        if not self._level:
            return [self._extents[row, side] for side in (0, 1) if (row, side) in self._extents]
        return [place for place in (self.extent(row), self._extents.get((row, STUB))) if place is not None]

    def find(self, column: int, y: int) -> Placed | None:
        """What stands at a line of a column."""
        index = bisect_right(self._tops[column], y) - 1
        if index < 0:
            return None
        placed = self.columns[column][index]
        return placed if y < placed.bottom else None

    def between(self, column: int, first: int, last: int) -> list[Placed]:
        """What stands in a column from line `first` to line `last`."""
        start = max(bisect_right(self._tops[column], first) - 1, 0)
        stop = bisect_right(self._tops[column], last)
        return [placed for placed in self.columns[column][start:stop] if placed.bottom > first]

    def row_near(self, y: int) -> int | None:
        """The row at a line, or the nearest one above it; the first of those on one line."""
        above: list[tuple[int, int]] = []
        for tops, placed in zip(self._tops, self.columns, strict=True):
            index = bisect_right(tops, y) - 1
            while index >= 0 and placed[index].cell.side == STUB:
                index -= 1
            if index >= 0:
                above.append((tops[index], placed[index].cell.rows[0]))
        if (index := bisect_right(self._band_tops, y) - 1) >= 0:
            top = self._band_tops[index]
            above.extend((top, row) for row in self.bands[top].rows[:1])
        if not above:  # nothing but stubs: the first row is the nearest
            return 0 if self.height else None
        return max(above, key=lambda found: (found[0], -found[1]))[1]
