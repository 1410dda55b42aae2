"""Pieces keep all items in their order."""

from __future__ import annotations

import pytest

from newsreader.terms.batches import batched


@pytest.mark.parametrize("size", range(1, 9))
def test_pieces_hold_everything_in_order(size: int) -> None:
    pieces = list(batched(iter(range(7)), size))
    assert [item for piece in pieces for item in piece] == list(range(7))
    assert all(len(piece) == size for piece in pieces[:-1])


def test_nothing_gives_no_piece() -> None:
    assert list(batched([], 3)) == []


def test_a_stream_is_read_no_further_than_asked() -> None:
    stream = iter(range(10))
    assert next(batched(stream, 3)) == (0, 1, 2)
    assert next(stream) == 3
