"""Which earlier texts of a long story each one may be nearest to: those that share most of what their signatures hold.

In a story of thousands, comparing each text with all before it takes minutes, and again for every article that comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled
from newsreader.terms.arrays import Ints, ordered, ranges, run_lengths, run_starts, stretches, within
from newsreader.terms.signature import Signature

ALL_COMPARED = 200
"""Texts of a story up to which each is compared with all before it, which takes a tenth of a second."""
NEIGHBOURS = 32
"""Earlier texts that a text of a longer story is compared with."""
HOLDERS = 8
"""Of the earlier texts that hold a term or shingle so many of the first and of the last are asked."""

_TEXTS_AT_ONCE = 256
_OF_TERMS = 1 << 32
"""Beside the hashes of shingles, which have 32 bits."""


def neighbours(texts: Sequence[Signature], cancelled: CancelCheck) -> Iterator[Sequence[int]]:
    """For each text, in order, the earlier ones (indices, ascending) that it is to be compared with. Raises
    `Cancelled`."""
    if len(texts) <= ALL_COMPARED:
        yield from map(range, range(len(texts)))
        return
    sizes = np.array([len(text.shingles) + len(text.terms) for text in texts])
    marks = np.concatenate([part for text in texts for part in (text.shingles, text.terms + np.int64(_OF_TERMS))])
    owner = np.repeat(np.arange(len(texts)), sizes)
    order = np.argsort(marks, kind="stable")
    holders = owner[order]
    starts = run_starts(marks[order])
    lengths = run_lengths(starts, len(marks))
    first, earlier = np.empty(len(marks), np.int64), np.empty(len(marks), np.int64)
    first[order], earlier[order] = np.repeat(starts, lengths), within(lengths)
    ends = np.append(0, np.cumsum(sizes))
    for some in stretches(len(texts), _TEXTS_AT_ONCE):
        if cancelled():
            raise Cancelled("stories: cancelled")
        chosen = slice(int(ends[some.start]), int(ends[some.stop]))
        yield from _most_shared(owner[chosen], first[chosen], earlier[chosen], holders, some)


def _most_shared(owner: Ints, first: Ints, earlier: Ints, holders: Ints, some: slice) -> Iterator[Sequence[int]]:
    """Of some texts, from what they are marked by: where the holders of each mark begin, and how many are earlier."""
    oldest = np.minimum(earlier, HOLDERS)
    latest = np.minimum(earlier - oldest, HOLDERS)
    at = np.concatenate([ranges(first, oldest), ranges(first + earlier - latest, latest)])
    one, other = np.concatenate([np.repeat(owner, oldest), np.repeat(owner, latest)]), holders[at]
    order = ordered(one, other)
    one, other = one[order], other[order]
    starts = run_starts(one, other)
    shared = run_lengths(starts, len(one))
    one, other = one[starts], other[starts]
    best = ordered(one, shared.max(initial=0) - shared, other)
    one, other = one[best], other[best]
    counts = np.bincount(one - some.start, minlength=some.stop - some.start)
    other, counts = other[within(counts) < NEIGHBOURS], np.minimum(counts, NEIGHBOURS)
    for start, count in zip((np.cumsum(counts) - counts).tolist(), counts.tolist(), strict=True):
        yield sorted(other[start : start + count].tolist())
