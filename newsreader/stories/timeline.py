"""The articles of one story in time: what each is to those before it, and the headline that speaks for all.

Copies are told by the exact texts; these are read only where the samples in the signatures hint at a copy, as reading
all of them would cost more than the grouping itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import hypot, inf
from typing import Any

from newsreader.library.rows import Relation, StoryPlace
from newsreader.stories.entry import BookEntry
from newsreader.terms.signature import (
    Signature,
    all_shingles,
    hash_rarities,
    prior_rarity,
    read_signature,
    signatures,
    spellings,
    term_weights,
)
from newsreader.terms.vocabulary import tokenize

COPY = 0.95
"""Resemblance (shingles in common, of all of both) from which an article is a copy: a changed byline is allowed."""
NEAR_COPY = 0.5
"""Resemblance from which it is a near-copy …"""
CONTAINED = 0.8
"""… or this share of the shorter one's shingles: shortened copies."""
CONTAINED_SHINGLES = 40
"""Shorter articles are no shortened copies: everyone quotes a lead of two sentences."""
REWRITE = 0.6
"""Similarity of terms from which an article that is no copy is a rewrite: other words, substantially the same content.
Of the 10 hand-aligned news pairs (development half) the four from here on have at least .65 of their words in
sentences that say the same; the six below it .29 to .62, on average .42. Of 80 such pairs drawn from 20,000 Reuters
articles, 70 % share half of their words by our own comparison, of 80 other pairs of a story 15 %."""

HINT = 0.4
"""Share of the smaller sample in common from which texts are compared: near-copies share at least two thirds of the
shorter text, and a sample of 64 tells that to ± .06."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story."""

    entry: BookEntry
    title: str
    paragraphs: Sequence[str]
    language: str | None = None


_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_PARTS = re.compile(r"[.,:]")
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w*")
"""Words written small somewhere: capitals elsewhere are those of a sentence's beginning."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story's articles, earliest first (undated ones last)."""

    places: tuple[StoryPlace, ...]
    headline: str
    """The title whose terms weigh most in all of the articles."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two articles have in common, weightiest first, as the first of them writes it."""

    similarity: float
    """0 to 1: cosine of the weighted terms, before the library's own counts."""
    names: tuple[str, ...]
    figures: tuple[str, ...]
    words: tuple[str, ...]


def order(member: Member) -> tuple[float, str]:
    """Sorts a story's articles by time: the first is the one that the story's id is made of."""
    published = member.entry.published
    return (inf if published is None else published, member.entry.id)


def timelines(stories: Iterable[Sequence[Member]]) -> Iterator[Timeline]:
    """The timelines of stories, each given by its members in any order, at least one. Raises ValueError for a damaged
    signature."""
    ordered = [sorted(members, key=order) for members in stories]
    titles = iter(signatures([(tokenize(m.title, ()), m.language) for members in ordered for m in members]))
    for members in ordered:
        yield _timeline(members, [_signature_vector(read_signature(next(titles))) for _ in members])


def _timeline(ordered: Sequence[Member], titles: Sequence[_Vector]) -> Timeline:
    """Of members by time, with the terms of their titles."""
    read = [read_signature(member.entry.signature) for member in ordered]
    samples, vectors = [_Sample(found) for found in read], [_signature_vector(found) for found in read]
    shingles = cache(lambda place: all_shingles(ordered[place].title, ordered[place].paragraphs))
    places = []
    for place, member in enumerate(ordered):
        hinted = [j for j in range(place) if samples[j].hints_at(samples[place])]
        common = {j: len(shingles(j) & shingles(place)) for j in hinted}
        sizes = {j: len(shingles(j)) for j in (*hinted, place)} if hinted else {}
        found = _copy(place, common, sizes)
        if found is None and place:
            cosines = [vectors[place].cosine(earlier) for earlier in vectors[:place]]
            found = ("same-story", cosines.index(max(cosines)), max(cosines))
        relation, closest, similarity = found or ("first", None, 1.0)
        number = None if closest is None else ordered[closest].entry.number
        places.append(StoryPlace(member.entry.number, relation, similarity, number))
    return Timeline(tuple(places), ordered[_most_central(titles, vectors)].title)


def why(a: Member, b: Member) -> Reasons:
    """What speaks for the two being one story."""
    weights = (term_weights(member.title, member.paragraphs, member.language) for member in (a, b))
    one, other = (_Vector((stem, weight * prior_rarity(stem)) for stem, weight in of.items()) for of in weights)
    shared = sorted(one.keys() & other.keys(), key=lambda stem: (-one[stem] * other[stem], stem))
    written = spellings(a.title, a.paragraphs, a.language)
    plain, others = (f"{member.title}\n{' '.join(member.paragraphs)}" for member in (a, b))
    small = {*_SMALL.findall(plain), *_SMALL.findall(others)}
    figures = set(_FIGURE.findall(plain)) & set(_FIGURE.findall(others))
    found: dict[str, list[str]] = {"names": [], "figures": [], "words": []}
    for stem in map(str, shared):
        word = written[stem]
        if stem[0].isdigit():  # 180,000 is two terms
            whole = sorted(figure for figure in figures if word in _PARTS.split(figure))
            found["figures"] += [figure for figure in whole if figure not in found["figures"]]
        elif word[0].isupper() and word.lower() not in small:
            found["names"] += [word] if len(word) > 1 else []  # "I" is no name
        elif len(word) > 2:
            found["words"].append(word.lower())
    return Reasons(one.cosine(other), **{kind: tuple(words) for kind, words in found.items()})


class _Vector(dict[Hashable, float]):
    """Terms by their part in a vector of length 1."""

    def __init__(self, parts: Iterable[tuple[Hashable, float]]) -> None:
        terms, sizes = zip(*parts, strict=True) if (parts := list(parts)) else ((), ())
        length = hypot(*sizes) or 1.0
        super().__init__(zip(terms, [size / length for size in sizes], strict=True))

    def cosine(self, other: Mapping[Any, float]) -> float:
        """0 to 1 for another unit vector."""
        return sum(part * other[term] for term, part in self.items() if term in other)


def _signature_vector(found: Signature) -> _Vector:
    parts = found.weights * hash_rarities(found.terms)
    return _Vector(zip(found.terms.tolist(), parts.tolist(), strict=True))


class _Sample:
    """A signature's shingles, for finding out whether texts are worth comparing."""

    def __init__(self, found: Signature) -> None:
        self._words, self._scale = found.words, found.scale
        self._hashes = {found.scale: frozenset(found.shingles.tolist())}
        """By the scale of the sample."""

    def hints_at(self, other: _Sample) -> bool:
        """Whether the samples say that one text may be a copy of the other, shortened or not."""
        if not (self._words and other._words):
            return True
        scale = max(self._scale, other._scale)
        one, two = self._of_scale(scale), other._of_scale(scale)
        smaller = min(len(one), len(two))
        return smaller == 0 or len(one & two) >= HINT * smaller

    def _of_scale(self, scale: int) -> frozenset[int]:
        """The sample of a scale, which is not finer than this one's."""
        if scale not in self._hashes:
            limit = 1 << 32 - scale
            self._hashes[scale] = frozenset(found for found in self._hashes[self._scale] if found < limit)
        return self._hashes[scale]


def _copy(place: int, common: Mapping[int, int], sizes: Mapping[int, int]) -> tuple[Relation, int, float] | None:
    """Of which earlier article the one at a place is a copy, from the shingles it has in common with each."""
    size = sizes.get(place, 0)
    resemblance = {j: n / max(1, size + sizes[j] - n) for j, n in common.items()}
    contained = {j: n / min(size, sizes[j]) for j, n in common.items() if min(size, sizes[j]) >= CONTAINED_SHINGLES}
    kinds: tuple[tuple[Relation, dict[int, float], float], ...] = (
        ("copy", resemblance, COPY),
        ("near-copy", resemblance, NEAR_COPY),
        ("near-copy", contained, CONTAINED),
    )
    for relation, scores, enough in kinds:
        closest = max(scores, key=lambda j: (scores[j], -j), default=None)
        if closest is not None and scores[closest] >= enough:
            return relation, closest, scores[closest]
    return None


def _most_central(titles: Sequence[_Vector], texts: Sequence[_Vector]) -> int:
    """Which title is nearest to the sum of all texts, the first of several."""
    whole: Counter[Any] = Counter()
    for text in texts:
        whole.update(text)
    scores = [title.cosine(whole) for title in titles]
    return scores.index(max(scores))
