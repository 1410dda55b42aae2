"""How rare a word is in any news, for sentences whose own texts are too few to tell.

In a story of two short articles every word is rare, and "there is" would make two sentences alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log

from newsreader.compare.features import STEM
from newsreader.terms.signature import prior_counts

UNCOMMON = 8.0
"""In how many of 1,000 articles a word is that is not common in news."""
FIGURE = 30.0
"""The same for a figure: most stand for many things."""


def rarity(stem: str) -> float:
    """The weight of a stem (`features.stems`)."""
    return log(1 + 1_000 / (FIGURE if stem[0].isdigit() else _counts().get(stem, UNCOMMON)))


@cache
def _counts() -> Mapping[str, float]:
    """In how many of 1,000 articles common words are, by their first letters."""
    found: dict[str, float] = {}
    for stem, count in prior_counts().items():
        found[stem[:STEM]] = max(count, found.get(stem[:STEM], 0.0))
    return found
