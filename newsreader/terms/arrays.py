"""The kinds of arrays that the packages share, and what is done with sorted numbers in more than one of them.

NumPy has these operations not at all, or many times slower. Written out wherever they are needed, each would be a
place of its own to get an index wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

ROWS_AT_ONCE = 1 << 15
"""Rows that are looked at together where nothing else is said: 8 MB of the terms of articles."""

_MAPPED_AT_ONCE = 1 << 22
"""Bytes."""

_Array = TypeVar("_Array", bound=npt.NDArray[Any])


def distinct(numbers: _Array) -> _Array:
    """The different numbers, ascending. `np.unique` of NumPy 2.4 hashes them first, in 7 times the time of sorting 400
    and 100 times that of sorting a million."""
    found = np.sort(numbers, axis=None)
    return found[run_starts(found)]  # type: ignore[return-value]


def ordered(*columns: Ints) -> Ints:
    """The indices that sort rows of whole numbers (not negative) by their columns, the first one first, and equal rows
    as they come. Packed into single numbers if they fit: sorting those takes a tenth of the time of `np.lexsort`."""
    rows = len(columns[0])
    key, bits = np.zeros(rows, np.int64), 0
    for column in (*columns, np.arange(rows)):
        width = int(column.max()).bit_length() if rows else 0
        key, bits = key << width | column, bits + width
    if bits >= 64:
        return np.lexsort(columns[::-1])
    return np.sort(key) & (1 << max(0, rows - 1).bit_length()) - 1


def run_starts(*columns: Array) -> Ints:
    """Where the runs of equal rows begin."""
    new = np.zeros(len(columns[0]), np.bool_)
    new[:1] = True
    for column in columns:
        new[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(new)


def run_lengths(starts: Ints, rows: int) -> Ints:
    """How long the runs are that begin at `starts`, the last one up to the end of the rows."""
    return np.diff(starts, append=rows)


def ranges(starts: Ints, counts: Ints) -> Ints:
    """start, start + 1, … for each start, as many as its count: [5, 2], [3, 2] gives 5 6 7 2 3."""
    ends = np.cumsum(counts, dtype=np.int64)
    found: Ints = np.repeat(starts - (ends - counts), counts)
    found += np.arange(len(found))
    return found


def within(counts: Ints) -> Ints:
    """0, 1, … for each count in turn: [2, 3] gives 0 1 0 1 2."""
    return ranges(np.zeros(len(counts), np.int64), counts)


def search_within(values: Array, low: Ints, high: Ints, wanted: Array) -> Ints:
    """For each of some wanted values the first index from `low` on and before `high` whose value is not below it, else
    `high`. The values ascend within each of the stretches."""
    low, high = low.copy(), high.copy()
    while (open_ := low < high).any():
        middle = (low + high) >> 1
        below = open_ & (values[np.where(open_, middle, 0)] < wanted)
        low = np.where(below, middle + 1, low)
        high = np.where(open_ & ~below, middle, high)
    return low


def bytes_of(array: Array) -> memoryview:
    """The array's bytes in their order; not copied if it is contiguous."""
    return memoryview(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)


def checksum(array: Array, before: int = 0) -> int:
    """CRC-32 of the array's bytes, behind those that gave `before`: a gigabyte or more per second. Taken in pieces, as
    the array may be a mapped file larger than the memory."""
    data = bytes_of(array)
    for some in stretches(len(data), _MAPPED_AT_ONCE):
        before = crc32(data[some], before)
    return before


def stretches(rows: int, at_once: int = ROWS_AT_ONCE) -> Iterator[slice]:
    """All rows of an array, so many at a time that what is worked out of them stays small."""
    return (slice(start, min(start + at_once, rows)) for start in range(0, rows, at_once))
