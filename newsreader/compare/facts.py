"""What two aligned texts say of numbers, money, percentages, dates, names and in quotations.

Values are compared within a row only: the same kind of figure elsewhere in the text is about something else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from newsreader.compare.amounts import values
from newsreader.compare.features import stems
from newsreader.compare.matching import Edge, best_matching
from newsreader.compare.model import Fact
from newsreader.compare.time_budget import Clock
from newsreader.compare.value import MOST, Value
from newsreader.text.clean import fold, words

CONTEXT = 60
"""Code points on each side of a value that tell what it is about: some ten words."""
SPELLING = 80
"""Likeness (0..100) from which two names are one, spelled in two ways."""
QUOTED = 60
"""Likeness (0..100) from which two quotations are one, quoted in two ways."""
PART = 15
"""How much more alike a quotation must be to a part of the other one: short parts are alike by chance."""
SHORTEST_QUOTE = 3
"""Words from which quotation marks hold what somebody said, and not a term."""
SAID = 0.5
"""Share of a quotation's runs of three words from which the other text has it, with or without quotation marks."""
HEADING = 0.6
"""Share of capitalised words from which a sentence is a heading, whose capitals make no names."""
ELLIPSIS = " … "
"""Between values that stand against one value of the other side."""

_QUOTE = re.compile(r"""(?:(?<![\w.,!?;:)])["“„«])([^"“”„«»]{1,2000})(?:["”»]|$)|^([^"“”„«»]{1,2000})["”»](?!\w)""")
_NAME_WORD = r"(?<!\w)[^\W\d_a-z]\w*(?:[-'’](?!s\b)\w+)*"
_NAME = re.compile(
    rf"{_NAME_WORD}(?:\s(?:[A-Z]\.\s?)*(?:(?:de|van|von|der|bin|al|el|la|da|di)\s)*{_NAME_WORD})+(?!\w|\.\w)"
)
"""Two capitalised words or more."""


@dataclass(frozen=True, slots=True)
class Side:
    """The facts of one side of a row: of sentences that stand together."""

    text: str
    values: list[Value]
    quotes: list[str]

    def names(self, small: set[str]) -> list[str]:
        """The names in order, each once; `small` are words known to be written small, and no names."""
        found = words(self.text)
        if sum(word[0].isupper() for word in found) > HEADING * len(found):
            return []
        names: dict[str, None] = {}
        for match in _NAME.finditer(self.text):
            parts = match[0].split()
            while parts and parts[0].lower() in small:
                parts = parts[1:]
            if len(parts) > 1 and len(parts[-1]) > 1 and parts[-1].lower() not in small:
                names[" ".join(parts)] = None
        return list(names)

    def written(self, *which: Value) -> str:
        return ELLIPSIS.join(self.text[value.start : value.stop] for value in which)

    def about(self, value: Value) -> set[str]:
        """The words around a value."""
        before, after = self.text[max(0, value.start - CONTEXT) : value.start], self.text[value.stop :][:CONTEXT]
        return {stem for stem in stems(f"{before} {after}") if len(stem) > 3}


class _Text:
    """What one whole text says, to tell what the other one lacks."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.words = {fold(word) for side in sides for word in words(side.text)}
        self.small = {word for side in sides for word in words(side.text) if word[0].islower()}
        self.meanings = {(value.kind, m) for side in sides for value in side.values for m in value.meanings}
        self.runs = {run for side in sides for run in _runs(side.text)}

    def means(self, value: Value) -> bool:
        return any((value.kind, meaning) in self.meanings for meaning in value.meanings)

    def mentions(self, name: str) -> bool:
        """Whether it has any word of a name."""
        return not self.words.isdisjoint(words(fold(name)))

    def says(self, quote: str) -> bool:
        runs = _runs(quote)
        return sum(run in self.runs for run in runs) >= SAID * len(runs)


def compare_facts(
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
    left_date: datetime | None,
    right_date: datetime | None,
    clock: Clock,
) -> tuple[tuple[Fact, ...], bool]:
    """The facts of all rows (sentences of the left, of the right side), in the order of the rows; and whether they
    are all: False when the time ran out.

    Values are compared inside a row; one that only one side of a row has is listed if the whole other text lacks
    it. Names are listed only where they differ. Dates are counted from the day an article was published. Raises
    `Cancelled`.
    """
    sides: list[tuple[Side, Side]] = []
    for left_sentences, right_sentences in rows:
        sides.append((read_side(left_sentences, left_date), read_side(right_sentences, right_date)))
        if clock.expired():
            return (), False
    texts = _Text([left for left, _ in sides]), _Text([right for _, right in sides])
    small = texts[0].small | texts[1].small
    facts: list[Fact] = []
    complete = True
    for row, (left, right) in enumerate(sides):
        facts += _values(row, left, right, texts)
        facts += _names(row, left, right, texts, small)
        facts += _quotes(row, left, right, texts)
        if clock.expired():
            complete = False
            break
    first = {(fact.left, fact.right): fact for fact in reversed(facts) if fact.kind == "name"}
    once = tuple(fact for fact in facts if fact.kind != "name" or first[fact.left, fact.right] is fact)
    return once, complete


def read_side(sentences: Sequence[str], published: datetime | None) -> Side:
    """What some sentences of an article hold; dates are counted from the day that it was published."""
    text = " ".join(sentences)
    quotes = [quote.strip(" ,.") for match in _QUOTE.finditer(text) if (quote := match[1] or match[2])]
    quotes = [quote for quote in quotes if len(quote.split()) >= SHORTEST_QUOTE]
    return Side(text, values(text, published), quotes[:MOST])


def _runs(text: str) -> set[str]:
    found = words(fold(text))
    return {" ".join(found[i : i + 3]) for i in range(max(1, len(found) - 2))}


def _values(row: int, left: Side, right: Side, texts: tuple[_Text, _Text]) -> list[Fact]:
    """Equal values, then those that contradict each other, then those that only one text has."""
    facts: list[tuple[int, Fact]] = []
    rest_left, rest_right = list(left.values), list(right.values)
    for a in left.values:
        b = next((b for b in rest_right if a.equals(b)), None)
        if b is not None:
            rest_left.remove(a)
            rest_right.remove(b)
            pair = left.written(a), right.written(b)
            facts.append((a.start, Fact(a.kind, *pair, row, False, a.qualifier != b.qualifier)))
    for kind, unit in sorted({(v.kind, v.unit) for v in rest_left} & {(v.kind, v.unit) for v in rest_right}):
        both = [[v for v in rest if (v.kind, v.unit) == (kind, unit)] for rest in (rest_left, rest_right)]
        for some, others in _contradictions(left, right, *both):
            facts.append((some[0].start, Fact(kind, left.written(*some), right.written(*others), row, True)))
            rest_left = [v for v in rest_left if v not in some]
            rest_right = [v for v in rest_right if v not in others]
    facts += [(v.start, Fact(v.kind, left.written(v), None, row, True)) for v in rest_left if not texts[1].means(v)]
    facts += [(v.start, Fact(v.kind, None, right.written(v), row, True)) for v in rest_right if not texts[0].means(v)]
    return [fact for _, fact in sorted(facts, key=lambda entry: entry[0])]


def _contradictions(left: Side, right: Side, a: list[Value], b: list[Value]) -> list[tuple[list[Value], list[Value]]]:
    """Which values of one kind and unit stand against which: by the words around them.

    A single value stands against all of the other side: which of them it contradicts, the reader sees best.
    """
    shared = [(i, j, float(len(left.about(x) & right.about(y)))) for i, x in enumerate(a) for j, y in enumerate(b)]
    if min(len(a), len(b)) == 1:
        return [(a, b)] if any(count for _, _, count in shared) else []
    return [([a[i]], [b[j]]) for i, j, _ in best_matching(shared)]


def _names(row: int, left: Side, right: Side, texts: tuple[_Text, _Text], small: set[str]) -> list[Fact]:
    """Names spelled differently, and those of which the other text does not have a word."""
    a, b = (
        [name for name in side.names(small) if fold(name.split()[-1]) not in other.words]
        for side, other in ((left, texts[1]), (right, texts[0]))
    )
    pairs = best_matching(
        [(i, j, fuzz.ratio(fold(x), fold(y)) - SPELLING) for i, x in enumerate(a) for j, y in enumerate(b)]
    )
    facts = [Fact("name", a[i], b[j], row, True) for i, j, _ in pairs]
    lefts, rights = _unpaired(a, b, pairs)
    facts += [Fact("name", name, None, row, True) for name in lefts if not texts[1].mentions(name)]
    facts += [Fact("name", None, name, row, True) for name in rights if not texts[0].mentions(name)]
    return facts


def _unpaired(left: Sequence[str], right: Sequence[str], pairs: Sequence[Edge]) -> tuple[list[str], list[str]]:
    """What of each side is in no pair."""
    lefts, rights = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    return (
        [text for i, text in enumerate(left) if i not in lefts],
        [text for j, text in enumerate(right) if j not in rights],
    )


def quote_likeness(one: str, other: str) -> float:
    """Above 0 for folded words that can be the same quotation, quoted in two ways or in part."""
    return max(fuzz.ratio(one, other), fuzz.partial_ratio(one, other) - PART) - QUOTED


def _quotes(row: int, left: Side, right: Side, texts: tuple[_Text, _Text]) -> list[Fact]:
    """Quotations of both sides, and those whose words the other text does not have."""
    a, b = ([" ".join(words(fold(quote))) for quote in side.quotes] for side in (left, right))
    pairs = best_matching([(i, j, quote_likeness(x, y)) for i, x in enumerate(a) for j, y in enumerate(b)])
    facts = [Fact("quote", left.quotes[i], right.quotes[j], row, a[i] != b[j]) for i, j, _ in pairs]
    lefts, rights = _unpaired(left.quotes, right.quotes, pairs)
    facts += [Fact("quote", quote, None, row, True) for quote in lefts if not texts[1].says(quote)]
    facts += [Fact("quote", None, quote, row, True) for quote in rights if not texts[0].says(quote)]
    return facts
