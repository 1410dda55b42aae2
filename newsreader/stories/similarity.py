"""How alike articles are: 0 to FULL, in whole numbers, so that no order of summing changes a result.

Cosine of weighted terms. A term's rarity is taken from the library, in steps, over a prior for a library that is
still small: log(RARITY_SCALE / (prior + articles that hold the term)). The scale is fixed instead of growing
with the library, so that articles that have nothing to do with a story leave its similarities as they were.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np
import numpy.typing as npt

from newsreader.signature import RARITY_SCALE, SHINGLES, UNKNOWN_STEM, prior_counts
from newsreader.stories.articles import TERM_BITS, Articles

FULL = 4095 * 4095
"""Similarity 1."""
DAY = 86_400.0
SAME_DAYS = 2.0
"""Up to so many days apart, articles may tell the same event with no discount …"""
LAST_DAYS = 10.0
"""… which grows from there to all of the similarity here."""
RARITY_STEP = 2.0
"""Rarity changes when an article count has grown by this factor. Finer steps would change more articles with
each one that is added, and change no score by more than .003."""

_UNIT = 4095
_RARITY_UNIT = 25.0

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def term_counts(articles: Articles) -> Ints:
    """In how many articles each term is."""
    return np.bincount(articles.terms[articles.weights > 0], minlength=1 << TERM_BITS)


def rarities(counts: Ints) -> npt.NDArray[np.uint8]:
    """The weight of each term for its rarity, from `term_counts`."""
    level = np.floor(np.log(_prior() + counts) / np.log(RARITY_STEP) + 1e-9)
    middle = RARITY_STEP ** (level + 0.5)
    return np.clip(np.rint(_RARITY_UNIT * np.log(RARITY_SCALE / middle)), 0, 255).astype(np.uint8)


def vectors(articles: Articles, rows: Ints, rarity: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """(rows, TERMS): the parts of unit vectors along the articles' terms, in 1/4095."""
    parts = articles.weights[rows].astype(np.int64) * rarity[articles.terms[rows]]
    length = np.sqrt((parts * parts).sum(axis=1))
    result: npt.NDArray[np.int32] = np.rint(parts * (_UNIT / np.maximum(length, 1.0))[:, None]).astype(np.int32)
    return result


def time_factor(a: Floats, b: Floats) -> Floats:
    """What of the similarity of articles of these times counts for telling the same event; 1 without a date."""
    days = np.abs(a - b) / DAY
    factor: Floats = np.clip((LAST_DAYS - days) / (LAST_DAYS - SAME_DAYS), 0.0, 1.0)
    return np.where(np.isnan(factor), 1.0, factor)


class Comparer:
    """Compares one article after another with many: its terms and shingles are laid out in tables."""

    def __init__(self, articles: Articles, rows: Ints, rarity: npt.NDArray[np.uint8]) -> None:
        """For the articles of these rows, which are numbered 0, 1, … in all that follows."""
        self._terms = articles.terms[rows]
        self._vectors = vectors(articles, rows, rarity)
        self._published = articles.published[rows]
        self._articles, self._rows = articles, rows
        self._table = np.zeros(1 << TERM_BITS, np.int32)
        self._marks = np.zeros(1 << TERM_BITS, np.bool_)

    def similarities(self, one: int, others: Ints) -> Ints:
        """Of one article to each of the others."""
        self._table[self._terms[one]] = 0  # an article's terms may share a slot: the last would stay
        np.add.at(self._table, self._terms[one], self._vectors[one])
        dots = (self._table[self._terms[others]] * self._vectors[others]).sum(axis=1, dtype=np.int64)
        self._table[self._terms[one]] = 0
        return np.rint(dots * time_factor(self._published[one], self._published[others])).astype(np.int64)
