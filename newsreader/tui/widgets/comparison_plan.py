"""In which order and place the cells of a comparison are shown. Pure: no sizes, no styles resolved.

A plan is a sequence of steps; the cells of a step are placed together, so that a plan may be laid out bit by bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from newsreader.tui.comparison_content import SIDES, CellText, ComparisonText, fold_text, heading_text

BAND = -1
"""The column of cells that stand across all columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row, or what stands for several rows."""

    column: int
    rows: tuple[int, ...]
    side: int
    text: CellText
    marks: str = ""
    """For the gutter."""
    gap: int = 0
    """Blank lines above."""
    paragraph: int = -1


Step = tuple[Cell, ...]


def aligned(text: ComparisonText, columns: int, only_differences: bool) -> Iterator[Step]:
    """Row by row, in the order of the comparison."""
    paragraphs: list[int | None] = [None, None]
    for shown, rows in _runs(text, only_differences):
        if not shown:
            yield (_fold(text, tuple(rows), BAND, 0, _sentences(text, rows)),)
            paragraphs = [None, None]
            continue
        for row in rows:
            found = text.comparison.rows[row]
            first = [text.paragraph(side[0], n) if side else None for n, side in enumerate((found.left, found.right))]
            lead = 0 if found.left else 1
            gap = int(paragraphs[lead] != first[lead] or first[lead] == -1)
            sides = [0, 1] if found.left and found.right else [lead]
            if columns == 1 and found.kind == "same":
                sides = [1 if found.moved else 0]
            yield tuple(
                Cell(
                    side if columns == 2 else 0,
                    (row,),
                    side,
                    text.cell(row, side),
                    _marks(text, row, side, columns),
                    gap if columns == 2 or side == sides[0] else 0,
                    first[side] or 0,
                )
                for side in sides
            )
            paragraphs = [old if new is None or (found.moved and n) else new for n, (old, new) in
                          enumerate(zip(paragraphs, first, strict=True))]


def reading(text: ComparisonText, columns: int, only_differences: bool) -> Iterator[Step]:
    """Each text in its own order: side by side, or one after the other."""
    flows = [_flow(text, side, columns, only_differences) for side in (0, 1)]
    if columns == 2:
        for left, right in zip_longest(*flows):
            yield tuple(cell for cell in (left, right) if cell is not None)
        return
    for side, flow in enumerate(flows):
        yield (Cell(BAND, (), side, heading_text(text.names[side], side), gap=2 * side),)
        for cell in flow:
            yield (cell,)


def _flow(text: ComparisonText, side: int, columns: int, only_differences: bool) -> Iterator[Cell]:
    """One side's sentences in their order."""
    rows = sorted(
        (sentence, row)
        for row, found in enumerate(text.comparison.rows)
        for sentence in (found.left, found.right)[side]
    )
    column = side if columns == 2 else 0
    before: int | None = None
    for shown, group in groupby(rows, lambda item: not only_differences or text.is_difference(item[1])):
        members = list(group)
        if not shown:
            yield _fold(text, tuple(dict.fromkeys(row for _, row in members)), column, side, len(members))
            before = None
            continue
        for sentence, row in members:
            paragraph = text.paragraph(sentence, side)
            yield Cell(
                column,
                (row,),
                side,
                text.cell(row, side, (sentence,)),
                _marks(text, row, side, columns),
                int(before != paragraph),
                paragraph,
            )
            before = paragraph


def _fold(text: ComparisonText, rows: tuple[int, ...], column: int, side: int, sentences: int) -> Cell:
    return Cell(column, rows, side, fold_text(sentences), gap=1)


def _marks(text: ComparisonText, row: int, side: int, columns: int) -> str:
    sign = text.sign(row, side)
    if columns == 2 or not text.is_difference(row):
        return sign
    return sign + SIDES[side]


def _runs(text: ComparisonText, only_differences: bool) -> Iterator[tuple[bool, list[int]]]:
    """Rows in runs of those that are shown and those that are folded."""
    numbers = range(len(text.comparison.rows))
    for shown, group in groupby(numbers, lambda row: not only_differences or text.is_difference(row)):
        yield shown, list(group)


def _sentences(text: ComparisonText, rows: list[int]) -> int:
    found = [text.comparison.rows[row] for row in rows]
    return sum(max(len(row.left), len(row.right)) for row in found)
