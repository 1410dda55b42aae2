"""Whether a text is likely an edit of another, or quite another article.

A file's name says little: exports are renumbered, pages overwritten. If the name alone counted, tags and notes would
pass to whatever article comes to stand in an old one's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

import numpy as np

from newsreader.compare.word_changes import plain
from newsreader.terms.signature import Signature, hash_rarities, read_signature

ALIKE_SHINGLES = 1 / 3
"""Common runs of words, of those of the shorter text. Of 20,000 pairs of Reuters articles taken at random one in a
thousand has more than .08; of ten pairs of articles on one event, updates by the same agency have .13 to .60, other
outlets' up to .26."""
ALIKE_TERMS = 0.6
"""Or cosine of the weighted terms, for short texts, where one word is in most of the runs, and scripts without blanks:
of those pairs one in a thousand has more than .43; updates have .36 to .83, other outlets' articles up to .61."""

SHORTEST_START = 16
"""Letters and blanks of a text that is the beginning of another, from which that is no chance: files are caught while
they are written."""


class TitledText(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def paragraphs(self) -> Sequence[str]: ...


def resembles(one: bytes, other: bytes) -> bool:
    """Whether two texts, by their signatures, are likely versions of the same article."""
    try:
        former, present = read_signature(one), read_signature(other)
    except ValueError:  # of another version: then it can't be told, and nothing may be concluded
        return False
    return _common_shingles(former, present) >= ALIKE_SHINGLES or _cosine(former, present) >= ALIKE_TERMS


def is_part_written(one: TitledText, other: TitledText) -> bool:
    """Whether one of two texts is the other as far as it was written when its file was read."""
    return any(
        is_start(text, whole) and len(essence((text.title, *text.paragraphs))) >= SHORTEST_START
        for text, whole in ((one, other), (other, one))
    )


def is_start(text: TitledText, whole: TitledText) -> bool:
    """Whether a text is the beginning of another."""
    return essence(whole.paragraphs).startswith(essence(text.paragraphs)) and is_title_of(text, whole)


def is_title_of(text: TitledText, whole: TitledText) -> bool:
    """A title that is the start of the first sentence may be cut short as well."""
    return plain(whole.title).startswith(plain(text.title))


def essence(texts: Iterable[str]) -> str:
    """What is left of texts without spacing, case and typography."""
    return " ".join(filter(None, map(plain, texts)))


def _common_shingles(one: Signature, other: Signature) -> float:
    end = np.uint64(1) << np.uint64(32 - max(one.scale, other.scale))  # what both samples are complete below
    first, second = one.shingles[one.shingles < end], other.shingles[other.shingles < end]
    return len(np.intersect1d(first, second)) / max(1, min(len(first), len(second)))


def _cosine(one: Signature, other: Signature) -> float:
    first, second = (s.weights * hash_rarities(s.terms) for s in (one, other))
    _, at, there = np.intersect1d(one.terms, other.terms, return_indices=True)
    norm = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first[at] * second[there]).sum()) / norm if norm else 0.0
