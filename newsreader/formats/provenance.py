"""Where each value of an article came from: its file, the folder, the configuration, or the file's own date.

`newsreader show --raw-meta` prints it: a wrong date or outlet can be mended only where it was found.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsreader.article import ParsedArticle

_WITHOUT_ORIGIN = {"title": "text", "source": "name of the folder"}
_DATES = {"header": "header line", "meta": "metadata", "file": "date of the file"}


@dataclass(frozen=True, slots=True)
class MetaValue:
    field: str
    value: str | None
    """None where there is none."""
    origin: str | None


def provenance(parsed: ParsedArticle, source: str | None) -> tuple[MetaValue, ...]:
    """The metadata in a fixed order, then whatever else the reader tells of; `source` is the outlet that the library
    shows, which need not be of the file."""
    told = {"published" if field == "date" else field: origin for field, origin in parsed.origins}
    values: dict[str, str | None] = {
        "title": parsed.title,
        "source": source,
        "author": parsed.author,
        "url": parsed.url,
        "language": parsed.language,
        "published": parsed.published.isoformat() if parsed.published else None,
        "tags": ", ".join(parsed.tags) or None,
    }
    found = []
    for field, value in values.items():
        origin = told.pop(field, None)
        if value is None:
            origin = None
        elif field == "published" and (origin is None or parsed.date_from == "file"):
            origin = _DATES[parsed.date_from]
        elif origin is None:
            origin = _WITHOUT_ORIGIN.get(field, "metadata")
        found.append(MetaValue(field, value, origin))
    return (*found, *(MetaValue(field, None, origin) for field, origin in told.items()))
