"""How alike articles are: 0 to FULL, in whole numbers, so that no order of summing changes a result.

Cosine of weighted terms. A term's rarity is log(RARITY_SCALE / (prior + library)), in steps: the prior is what
1,000 news articles have of it, the library's own counts are damped. They tell what is common in *this* library
(the names of its favourite subject), but must not make the words of a story common because there are many
articles about something else.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from newsreader.signature import RARITY_SCALE, UNKNOWN_STEM, prior_counts
from newsreader.stories.articles import NO_TERM, SLOTS, TERM_BITS, Articles, term_slot

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

NEAR_COPY = 0.55
"""Common shingles, of all that two articles have, from which they belong together whatever their terms say."""
CONTAINED, CONTAINED_SHINGLES = 0.85, 12
"""… or of the shorter one's, if that has so many in the sample."""
LEAST_COMMON = 3
"""Common shingles without which two samples are not looked at closely."""
COPY_DAYS = 31.0
"""Copies further apart than this are fact boxes that come back."""

_UNIT = 4095
_SLOT = np.uint32((1 << TERM_BITS) - 1)
_RARITY_UNIT = 25.0

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def term_counts(articles: Articles) -> Ints:
    """In how many articles each term is."""
    counts = np.bincount(articles.terms.ravel(), minlength=SLOTS)
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
    """Compares one article with many by laying its terms and shingles out in a table."""

    def __init__(self, articles: Articles, rarity: npt.NDArray[np.uint8]) -> None:
        self._articles = articles
        self._vectors = _unit_vectors(articles, rarity)
        self._table = np.zeros(SLOTS, np.int32)

    def cosines(self, one: int, others: Ints) -> Ints:
        """Of the terms of the article in row `one` and those in the rows `others`."""
        terms = self._articles.terms
        self._table[terms[one]] = self._vectors[one]
        cosines: Ints = (self._table[terms[others]] * self._vectors[others]).sum(axis=1, dtype=np.int64)
        self._table[terms[one]] = 0
        return cosines

    def copies(self, one: int, others: Ints) -> npt.NDArray[np.bool_]:
        """Which of the rows `others` are copies or near-copies of row `one`, as far as the samples tell."""
        articles = self._articles
        mine = articles.shingles[one, : articles.shingle_count[one]]
        self._table[mine & _SLOT] = 1
        likely = (self._table[articles.shingles[others] & _SLOT].sum(axis=1) >= LEAST_COMMON).nonzero()[0]
        self._table[mine & _SLOT] = 0
        result = np.zeros(len(others), np.bool_)
        days = np.abs(articles.published[one] - articles.published[others]) / DAY
        for k in likely[~(days[likely] > COPY_DAYS)]:
            other = others[k]
            theirs = articles.shingles[other, : articles.shingle_count[other]]
            limit = np.uint64(1) << np.uint64(32 - max(articles.scale[one], articles.scale[other]))
            a, b = mine[: np.searchsorted(mine, limit)], theirs[: np.searchsorted(theirs, limit)]
            common, shorter = len(np.intersect1d(a, b, assume_unique=True)), min(len(a), len(b))
            result[k] = common >= NEAR_COPY * (len(a) + len(b) - common) or (
                shorter >= CONTAINED_SHINGLES and common >= CONTAINED * shorter
            )
        return result


def same_event(cosines: Ints, one: Floats, other: Floats) -> Ints:
    """What of the cosines of articles of these times counts for telling the same event; all without a date."""
    days = np.abs(one - other) / DAY
    factor = np.clip((LAST_DAYS - days) / (LAST_DAYS - SAME_DAYS), 0.0, 1.0)
    result: Ints = np.rint(cosines * np.where(np.isnan(factor), 1.0, factor)).astype(np.int64)
    return result


def _unit_vectors(articles: Articles, rarity: npt.NDArray[np.uint8]) -> npt.NDArray[np.int16]:
    """(articles, TERMS): the articles' parts along their terms, in 1/4095 of their length."""
    parts = articles.weights * rarity[articles.terms].astype(np.uint16)
    squares = np.square(parts, dtype=np.float64).sum(axis=1)  # whole numbers below 2^53: exact in any order
    length = np.sqrt(np.maximum(squares, 1.0))
    result: npt.NDArray[np.int16] = np.rint(parts * (_UNIT / length)[:, None]).astype(np.int16)
    return result


@cache
def _prior() -> Floats:
    prior = np.full(SLOTS, UNKNOWN_STEM)
    for stem, count in prior_counts().items():
        prior[term_slot(stem)] += count
    return prior
