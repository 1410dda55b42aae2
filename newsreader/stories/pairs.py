"""The candidate pairs of a library with their similarities, brought up to date as articles come and go.

How rare a term is and whether it leads to candidates depends on the whole library, so an article more can change what
two others are to each other. Here is found out for which pairs that may be so, and only these are compared again: all
of them would take minutes, and one forgotten would make stories depend on the order in which articles came.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import Articles
from newsreader.stories.candidates import candidate_pairs, have_keys, key_terms
from newsreader.stories.grouping import TOGETHER
from newsreader.stories.same_text import SameText, one_of_each_text
from newsreader.stories.similarity import Comparer, rarities, same_event, term_counts
from newsreader.terms.arrays import Flags, Ints, stretches

GONE = -1
"""The similarity of pairs that are no candidates any more."""

_PAIRS_AT_ONCE = 1 << 17

PairProgress = Callable[[int, int], None]
"""Called with the articles looked at and all that are to be."""

Rows = npt.NDArray[np.int32]
"""(pairs, 2): rows of `Articles`, the larger one first."""
Similarities = npt.NDArray[np.int32]
"""(pairs,): 0 to `similarity.FULL`, or GONE."""


@dataclass(frozen=True, slots=True)
class CandidatePairs:
    """Every pair of articles that was ever worth comparing. The arrays are replaced, never changed."""

    rows: Rows
    """No two pairs are alike."""
    similarity: Similarities
    copy: Flags
    """(pairs,): whether the two are copies. That never changes: it depends on the two texts alone."""

    @classmethod
    def none(cls) -> CandidatePairs:
        return cls(np.zeros((0, 2), np.int32), np.zeros(0, np.int32), np.zeros(0, np.bool_))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def strong(self) -> Flags:
        """(pairs,): which of them link their articles."""
        strong: Flags = (self.similarity >= TOGETHER) | (self.copy & (self.similarity != GONE))
        return strong


@dataclass(frozen=True, slots=True)
class PairsUpdate:
    """What an update of the pairs comes to."""

    pairs: CandidatePairs
    """Those there were, in their order, and new ones behind them."""
    comparer: Comparer
    """By the rarities of now."""
    touched: Flags
    """(articles,): whose links may be others than before."""
    alike_by_text: Flags
    """(articles,): those that stand for copies and have key terms enough to be linked with them."""


@dataclass(frozen=True, slots=True)
class _Terms:
    """The terms of the library now, and the articles for which they are others than before."""

    counts: Ints
    """(SLOTS,): in how many texts each term is, however many copies there are."""
    rarity: npt.NDArray[np.uint8]
    """(SLOTS,)"""
    other_keys: Flags
    """(articles,): that have a term which has become a key term or is none any more, so that their candidates may be
    others."""
    other_weights: Flags
    """(articles,): that have a term of another rarity, so that their similarities may be others."""


def update_pairs(
    before: CandidatePairs,
    articles: Articles,
    there_before: Flags,
    there: Flags,
    same_before: SameText,
    same: SameText,
    cancelled: CancelCheck,
    progress: PairProgress,
) -> PairsUpdate:
    """The pairs of the articles that are `there` (articles,), from those of the known ones, which are the first and of
    which `there_before` (known,) were there. All behind them are new, and there. Only those are in pairs that stand for
    a text. Raises Cancelled."""
    terms = _terms(articles, there_before, there)
    standing = same.standing
    looked_up = standing & (same.changed_since(same_before) | terms.other_keys)
    weighed_anew = looked_up | (standing & terms.other_weights)

    rows_to_look_up = np.flatnonzero(looked_up)
    found = candidate_pairs(
        articles,
        same,
        rows_to_look_up,
        terms.counts,
        cancelled,
        lambda done: progress(done // 2, len(rows_to_look_up)),
    )

    # of an article that was looked up only the pairs that were found are candidates; all others stay what they are
    was_candidate = (before.similarity != GONE) & standing[before.rows].all(axis=1)
    of_looked_up = looked_up[before.rows].any(axis=1)
    found_again, is_new_pair = _matched(before.rows, np.flatnonzero(of_looked_up), found)
    is_candidate = np.where(of_looked_up, found_again, was_candidate)
    is_doubtful = weighed_anew[before.rows].any(axis=1)

    touched = np.zeros(len(articles), np.bool_)
    touched[before.rows[before.strong & (is_doubtful | ~was_candidate)]] = True
    touched |= looked_up & (same.copies > 0)
    touched &= there

    new_rows = found[is_new_pair]
    rows = np.concatenate([before.rows, new_rows])
    similarity = np.append(np.where(is_candidate, before.similarity, np.int32(GONE)), np.zeros(len(new_rows), np.int32))
    copy = np.append(before.copy, np.zeros(len(new_rows), np.bool_))
    pairs_to_compare = np.append(np.flatnonzero(is_candidate & is_doubtful), np.arange(len(before), len(rows)))
    comparer = Comparer(articles, terms.rarity)
    half, total = len(rows_to_look_up) // 2, len(rows_to_look_up)
    similarity[pairs_to_compare], copy[len(before) :] = _compared(
        articles,
        comparer,
        rows[pairs_to_compare],
        len(new_rows),
        cancelled,
        lambda done: progress(half + half * done // len(pairs_to_compare), total),
    )

    pairs = CandidatePairs(rows, similarity, copy)
    compared = np.zeros(len(pairs), np.bool_)
    compared[pairs_to_compare] = True
    touched[rows[compared & pairs.strong]] = True
    alike_by_text = np.zeros(len(articles), np.bool_)
    with_copies = np.flatnonzero(standing & (same.copies > 0))
    alike_by_text[with_copies] = have_keys(articles, with_copies, terms.counts)
    return PairsUpdate(pairs, comparer, touched, alike_by_text)


def _compared(
    articles: Articles,
    comparer: Comparer,
    rows: Rows,
    never_compared: int,
    cancelled: CancelCheck,
    progress: Callable[[int], None],
) -> tuple[Similarities, Flags]:
    """Of pairs of rows their similarities; and of the last so many, which were never compared before, whether they are
    copies. `progress` is called with how many are done. Raises Cancelled."""
    first_new = len(rows) - never_compared
    similarity, copy = np.zeros(len(rows), np.int32), np.zeros(never_compared, np.bool_)
    for some in stretches(len(rows), _PAIRS_AT_ONCE):
        progress(some.start)
        if cancelled():
            raise Cancelled("stories: cancelled")
        one, other = articles.published[rows[some]].T
        similarity[some] = same_event(comparer.cosines(rows[some]), one, other)
        new = slice(max(some.start, first_new), max(some.stop, first_new))
        copy[new.start - first_new : new.stop - first_new] = comparer.copies(rows[new])
    return similarity, copy


def _terms(articles: Articles, there_before: Flags, there: Flags) -> _Terms:
    known = len(there_before)
    texts_before, texts = one_of_each_text(articles, there_before), one_of_each_text(articles, there)
    left = texts_before[~np.isin(articles.text[texts_before], articles.text[texts], assume_unique=True)]
    came = texts[~np.isin(articles.text[texts], articles.text[texts_before], assume_unique=True)]
    counts_before = term_counts(articles, texts_before)
    counts = counts_before + term_counts(articles, came) - term_counts(articles, left)
    rarity = rarities(counts, len(texts))
    is_other_key = key_terms(counts) != key_terms(counts_before)
    is_other_rarity = rarity != rarities(counts_before, len(texts_before))
    return _Terms(counts, rarity, _having(articles, known, is_other_key), _having(articles, known, is_other_rarity))


def _having(articles: Articles, known: int, some_terms: Flags) -> Flags:
    """(articles,): which of the first `known` articles have any of some terms (SLOTS,); no other does."""
    having = np.zeros(len(articles), np.bool_)
    if some_terms.any():
        for some in stretches(known):
            having[some] = some_terms[articles.terms[some]].any(axis=1)
    return having


def _matched(rows: Rows, looked_up: Ints, found: Rows) -> tuple[Flags, Flags]:
    """(which of the pairs are among those found, which of those found are new): both are looked for only among the
    pairs at `looked_up`, as found ones can't be anywhere else."""
    known_keys, found_keys = _keys(rows[looked_up]), _keys(found)
    found_again = np.zeros(len(rows), np.bool_)
    found_again[looked_up] = np.isin(known_keys, found_keys, assume_unique=True)
    return found_again, ~np.isin(found_keys, known_keys, assume_unique=True)


def _keys(rows: Rows) -> Ints:
    """(pairs,): one number for each pair."""
    keys: Ints = rows[:, 0].astype(np.int64) << 32 | rows[:, 1]
    return keys
