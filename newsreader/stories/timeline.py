"""The articles of one story in time: what each is to those before it, the headline that speaks for all, and why
two of them are together. Works on exact texts, where the grouping works on samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
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
CONTAINED_WORDS = 40
"""Shorter articles are no shortened copies: a lead of two sentences is quoted by everyone."""


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
    texts = [_shingles(member) for member in ordered]
    vectors = [_vector(member.title, member.paragraphs, member.language) for member in ordered]
    places = [Place(ordered[0].entry.number, "first", None, 1.0)]
    for i, member in enumerate(ordered[1:], start=1):
        resemblance, copied = max((_resemblance(texts[i], texts[j], len(texts)), -j) for j in range(i))
