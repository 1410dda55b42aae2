"""What the index holds of an article.

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

from dataclasses import dataclass

from whoosh import fields

TITLE_WEIGHT = 2
"""How many times a word of the title counts in `text`: weighting the frequencies before saturation is what makes
this BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 Extension to Multiple Weighted Fields")."""
NO_DAY = 0
"""`day` of undated articles."""
COLUMNS = ("number", "day", "time", "length")
INDEXED_FIELDS = ("text", "headline", "words", "title", "source", "author", "path", "lang")
LABEL_FIELDS = ("source", "author", "path")
"""Those of a `Label`."""
RANKED = "text"
"""The field whose frequencies and lengths rank."""


def make_schema() -> fields.Schema:
    """What Whoosh wants before it opens an index: the names alone, as it reads none of the fields itself."""
    return fields.Schema(**{name: fields.ID() for name in (*INDEXED_FIELDS, *COLUMNS)})


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
class IndexedArticle:
    """What of an article is indexed."""

    label: Label
    title: str
    paragraphs: tuple[str, ...]
    title_is_lede: bool
    """The title only repeats the start of the text: it is not counted twice."""
    language: str | None
