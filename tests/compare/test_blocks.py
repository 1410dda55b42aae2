"""Passages that stand elsewhere in the other text."""

from __future__ import annotations

from newsreader.compare.blocks import find_blocks
from newsreader.compare.model import Block, Row


def test_what_is_only_related_has_not_moved_with_what_both_say() -> None:
    rows = (
        Row("same", (0,), (0,), 1.0, False),
        Row("related", (1,), (3,), 0.3, False),
        Row("same", (2,), (4,), 1.0, True),
        Row("reworded", (3,), (5,), 0.8, True),
        Row("same", (4,), (1,), 1.0, False),
        Row("same", (5,), (2,), 1.0, False),
    )
    assert find_blocks(rows, {1, 2, 3}) == (Block((1,), 5), Block((2, 3), 5))
