"""What the index holds of an article, and how it is worked out from the text.

| field | terms | for |
| --- | --- | --- |
| `text` | stems of title and text, weighted | ranking, plain words |
| `headline` | stems of the title | `title:word` |
| `words`, `title` | exact forms with positions, of the text and of the title | phrases, prefixes, fuzzy words |
| `source`, `author`, `path` | exact forms with positions | the filters of these names |
| `lang` | one term | `lang:` |

Columns hold, per document, the number, the day, the time and the length of `text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whoosh import columns, fields, formats

from newsreader.index import analysis
from newsreader.index.analysis import Word

TITLE_WEIGHT = 2
"""How many times a word of the title counts in `text`: weighting the frequencies before saturation is what makes
this BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 Extension to Multiple Weighted Fields")."""
NO_DAY = 0
"""`day` of undated articles."""
COLUMNS = ("number", "day", "time", "length")
FIELDS = ("text", "headline", "words", "title", "source", "author", "path", "lang")
LABEL_FIELDS = ("source", "author", "path")
"""Those of a `Label`."""
RANKED = "text"
"""The field whose frequencies and lengths rank."""


class WeightedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were worked out before: {term: frequency}."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(format=formats.Frequency(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, frequency in value.items():
            yield term.encode("utf-8"), frequency, float(frequency), frequency.to_bytes(4, "big")


class PlacedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were worked out before: {term: positions, ascending}."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        encode = self.format.encode
        for term, places in value.items():
            yield term.encode("utf-8"), len(places), float(len(places)), encode(places)


def make_schema() -> fields.Schema:
    """A new schema object."""
    return fields.Schema(
        text=WeightedTerms(scorable=True),
        headline=WeightedTerms(scorable=False),
        words=PlacedTerms(),
        title=PlacedTerms(),
        source=PlacedTerms(),
        author=PlacedTerms(),
        path=PlacedTerms(),
        lang=fields.ID(),
        number=fields.COLUMN(columns.NumericColumn("q")),
        day=fields.COLUMN(columns.NumericColumn("i")),
        time=fields.COLUMN(columns.NumericColumn("q")),
        length=fields.COLUMN(columns.NumericColumn("i")),
    )


@dataclass(frozen=True, slots=True)
class Label:
    """What of an article is indexed beside its text."""

    number: int
    source: str | None
    author: str | None
    path: str
    day: int
    """YYYYMMDD or `NO_DAY`."""
    time: int
    """Seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Document:
    """What of an article is indexed."""

    label: Label
    title: str
    paragraphs: tuple[str, ...]
    title_is_lede: bool
    """The title only repeats the start of the text: it is not counted twice."""
    language: str | None


def document_fields(document: Document) -> dict[str, object]:
    """The document's terms and columns, as a Whoosh writer takes them."""
    title = analysis.positions(document.title)
    body = [word for paragraph in document.paragraphs for word in analysis.positions(paragraph)]
    language = document.language or analysis.detect_language(
        "\n".join(document.paragraphs).split() or document.title.split()
    )
    headline = _stem_counts(title, language)
    text = _stem_counts(body, language)
    if not document.title_is_lede:
        for term, count in headline.items():
            text[term] = text.get(term, 0) + TITLE_WEIGHT * count
    found: dict[str, object] = {
        "text": text,
        "headline": headline,
        "words": _places(body),
        "title": _places(title),
        "path": _places(analysis.positions(document.label.path)),
        "number": document.label.number,
        "day": document.label.day,
        "time": document.label.time,
        "length": sum(text.values()),
    }
    if document.label.source:
        found["source"] = _places(analysis.positions(document.label.source))
    if document.label.author:
        found["author"] = _places(analysis.positions(document.label.author))
    if language:
        found["lang"] = language
    return found


def _stem_counts(words: Sequence[Word], language: str | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        if word.aliases:
            for found in analysis.stems(word, language):
                counts[found] = counts.get(found, 0) + 1
        elif (single := analysis.stem(word.exact, language)) is not None:
            counts[single] = counts.get(single, 0) + 1
    return counts


def _places(words: Sequence[Word]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for position, word in enumerate(words):
        places.setdefault(word.exact, []).append(position)
        for alias in word.aliases:
            places.setdefault(alias, []).append(position)
    return places
