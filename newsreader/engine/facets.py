"""What a result consists of: outlets, months and tags, each with its count.

They are what a list can be narrowed by. Counted from the overview, without the index, they are there while one types.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from newsreader.engine.overview import Shelf
from newsreader.terms.arrays import Ints

Ranking = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """Most frequent first; months newest first. Each name narrows a query: `source:`, `date:`, `tag:`."""

    sources: Ranking
    months: Ranking
    """As YYYY-MM."""
    tags: Ranking


def facets(shelf: Shelf, numbers: Ints) -> Facets:
    """The facets of these articles."""
    at = shelf.places_of(numbers)
    months = np.unique(shelf.days[at] // 100, return_counts=True)
    sources = np.bincount(shelf.source_codes[at], minlength=len(shelf.sources) + 1)[1:]
    chosen = set(numbers.tolist())
    return Facets(
        _ranked(zip(shelf.sources, sources.tolist(), strict=True)),
        tuple(
            (f"{month // 100:04}-{month % 100:02}", count)
            for month, count in reversed(list(zip(*(column.tolist() for column in months), strict=True)))
            if month
        ),
        _ranked((tag, len(articles & chosen)) for tag, articles in shelf.by_tag.items()),
    )


def _ranked(counts: Iterable[tuple[str, int]]) -> Ranking:
    return tuple((name, count) for name, count in Counter(dict(counts)).most_common() if count)
