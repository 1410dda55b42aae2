"""The figures, dates and quotations of a story: who says what, and who says otherwise.

What outlets contradict each other in is the first that a reader looks at, so it is stated only where it is sure: of
single values of one statement, by the same rule as in a comparison of two articles (`same_thing`, `quotations`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import combinations

from newsreader.article import CancelCheck, never
from newsreader.compare.content_words import CALENDAR, content_words
from newsreader.compare.facts import Side, read_side
from newsreader.compare.features import small_words, without_dateline
from newsreader.compare.matrix_model import Reading, Saying, Statements, StoryFact, StoryFactKind
from newsreader.compare.quotations import quote_likeness, spoken, surely_differ, wording
from newsreader.compare.same_thing import Place, surely_contradict
from newsreader.compare.time_budget import Clock
from newsreader.compare.value import Value
from newsreader.terms.disjoint_sets import DisjointSets
from newsreader.terms.signature import prior_counts, stem
from newsreader.text.clean import fold, words

OF_SOMEBODY = 6
"""Words that say what happened which two sentences share, unless they share a name, if their money or percentages
contradict each other: "Sales fell 9.7 percent" of two articles on two firms are one statement by their words."""
_ACCORDING = re.compile(r"\baccording to [^,;.]*", re.IGNORECASE)
ABOUT = 2
"""Words, longer than three letters, that the surroundings of two equal numbers share if they count the same though the
words after them differ."""


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
    count the same thing. Two readings contradict each other where articles give them in one statement, each as its
    only value of that kind, they are surely about the same thing, can't both be true, and neither article gives the
    other's anywhere. `published` is for each document what its dates are counted from; dates of documents without one
    contradict nothing. Raises `Cancelled`.
    """
    clock = Clock(budget, cancelled)
    sides: dict[tuple[tuple[str, ...], datetime | None], Side] = {}
    values, quotes = _Values(matrix, published), _Quotes()
    for number, statement in enumerate(matrix.statements):
        found = []
        for mention in statement.mentions:
            text = tuple(dict.fromkeys(matrix.sentences[mention.article][index].text for index in mention.sentences))
            key = text, published[mention.article]
            if key not in sides:
                sides[key] = read_side(*key)
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

    @property
    def articles(self) -> set[int]:
        return {saying.article for saying in self.sayings}

    def reading(self, statements: Collection[int] | None = None) -> Reading:
        """What articles say so in some statements, or in all."""
        found = (s for s in self.sayings if statements is None or s.statement in statements)
        return Reading(tuple(sorted(found, key=lambda s: (s.article, s.statement))))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A value in an article's part of a statement."""

    value: Value
    place: Place
    about: frozenset[str]
    own: int
    """Its class within the statement."""

    def is_said_by(self, value: Value, about: frozenset[str]) -> bool:
        """Whether it is the same: numbers of other things are, if the words around them are."""
        return self.value.equals(value) and (self.value.unit == value.unit or len(self.about & about) >= ABOUT)


@dataclass(frozen=True, slots=True)
class _Part:
    """What an article says of a statement."""

    article: int
    placed: Sequence[_Placed]
    text: str

    def is_of_the_same(self, other: _Part, small: Collection[str]) -> bool:
        """Whether their money and percentages are surely somebody's who is the same; who says so does not count."""
        texts = [_ACCORDING.sub(" ", part.text) for part in (self, other)]
        names = [{fold(word) for word in words(text) if word[0].isupper()} for text in texts]
        if any(stem(name) not in prior_counts() for name in (names[0] & names[1]).difference(small, CALENDAR)):
            return True
        content = [{word for word in content_words(text, small) if not word[0].isdigit()} for text in texts]
        return len(content[0] & content[1]) >= OF_SOMEBODY

    def single(self) -> dict[tuple[str, str], _Placed]:
        """The values that are the only one of their kind and unit."""
        found: dict[tuple[str, str], list[_Placed]] = {}
        for placed in self.placed:
            found.setdefault((placed.value.kind, placed.value.unit), []).append(placed)
        return {kind: some[0] for kind, some in found.items() if len(some) == 1}


def _differ_in_others(one: _Part, other: _Part, kind: tuple[str, str]) -> bool:
    """Whether they also give other values of another kind: then they tell of two events, each with its own day."""
    kinds = ({(p.value.kind, p.value.unit) for p in part.placed} - {kind} for part in (one, other))
    return any(
        not any(
            a.value.equals(b.value) for a in one.placed for b in other.placed if (b.value.kind, b.value.unit) == some
        )
        for some in set.intersection(*kinds)
    )


class _Values:
    """Figures and dates."""

    def __init__(self, matrix: Statements, published: Sequence[datetime | None]) -> None:
        self._matrix = matrix
        self._days = [moment.date() if moment is not None else None for moment in published]
        self._classes: list[_Class] = []
        self._kinds: list[StoryFactKind] = []
        self._same = DisjointSets()
        self._known: dict[tuple[object, ...], int] = {}
        """(kind, unit, meaning, the article of a date) → the first class that has it."""
        self._rows: list[tuple[int, list[_Part]]] = []
        """For each statement (index) what the articles say of it."""

    @cached_property
    def _small(self) -> frozenset[str]:
        """Words that are no names."""
        return small_words(sentence.text for text in self._matrix.sentences for sentence in text)

    def add(self, statement: int, sides: Sequence[tuple[int, Side]]) -> None:
        """The values of a statement: (article, what it says)."""
        here: list[_Placed] = []
        row: list[_Part] = []
        for article, side in sides:
            placed = []
            for value in side.values:
                about = frozenset(side.about(value))
                own = next((known.own for known in here if known.is_said_by(value, about)), len(self._classes))
                place = _Placed(value, side.place(value), about, own)
                if own == len(self._classes):
                    self._classes.append(_Class())
                    self._kinds.append(value.kind)
                    here.append(place)
                self._classes[own].sayings.append(Saying(article, statement, side.written(value)))
                placed.append(place)
            row.append(_Part(article, placed, " ".join(map(without_dateline, side.sentences))))
        for part in row:
            for place in part.placed:
                self._join(place.own, place.value)
        self._rows.append((statement, row))

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
        merged = {
            group[0]: _Class([saying for number in group for saying in self._classes[number].sayings])
            for group in self._same.all()
        }
        givers = {number: same.articles for number, same in merged.items()}
        contested: dict[tuple[int, ...], set[int]] = {}
        """Classes that contradict each other, and the statements in which they do."""
        for statement, row in self._rows:
            against = DisjointSets()
            for one, other in self._contradictions(row, givers, clock):
                against.join(one, other)
            for group in against.all():
                contested.setdefault(tuple(group), set()).add(statement)
        shown: dict[int, set[int]] = {}
        for numbers, statements in contested.items():
            readings = sorted((merged[number].reading(statements) for number in numbers), key=_by_support)
            yield StoryFact(self._kinds[numbers[0]], tuple(readings), True)
            for number in numbers:
                shown.setdefault(number, set()).update(statements)
        for number, same in merged.items():
            rest = same.reading({s.statement for s in same.sayings} - shown.get(number, set()))
            if rest.sayings:
                yield StoryFact(self._kinds[number], (rest,), False)

    def _contradictions(
        self, row: Sequence[_Part], givers: Mapping[int, Collection[int]], clock: Clock
    ) -> Iterator[tuple[int, int]]:
        """Pairs of readings that contradict each other in a statement; `givers` are the articles of each reading."""
        for one, other in combinations(row, 2):
            if clock.expired():
                return
            left, right = one.single(), other.single()
            days = self._days[one.article], self._days[other.article]
            same_day = None not in days and days[0] == days[1]
            for kind in sorted(left.keys() & right.keys()):
                a, b = left[kind], right[kind]
                if a.value.kind == "date" and (None in days or _differ_in_others(one, other, kind)):
                    continue
                roots = self._same.root(a.own), self._same.root(b.own)
                given = other.article in givers[roots[0]] or one.article in givers[roots[1]]
                if given or not surely_contradict(a.place, b.place, same_statement=True, same_day=same_day):
                    continue
                if a.value.kind not in ("money", "percent") or one.is_of_the_same(other, self._small):
                    yield roots


class _Quotes:
    """Quotations."""

    def __init__(self) -> None:
        self._classes: list[_Class] = []
        self._quotes: list[tuple[str, str]] = []
        """For each class (as written, as spoken)."""
        self._known: dict[str, int] = {}
        self._same, self._alike = DisjointSets(), DisjointSets()
        self._differing: list[tuple[int, int]] = []
        """Classes that word a quotation of one statement differently."""

    def add(self, statement: int, sides: Sequence[tuple[int, Side]]) -> None:
        """The quotations of a statement: (article, what it says)."""
        here: dict[int, None] = {}
        for article, side in sides:
            for quote in side.quotes:
                heard = " ".join(spoken(quote))
                own = self._known.setdefault(heard, len(self._classes))
                if own == len(self._classes):
                    self._classes.append(_Class())
                    self._quotes.append((quote, heard))
                self._classes[own].sayings.append(Saying(article, statement, quote))
                here[own] = None
        for own in here:
            self._alike.join(own, own)
            self._same.join(own, own)
        for one, other in combinations(here, 2):
            (a, heard_a), (b, heard_b) = self._quotes[one], self._quotes[other]
            how = wording(a, b) if quote_likeness(heard_a, heard_b) > 0 else None
            if how is not None:
                self._alike.join(one, other)
            if how == "same":
                self._same.join(one, other)
            elif how == "differently" and surely_differ(a, b):
                self._differing.append((one, other))

    def facts(self) -> Iterator[StoryFact]:
        merged: dict[int, _Class] = {}
        for same in self._same.all():
            merged[same[0]] = _Class([saying for number in same for saying in self._classes[number].sayings])
        against = set()
        for one, other in self._differing:
            # what one article has both of is two quotations
            if merged[self._same.root(one)].articles.isdisjoint(merged[self._same.root(other)].articles):
                against.add(self._alike.root(one))
        for group in self._alike.all():
            found = dict.fromkeys(self._same.root(number) for number in group)
            readings = sorted((merged[number].reading() for number in found), key=_by_support)
            yield StoryFact("quote", tuple(readings), self._alike.root(group[0]) in against)


def _by_support(reading: Reading) -> tuple[int, int, int, str]:
    first = reading.sayings[0]
    return -len(reading.articles), first.article, first.statement, first.written
