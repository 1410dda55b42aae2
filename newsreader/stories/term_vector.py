"""Texts as vectors of their weighted terms, to be compared by the angle between them.

Timelines, headlines and reasons all ask how alike two texts are, and must mean the same by it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from math import hypot
from typing import Any

from newsreader.terms.signature import Signature, hash_rarities


class TermVector(dict[Hashable, float]):
    """Terms by their part in a vector of length 1."""

    def __init__(self, parts: Iterable[tuple[Hashable, float]]) -> None:
        terms, sizes = zip(*parts, strict=True) if (parts := list(parts)) else ((), ())
        length = hypot(*sizes) or 1.0
        super().__init__(zip(terms, [size / length for size in sizes], strict=True))

    @classmethod
    def of_signature(cls, found: Signature) -> TermVector:
        """The terms of a signature, weighed by how rare they are in any news."""
        parts = found.weights * hash_rarities(found.terms)
        return cls(zip(found.terms.tolist(), parts.tolist(), strict=True))

    def cosine(self, other: Mapping[Any, float]) -> float:
        """0 to 1 for another unit vector."""
        return sum(part * other[term] for term, part in self.items() if term in other)
