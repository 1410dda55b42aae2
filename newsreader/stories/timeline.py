"""The articles of one story in time: what each is to those before it, and the headline that speaks for all.

Copies are told by the exact texts; these are read only where the samples in the signatures hint at a copy, as reading
all of them would cost more than the grouping itself. Equal texts are looked at once, and in long stories each text is
compared with its `neighbours` alone: all pairs of 8,000 articles took minutes.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled
from newsreader.library.rows import Relation, StoryPlace
from newsreader.stories.agency import AGENCIES
from newsreader.stories.chronology import Appearance, Earliest, story_order, trusted_since
from newsreader.stories.entry import BookEntry
from newsreader.stories.headline import Headed, headline, plain_title
from newsreader.stories.neighbours import ALL_COMPARED, neighbours
from newsreader.stories.term_vector import TermVector
from newsreader.terms.signature import (
    compared_shingles,
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
LEAST_CONTAINED = 12
"""Shingles of a text from which it was there before a longer one of its day that has nearly all of it …"""
LONGER = 1.2
"""… if that is so many times as long: two versions of about one length may have come in any order."""

HINT = 0.4
"""Share of the smaller sample in common from which texts are compared: near-copies share at least two thirds of the
shorter text, and a sample of 64 tells that to ± .06."""
_VARIANTS = 8
"""Different texts of one signature that later ones are compared with."""
_PLACES_AT_ONCE = 64
_SHINGLES_KEPT = 2_000_000
"""Of a story's texts: those of 6,000 news articles, in 120 MB. Others are read again when they are wanted."""


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a story."""

    entry: BookEntry
    appearance: Appearance
    title: str
    paragraphs: Sequence[str]
    language: str | None = None


_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_PARTS = re.compile(r"[.,:]")
_NO_REASON = frozenset((*AGENCIES, *calendar.day_name, *calendar.month_name)) - {"May", "March"}
"""Names that speak for nothing: who reported it, and on which day of which month."""
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w*")
"""Words written small somewhere: capitals elsewhere are those of a sentence's beginning."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A story's articles, earliest first (undated ones last)."""

    places: tuple[StoryPlace, ...]
    headline: str
    """As `headline` chooses it, of the language that most of them are in."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What two articles have in common, weightiest first, as the first of them writes it."""

    similarity: float
    """0 to 1: cosine of the weighted terms, before the library's own counts."""
    names: tuple[str, ...]
    figures: tuple[str, ...]
    words: tuple[str, ...]


def in_time(members: Sequence[Member]) -> list[Member]:
    """A story's articles by time, those last whose date says nothing of who was first."""
    since = _since(members)
    return sorted(members, key=lambda member: story_order(member.appearance, since))


def _since(members: Sequence[Member]) -> float:
    return trusted_since(member.appearance.moment for member in members)


def timelines(stories: Iterable[Sequence[Member]], cancelled: CancelCheck = never) -> Iterator[Timeline]:
    """The timelines of stories, each given by its members in any order, at least one. Raises ValueError for a damaged
    signature, `Cancelled`."""
    stories = list(stories)
    titles = _title_vectors([member for members in stories for member in members])
    for members in stories:
        yield _timeline(in_time(members), titles, {}, lambda member: member.paragraphs, cancelled)


def long_timeline(
    members: Sequence[Member],
    known: Mapping[int, StoryPlace],
    paragraphs: Callable[[Member], Sequence[str]],
    cancelled: CancelCheck = never,
) -> Timeline:
    """The timeline of a story of many members, which come without their texts: `paragraphs` gives what is wanted.
    `known` are the places, by number, of all members that it had before; they stay for those before the first new one,
    unless these were compared with all earlier ones and no longer are. Raises ValueError for a damaged signature,
    `Cancelled`."""
    if _is_long(member for member in members if member.entry.number in known) != _is_long(members):
        known = {}
    return _timeline(in_time(members), _title_vectors(members), known, paragraphs, cancelled)


def _is_long(members: Iterable[Member]) -> bool:
    """Whether each text is compared with its `neighbours` alone."""
    return len({member.entry.signature for member in members}) > ALL_COMPARED


_Titles: TypeAlias = "Mapping[tuple[str, str | None], TermVector]"
"""By title and language."""


def _title_vectors(members: Iterable[Member]) -> _Titles:
    titles = list(dict.fromkeys((member.title, member.language) for member in members))
    found = signatures([(tokenize(plain_title(title), ()), language) for title, language in titles])
    return {title: TermVector.of_signature(read_signature(blob)) for title, blob in zip(titles, found, strict=True)}


def _timeline(
    ordered: Sequence[Member],
    titles: _Titles,
    known: Mapping[int, StoryPlace],
    paragraphs: Callable[[Member], Sequence[str]],
    cancelled: CancelCheck,
) -> Timeline:
    """Of members by time."""
    texts = _Texts(ordered, paragraphs, cancelled)
    earliest = Earliest(_since(ordered))
    places: list[StoryPlace] = []
    seen: set[int] = set()
    all_known = True
    for at, member in enumerate(ordered):
        if at % _PLACES_AT_ONCE == 0 and cancelled():
            raise Cancelled("stories: cancelled")
        number = member.entry.number
        place = known.get(number) if all_known else None
        if place is None or not (place.closest in seen if at else place.relation == "first"):
            all_known = all_known and number in known
            place = _place(at, ordered, texts, places, earliest)
        earliest.note(member.appearance)
        texts.note(at, is_copy=_is_full_copy(place))
        places.append(place)
        seen.add(number)
    spoken = Counter(member.language for member in ordered if member.language is not None).most_common(1)
    headed = [
        Headed(member.title, titles[member.title, member.language], text, member.entry.published)
        for member, text in zip(ordered, texts.vectors, strict=True)
        if not spoken or member.language in (None, spoken[0][0])
    ]
    return Timeline(tuple(places), headline(headed))


def _place(
    at: int, ordered: Sequence[Member], texts: _Texts, places: Sequence[StoryPlace], earliest: Earliest
) -> StoryPlace:
    """What the article at a place is to those before it."""
    number = ordered[at].entry.number
    same = texts.add(at)
    if not at:
        return StoryPlace(number, "first", 1.0, None, 0.0)
    if same is not None:  # word for word: a copy of it, or of what it is itself a full copy of
        before = places[same]
        return StoryPlace(number, "copy", 1.0, before.closest if _is_full_copy(before) else before.number, 1.0)
    candidates = texts.before(at)
    shared = {j: texts.in_common(j, at) for j in candidates if texts.hint_at_a_copy(j, at)}
    if (copy := _copy(shared)) is not None:
        relation, closest, similarity = copy
        taken = shared[closest][0] / max(1, shared[closest][2])
        return StoryPlace(number, relation, similarity, ordered[closest].entry.number, taken)
    cosines = [texts.vectors[at].cosine(texts.vectors[j]) for j in candidates]
    closest = candidates[cosines.index(max(cosines))]
    is_first = not (earliest.before(ordered[at].appearance) or any(map(_is_contained, shared.values())))
    relation = "first" if is_first else "same-story"
    return StoryPlace(number, relation, max(cosines), ordered[closest].entry.number, texts.taken(closest, at))


def _is_full_copy(place: StoryPlace) -> bool:
    return place.relation == "copy" and place.similarity == 1.0


class _Texts:
    """The texts of a story's articles, which are known by their places in time; equal ones are one."""

    def __init__(
        self, ordered: Sequence[Member], paragraphs: Callable[[Member], Sequence[str]], cancelled: CancelCheck
    ) -> None:
        self._ordered, self._paragraphs = ordered, paragraphs
        numbers: dict[bytes, int] = {}
        self._signature = [numbers.setdefault(member.entry.signature, len(numbers)) for member in ordered]
        """Of each place the number of its signature among the different ones, by time."""
        read = [read_signature(blob) for blob in numbers]
        self._samples = [_Sample(one.words, one.scale, frozenset(one.shingles.tolist())) for one in read]
        vectors = [TermVector.of_signature(one) for one in read]
        self.vectors = [vectors[signature] for signature in self._signature]
        """Of each place."""
        self._neighbours = list(neighbours(read, cancelled))
        self._is_long = len(read) > ALL_COMPARED
        self._places: list[list[int]] = [[] for _ in read]
        """Of each signature the first place, and the first ones of other texts."""
        self._first: dict[tuple[str, Sequence[str]], int] = {}
        """Of each text that was read the first place."""
        self._full: dict[int, _Sample] = {}
        """Of some places all shingles."""
        self._held = 0
        """Shingles in these."""

    def note(self, at: int, *, is_copy: bool) -> None:
        """Later texts are to be compared with the one at a place too, if it is the first of its signature, or, being no
        full copy of an earlier one, among the first."""
        places = self._places[self._signature[at]]
        if not places or (len(places) < _VARIANTS and not is_copy):
            places.append(at)

    def add(self, at: int) -> int | None:
        """Read the text at a place: the first place with the very same text and any words, if there is one before."""
        member = self._ordered[at]
        text = member.title, tuple(self._paragraphs(member))
        first = self._first.setdefault(text, at)
        return first if first != at and len(self._in_full(first)) else None

    def before(self, at: int) -> list[int]:
        """The earlier places that one is to be compared with, ascending; never none."""
        own = self._signature[at]
        signatures = [*self._neighbours[own], own] if self._is_long else range(len(self._places))
        return sorted(place for number in signatures for place in self._places[number] if place < at) or [0]

    def hint_at_a_copy(self, one: int, other: int) -> bool:
        """Whether the samples say that one text may be a copy of the other, shortened or not."""
        return self._samples[self._signature[one]].hints_at(self._samples[self._signature[other]])

    def in_common(self, one: int, other: int) -> tuple[int, int, int]:
        """How many shingles two texts have in common, and how many the one and the other have."""
        return self._in_full(one).shared(self._in_full(other))

    def taken(self, one: int, other: int) -> float:
        """What share of the other's shingles the one has, as far as the samples tell."""
        common, _, size = self._samples[self._signature[one]].shared(self._samples[self._signature[other]])
        return common / max(1, size)

    def _in_full(self, at: int) -> _Sample:
        if at not in self._full:
            member = self._ordered[at]
            hashes, scale = compared_shingles(member.title, self._paragraphs(member))
            self._full[at] = _Sample(len(hashes), scale, hashes)
            self._held += len(hashes)
            while self._held > _SHINGLES_KEPT and len(self._full) > 2:
                self._held -= len(self._full.pop(next(iter(self._full))))
        return self._full[at]


def is_contained(one: tuple[str, Sequence[str]], other: tuple[str, Sequence[str]]) -> bool:
    """Whether a longer text (title, paragraphs) has nearly all of a shorter one."""
    (hashes, scale), (others, other_scale) = compared_shingles(*one), compared_shingles(*other)
    return _is_contained(_Sample(len(hashes), scale, hashes).shared(_Sample(len(others), other_scale, others)))


def why(a: Member, b: Member) -> Reasons:
    """What speaks for the two being one story."""
    weights = (term_weights(member.title, member.paragraphs, member.language) for member in (a, b))
    one, other = (TermVector((stem, weight * prior_rarity(stem)) for stem, weight in of.items()) for of in weights)
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
        elif word in _NO_REASON:
            continue
        elif word[0].isupper() and word.lower() not in small:
            found["names"] += [word] if len(word) > 1 else []  # "I" is no name
        elif len(word) > 2:
            found["words"].append(word.lower())
    return Reasons(one.cosine(other), **{kind: tuple(words) for kind, words in found.items()})


class _Sample:
    """Some of a text's shingles, those of a scale."""

    def __init__(self, words: int, scale: int, hashes: frozenset[int]) -> None:
        self._words, self._scale = words, scale
        self._hashes = {scale: hashes}
        """By the scale of the sample."""

    def __len__(self) -> int:
        return len(self._hashes[self._scale])

    def hints_at(self, other: _Sample) -> bool:
        """Whether the samples say that one text may be a copy of the other, shortened or not."""
        if not (self._words and other._words):
            return True
        common, one, two = self.shared(other)
        smaller = min(one, two)
        return smaller == 0 or common >= HINT * smaller

    def shared(self, other: _Sample) -> tuple[int, int, int]:
        """How many are in common at the scale of the coarser of the two, and how many the one and the other have."""
        scale = max(self._scale, other._scale)
        one, two = self._of_scale(scale), other._of_scale(scale)
        return len(one & two), len(one), len(two)

    def _of_scale(self, scale: int) -> frozenset[int]:
        """The sample of a scale, which is not finer than this one's."""
        if scale not in self._hashes:
            limit = 1 << 32 - scale
            self._hashes[scale] = frozenset(found for found in self._hashes[self._scale] if found < limit)
        return self._hashes[scale]


def _is_contained(shared: tuple[int, int, int]) -> bool:
    """Whether a longer text has nearly all of a shorter one, from the shingles in common, of the shorter, of the
    longer."""
    common, size, longer = shared
    return size >= LEAST_CONTAINED and longer >= LONGER * size and common >= CONTAINED * size


def _copy(shared: Mapping[int, tuple[int, int, int]]) -> tuple[Relation, int, float] | None:
    """Of which earlier article one is a copy, from the shingles that each (by its place) has in common with it, has
    itself, and that it has."""
    resemblance = {j: n / max(1, size + own - n) for j, (n, size, own) in shared.items()}
    contained = {j: n / min(size, own) for j, (n, size, own) in shared.items() if min(size, own) >= CONTAINED_SHINGLES}
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
