"""Rows are sorted as tuples would be, and runs begin where a row differs from the one before."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsreader.terms.arrays import distinct, ordered, ranges, run_lengths, run_starts, stretches, within

NUMBERS = st.integers(0, 2**20) | st.integers(0, 2**60)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=30))
def test_rows_are_sorted_and_equal_ones_stay(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 2).T
    expected = sorted(range(len(rows)), key=lambda at: (rows[at], at))
    assert ordered(columns[0], columns[1]).tolist() == expected


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), max_size=12))
def test_runs_begin_where_a_row_differs_from_the_one_before(rows: list[tuple[int, int]]) -> None:
    columns = np.array(rows, np.int64).reshape(-1, 2).T
    expected = [at for at, row in enumerate(rows) if not at or row != rows[at - 1]]
    assert run_starts(columns[0], columns[1]).tolist() == expected


@given(st.lists(st.integers(0, 50)))
def test_distinct_are_the_different_ones_in_order(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


def test_distinct_keeps_the_type_and_flattens() -> None:
    found = distinct(np.array([[3, 1], [1, 2]], np.uint32))
    assert (found.dtype, found.tolist()) == (np.uint32, [1, 2, 3])


@given(st.lists(st.integers(0, 2), max_size=12))
def test_runs_end_where_the_next_one_begins(numbers: list[int]) -> None:
    rows = np.array(numbers, np.int64)
    starts = run_starts(rows)
    assert np.repeat(rows[starts], run_lengths(starts, len(rows))).tolist() == numbers


@given(st.lists(st.tuples(st.integers(0, 2**40), st.integers(0, 5)), max_size=12))
def test_ranges_stand_one_behind_the_other(rows: list[tuple[int, int]]) -> None:
    starts, counts = np.array(rows, np.int64).reshape(-1, 2).T
    assert ranges(starts, counts).tolist() == [start + n for start, count in rows for n in range(count)]
    assert within(counts).tolist() == [n for _, count in rows for n in range(count)]


@given(st.integers(0, 30), st.integers(1, 8))
def test_stretches_take_every_row_once(rows: int, at_once: int) -> None:
    pieces = [list(range(rows))[some] for some in stretches(rows, at_once)]
    assert [row for piece in pieces for row in piece] == list(range(rows))
    assert all(len(piece) <= at_once for piece in pieces)
    assert all(some.stop <= rows for some in stretches(rows, at_once))
