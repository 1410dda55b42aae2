"""How alike articles are: 0 to FULL, in whole numbers, so that no order of summing changes a result.

Cosine of weighted terms. A term's rarity is log(RARITY_SCALE / (prior + library)), in steps: the prior is what
1,000 news articles have of it, the library's own counts are damped. They tell what is common in *this* library
(the names of its favourite subject), but must not make the words of a story common because there are many
articles about something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from newsreader.stories.article_arrays import NO_TERM, SLOTS, TERM_BITS, Articles, term_slot
from newsreader.terms.arrays import Flags, Floats, Ints, ordered, stretches
from newsreader.terms.signature import RARITY_SCALE, SHINGLES, UNKNOWN_STEM, prior_counts

FULL = 4095 * 4095
"""Similarity 1."""
DAY = 86_400.0
SAME_DAYS = 2.0
"""Up to so many days apart, articles may tell the same event with no discount …"""
LAST_DAYS = 10.0
"""… which grows from there to all of the similarity here."""
LIBRARY_SHARE = 1 / 3
"""An article of a small library counts as much of one that the prior was made of …"""
DAMPING_START, DAMPING = 5_000.0, 0.75
"""… in one of n articles by (1 + n / DAMPING_START) ^ DAMPING less. With these, 100,000 unrelated articles cost
ECB+ .03 B³ F1 and NeuS .01; .05 and .045 without damping and with a full share."""

ALIKE = 0.55
"""Common shingles, of all that two articles have, from which they belong together whatever their terms say."""
ALIKE_PART, ALIKE_PART_SHINGLES = 0.85, 12
"""… or of the shorter one's, if that has so many in the sample."""
LEAST_COMMON = 3
"""Common shingles without which two samples are not looked at closely."""
COPY_DAYS = 31.0
"""Copies further apart than this are fact boxes that come back."""

_UNIT = 4095
_SLOT = np.uint32((1 << TERM_BITS) - 1)
_RARITY_UNIT = 25.0
_ROWS_AT_ONCE, _PAIRS_AT_ONCE = 128, 2048
"""Different first articles, and pairs, that are compared together: their table stays in the processor's cache."""


def term_counts(articles: Articles, rows: Ints) -> Ints:
    """In how many of the articles in some rows each term is."""
    counts = np.zeros(SLOTS, np.int64)
    for some in stretches(len(rows)):
        counts += np.bincount(articles.terms[rows[some]].ravel(), minlength=SLOTS)
    counts[NO_TERM] = 0
    return counts


def rarities(counts: Ints, articles: int) -> npt.NDArray[np.uint8]:
    """The weight of each term for its rarity, from `term_counts` in a library of so many articles.

    Both are taken to whole powers of two, so that an article more leaves nearly all weights as they were.
    """
    size = 2.0 ** np.floor(np.log2(max(1, articles)))
    share = LIBRARY_SHARE * (1 + size / DAMPING_START) ** -DAMPING
    level = np.floor(np.log2(_prior() + share * counts) + 1e-9)
    rarity = np.rint(_RARITY_UNIT * (np.log(RARITY_SCALE) - np.log(2.0) * (level + 0.5)))
    weights: npt.NDArray[np.uint8] = np.clip(rarity, 0, 255).astype(np.uint8)
    return weights


class Comparer:
    """Compares pairs of articles, some at a time: the terms or shingles of their first ones are laid out in a table."""

    def __init__(self, articles: Articles, rarity: npt.NDArray[np.uint8]) -> None:
        self._articles, self._rarity = articles, rarity
        self._local = np.zeros(SLOTS, np.int32)
        """Which column of the table stands for a slot; 0: none."""

    def cosines(self, pairs: npt.NDArray[np.integer]) -> Ints:
        """Of the terms of the two articles of each pair of rows (pairs, 2), in any order."""
        cosines = np.zeros(len(pairs), np.int64)
        for block in _blocks(pairs):
            ones, at_one = np.unique(pairs[block, 0], return_inverse=True)
            others, at_other = np.unique(pairs[block, 1], return_inverse=True)
            terms, other_terms = self._articles.terms[ones], self._articles.terms[others]
            table = self._table(terms, np.ones(terms.shape, np.bool_), self._vectors(ones, terms))
            picked = table.take(at_one[:, None] * table.shape[1] + self._local[other_terms][at_other])
            parts = self._vectors(others, other_terms)[at_other]
            cosines[block] = np.einsum("ij,ij->i", picked, parts, dtype=np.int32)
            self._local[terms] = 0
        return cosines

    def copies(self, pairs: npt.NDArray[np.integer]) -> Flags:
        """Which pairs of rows (pairs, 2) are copies or near-copies, as far as the samples tell."""
        articles, found = self._articles, np.zeros(len(pairs), np.bool_)
        for block in _blocks(pairs):
            ones, at_one = np.unique(pairs[block, 0], return_inverse=True)
            others, at_other = np.unique(pairs[block, 1], return_inverse=True)
            slots, other_slots = articles.shingles[ones] & _SLOT, articles.shingles[others] & _SLOT
            there = np.arange(SHINGLES) < articles.shingle_count[ones][:, None]
            table = self._table(slots, there, np.ones(slots.shape, np.int16))
            picked = table.take(at_one[:, None] * table.shape[1] + self._local[other_slots][at_other])
            likely = block[picked.sum(axis=1) >= LEAST_COMMON]
            self._local[slots] = 0
            one, other = pairs[likely].T
            likely = likely[~(np.abs(articles.published[one] - articles.published[other]) / DAY > COPY_DAYS)]
            found[likely] = self._resemble(*pairs[likely].T)
        return found

    def _table(
        self, slots: npt.NDArray[np.uint32], there: Flags, values: npt.NDArray[np.int16]
    ) -> npt.NDArray[np.int16]:
        """A row for each row of slots, with its values in their columns; these are in `_local`, which the caller clears
        afterwards."""
        row, column = np.nonzero(there)
        used = slots[row, column]
        self._local[used] = np.arange(1, len(used) + 1)  # of several columns for a slot one is used
        table = np.zeros((len(slots), len(used) + 1), np.int16)
        table[row, self._local[used]] = values[row, column]
        return table

    def _vectors(self, rows: Ints, terms: npt.NDArray[np.uint32]) -> npt.NDArray[np.int16]:
        """(rows, TERMS): the articles' parts along their terms, in 1/4095 of their length."""
        parts = self._articles.weights[rows] * self._rarity[terms].astype(np.uint16)
        squares = np.square(parts, dtype=np.float64).sum(axis=1)  # whole numbers below 2^53: exact in any order
        length = np.sqrt(np.maximum(squares, 1.0))
        result: npt.NDArray[np.int16] = np.rint(parts * (_UNIT / length)[:, None]).astype(np.int16)
        return result

    def _resemble(self, one: Ints, other: Ints) -> Flags:
        """Which of the pairs have enough of their samples in common, as far as both are of the same scale."""
        articles = self._articles
        limit = np.uint64(1) << (32 - np.maximum(articles.scale[one], articles.scale[other])).astype(np.uint64)
        samples = []
        for side, rows in enumerate((one, other), 1):
            shingles = articles.shingles[rows].astype(np.uint64)
            there = (np.arange(SHINGLES) < articles.shingle_count[rows][:, None]) & (shingles < limit[:, None])
            nothing = np.uint64(side << 32) + np.arange(SHINGLES, dtype=np.uint64)  # equal to none
            samples.append((np.where(there, shingles, nothing), there.sum(axis=1)))
        (a, size), (b, other_size) = samples
        both = np.sort(np.concatenate([a, b], axis=1), axis=1)
        common = (both[:, 1:] == both[:, :-1]).sum(axis=1)
        shorter = np.minimum(size, other_size)
        near = common >= ALIKE * (size + other_size - common)
        result: Flags = near | ((shorter >= ALIKE_PART_SHINGLES) & (common >= ALIKE_PART * shorter))
        return result


def _blocks(pairs: npt.NDArray[np.integer]) -> Iterator[Ints]:
    """The pairs' places, some at a time: of few different first rows."""
    order = ordered(pairs[:, 0].astype(np.int64))
    first = pairs[order, 0]
    nth = np.cumsum(np.diff(first, prepend=first[:1]) != 0)
    start = 0
    while start < len(order):
        end = min(int(np.searchsorted(nth, nth[start] + _ROWS_AT_ONCE)), start + _PAIRS_AT_ONCE)
        yield order[start:end]
        start = end


def same_event(cosines: Ints, one: Floats, other: Floats) -> Ints:
    """What of the cosines of articles of these times counts for telling the same event; all without a date."""
    days = np.abs(one - other) / DAY
    factor = np.clip((LAST_DAYS - days) / (LAST_DAYS - SAME_DAYS), 0.0, 1.0)
    result: Ints = np.rint(cosines * np.where(np.isnan(factor), 1.0, factor)).astype(np.int64)
    return result


@cache
def _prior() -> Floats:
    prior = np.full(SLOTS, UNKNOWN_STEM)
    for stem, count in prior_counts().items():
        prior[term_slot(stem)] += count
    return prior
