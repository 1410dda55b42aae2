"""What every form of a dossier is made of: headings, items and quotations, without any mark-up.

A quotation has the places of all who word it so, and marks of the words that others do not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsreader.compare.matrix_model import Citation, Reading, StoryFact, StoryMatrix
from newsreader.compare.word_changes import changes
from newsreader.export import matrix_parts as parts
from newsreader.text.spans import Span, merge_spans

LONGEST = 4_000
"""Code points up to which the words of two wordings are compared."""
_REACHES = (("all", "What all say"), ("some", "What several say"), ("unsure", "What one says and others come near"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of articles, and where they stand."""

    text: str
    marked: tuple[Span, ...]
    """What deserves attention: the words that the first wording does not have, or the value that is contested."""
    places: tuple[Citation, ...]
    """Of all articles that word it so."""


@dataclass(frozen=True, slots=True)
class Item:
    """A fact, or a statement."""

    lead: str
    """Empty where the quotations say all."""
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class DossierGroup:
    heading: str
    items: tuple[Item, ...]


def groups(value: StoryMatrix) -> Iterator[DossierGroup]:
    """What the articles of a section say; those without items are left out. Of a single article the statements are:
    they would be its whole text."""
    found = [DossierGroup("Contested", tuple(_contested(value, fact) for fact in value.facts if fact.contested))]
    if len(value.articles) > 1:
        contested = value.contested()
        for reach, heading in _REACHES:
            made = [number for number in range(len(value.statements)) if value.reach(number) == reach]
            items = (_statement(value, number, is_contested=number in contested) for number in made)
            found.append(DossierGroup(heading, tuple(items)))
        found.append(DossierGroup("Found in one only", tuple(_statement(value, n) for n in value.in_one_only())))
    quotes = [fact for fact in value.facts if fact.kind == "quote" and not fact.contested]
    found.append(DossierGroup("Quotations", tuple(_quotes(value, fact) for fact in quotes)))
    figures = [fact for fact in value.facts if fact.kind != "quote" and not fact.contested]
    found.append(DossierGroup("Figures and dates", tuple(Item(_lead(value, fact), ()) for fact in figures)))
    yield from (group for group in found if group.items)


def _statement(value: StoryMatrix, number: int, *, is_contested: bool = False) -> Item:
    """Every wording once, with the words that the first one does not have."""
    places: dict[str, list[Citation]] = {}
    for place in map(value.place, value.statements[number].mentions):
        places.setdefault(place.text, []).append(place)
    first = next(iter(places))
    lead = f"{parts.CONTESTED} contested, see above" if is_contested else ""
    return Item(lead, tuple(Quotation(text, _different(first, text), tuple(same)) for text, same in places.items()))


def _different(first: str, text: str) -> tuple[Span, ...]:
    if text == first or max(len(text), len(first)) > LONGEST:
        return ()
    return merge_spans(Span(c.start, c.stop) for c in changes([(0, first)], [(0, text)])[1])


def _lead(value: StoryMatrix, fact: StoryFact) -> str:
    """The readings and who gives each, on one line."""
    between = f" {parts.CONTESTED} " if fact.contested else " / "
    readings = (f"{parts.written(fact, r)} ({', '.join(parts.outlets(value, r))})" for r in fact.readings)
    happened = value.happened(fact) if not fact.contested else ""  # else the quotations say it
    return f"{fact.kind}: {between.join(readings)}{happened and f' – {happened}'}"


def _contested(value: StoryMatrix, fact: StoryFact) -> Item:
    quotations = [quotation for reading in fact.readings for quotation in _sayings(value, reading)]
    return Item(_lead(value, fact), tuple(quotations))


def _sayings(value: StoryMatrix, reading: Reading) -> Iterator[Quotation]:
    """The sentences that hold a reading, with the value marked."""
    sentences: dict[tuple[str, str], list[Citation]] = {}
    for saying in reading.sayings:
        place = value.said(saying)
        sentences.setdefault((place.text, saying.written), []).append(place)
    for (text, written), places in sentences.items():
        at = text.find(written)
        yield Quotation(text, (Span(at, at + len(written)),) if at >= 0 else (), tuple(places))


def _quotes(value: StoryMatrix, fact: StoryFact) -> Item:
    """What somebody said, in the words and with the places of each article."""
    found = []
    for reading in fact.readings:
        for written in reading.wordings:
            places = [value.said(saying) for saying in reading.sayings if saying.written == written]
            found.append(Quotation(f"“{written}”", (), tuple(places)))
    return Item("", tuple(found))
