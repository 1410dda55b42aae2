"""Objects and rows of exports to articles: the same for JSON, JSON Lines and tables.

Texts come as HTML, as plain text or as lists of either, whatever the field is called; a record that is no article is
counted and told, and costs itself only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.fields import Names, Record
from newsreader.formats.metadata import origin, plain_values, read_metadata
from newsreader.formats.parts import key_of, with_parts
from newsreader.formats.pieces import pieces
from newsreader.formats.web.html_text import html_paragraphs
from newsreader.text.clean import one_line, paragraphs, sanitize

LONGEST_WRAPPED_LINE = 100
"""Code points; text without blank lines whose lines are all shorter is taken as one wrapped paragraph."""
NAMED_TROUBLES = 5
"""Places of bad records that a warning names before it only counts."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|h[1-6]|ul|ol|li|table|tr|td|blockquote|img|strong|em|b|i|u|figure|article|section|pre|code|hr)"
    r"(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z]{2,8});")
_CUT_OFF = re.compile(r"\d{1,9} chars\]")
"""How NewsAPI ends what it doesn't give, behind the brackets."""
_NO_FIELDS = (
    "{what}, but no articles: nothing is called title or text ([fields] in the configuration says what else they may be"
    " called)"
)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a whole file says of all of its articles."""

    source: str | None = None
    author: str | None = None
    language: str | None = None
    place: str = ""


NOTHING = Inherited()


def read_records(
    records: Iterable[tuple[str, Any]],
    names: Names,
    *,
    place: str,
    what: str,
    troubles: Sequence[str] = (),
    inherited: Inherited = NOTHING,
    trust_ids: bool = False,
) -> tuple[ParsedArticle, ...]:
    """The articles among `records`, pairs of (where in the file, value); `place` says what a value's names are. Ids are
    trusted where the format has them; elsewhere short numbers may count rows.

    What is no article is named in the warning of the first one, after `troubles`. Raises `Unreadable` when none is.
    """
    keyed: list[tuple[ParsedArticle, str | None]] = []
    bad = list(troubles)
    for where, value in pieces(records, _where):
        found = _article(value, names, place, inherited, trust_ids) if isinstance(value, dict) else None
        if found is not None:
            keyed.append(found)
        else:
            bad.append(f"{where}: neither title nor text")
    if not keyed:
        raise Unreadable(bad[0] if troubles else _NO_FIELDS.format(what=what))
    if bad:
        more = f" and {len(bad) - NAMED_TROUBLES:,} more" if len(bad) > NAMED_TROUBLES else ""
        first, key = keyed[0]
        warning = "; ".join((*filter(None, [first.warning]), *bad[:NAMED_TROUBLES])) + more
        keyed[0] = replace(first, warning=warning), key
    return with_parts(keyed)


def _where(record: tuple[str, Any]) -> str:
    return record[0]


def is_article(value: Any, names: Names) -> bool:
    """Whether an object has what makes an article: a title or a text, as text."""
    if not isinstance(value, dict):
        return False
    record = Record(value)
    fields = (*names["title"], *names["text"])
    return any(isinstance(inner, str) or _is_markup(inner) for _, inner in record.found(fields))


def _is_markup(value: Any) -> bool:
    """WordPress' and Google Reader's way: an object that holds the text."""
    return isinstance(value, dict) and any(isinstance(value.get(key), str) for key in ("rendered", "content", "main"))


def _article(
    value: Mapping[str, Any], names: Names, place: str, inherited: Inherited, trust_ids: bool
) -> tuple[ParsedArticle, str | None] | None:
    record = Record(value)
    meta = read_metadata(record, names, place)
    origins = list(meta.origins)
    body: tuple[str, ...] = ()
    for name, inner in (*record.found(names["text"]), *record.found(names["summary"])):
        if body := text_of(inner):
            origins.append(("text", origin(place, name)))
            break
    title = " ".join(text_of(meta.title or ""))
    if not title:
        origins = [origin for origin in origins if origin[0] != "title"]
        title, body = title_from(body)
    elif body and body[0] == title:
        body = body[1:]
    if not title:
        if meta.url is None or not record.has(("url", "link")):
            return None
        title = meta.url
    identifier = next((text for _, v in record.found(names["id"]) for text in plain_values(v)), None)
    origins.extend(
        (field, inherited.place)
        for field in ("source", "author", "language")
        if getattr(meta, field) is None and getattr(inherited, field) is not None
    )
    known = replace(
        meta,
        source=meta.source or inherited.source,
        author=meta.author or inherited.author,
        language=meta.language or inherited.language,
    )
    return (
        known.article(title, body, tuple(origins), meta.trouble),
        identifier if trust_ids and identifier else key_of(identifier, meta.url),
    )


def text_of(value: Any) -> tuple[str, ...]:
    """The paragraphs of a value: of HTML, of plain text, or of a list of either."""
    if isinstance(value, str):
        if _TAG.search(value):
            return html_paragraphs(value)
        if _ENTITY.search(value):
            value = unescape(value)
        return plain_paragraphs(sanitize(_without_count(value)))
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(paragraph for item in value for paragraph in text_of(item))
    return tuple(p for line in plain_values(value) for p in text_of(line)) if isinstance(value, list | dict) else ()


def _without_count(text: str) -> str:
    head, _, tail = text.rpartition("[+")
    return head.rstrip().rstrip("….") + "…" if head and _CUT_OFF.fullmatch(tail.strip()) else text


def plain_paragraphs(text: str) -> tuple[str, ...]:
    """By blank lines; where there are none every line is a paragraph, unless the lines look wrapped."""
    parts = paragraphs(text)
    if len(parts) > 1 or "\n" not in text.strip():
        return parts
    lines = [line for line in map(one_line, text.split("\n")) if line]
    return tuple(lines) if max(map(len, lines), default=0) > LONGEST_WRAPPED_LINE else parts
