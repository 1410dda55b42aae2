"""How near other outlets come to a statement that only one of them makes.

"Nobody else says it" is a claim about all the other texts. Made of every statement without a partner it was wrong of a
third: the others often say it in other words. So it is made only where nothing of theirs comes near.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsreader.article import CancelCheck, never
from newsreader.compare.features import Weights, rarities, stems
from newsreader.compare.linkage import unit_vector
from newsreader.compare.matrix_model import Nearest, Statements
from newsreader.compare.time_budget import Clock
from newsreader.terms.arrays import Floats, Ints


def nearest_elsewhere(
    found: Statements, columns: Sequence[int], *, budget: float = 2.0, cancelled: CancelCheck = never
) -> tuple[tuple[Nearest | None, ...], bool]:
    """For each statement of a single column the sentence of other columns that is most like it; None for those of
    several columns, and where there is no other. And whether there was time (`budget`, seconds) for all.

    `columns` has the column of each article. O(s² w) for s sentences of w words at worst. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    places = [(article, index) for article, text in enumerate(found.sentences) for index in range(len(text))]
    number = {place: n for n, place in enumerate(places)}
    column = np.array([columns[article] for article, _ in places], dtype=np.int64)
    sentences = _Sentences([found.sentences[article][index].text for article, index in places])
    nearest: list[Nearest | None] = [None] * len(found.statements)
    for at, statement in enumerate(found.statements):
        if len({columns[article] for article in statement.articles}) > 1:
            continue
        if clock.expired():
            return tuple(nearest), False
        own = [number[mention.article, index] for mention in statement.mentions for index in mention.sentences]
        others = column != column[own[0]]
        if not others.any():
            continue
        likeness = np.where(others, np.max([sentences.likeness(n) for n in own], axis=0), -1.0)
        best = int(likeness.argmax())
        nearest[at] = Nearest(*places[best], round(float(likeness[best]), 6))
    return tuple(nearest), True


class _Sentences:
    """Sentences as vectors of length 1, by word."""

    def __init__(self, texts: Sequence[str]) -> None:
        words = [stems(text) for text in texts]
        weights = rarities(words)
        self._vectors = [unit_vector(some, weights) for some in words]
        self._postings = _postings(self._vectors)

    def likeness(self, one: int) -> Floats:
        """The cosines of a sentence and all of them, 0..1."""
        found = np.zeros(len(self._vectors))
        for word, part in self._vectors[one].items():
            where, parts = self._postings[word]
            found[where] += part * parts
        return found


def _postings(vectors: Sequence[Weights]) -> dict[str, tuple[Ints, Floats]]:
    """For each word the vectors that have it, and their parts."""
    found: dict[str, tuple[list[int], list[float]]] = {}
    for n, vector in enumerate(vectors):
        for word, part in vector.items():
            where, parts = found.setdefault(word, ([], []))
            where.append(n)
            parts.append(part)
    return {word: (np.array(where, np.int64), np.array(parts)) for word, (where, parts) in found.items()}
