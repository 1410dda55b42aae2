"""The articles of one story in time: what each is to those before it, the headline that speaks for all, and why
two of them are together. Works on exact texts, where the grouping works on samples.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt
from typing import Literal

from newsreader.signature import (
    SHINGLE_WORDS,
    prior_rarity,
    shingle_words,
    spellings,
    term_weights,
)
from newsreader.stories.entry import Entry

Relation = Literal["first", "copy", "near-copy", "same-story"]

COPY = 0.95
"""Resemblance (shingles in common, of all of both) from which an article is a copy: a changed byline is allowed."""
NEAR_COPY = 0.5
"""Resemblance from which it is a near-copy …"""
CONTAINED = 0.8
"""… or this share of the shorter one's shingles: shortened copies."""
CONTAINED_SHINGLES = 40
"""Shorter articles are no shortened copies: everyone quotes a lead of two sentences."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story with its text."""

    entry: Entry
    title: str
    paragraphs: Sequence[str]
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What an article is in its story."""

    number: int
    relation: Relation
    closest: int | None
    """The number of the earlier article that it is most like; None for the first."""
    similarity: float
    """0 to 1, to that one: shingles in common for copies, weighted terms otherwise; 1 for the first."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story's articles, earliest first (undated ones last)."""

    places: tuple[Place, ...]
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


def timeline(members: Sequence[Member]) -> Timeline:
    """The timeline of a story's members, in any order; at least one."""
    ordered = sorted(members, key=order)
    vectors = [_Vector(member) for member in ordered]
    places: list[Place] = []
    holders: dict[int, list[int]] = defaultdict(list)
    """Shingle: the earlier articles that have it."""
    sizes: list[int] = []
    for place, member in enumerate(ordered):
        shingles = _shingles(member)
        common = Counter(earlier for shingle in shingles for earlier in holders[shingle])
        places.append(_place(place, [m.entry.number for m in ordered], common, [*sizes, len(shingles)], vectors))
        sizes.append(len(shingles))
        for shingle in shingles:
            holders[shingle].append(place)
    return Timeline(tuple(places), _headline(ordered, vectors))


def why(a: Member, b: Member) -> Reasons:
    """What speaks for the two being one story."""
    one, other = _Vector(a), _Vector(b)
    shared = sorted(one.keys() & other.keys(), key=lambda stem: (-one[stem] * other[stem], stem))
    written = spellings(a.title, a.paragraphs, a.language)
    found: dict[str, list[str]] = {"names": [], "figures": [], "words": []}
    for stem in shared:
        word = written[stem]
        kind = "figures" if stem[0].isdigit() else "names" if word[0].isupper() else "words"
        found[kind].append(word)
    return Reasons(one.cosine(other), **{kind: tuple(words) for kind, words in found.items()})


class _Vector(dict[str, float]):
    """The stems of an article by their part in a vector of length 1."""

    def __init__(self, member: Member, *, title_only: bool = False) -> None:
        paragraphs = () if title_only else member.paragraphs
        weights = term_weights(member.title, paragraphs, member.language)
        parts = {stem: weight * prior_rarity(stem) for stem, weight in weights.items()}
        length = sqrt(sum(part * part for part in parts.values())) or 1.0
        super().__init__((stem, part / length) for stem, part in parts.items())

    def cosine(self, other: Mapping[str, float]) -> float:
        """0 to 1 for another unit vector."""
        return sum(part * other[stem] for stem, part in self.items() if stem in other)


def _shingles(member: Member) -> set[int]:
    """Hashes of the runs of words in a text; of its title too if it has no more."""
    words = shingle_words(" ".join(member.paragraphs)) or shingle_words(member.title)
    runs = max(1, len(words) - SHINGLE_WORDS + 1)
    return {hash(tuple(words[k : k + SHINGLE_WORDS])) for k in range(runs)}


def _place(
    place: int, numbers: Sequence[int], common: Mapping[int, int], sizes: Sequence[int], vectors: Sequence[_Vector]
) -> Place:
    """What the article at a place is to those before it, from the shingles it has in common with each of them."""
    number, size = numbers[place], sizes[place]
    if place == 0:
        return Place(number, "first", None, 1.0)
    resemblance = {j: n / (size + sizes[j] - n) for j, n in common.items()}
    contained = {j: n / min(size, sizes[j]) for j, n in common.items() if min(size, sizes[j]) >= CONTAINED_SHINGLES}
    kinds: tuple[tuple[Relation, dict[int, float], float], ...] = (
        ("copy", resemblance, COPY),
        ("near-copy", resemblance, NEAR_COPY),
        ("near-copy", contained, CONTAINED),
    )
    for relation, scores, enough in kinds:
        closest = max(scores, key=lambda j: (scores[j], -j), default=None)
        if closest is not None and scores[closest] >= enough:
            return Place(number, relation, numbers[closest], scores[closest])
    cosines = [vectors[place].cosine(earlier) for earlier in vectors[:place]]
    closest = cosines.index(max(cosines))
    return Place(number, "same-story", numbers[closest], cosines[closest])


def _headline(members: Sequence[Member], vectors: Sequence[_Vector]) -> str:
    """The title nearest to the sum of all the articles, the earliest of several."""
    whole: Counter[str] = Counter()
    for vector in vectors:
        whole.update(vector)
    scores = [_Vector(member, title_only=True).cosine(whole) for member in members]
    return members[scores.index(max(scores))].title
