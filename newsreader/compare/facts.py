"""What two aligned texts say of numbers, money, percentages, dates, names and in quotations.

Values are compared within a row only: the same kind of figure elsewhere in the text is about something else. A
contradiction is stated only where it is sure; else both values stand beside each other without a verdict.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import accumulate

from rapidfuzz import fuzz

from newsreader.compare.amounts import values
from newsreader.compare.credits import is_credit
from newsreader.compare.features import stems
from newsreader.compare.matching import Edge, best_matching
from newsreader.compare.model import Fact
from newsreader.compare.names import abbreviations, initials, last_word, name_words, names, telling_words
from newsreader.compare.quotations import quotations, quote_likeness, spoken, wording
from newsreader.compare.same_thing import Place, surely_agree, surely_contradict
from newsreader.compare.short_list import shortened
from newsreader.compare.time_budget import Clock
from newsreader.compare.value import Value
from newsreader.text.clean import fold, words

CONTEXT = 60
"""Code points on each side of a value that tell what it may be about: some ten words."""
SPELLING = 80
"""Likeness (0..100) from which two names are one, spelled in two ways."""
SAID = 0.5
"""Share of a quotation's runs of three words from which the other text has it, with or without quotation marks."""
ELLIPSIS = " … "
"""Between values that stand against one value of the other side."""
FEW = 12
"""Numbers up to which one written in letters is small."""

_AGE = re.compile(r"-year-old\b|\s?years? old\b")
_BEFORE_AGE = re.compile(r"(?:\baged? |[A-Z][\w'’-]{0,20}, )$")
_DIGIT = re.compile(r"\d")
_BY_WORD = re.compile(r"(?:today|yesterday|tomorrow)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowText:
    """Sentences of the left and of the right text that stand beside each other; one side may be empty."""

    left: Sequence[str]
    right: Sequence[str]
    same: bool
    """Whether they surely say the same."""


@dataclass(frozen=True, slots=True)
class Side:
    """The facts of one side of a row: of sentences that stand together."""

    sentences: Sequence[str]
    starts: Sequence[int]
    """Where each sentence begins in the text."""
    text: str
    values: list[Value]
    quotes: list[str]

    def written(self, *which: Value) -> str:
        return ELLIPSIS.join(self.text[value.start : value.counted_stop] for value in which)

    def about(self, value: Value) -> set[str]:
        """The words around a value."""
        before, after = self.text[max(0, value.start - CONTEXT) : value.start], self.text[value.stop :][:CONTEXT]
        return {stem for stem in stems(f"{before} {after}") if len(stem) > 3}

    def place(self, value: Value) -> Place:
        number = bisect(self.starts, value.start) - 1
        start = self.starts[number]
        stop = start + len(self.sentences[number])
        days = (v.meanings for v in self.values if v.kind == "date" and start <= v.start < stop)
        return Place(value, self.sentences[number], value.start - start, value.stop - start, frozenset().union(*days))

    def is_trivial(self, value: Value) -> bool:
        """Whether a value that the other side lacks tells a reader nothing."""
        written = self.text[value.start : value.stop]
        if value.kind == "date":
            return value.unit not in ("day", "month") or not _DIGIT.search(written)
        if value.kind != "number":
            return False
        if value.spelled and value.bounds[-1] <= FEW:
            return True
        after, before = self.text[value.stop : value.stop + 12], self.text[max(0, value.start - 24) : value.start]
        is_age = value.unit.startswith("year-") or (
            value.bounds[-1] < 120 and (_AGE.match(after) or (after[:1] in (",", ")") and _BEFORE_AGE.search(before)))
        )
        return not value.unit or bool(is_age)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that has been read."""

    number: int
    left: Side
    right: Side
    same_statement: bool
    same_day: bool
    """Whether both articles were published on one day."""


class _Text:
    """What one whole text says, to tell what the other one lacks."""

    def __init__(self, sides: Sequence[Side]) -> None:
        texts = [side.text for side in sides]
        self.words = name_words(texts)
        self.abbreviations = abbreviations(texts)
        self.small = {word for text in texts for word in words(text) if word[0].islower()}
        self.meanings = {(value.kind, m) for side in sides for value in side.values for m in value.meanings}
        self._texts = texts
        self._runs: set[str] | None = None

    def means(self, value: Value) -> bool:
        return any((value.kind, meaning) in self.meanings for meaning in value.meanings)

    def mentions(self, name: str) -> bool:
        """Whether it has any word of a name, or its abbreviation."""
        return not self.words.isdisjoint(telling_words(name)) or initials(name) in self.abbreviations

    def names_last_word(self, name: str) -> bool:
        return not self.words.isdisjoint(last_word(name)) or initials(name) in self.abbreviations

    def says(self, quote: str) -> bool:
        if self._runs is None:
            self._runs = {run for text in self._texts for run in _runs(text)}
        runs = _runs(quote)
        return sum(run in self._runs for run in runs) >= SAID * len(runs)


def compare_facts(
    rows: Sequence[RowText],
    left_date: datetime | None,
    right_date: datetime | None,
    clock: Clock,
) -> tuple[tuple[Fact, ...], bool]:
    """The facts of all rows, in the order of the rows; and whether they are all: False when the time ran out.

    Values are compared inside a row; one that only one side of a row has is listed if the whole other text lacks
    it. Names are listed only where they differ. Dates are counted from the day an article was published. Raises
    `Cancelled`.
    """
    same_day = left_date is not None and right_date is not None and left_date.date() == right_date.date()
    read: list[_Row] = []
    for number, row in enumerate(rows):
        left, right = read_side(row.left, left_date), read_side(row.right, right_date)
        read.append(_Row(number, left, right, row.same, same_day))
        if clock.expired():
            return (), False
    texts = _Text([row.left for row in read]), _Text([row.right for row in read])
    small = texts[0].small | texts[1].small
    facts: list[Fact] = []
    complete = True
    for both in read:
        found = [*_values(both, texts), *_names(both, texts, small), *_quotes(both, texts)]
        if any(is_credit(sentence) for side in (both.left, both.right) for sentence in side.sentences):
            found = [replace(fact, minor=fact.differs, sure=False) for fact in found]
        facts += found
        if clock.expired():
            complete = False
            break
    first = {(fact.left, fact.right): fact for fact in reversed(facts) if fact.kind == "name"}
    once = [fact for fact in facts if fact.kind != "name" or first[fact.left, fact.right] is fact]
    return shortened(once, [side.text for row in read for side in (row.left, row.right)]), complete


def read_side(sentences: Sequence[str], published: datetime | None) -> Side:
    """What some sentences of an article hold; dates are counted from the day that it was published."""
    starts = list(accumulate((len(sentence) + 1 for sentence in sentences), initial=0))[:-1]
    text = " ".join(sentences)
    return Side(sentences, starts, text, values(text, published), quotations(text))


def _runs(text: str) -> set[str]:
    found = spoken(text)
    return {" ".join(found[i : i + 3]) for i in range(max(1, len(found) - 2))}


def _values(row: _Row, texts: tuple[_Text, _Text]) -> list[Fact]:
    """Equal values, those that contradict each other or may, then those that only one text has."""
    left, right = row.left, row.right
    facts: list[tuple[int, Fact]] = []
    rest_left, rest_right = list(left.values), list(right.values)
    perhaps_the_same = _count_perhaps_the_same if row.same_statement else _are_telling
    for alike in (lambda a, b: a.unit == b.unit, perhaps_the_same):
        for a in list(rest_left):
            b = next((b for b in rest_right if a.equals(b) and alike(a, b)), None)
            if b is not None:
                rest_left.remove(a)
                rest_right.remove(b)
                pair = left.written(a), right.written(b)
                facts.append((a.start, Fact(a.kind, *pair, row.number, False, a.qualifier != b.qualifier)))
    for kind, unit in sorted({(v.kind, v.unit) for v in rest_left} & {(v.kind, v.unit) for v in rest_right}):
        both = [[v for v in rest if (v.kind, v.unit) == (kind, unit)] for rest in (rest_left, rest_right)]
        for some, others in _against(left, right, *both):
            if (fact := _pair(row, some, others, max(map(len, both)) == 1)) is not None:
                facts.append((some[0].start, fact))
            rest_left = [v for v in rest_left if v not in some]
            rest_right = [v for v in rest_right if v not in others]
    for side, rest, other in ((left, rest_left, texts[1]), (right, rest_right, texts[0])):
        for value in rest:
            if not other.means(value):
                written = [side.written(value) if side is one else None for one in (left, right)]
                fact = Fact(value.kind, written[0], written[1], row.number, True, minor=side.is_trivial(value))
                facts.append((value.start, fact))
    found = [fact for _, fact in sorted(facts, key=lambda entry: entry[0])]
    if any(fact.kind != "date" and fact.differs and fact.left and fact.right for fact in found):
        # other figures on another day: two events, and not one that two articles date differently
        found = [replace(fact, sure=False, minor=True) if fact.kind == "date" and fact.sure else fact for fact in found]
    return found


def _count_perhaps_the_same(a: Value, b: Value) -> bool:
    """Whether equal values can be one though the words after them differ: small numbers are equal by chance."""
    return _are_telling(a, b) or not a.unit or not b.unit


def _are_telling(a: Value, _: Value) -> bool:
    """Whether equal values are hardly so by chance."""
    return a.kind != "number" or a.bounds[-1] > FEW


def _against(left: Side, right: Side, a: list[Value], b: list[Value]) -> list[tuple[list[Value], list[Value]]]:
    """Which values of one kind and unit stand against which: by the words around them.

    A single value stands against all of the other side: which of them it belongs to, the reader sees best.
    """
    shared = [(i, j, float(len(left.about(x) & right.about(y)))) for i, x in enumerate(a) for j, y in enumerate(b)]
    if min(len(a), len(b)) == 1:
        return [(a, b)] if any(count for _, _, count in shared) else []
    return [([a[i]], [b[j]]) for i, j, _ in best_matching(shared)]


def _pair(row: _Row, some: list[Value], others: list[Value], alone: bool) -> Fact | None:
    """What stands against each other: a contradiction, one value rounded, or neither for sure; None for days that
    are not the same, but called the same. `alone`: neither side has another one that it may be about."""
    left, right = row.left, row.right
    kind, written = some[0].kind, (left.written(*some), right.written(*others))
    each = [side.is_trivial(v) for side, these in ((left, some), (right, others)) for v in these]
    trivial = any(each) if kind == "date" else all(each)
    if len(some) > 1 or len(others) > 1:
        # of several values in sentences that are only related nobody sees which belong together
        return Fact(kind, *written, row.number, True, minor=trivial or not row.same_statement)
    one, other = left.place(some[0]), right.place(others[0])
    if surely_agree(one, other):
        return Fact(kind, *written, row.number, False, True)
    dated = _dated(written[0], some[0]), _dated(written[1], others[0])
    if fold(dated[0]) == fold(dated[1]):
        return None
    sure = alone and surely_contradict(one, other, same_statement=row.same_statement, same_day=row.same_day)
    return Fact(kind, *dated, row.number, True, sure=sure, minor=trivial and not sure)


def _dated(written: str, value: Value) -> str:
    """A day that is named by "today" with its date."""
    if value.kind == "date" and value.unit == "day" and _BY_WORD.search(written):
        for _, day in value.meanings:
            if isinstance(day, date):
                return f"{written}, {day.day} {day:%b}"
    return written


def _names(row: _Row, texts: tuple[_Text, _Text], small: set[str]) -> list[Fact]:
    """Names spelled differently, and those of which the other text does not have a word."""
    a, b = (
        [name for name in names(side.text, small) if not other.names_last_word(name)]
        for side, other in ((row.left, texts[1]), (row.right, texts[0]))
    )
    pairs = best_matching(
        [(i, j, fuzz.ratio(fold(x), fold(y)) - SPELLING) for i, x in enumerate(a) for j, y in enumerate(b)]
    )
    facts = [Fact("name", a[i], b[j], row.number, True) for i, j, _ in pairs if _letters(a[i]) != _letters(b[j])]
    lefts, rights = _unpaired(a, b, pairs)
    facts += [Fact("name", name, None, row.number, True) for name in lefts if not texts[1].mentions(name)]
    facts += [Fact("name", None, name, row.number, True) for name in rights if not texts[0].mentions(name)]
    return facts


def _letters(name: str) -> str:
    """What of a name is the same however it is written: Kim Jong Un, Kim Jong-un."""
    return "".join(filter(str.isalnum, fold(name)))


def _unpaired(left: Sequence[str], right: Sequence[str], pairs: Sequence[Edge]) -> tuple[list[str], list[str]]:
    """What of each side is in no pair."""
    lefts, rights = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    return (
        [text for i, text in enumerate(left) if i not in lefts],
        [text for j, text in enumerate(right) if j not in rights],
    )


def _quotes(row: _Row, texts: tuple[_Text, _Text]) -> list[Fact]:
    """Quotations of both sides, and those whose words the other text does not have."""
    left, right = row.left, row.right
    a, b = ([" ".join(spoken(quote)) for quote in side.quotes] for side in (left, right))
    likely = [(i, j, quote_likeness(x, y)) for i, x in enumerate(a) for j, y in enumerate(b)]
    how = {(i, j): wording(left.quotes[i], right.quotes[j]) for i, j, likeness in likely if likeness > 0}
    pairs = best_matching([(i, j, likeness) for i, j, likeness in likely if how.get((i, j))])
    facts = []
    for i, j, _ in pairs:
        found = how[i, j]
        quoted = None if found == "same" else found
        facts.append(
            Fact(
                "quote",
                left.quotes[i],
                right.quotes[j],
                row.number,
                bool(quoted),
                minor=quoted == "shorter",
                quoted=quoted,
            )
        )
    lefts, rights = _unpaired(left.quotes, right.quotes, pairs)
    facts += [Fact("quote", quote, None, row.number, True) for quote in lefts if not texts[1].says(quote)]
    facts += [Fact("quote", None, quote, row.number, True) for quote in rights if not texts[0].says(quote)]
    return facts
