"""Passages that stand elsewhere in the other text: rows that follow each other in both texts, at different places.

Shown one by one, the rows of a moved paragraph would look like as many changes.
"""

from __future__ import annotations

from collections.abc import Container, Sequence

from newsreader.compare.model import Block, Row

GAP = 2
"""Sentences of one side alone that a passage may have between two of its rows: a writer who moves a paragraph adds or
drops a sentence of it, and what stands further apart is read as two passages."""


def find_blocks(rows: Sequence[Row], away: Container[int]) -> tuple[Block, ...]:
    """The blocks that the rows (indices) out of order form, in order; each such row is in one. The same ones with the
    sides swapped."""
    right_order = sorted((row.right[0], index) for index, row in enumerate(rows) if row.left and row.right)
    rank = {index: place for place, (_, index) in enumerate(right_order)}
    runs: list[list[int]] = []
    before = -1
    for index, row in enumerate(rows):
        if index not in rank:
            continue
        if index in away:
            if before in away and rank[index] == rank[before] + 1 and _together(rows[before], row):
                runs[-1].append(index)
            else:
                runs.append([index])
        before = index
    after = _right_places(rows, away)
    return tuple(Block(tuple(run), after[run[0]]) for run in runs)


def _together(one: Row, two: Row) -> bool:
    """Whether two rows out of order that follow each other belong to one passage: what is only related has not moved
    with what both texts say."""
    alike = (one.kind == "related") == (two.kind == "related")
    return alike and two.left[0] - one.left[-1] <= GAP + 1 and two.right[0] - one.right[-1] <= GAP + 1


def _right_places(rows: Sequence[Row], away: Container[int]) -> dict[int, int]:
    """For each row out of order, the row in order that the right text has last before it."""
    places: dict[int, int] = {}
    anchor = -1
    for _, index in sorted((row.right[0], index) for index, row in enumerate(rows) if row.right):
        if index in away:
            places[index] = anchor
        else:
            anchor = index
    return places
