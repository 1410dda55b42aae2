"""Figures in a sentence of any language, for statements that two articles make in different ones.

The other `figures` are of English. Here are only digits, with what they may amount to in any country's way of writing
("1,200" is 1200 or 1.2), percent signs and currencies; read as English, "1,2 Millionen" would contradict "1.2 million".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from newsreader.compare.model import Fact, FactKind
from newsreader.compare.value import MOST
from newsreader.text.clean import fold

_FIGURE = re.compile(
    r"(?<![\w.,:/-])(?P<before>[$€£¥]\s?)?"
    r"(?P<digits>\d{1,3}(?:[.,'’ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,6})?|\d{1,15}(?:[.,]\d{1,6})?)"
    r"(?![\w:/]|[.,]\d|-\w)"
    r"(?P<scale>\s(?:m[iy]l|mi?jo|mio\b|mrd\b|mld\b|bi?l?n\b|bil|tri|tho|taus|tsd|dui|tys)\w{0,9}(?:\sd[ei]\b|\sd['’])?)?"
    r"(?P<after>\s?(?:%|percent\b|per cent|pct\b|pro[zc]ent|pour cent|por ciento|por cento|per cento|[$€£¥]"
    r"|eur[os]?s?\b|dollar|dolar|pound|pfund|livres? sterling|libras? esterlinas?|sterlin|yen\b))?",
)
"""In folded text."""
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|uhr\b|h\b|heures?\b|o'clock)")
_CURRENCIES = {
    "$": "dollar", "doll": "dollar", "dola": "dollar", "€": "euro", "eur": "euro", "euro": "euro", "¥": "yen",
    "yen": "yen", "£": "pound", "poun": "pound", "pfun": "pound", "livr": "pound", "libr": "pound", "ster": "pound",
}  # fmt: skip
_YEARS = range(1800, 2100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in a text."""

    kind: FactKind
    unit: str
    """The currency; empty for others."""
    readings: frozenset[Decimal]
    """What its digits can mean."""
    is_scaled: bool
    """Whether a word like "million" follows, whichever it is."""
    text: str
    """As written."""

    def equals(self, other: Figure) -> bool:
        """Whether both can be the same figure."""
        return (self.kind, self.unit, self.is_scaled) == (
            other.kind,
            other.unit,
            other.is_scaled,
        ) and not self.readings.isdisjoint(other.readings)


def compare_figures(rows: Sequence[tuple[Sequence[str], Sequence[str]]]) -> tuple[Fact, ...]:
    """The figures that both sides of a row state (sentences of the left, of the right side), in the order of the rows;
    and the percentage, or the money of one currency, of which each side has another one.

    Those are never surely a contradiction: the words around them ("nearly", "a year") are not read.
    """
    return tuple(fact for number, (left, right) in enumerate(rows) for fact in _compared(number, left, right))


def _compared(row: int, left: Sequence[str], right: Sequence[str]) -> Iterator[Fact]:
    one, other = foreign_figures(" ".join(left)), foreign_figures(" ".join(right))
    rest: list[Figure] = []
    for figure in one:
        same = next((candidate for candidate in other if figure.equals(candidate)), None)
        if same is None:
            rest.append(figure)
        else:
            other.remove(same)
            yield Fact(figure.kind, figure.text, same.text, row, False)
    for kind, unit in sorted({(f.kind, f.unit) for f in rest if f.kind in ("percent", "money")}):
        these, those = ([f for f in side if (f.kind, f.unit) == (kind, unit)] for side in (rest, other))
        if len(these) == len(those) == 1:
            yield Fact(kind, these[0].text, those[0].text, row, True)


def figures_differ(left: str, right: str) -> bool:
    """Whether two sentences give figures of one kind (money, percent, years, other numbers), and none is the same."""
    one, other = foreign_figures(left), foreign_figures(right)
    for kind in {figure.kind for figure in one} & {figure.kind for figure in other}:
        these, those = ([figure for figure in side if figure.kind == kind] for side in (one, other))
        if not any(a.equals(b) for a in these for b in those):
            return True
    return False


def foreign_figures(text: str) -> list[Figure]:
    """The first `MOST` figures of a text in any language, in order."""
    return list(islice(_figures(text), MOST))


def _figures(text: str) -> Iterator[Figure]:
    folded = fold(text)
    source = text if len(folded) == len(text) else folded  # folding keeps nearly every text's length
    for match in _FIGURE.finditer(folded):
        if _CLOCK.match(folded, match.end("digits")):
            continue
        sign = (match["before"] or match["after"] or "").strip()
        currency = _CURRENCIES.get(sign[:4], "")
        readings = _readings(match["digits"])
        kind: FactKind = "money" if currency else "percent" if sign else "number"
        if kind == "number" and match["scale"] is None and match["digits"].isdigit() and int(match["digits"]) in _YEARS:
            kind = "date"
        yield Figure(kind, currency, readings, match["scale"] is not None, source[match.start() : match.end()].strip())


def _readings(digits: str) -> frozenset[Decimal]:
    """What figures can mean: a point or comma before three digits may group them or not."""
    plain = re.sub(r"[^\d.,]", "", digits)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return frozenset({Decimal(plain)})
    if len(set(marks)) == 2 or len(marks) == 1:
        whole, _, part = re.sub(rf"[{'.,'.replace(marks[-1], '')}]", "", plain).rpartition(marks[-1])
        whole = re.sub(r"[.,]", "", whole)
        found = {Decimal(f"{whole}.{part}")}
        if len(marks) == 1 and len(part) == 3 and whole != "0":
            found.add(Decimal(whole + part))
        return frozenset(value.normalize() for value in found)
    return frozenset({Decimal(re.sub(r"[.,]", "", plain)).normalize()})
