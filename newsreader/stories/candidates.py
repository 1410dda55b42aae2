"""Which pairs of articles are worth comparing: those that share rare terms and lie near in time.

That is a property of the pair and of the terms' counts, not of the order in which articles came, and its cost
follows the lists of the rare terms, cut to the time around the article and never longer than `KEY_COUNT` texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import NO_TERM, SLOTS, Articles
from newsreader.stories.same_text import Appearances, SameText
from newsreader.stories.similarity import COPY_DAYS, DAY, term_counts
from newsreader.terms.arrays import (
    Flags,
    Ints,
    distinct,
    ordered,
    ranges,
    run_lengths,
    run_starts,
    search_within,
    stretches,
)

KEY_COUNT = 1_000
"""Terms in more texts than this lead to no candidates: others of the article's terms will. 500 loses NeuS
among 100,000 articles .013 B³ F1. When a term passes the mark, all that hold it are looked up again."""
KEYS_SHARED = 3
"""Key terms that a pair shares at least; 2 finds nothing more on the development sets."""

_BLOCK = 128
"""Articles looked up together: at most this, times TERMS, times KEY_COUNT list places of 40 bytes."""
_LOW = 0xFFFFFFFF


def key_terms(counts: Ints) -> Flags:
    """Which terms lead to candidates, from `similarity.term_counts`."""
    return counts <= KEY_COUNT


def have_keys(articles: Articles, rows: Ints, counts: Ints) -> Flags:
    """(rows,): which of the articles have key terms enough to be in any pair."""
    keys = key_terms(counts)
    keys[NO_TERM] = False
    enough: Flags = keys[articles.terms[rows]].sum(axis=1) >= KEYS_SHARED
    return enough


def candidate_pairs(
    articles: Articles,
    same: SameText,
    rows: Ints,
    counts: Ints,
    cancelled: CancelCheck,
    progress: Callable[[int], None] = lambda done: None,
) -> npt.NDArray[np.int32]:
    """(pairs, 2): the candidate pairs with at least one of their articles in `rows`, the larger row first, of the
    articles that stand for a text: with `rows`, all that stand for a text in question. `counts` are the
    `similarity.term_counts` of the texts. `progress` is called with how many rows are done.

    Of texts that appeared more than once, only those are pairs that follow each other in time: through these all are
    linked that would be otherwise.
    """
    appearances = Appearances(articles, same)
    text_of = appearances.text_of
    again = distinct(text_of[rows[have_keys(articles, rows, counts)]])
    found = [_larger_first(appearances.following(again[again >= 0]))]
    several: list[Ints] = []
    edges = rows[appearances.is_edge[rows]]
    for done, pairs in enumerate(_blocks(articles, appearances.is_edge, edges, counts), 1):
        one, other = pairs.T
        dated = ~(np.isnan(articles.published[one]) | np.isnan(articles.published[other]))
        repeated = dated & ((text_of[one] >= 0) | (text_of[other] >= 0))
        found.append(pairs[~repeated].astype(np.int32))
        several.append(pairs[repeated & (text_of[one] != text_of[other])])
        progress(min(len(rows), _BLOCK * done))
        if cancelled():
            raise Cancelled("stories: cancelled")
    if any(map(len, several)):
        found.append(_larger_first(appearances.meeting(*np.concatenate(several).T)))
    return np.concatenate(found)


def _larger_first(pairs: Ints) -> npt.NDArray[np.int32]:
    return np.column_stack([pairs.max(axis=1), pairs.min(axis=1)]).astype(np.int32)


def _blocks(articles: Articles, there: Flags, rows: Ints, counts: Ints) -> Iterator[Ints]:
    """Pairs of the articles that are `there` that share key terms and are near in time, the larger row first; some at a
    time."""
    if not len(rows):
        return
    wanted = np.zeros(SLOTS, np.bool_)
    for some in stretches(len(rows)):
        wanted[articles.terms[rows[some]]] = True
    wanted &= key_terms(counts)
    wanted[NO_TERM] = False
    by_time = np.argsort(articles.published, kind="stable")  # undated articles last
    by_time = by_time[there[by_time]]
    times = articles.published[by_time]
    dated = len(times) - int(np.isnan(times).sum())
    lists = _Lists(articles, by_time, wanted)
    chosen = np.zeros(len(articles), np.bool_)
    chosen[rows] = True
    for some in stretches(len(rows), _BLOCK):
        block = rows[some]
        terms = articles.terms[block]
        place, column = np.nonzero(wanted[terms])
        row, term = block[place], terms[place, column]
        moment = articles.published[row]
        early = np.searchsorted(times[:dated], moment - COPY_DAYS * DAY)
        late = np.searchsorted(times[:dated], moment + COPY_DAYS * DAY, "right")
        undated = np.isnan(moment)
        early[undated], late[undated] = 0, dated
        start, end = lists.between(term, early, late)
        if dated < len(times):  # with the dated articles of its time; the undated
            row = np.concatenate([row, row])
            others = lists.between(term, np.full(len(term), dated), np.full(len(term), len(times)))
            start, end = np.concatenate([start, others[0]]), np.concatenate([end, others[1]])
        length = end - start
        one = np.repeat(row, length)
        other = by_time[lists.places[ranges(start, length)]]
        once = (other < one) | ~chosen[other]
        one, other = one[once], other[once]
        pair, shared = np.unique(np.maximum(one, other) << 32 | np.minimum(one, other), return_counts=True)
        pair = pair[shared >= KEYS_SHARED]
        yield np.column_stack([pair >> 32, pair & _LOW])


class _Lists:
    """For each wanted term, which articles have it, by their places in the order of time."""

    def __init__(self, articles: Articles, by_time: Ints, wanted: Flags) -> None:
        self._starts = np.append(0, np.cumsum(np.where(wanted, term_counts(articles, by_time), 0)))
        self.places = np.zeros(self._starts[-1], np.uint32)
        filled = self._starts[:-1].copy()
        for some in stretches(len(by_time)):
            terms = articles.terms[by_time[some]]
            place, column = np.nonzero(wanted[terms])
            term = terms[place, column]
            order = ordered(term.astype(np.int64))
            term = term[order]
            first = run_starts(term)
            length = run_lengths(first, len(term))
            self.places[ranges(filled[term[first]], length)] = place[order] + some.start
            filled[term[first]] += length

    def between(self, terms: npt.NDArray[np.uint32], early: Ints, late: Ints) -> tuple[Ints, Ints]:
        """Where in `places` those from `early` on and before `late` are, for each term."""
        start = search_within(self.places, self._starts[terms], self._starts[terms + 1], early)
        return start, search_within(self.places, start, self._starts[terms + 1], late)
