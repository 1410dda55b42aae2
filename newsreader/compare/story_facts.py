"""The figures, dates and quotations of a story: who says what, and who says otherwise.

Only values that are about the same thing can contradict each other; most of this module is about telling that.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import combinations

from newsreader.article import CancelCheck, never
from newsreader.compare.facts import Side, read_side
from newsreader.compare.features import stems
from newsreader.compare.matching import best_matching
from newsreader.compare.matrix_model import Reading, Saying, Statements, StoryFact, StoryFactKind
from newsreader.compare.quotations import quote_likeness
from newsreader.compare.time_budget import Clock
from newsreader.compare.value import Value
from newsreader.terms.disjoint_sets import DisjointSets
from newsreader.text.clean import fold, words

ABOUT = 2
"""Words, longer than three letters, that the surroundings of two values share if one contradicts the other. In the
18 sample stories and four of ECB+ one word instead finds a contradiction more, a wrong one; three words none less."""


SHARED = 0.4
"""Share of the words of the shorter sentence that the other one has if their figures contradict each other. In 616
loose stories of Reuters market news it takes away 9 of 100 contradictions, of the sample stories none."""
_CALENDAR = frozenset(
    fold(name)
    for names in (calendar.day_name, calendar.month_name)
    for name in names  # dates, no names of anybody
)
_BEFORE_CODE = re.compile(r"\d:$|(?i:\b(?:no|nos|number|page|flight|room|route)\.? )$")
_AFTER_TIME = re.compile(r":\d|(?i: ?[ap]\.? ?m\b)")
_COUNTED = re.compile(
    r"[ -](?:of (?:(?:the|its|his|her|their|all) )?)?"
    r"(?!(?:of|and|or|to|in|on|at|by|as|the|a|from|for|with|that|were|was|had|has|is|are|who|but|per)\b)"
    r"[^\W\d_]{2,20}(?!\w)"
)
"""What a number counts, as far as the next word tells."""


def story_facts(
    matrix: Statements,
    published: Sequence[datetime | None],
    *,
    budget: float = 4.0,
    cancelled: CancelCheck = never,
) -> tuple[tuple[StoryFact, ...], bool]:
    """The facts of all statements, contested ones first, then by how many articles have them; and whether all were
    looked at: False when the time (`budget`, seconds) ran out.

    Values that stand in one statement and mean the same are one reading; so are equal figures of other statements that
    count the same thing. Two readings contradict each other where articles give them in one statement, about the same
    words, neither gives the other's anywhere, and neither rounds the other. `published` is for each document what its
    dates are counted from; dates of documents without one contradict nothing. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    sides: dict[tuple[str, datetime | None], Side] = {}
    values, quotes = _Values({a for a, moment in enumerate(published) if moment is not None}), _Quotes()
    for number, statement in enumerate(matrix.statements):
        found = []
        for mention in statement.mentions:
            key = matrix.wording(mention), published[mention.article]
            if key not in sides:
                sides[key] = read_side([key[0]], key[1])
            found.append((mention.article, sides[key]))
        values.add(number, found)
        quotes.add(number, found)
        if clock.expired():
            return (), False
    facts = [*values.facts(clock), *quotes.facts()]
    facts.sort(
        key=lambda f: (not f.contested, f.kind == "quote", -len(f.articles), f.statements[0], f.readings[0].wordings)
    )
    return tuple(facts), not clock.expired()


@dataclass(slots=True)
class _Class:
    """Values or quotations that are the same."""

    sayings: list[Saying] = field(default_factory=list)

    def reading(self) -> Reading:
        return Reading(tuple(sorted(self.sayings, key=lambda s: (s.article, s.statement))))

    @property
    def articles(self) -> set[int]:
        return {saying.article for saying in self.sayings}


@dataclass(frozen=True, slots=True)
class _Placed:
    """A value in an article's part of a statement."""

    value: Value
    about: frozenset[str]
    own: int
    """Its class within the statement."""
    written: str

    def is_said_by(self, value: Value, about: frozenset[str]) -> bool:
        """Whether it is the same: numbers of other things are, if the words around them are."""
        return self.value.equals(value) and (self.value.unit == value.unit or len(self.about & about) >= ABOUT)


@dataclass(frozen=True, slots=True)
class _Part:
    """What an article says of a statement."""

    article: int
    placed: Sequence[_Placed]
    names: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, article: int, side: Side, placed: Sequence[_Placed]) -> _Part:
        found = [word for word in words(side.text)[1:] if word[0].isupper()]
        names = frozenset(map(fold, found)) - _CALENDAR
        return cls(article, placed, names, frozenset(stem for stem in stems(side.text) if not stem[0].isdigit()))

    def is_about_the_same(self, other: _Part) -> bool:
        """Whether their figures can contradict each other: they share words enough, and a name if both have any."""
        if self.names and other.names and self.names.isdisjoint(other.names):
            return False
        return len(self.words & other.words) >= SHARED * min(len(self.words), len(other.words))


class _Values:
    """Figures and dates."""

    def __init__(self, dated: Collection[int]) -> None:
        self._dated = dated
        self._classes: list[_Class] = []
        self._same = DisjointSets()
        self._known: dict[tuple[object, ...], int] = {}
        """(kind, unit, meaning, the article of a date) → the first class that has it."""
        self._rows: list[list[_Part]] = []

    def add(self, statement: int, sides: Sequence[tuple[int, Side]]) -> None:
        """The values of a statement: (article, what it says)."""
        here: list[_Placed] = []
        row: list[_Part] = []
        for article, side in sides:
            placed = []
            for value in side.values:
                if value.kind == "number" and _is_code(side.text, value):
                    continue
                about = frozenset(side.about(value))
                own = next((known.own for known in here if known.is_said_by(value, about)), len(self._classes))
                place = _Placed(value, about, own, _written(side, value))
                if own == len(self._classes):
                    self._classes.append(_Class())
                    here.append(place)
                self._classes[own].sayings.append(Saying(article, statement, place.written))
                placed.append(place)
            row.append(_Part.of(article, side, placed))
        for part in row:
            for place in part.placed:
                self._join(place.own, place.value)
        self._rows.append(row)

    def _join(self, own: int, value: Value) -> None:
        """With equal values of other statements that count the same thing; a date, which belongs to what happened on
        it, only with those of the same article alone, so that no outlets seem to share it."""
        givers = self._classes[own].articles
        if value.kind == "date" and len(givers) > 1:
            self._same.join(own, own)
            return
        of = tuple(givers) if value.kind == "date" else ()
        for meaning in value.meanings:
            self._same.join(own, self._known.setdefault((value.kind, value.unit, meaning, of), own))

    def facts(self, clock: Clock) -> Iterator[StoryFact]:
        merged: dict[int, _Class] = {}
        kinds: dict[int, StoryFactKind] = {}
        for group in self._same.all():
            merged[group[0]] = _Class([saying for number in group for saying in self._classes[number].sayings])
        for row in self._rows:
            for part in row:
                kinds.update({self._same.root(p.own): p.value.kind for p in part.placed})
        givers = {number: same.articles for number, same in merged.items()}
        contested: dict[tuple[int, ...], None] = {}
        for row in self._rows:
            against = DisjointSets()
            for one, other in self._contradictions(row, givers, clock):
                against.join(one, other)
            contested.update(dict.fromkeys(tuple(group) for group in against.all()))
        for readings_of in contested:
            readings = sorted((merged[number].reading() for number in readings_of), key=_by_support)
            yield StoryFact(kinds[readings_of[0]], tuple(readings), True)
        for number in merged.keys() - {number for readings_of in contested for number in readings_of}:
            yield StoryFact(kinds[number], (merged[number].reading(),), False)

    def _contradictions(
        self, row: Sequence[_Part], givers: Mapping[int, Collection[int]], clock: Clock
    ) -> Iterator[tuple[int, int]]:
        """Pairs of readings that contradict each other in a statement; `givers` are the articles of each reading."""
        for one, other in combinations(row, 2):
            left = [p for p in one.placed if other.article not in givers[self._same.root(p.own)]]
            right = [p for p in other.placed if one.article not in givers[self._same.root(p.own)]]
            if not left or not right or not one.is_about_the_same(other):
                continue
            if clock.expired():
                return
            dated = one.article in self._dated and other.article in self._dated
            pairs = [
                (i, j, float(shared))
                for i, a in enumerate(left)
                for j, b in enumerate(right)
                if (a.value.kind, a.value.unit) == (b.value.kind, b.value.unit)
                and a.written != b.written
                and not (_rounds(a, b) or _rounds(b, a))
                and (dated or a.value.kind != "date")
                and (shared := len(a.about & b.about)) >= ABOUT
            ]
            for i, j, _ in best_matching(pairs):
                yield self._same.root(left[i].own), self._same.root(right[j].own)


def _rounds(rough: _Placed, exact: _Placed) -> bool:
    """Whether one figure, with decimals, is the other one rounded: 4.1 percent and 4.09 percent."""
    if "." not in rough.written:
        return False
    for measure, *bounds in rough.value.meanings:
        for other, *others in exact.value.meanings:
            if measure == other and len(bounds) == len(others) == 1:
                one, two = bounds[0], others[0]
                if isinstance(one, Decimal) and isinstance(two, Decimal) and round(two, _decimals(one)) == one:
                    return True
    return False


def _decimals(number: Decimal) -> int:
    """Places after the point; negative for round thousands."""
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _is_code(text: str, value: Value) -> bool:
    """A time of day, or a number that only names something: 5:42, No. 2."""
    before = text[max(0, value.start - 6) : value.start]
    return bool(_BEFORE_CODE.search(before) or _AFTER_TIME.match(text, value.stop))


def _written(side: Side, value: Value) -> str:
    counted = _COUNTED.match(side.text, value.stop) if value.kind == "number" else None
    return side.text[value.start : counted.end() if counted else value.stop]


class _Quotes:
    """Quotations."""

    def __init__(self) -> None:
        self._classes: list[_Class] = []
        self._words: list[str] = []
        self._known: dict[str, int] = {}
        self._alike = DisjointSets()
        self._pairs: list[tuple[int, int]] = []
        """Those of one statement that can be the same quotation."""

    def add(self, statement: int, sides: Sequence[tuple[int, Side]]) -> None:
        """The quotations of a statement: (article, what it says)."""
        here: dict[int, None] = {}
        for article, side in sides:
            for quote in side.quotes:
                folded = " ".join(words(fold(quote)))
                own = self._known.setdefault(folded, len(self._classes))
                if own == len(self._classes):
                    self._classes.append(_Class())
                    self._words.append(folded)
                self._classes[own].sayings.append(Saying(article, statement, quote))
                here[own] = None
        for own in here:
            self._alike.join(own, own)
        for one, other in combinations(here, 2):
            if quote_likeness(self._words[one], self._words[other]) > 0:
                self._alike.join(one, other)
                self._pairs.append((one, other))

    def facts(self) -> Iterator[StoryFact]:
        against = {self._alike.root(one) for one, other in self._pairs if self._are_against(one, other)}
        for group in self._alike.all():
            readings = sorted((self._classes[number].reading() for number in group), key=_by_support)
            yield StoryFact("quote", tuple(readings), self._alike.root(group[0]) in against)

    def _are_against(self, one: int, other: int) -> bool:
        """Whether articles word a quotation differently: what one article has both of is two quotations."""
        if not self._classes[one].articles.isdisjoint(self._classes[other].articles):
            return False
        return _differ(self._words[one], self._words[other])


def _differ(one: str, other: str) -> bool:
    """Whether each is more than a part of the other."""
    return f" {one} " not in f" {other} " and f" {other} " not in f" {one} "


def _by_support(reading: Reading) -> tuple[int, int, int, str]:
    first = reading.sayings[0]
    return -len(reading.articles), first.article, first.statement, first.written
