"""The articles of a library as arrays, one row each: the form in which the grouping compares them by the thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from newsreader.article import ArticleId
from newsreader.stories.entry import BookEntry
from newsreader.terms.arrays import Floats, Ints
from newsreader.terms.signature import SHINGLES, TERMS, read_signature, term_hash

TERM_BITS = 20
"""Terms are told apart by so many bits of their hash, the size of the tables that make comparing fast. Two
unlike articles of 64 terms share one by accident in 1 of 250 comparisons."""
NO_TERM = 1 << TERM_BITS
"""In the place of a term where an article has no more of them."""
SLOTS = NO_TERM + 1
"""Size of a table with a place for each term and for NO_TERM."""
_TERM_SHIFT = 32 - TERM_BITS


def term_slot(stem: str) -> int:
    """The number that stands for a stem in `Articles.terms`."""
    return term_hash(stem) >> _TERM_SHIFT


def id_number(article: ArticleId) -> int:
    """The number that stands for an article's id in `Articles.id`."""
    return int(article, 16)


def _text_number(signature: bytes) -> int:
    return int.from_bytes(blake2b(signature, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Articles:
    """Column arrays of the same length, perhaps mapped files. The order of the rows means nothing."""

    number: Ints
    id: npt.NDArray[np.uint64]
    published: Floats
    """Seconds since the epoch, NaN without a date."""
    terms: npt.NDArray[np.uint32]
    """(rows, TERMS): numbers of TERM_BITS bits, no two alike in a row, or NO_TERM."""
    weights: npt.NDArray[np.uint8]
    """(rows, TERMS), 0 for NO_TERM."""
    shingles: npt.NDArray[np.uint32]
    """(rows, SHINGLES), ascending; only the first `shingle_count` count."""
    shingle_count: npt.NDArray[np.uint8]
    scale: npt.NDArray[np.uint8]
    text: npt.NDArray[np.uint64]
    """The same number for the same signature: equal texts under equal titles, as far as the grouping can see."""

    def __len__(self) -> int:
        return len(self.number)

    @classmethod
    def of(cls, entries: Sequence[BookEntry]) -> Articles:
        """The arrays of some entries; ValueError if one has no readable signature."""
        n = len(entries)
        articles = cls(
            np.array([entry.number for entry in entries], np.int64),
            np.array([id_number(entry.id) for entry in entries], np.uint64),
            np.array([np.nan if e.published is None else e.published for e in entries], np.float64),
            np.full((n, TERMS), NO_TERM, np.uint32),
            np.zeros((n, TERMS), np.uint8),
            np.zeros((n, SHINGLES), np.uint32),
            np.zeros(n, np.uint8),
            np.zeros(n, np.uint8),
            np.array([_text_number(entry.signature) for entry in entries], np.uint64),
        )
        for row, entry in enumerate(entries):
            signature = read_signature(entry.signature)
            slots, first = np.unique(signature.terms >> _TERM_SHIFT, return_index=True)
            articles.terms[row, : len(slots)] = slots
            articles.weights[row, : len(slots)] = signature.weights[first]
            articles.shingles[row, : len(signature.shingles)] = signature.shingles
            articles.shingle_count[row] = len(signature.shingles)
            articles.scale[row] = signature.scale
        return articles
