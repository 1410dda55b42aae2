"""Whether sentences that belong beside each other surely say the same, or are only related.

Apart from the alignment, which asks what belongs together at all: a reader wants both sentences side by side, but what
is called the same must be the same. Without it, sentences that share a name would count as shared and as said before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from math import sqrt

from rapidfuzz.distance import LCSseq

from newsreader.compare.content_words import content_words, reported
from newsreader.compare.features import STEM, Pairs, Profile
from newsreader.compare.news_rarity import rarity
from newsreader.compare.opposites import denies, is_turned_round

SURE = 0.59
"""Order and distinction, added, from which sentences may be the same. With the other conditions: of 172 rows of ECB+
articles, judged by two readers, it calls 86 the same; 81 are, the others partly: .94 right, with .74 of those that are.
As many by the likeness of words alone are .88 right. Sums from .58 to .62 do as well, and so on 148 other rows."""
DISTINCT = 0.3
"""Distinction that counts: in short texts nothing else is alike, which makes no two sentences the same."""
ALIKE = 0.55
"""Cosine of the words from which order and distinction don't matter: that finds sentences that were turned around."""
HAPPENED = 0.2
"""Cosine of the words that say what happened from which they are the same. Without it two reports on one firm would
be, which share its name, "shares" and "the company said" whatever they report."""
TELLING = 3
"""On the 172 rows this costs nothing; "the union's president said" made sentences of other articles the same."""
_SCALES = frozenset(stem[:STEM] for stem in ("hundred", "thousand", "million", "billion", "trillion"))
_SHARES = frozenset(stem[:STEM] for stem in ("percent", "cent", "points", "pct"))


class Sameness:
    """Tells which sentences of two texts say the same. Symmetric."""

    def __init__(self, left: Profile, right: Profile, pairs: Pairs) -> None:
        """`pairs` are those that were compared closely."""
        self._sides = left, right
        known = left.small is right.small
        self._small = left.small if known else left.small | right.small
        self._content: tuple[dict[int, list[str]], ...] = (left.happened, right.happened) if known else ({}, {})
        self._alike: tuple[dict[int, dict[int, float]], dict[int, dict[int, float]]] = ({}, {})
        for i, j, cosine in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True):
            self._alike[0].setdefault(i, {})[j] = cosine
            self._alike[1].setdefault(j, {})[i] = cosine

    def similarity(self, left: Iterable[int], right: Collection[int]) -> float:
        """Cosine of the likest two of some sentences of either text, 0..1."""
        return max(self._alike[0].get(i, {}).get(j, 0.0) for i in left for j in right)

    def surely(self, left: Collection[int], right: Collection[int]) -> bool:
        """Whether some sentences of the left text surely state what some of the right one do.

        They have the same words in the same order, more than any of them has with another sentence; they share words
        that say what happened, and none turns round what the other says.
        """
        similarity = self.similarity(left, right)
        if similarity < ALIKE:
            distinction = similarity - max(self._likest_other(0, left, right), self._likest_other(1, right, left))
            if self._order(left, right) + min(distinction, DISTINCT) < SURE:
                return False
        if _cosine(self._happened(0, left), self._happened(1, right)) < HAPPENED:
            return False
        if not self._report_alike(left, right):
            return False
        return not self.opposed(left, right)

    def _report_alike(self, left: Iterable[int], right: Iterable[int]) -> bool:
        """Whether they share a word of what they report (`reported`), no figure, if both have `TELLING` or more: they
        may well share who somebody is."""
        texts = self._text(0, left), self._text(1, right)
        mains = [reported(text) for text in texts]
        if mains == list(texts):
            return True
        small = self._small
        one, other = ({word for word in content_words(main, small) if not word[0].isdigit()} for main in mains)
        return min(len(one), len(other)) < TELLING or not one.isdisjoint(other)

    def opposed(self, left: Iterable[int], right: Iterable[int]) -> bool:
        """Whether some sentences of one text deny or turn round what some of the other one say."""
        texts = self._text(0, left), self._text(1, right)
        return any(denies(*both) or is_turned_round(*both) for both in (texts, texts[::-1]))

    def _likest_other(self, side: int, sentences: Iterable[int], partners: Collection[int]) -> float:
        """Cosine of the likest sentence of the other text besides the partners."""
        near = (self._alike[side].get(number, {}) for number in sentences)
        return max((cosine for some in near for other, cosine in some.items() if other not in partners), default=0.0)

    def _order(self, left: Iterable[int], right: Iterable[int]) -> float:
        """Share of the words that both have in the same order, 0..1: the longest common subsequence against the
        geometric mean of the lengths."""
        one, other = (
            [word for number in sorted(some) for word in side.words[number]]
            for side, some in zip(self._sides, (left, right), strict=True)
        )
        return LCSseq.similarity(one, other) / sqrt(max(1, len(one) * len(other)))

    def _happened(self, side: int, sentences: Iterable[int]) -> set[str]:
        """The words of some sentences of a side that say what happened."""
        found: set[str] = set()
        for number in sentences:
            if number not in self._content[side]:
                words = content_words(self._sides[side].texts[number], self._small)
                self._content[side][number] = list(_amounts_joined(words))
            found.update(self._content[side][number])
        return found

    def _text(self, side: int, sentences: Iterable[int]) -> str:
        return " ".join(self._sides[side].texts[number] for number in sorted(sentences))


def _amounts_joined(words: Iterable[str]) -> Iterator[str]:
    """The words with every figure and what it is measured in as one: other millions of crowns are no common ground."""
    amount, ends = "", True
    for word in words:
        if amount and (word in _SCALES or word in _SHARES or not ends):
            amount, ends = f"{amount} {word}", word not in _SCALES
            continue
        if amount:
            yield amount
        amount, ends = (word, True) if word[0].isdigit() else ("", True)
        if not amount:
            yield word
    if amount:
        yield amount


def _cosine(one: set[str], other: set[str]) -> float:
    """Of words by how rare they are in any news, 0..1."""
    shared, *lengths = (sum(map(rarity, sorted(words))) for words in (one & other, one, other))
    return shared / sqrt(lengths[0] * lengths[1]) if shared else 0.0
