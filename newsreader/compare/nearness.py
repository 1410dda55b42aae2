"""How near other outlets come to a statement that only one of them makes.

"Nobody else says it" is a claim about all the other texts. Made of every statement without a partner it was wrong of a
third: the others often say it in other words. So it is made only where nothing of theirs comes near.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsreader.article import CancelCheck, never
from newsreader.compare.features import stems
from newsreader.compare.matrix_model import Nearest, Statements
from newsreader.compare.news_rarity import rarity
from newsreader.compare.time_budget import Clock
from newsreader.terms.arrays import Floats, ranges

FEWEST = 4
"""Different words of a statement: fewer are the rest of a sentence, or nothing to look for elsewhere."""


def nearest_elsewhere(
    found: Statements,
    columns: Sequence[int],
    languages: Sequence[int],
    *,
    budget: float = 2.0,
    cancelled: CancelCheck = never,
) -> tuple[tuple[Nearest | None, ...], bool]:
    """For each statement of a single column the sentence of other columns that is most like it; None for those of
    several columns, where there is no other, and where words don't tell: of a few words, or where another column is
    in another language. And whether there was time (`budget`, seconds) for all.

    `columns` and `languages` have numbers of the column and of the language of each article. O(s² w) for s sentences of
    w words at worst. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    places = [(article, index) for article, text in enumerate(found.sentences) for index in range(len(text))]
    number = {place: n for n, place in enumerate(places)}
    column = np.array([columns[article] for article, _ in places], dtype=np.int64)
    language = np.array([languages[article] for article, _ in places], dtype=np.int64)
    sentences = _Sentences([found.sentences[article][index].text for article, index in places])
    nearest: list[Nearest | None] = [None] * len(found.statements)
    for at, statement in enumerate(found.statements):
        if len({columns[article] for article in statement.articles}) > 1:
            continue
        if clock.expired():
            return tuple(nearest), False
        own = [number[mention.article, index] for mention in statement.mentions for index in mention.sentences]
        others = column != column[own[0]]
        if max(map(sentences.length, own)) < FEWEST:
            continue
        if not others.any() or (others & (language != language[own[0]])).any():
            continue
        likeness = np.where(others, np.max([sentences.likeness(n) for n in own], axis=0), -1.0)
        best = int(likeness.argmax())
        nearest[at] = Nearest(*places[best], round(float(likeness[best]), 6))
    return tuple(nearest), True


class _Sentences:
    """Sentences as vectors of length 1, by word."""

    def __init__(self, texts: Sequence[str]) -> None:
        words = [sorted(set(stems(text))) for text in texts]
        number = {word: n for n, word in enumerate(sorted({word for some in words for word in some}))}
        self._count = len(texts)
        self._words = np.array([number[word] for some in words for word in some], np.int64)
        self._starts = np.cumsum([0, *map(len, words)])
        sentence = np.repeat(np.arange(len(texts)), np.diff(self._starts))
        weights = np.array([rarity(word) for word in number])[self._words]
        self._parts = np.sqrt(weights / np.bincount(sentence, weights, len(texts))[sentence])
        by_word = np.argsort(self._words, kind="stable")
        self._with_word, self._their_parts = sentence[by_word], self._parts[by_word]
        self._first_of_word = np.searchsorted(self._words[by_word], np.arange(len(number) + 1))

    def length(self, one: int) -> int:
        """Different words of a sentence."""
        return int(self._starts[one + 1] - self._starts[one])

    def likeness(self, one: int) -> Floats:
        """The cosines of a sentence and all of them, 0..1."""
        own = slice(self._starts[one], self._starts[one + 1])
        first = self._first_of_word[self._words[own]]
        count = self._first_of_word[self._words[own] + 1] - first
        found = ranges(first, count)
        products = np.repeat(self._parts[own], count) * self._their_parts[found]
        return np.bincount(self._with_word[found], products, self._count).astype(np.float64)
