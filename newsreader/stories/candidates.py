"""Which pairs of articles are worth comparing: those that share rare terms and lie near in time.

That is a property of the pair and of the terms' counts, not of the order in which articles came, and its cost
follows the lists of the rare terms, which are never longer than `KEY_COUNT`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled
from newsreader.stories.articles import TERM_BITS, Articles
from newsreader.stories.similarity import COPY_DAYS, DAY

KEY_COUNT = 256
"""Terms in more articles than this lead to no candidates: others of the article's terms will."""
KEYS_SHARED = 2
"""Key terms that a pair shares at least."""

_CHUNK = 2_000_000
"""List places looked at in one go: bounds the memory, about 50 bytes each."""


def key_terms(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which terms lead to candidates, from `similarity.term_counts`."""
    return counts <= KEY_COUNT


def candidate_pairs(
    articles: Articles, rows: npt.NDArray[np.int64], keys: npt.NDArray[np.bool_], cancelled: CancelCheck
) -> npt.NDArray[np.int64]:
    """(pairs, 2): every candidate pair with at least one of its articles in `rows`, the larger row first, sorted."""
    wanted = np.zeros(1 << TERM_BITS, np.bool_)
    wanted[articles.terms[rows]] = True
    wanted &= keys
    row, place = np.nonzero(wanted[articles.terms] & (articles.weights > 0))
    term = articles.terms[row, place].astype(np.int64)
    lists = np.sort(term << 32 | row)  # by term, then row
    holders = lists & 0xFFFFFFFF
    starts = np.searchsorted(lists, np.arange((1 << TERM_BITS) + 1, dtype=np.int64) << 32)
    chosen = np.zeros(len(articles), np.bool_)
    chosen[rows] = True
    own = chosen[row]
    row, term = row[own], term[own]
    length = starts[term + 1] - starts[term]
    ends = np.cumsum(length)
    found = [np.empty((0, 2), np.int64)]
    at = 0
    while at < len(row):
        if cancelled():
            raise Cancelled("stories: cancelled")
        stop = int(np.searchsorted(ends, (ends[at - 1] if at else 0) + _CHUNK))
        stop = int(np.searchsorted(row, row[min(max(stop, at), len(row) - 1)], "right"))  # whole articles
        found.append(_chunk(articles, chosen, row[at:stop], starts[term[at:stop]], length[at:stop], holders))
        at = stop
    return np.concatenate(found)


def _chunk(
    articles: Articles,
    chosen: npt.NDArray[np.bool_],
    row: npt.NDArray[np.int64],
    start: npt.NDArray[np.int64],
    length: npt.NDArray[np.int64],
    holders: npt.NDArray[np.int64],
) -> npt.NDArray[np.int64]:
    """The candidate pairs of some articles, from their places in the lists of their key terms."""
    one = np.repeat(row, length)
    first = np.repeat(np.cumsum(length) - length, length)
    other = holders[np.repeat(start, length) + np.arange(len(one)) - first]
    apart = np.abs(articles.published[one] - articles.published[other]) > COPY_DAYS * DAY
    once = (other < one) | ~chosen[other]
    fit = once & (other != one) & ~apart
    one, other = one[fit], other[fit]
    pair, shared = np.unique(np.maximum(one, other) << 32 | np.minimum(one, other), return_counts=True)
    pair = pair[shared >= KEYS_SHARED]
    return np.column_stack([pair >> 32, pair & 0xFFFFFFFF])
