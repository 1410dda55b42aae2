"""Which pairs of articles are worth comparing: those that share rare terms and lie near in time.

That is a property of the pair and of the terms' counts, not of the order in which articles came, and its cost
follows the lists of the rare terms, cut to the time around the article and never longer than `KEY_COUNT`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled
from newsreader.stories.articles import NO_TERM, SLOTS, Articles
from newsreader.stories.similarity import COPY_DAYS, DAY

Ints = npt.NDArray[np.int64]

KEY_COUNT = 1_000
"""Terms in more articles than this lead to no candidates: others of the article's terms will. 500 loses NeuS
among 100,000 articles .013 B³ F1. When a term passes the mark, all that hold it are looked up again."""
KEYS_SHARED = 3
"""Key terms that a pair shares at least; 2 finds nothing more on the development sets."""

_BLOCK = 128
"""Articles looked up together: at most this, times TERMS, times KEY_COUNT list places of 40 bytes."""
_LOW = 0xFFFFFFFF


def key_terms(counts: Ints) -> npt.NDArray[np.bool_]:
    """Which terms lead to candidates, from `similarity.term_counts`."""
    return counts <= KEY_COUNT


def candidate_pairs(articles: Articles, rows: Ints, keys: npt.NDArray[np.bool_], cancelled: CancelCheck) -> Ints:
    """(pairs, 2): every candidate pair with at least one of its articles in `rows`, the larger row first."""
    found = [np.empty((0, 2), np.int64)]
    for pairs in _blocks(articles, rows, keys):
        found.append(pairs)
        if cancelled():
            raise Cancelled("stories: cancelled")
    return np.concatenate(found)


def _blocks(articles: Articles, rows: Ints, keys: npt.NDArray[np.bool_]) -> Iterator[Ints]:
    wanted = np.zeros(SLOTS, np.bool_)
    wanted[articles.terms[rows]] = True
    wanted &= keys
    wanted[NO_TERM] = False
    by_time = np.argsort(articles.published, kind="stable")  # undated articles last
    times = articles.published[by_time]
    dated = len(times) - int(np.isnan(times).sum())
    lists = _lists(articles, by_time, wanted)
    chosen = np.zeros(len(articles), np.bool_)
    chosen[rows] = True
    for at in range(0, len(rows), _BLOCK):
        block = rows[at : at + _BLOCK]
        place, column = np.nonzero(wanted[articles.terms[block]])
        row = block[place]
        term = articles.terms[row, column].astype(np.int64) << 32
        moment = articles.published[row]
        early = np.searchsorted(times[:dated], moment - COPY_DAYS * DAY)
        late = np.searchsorted(times[:dated], moment + COPY_DAYS * DAY, "right")
        undated = np.isnan(moment)
        early[undated], late[undated] = 0, dated
        start = np.searchsorted(lists, np.concatenate([term | early, term | dated]))
        length = np.searchsorted(lists, np.concatenate([term | late, term + _LOW])) - start
        one = np.repeat(np.concatenate([row, row]), length)  # with the dated articles of its time; the undated
        inside = np.arange(len(one)) - np.repeat(np.cumsum(length) - length, length)
        other = by_time[lists[np.repeat(start, length) + inside] & _LOW]
        once = (other < one) | ~chosen[other]
        one, other = one[once], other[once]
        pair, shared = np.unique(np.maximum(one, other) << 32 | np.minimum(one, other), return_counts=True)
        pair = pair[shared >= KEYS_SHARED]
        yield np.column_stack([pair >> 32, pair & _LOW])


def _lists(articles: Articles, by_time: Ints, wanted: npt.NDArray[np.bool_]) -> Ints:
    """The articles that have the wanted terms: term << 32 | place in `by_time`, sorted."""
    terms = articles.terms[by_time]
    place, column = np.nonzero(wanted[terms])
    lists = terms[place, column].astype(np.int64) << 32
    lists |= place
    lists.sort()
    return lists
