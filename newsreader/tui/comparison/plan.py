"""In which order and place the cells of a comparison are shown. Pure: no sizes, no styles resolved.

A plan is a sequence of steps; the cells of a step are placed together, so that a plan may be laid out bit by bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, zip_longest

from newsreader.compare.model import Block
from newsreader.tui import signs
from newsreader.tui.comparison.content import CellText, ComparisonText, fold_text, heading_text

STUB = 2
"""The side of cells that stand for a passage at its other place."""
BAND = -1
"""The column of cells that stand across all columns."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row, or what stands for several rows.

    `side` is `STUB` for what stands where the right text has a passage that is shown elsewhere.
    """

    column: int
    rows: tuple[int, ...]
    side: int
    text: CellText
    marks: str = ""
    """For the gutter."""
    rail: str = ""
    """For the gutter of the lines below the first."""
    quiet: bool = False
    """Whether what stands in the gutter is muted."""
    gap: int = 0
    """Blank lines above."""
    paragraph: int = 0
    """-1: the title."""


Step = tuple[Cell, ...]


def aligned(text: ComparisonText, columns: int, only_differences: bool) -> Iterator[Step]:
    """Row by row, in the order of the comparison."""
    before: list[int | None] = [None, None]
    stubs: dict[int, list[Block]] = {}
    for block in sorted(text.comparison.blocks, key=lambda block: text.comparison.rows[block.rows[0]].right):
        stubs.setdefault(block.after, []).append(block)
    yield from _stubs(text, stubs.get(-1, ()), columns)
    for shown, rows in _runs(text, only_differences):
        if not shown:
            yield (_fold(tuple(rows), BAND, 0, _sentences(text, rows)),)
            for row in rows:
                yield from _stubs(text, stubs.get(row, ()), columns)
            before = [None, None]
            continue
        titles = _lone_titles(text) if rows[0] == 0 else []
        if titles:
            yield tuple(_cell(text, row, side, columns, 0) for side, row in titles)
            before = [-1, -1]
        for row in rows:
            if not any(row == title for _, title in titles):
                yield tuple(_level(text, row, columns, before))
            yield from _stubs(text, stubs.get(row, ()), columns)


def _level(text: ComparisonText, row: int, columns: int, before: list[int | None]) -> Iterator[Cell]:
    """The cells of a row; `before` is the paragraph of each side above it, and kept up to date."""
    found = text.comparison.rows[row]
    sides = [side for side, sentences in enumerate((found.left, found.right)) if sentences]
    shown = sides
    if columns == 1 and found.kind == "same":
        shown = [1] if found.moved else [0]
    paragraphs = {side: text.paragraph((found.left, found.right)[side][0], side) for side in sides}
    gap = int(before[sides[0]] != paragraphs[sides[0]])
    for side in shown:
        yield _cell(text, row, side, columns, gap if columns == 2 or side == shown[0] else 0)
    for side in sides:
        if not (side and text.block(row) is not None):
            before[side] = paragraphs[side]


def _stubs(text: ComparisonText, blocks: Iterable[Block], columns: int) -> Iterator[Step]:
    marks = signs.STANDS_THERE + (signs.SIDES[1] if columns == 1 else "")
    for number, block in enumerate(blocks):
        yield (
            Cell(
                columns - 1,
                block.rows[:1],
                STUB,
                text.stub(block),
                marks,
                quiet=not text.has_moved(block),
                gap=int(not number),
            ),
        )


def _lone_titles(text: ComparisonText) -> list[tuple[int, int]]:
    """(side, row) of the two titles, where they are no pair: they head their columns on one level."""
    titles: list[tuple[int, int]] = []
    for row, found in enumerate(text.comparison.rows):
        if found.left and found.right:
            break
        side = 0 if found.left else 1
        if text.paragraph((found.left or found.right)[0], side) < 0:
            titles.append((side, row))
    return sorted(titles) if len(titles) == 2 else []


def _cell(
    text: ComparisonText, row: int, side: int, columns: int, gap: int, sentences: tuple[int, ...] | None = None
) -> Cell:
    found = text.comparison.rows[row]
    first = (sentences or (found.left, found.right)[side])[0]
    return Cell(
        side if columns == 2 else 0,
        (row,),
        side,
        text.cell(row, side, sentences),
        _marks(text, row, side, columns),
        signs.RAIL if text.block(row) is not None else "",
        text.is_related(row),
        gap,
        text.paragraph(first, side),
    )


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
            yield _fold(tuple(dict.fromkeys(row for _, row in members)), column, side, len(members))
            before = None
            continue
        for sentence, row in members:
            paragraph = text.paragraph(sentence, side)
            yield _cell(text, row, side, columns, int(before != paragraph), (sentence,))
            before = paragraph


def _fold(rows: tuple[int, ...], column: int, side: int, sentences: int) -> Cell:
    return Cell(column, rows, side, fold_text(sentences), gap=1)


def _marks(text: ComparisonText, row: int, side: int, columns: int) -> str:
    sign = text.sign(row, side)
    if columns == 2 or not text.is_difference(row):
        return sign
    return sign + signs.SIDES[side]


def _runs(text: ComparisonText, only_differences: bool) -> Iterator[tuple[bool, list[int]]]:
    """Rows in runs of those that are shown and those that are folded."""
    numbers = range(len(text.comparison.rows))
    for shown, group in groupby(numbers, lambda row: not only_differences or text.is_difference(row)):
        yield shown, list(group)


def _sentences(text: ComparisonText, rows: list[int]) -> int:
    found = [text.comparison.rows[row] for row in rows]
    return sum(max(len(row.left), len(row.right)) for row in found)
