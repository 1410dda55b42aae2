"""Feeds that were saved as files: RSS 0.9 to 2.0, RDF and Atom, an article per entry.

feedparser reads them. What would keep it busy for minutes is refused first, and what it gets wrong is mended here.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from xml.parsers import expat
from xml.sax import SAXParseException

import feedparser
from feedparser.encodings import convert_to_utf8

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.language import language_code
from newsreader.formats.metadata import Metadata
from newsreader.formats.parts import with_parts
from newsreader.formats.pieces import pieces
from newsreader.formats.records.articles import plain_paragraphs, text_of
from newsreader.formats.web.html_text import html_paragraphs
from newsreader.text.clean import one_line, sanitize
from newsreader.text.dates import stated_date

MOST_ENTRIES = 50_000
"""Of one file: the parser takes some kilobytes for an entry, however short it is. Big archives have some thousand."""
DEEPEST_ELEMENT = 500
MOST_ATTRIBUTES = 500
"""Of one element: feedparser's time grows with their square, a hundred thousand take more than five minutes."""
MOST_BROKEN_MARKS = 150_000
LARGEST_BROKEN = 8 * 1024 * 1024
"""Tags and entities, and bytes, of a file that is no well-formed XML. feedparser's second parser, which reads such,
takes up to 60 µs for a tag and 2 µs for a blank: ten seconds at most."""

_ENTRY = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed|channel|entry)[\s/>]", re.IGNORECASE)
_ELEMENT = re.compile(rb"<[A-Za-z_:]")
_ROOT_WITHIN = 65_536
"""Bytes before the first element of a feed: comments, a document type, style sheets."""
_MARKUP = re.compile(r"<[/!]?[A-Za-z][^<>]{0,4000}>")
_CLOCK = re.compile(r"\d:\d\d")


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """The entries in the order of the file. Raises `Unreadable` for other XML, and for feeds without entries.

    feedparser is given a stream: bytes it would take for the name of a file to open. Its sanitizer and its resolver
    of addresses within texts are off (10 MB of 1,000 entries take 0.4 s instead of 2.6): we keep the text only.
    """
    undeclared = b"<?xml" not in data[:200].replace(b"\x00", b"")
    data = _utf8(data)
    if not _ROOT.search(data, 0, _ROOT_WITHIN):
        raise Unreadable("XML, but no feed" if _ELEMENT.search(data) else "no XML")
    _refuse_bombs(data)
    parsed = _parsed(data)
    entries = [dict(entry) for entry in parsed["entries"]]  # theirs answers with other keys' values
    if not entries:
        raise Unreadable("a feed without entries" if parsed.get("version") else "XML, but no feed")
    feed, is_atom = dict(parsed["feed"]), str(parsed.get("version")).startswith("atom")
    read = ((_article(entry, feed, is_atom), entry) for entry in pieces(entries, _name))
    keyed = [(article, entry.get("id") or article.url) for article, entry in read if article is not None]
    if not keyed:
        raise Unreadable("a feed whose entries have neither title nor text")
    if trouble := _trouble(parsed.get("bozo_exception"), undeclared):
        first, key = keyed[0]
        keyed[0] = replace(first, warning="; ".join(filter(None, (first.warning, trouble)))), key
    return with_parts(keyed)


def _name(entry: Mapping[str, Any]) -> str:
    title = entry.get("title")
    return f"the entry {one_line(title[:80])!r}" if isinstance(title, str) and title else "an entry without title"


def _utf8(data: bytes) -> bytes:
    """The bytes in UTF-8, from whatever the file's mark or declaration says, or a guess: as feedparser does it."""
    try:
        converted = convert_to_utf8({}, data, {})
    except (LookupError, ValueError, AssertionError):
        return data
    return converted if isinstance(converted, bytes) else data


def _refuse_bombs(data: bytes) -> None:
    """What would keep feedparser busy for long. Raises `Unreadable`."""
    if sum(1 for _ in _ENTRY.finditer(data)) > MOST_ENTRIES:
        raise Unreadable(f"a feed of more than {MOST_ENTRIES:,} entries")
    depth = 0

    def start(_: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_ELEMENT or len(attributes) > MOST_ATTRIBUTES:
            raise Unreadable(f"XML nested deeper than {DEEPEST_ELEMENT}, or more than {MOST_ATTRIBUTES} attributes")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        if data.count(b"<") + data.count(b"&") > MOST_BROKEN_MARKS or len(data) > LARGEST_BROKEN:
            raise Unreadable("broken XML, and too large to be mended") from None


def _parsed(data: bytes) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise
    except Exception as error:  # on broken XML its second parser lets ValueError, AssertionError and others out
        raise Unreadable(f"broken XML ({type(error).__name__}: {one_line(str(error)[:200])[:80]})") from None
    return found


def _article(entry: Mapping[str, Any], feed: Mapping[str, Any], is_atom: bool) -> ParsedArticle | None:
    origins: list[tuple[str, str]] = []

    def choose(field: str, candidates: Sequence[tuple[str, Any]]) -> str | None:
        for place, value in candidates:
            if isinstance(value, str) and (line := one_line(value[:10_000])):
                origins.append((field, place))
                return line
        return None

    body: tuple[str, ...] = ()
    for place, detail in _texts(entry):
        if body := _paragraphs(detail, is_atom):
            origins.append(("text", place))
            break
    title = " ".join(_paragraphs(_detail(entry, "title"), is_atom))
    if title:
        origins.append(("title", "entry title"))
        body = body[1:] if body and body[0] == title else body
    else:
        title, body = title_from(body)
    links = [link for link in _details(entry, "links") if link.get("rel", "alternate") == "alternate"]
    address = choose("url", [("entry link", entry.get("link")), *(("entry link", x.get("href")) for x in links)])
    address = _absolute(address, feed.get("link"))
    if not title:
        if address is None:
            return None
        title = address
    inner = entry.get("source")
    stated_source = [("entry source", inner.get("title"))] if isinstance(inner, dict) else []
    source = choose("source", [*stated_source, ("feed title", _feed_title(feed, is_atom))])
    names = list(dict.fromkeys(_people(entry)))
    author = choose("author", [("entry author", ", ".join(names)), ("feed author", ", ".join(_people(feed)))])
    language = _language(entry, feed, origins)
    dated = _date(entry, origins)
    tags = tuple(dict.fromkeys(_tags(entry)))
    if tags:
        origins.append(("tags", "entry categories"))
    stated = entry.get("published") or entry.get("updated")
    moment, has_time = dated or (None, False)
    meta = Metadata(title, source, author, address, language, moment, has_time, tags)
    trouble = f"no date can be read from {one_line(stated[:80])[:40]!r}" if stated and not dated else None
    return meta.article(title, body, origins, trouble)


def _texts(entry: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The whole text before the summary; of several, the longest first."""
    for content in sorted(_details(entry, "content"), key=lambda content: -len(content.get("value") or "")):
        yield "entry content", content
    yield "entry summary", _detail(entry, "summary")


def _details(thing: Mapping[str, Any], field: str) -> list[Mapping[str, Any]]:
    """feedparser keeps the text of an element that it doesn't know under the element's name, `<links>` too."""
    found = thing.get(field)
    return [detail for detail in found if isinstance(detail, dict)] if isinstance(found, list) else []


def _detail(entry: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    detail = entry.get(f"{field}_detail")
    return detail if isinstance(detail, dict) else {"value": entry.get(field)}


def _paragraphs(detail: Mapping[str, Any], is_atom: bool) -> tuple[str, ...]:
    """Atom says what a text is. Elsewhere what should be plain often has markup, which it then ends, or entities."""
    value, kind = detail.get("value"), detail.get("type", "")
    if not isinstance(value, str) or not value.strip():
        return ()
    if kind == "text/plain" and (is_atom or ("<" in value and "</" not in value)):
        return plain_paragraphs(sanitize(value))
    is_markup = kind == "application/xhtml+xml" or _MARKUP.search(value)
    return html_paragraphs(value) if is_markup else text_of(value)


def _feed_title(feed: Mapping[str, Any], is_atom: bool) -> str:
    return " ".join(_paragraphs(_detail(feed, "title"), is_atom))


def _people(thing: Mapping[str, Any]) -> Iterator[str]:
    for person in _details(thing, "authors"):
        name, address, stated = person.get("name"), person.get("email"), thing.get("author")
        if (
            name and address and isinstance(stated, str)
        ):  # feedparser cuts addresses as iris@tarn.online after four letters
            stated = stated[:1000]
            if whole := re.search(re.escape(address) + r"[\w-]+", stated):
                name = stated.replace(whole[0], "").strip(" ()<>") or whole[0]
        name = name or address
        if isinstance(name, str) and (line := one_line(name[:1000])):
            yield line


def _language(entry: Mapping[str, Any], feed: Mapping[str, Any], origins: list[tuple[str, str]]) -> str | None:
    places = (
        ("entry language", entry.get("language")),
        ("entry xml:lang", next((detail.get("language") for _, detail in _texts(entry)), None)),
        ("feed language", feed.get("language")),
    )
    for place, value in places:
        if isinstance(value, str) and (code := language_code(value)):
            origins.append(("language", place))
            return code
    return None


def _date(entry: Mapping[str, Any], origins: list[tuple[str, str]]) -> tuple[datetime, bool] | None:
    """Of publication, else of the last change. Our reader keeps the zone; feedparser's knows more spellings."""
    for field in ("published", "updated", "created"):
        stated, parsed = entry.get(field), entry.get(f"{field}_parsed")
        if not isinstance(stated, str) or not stated.strip():
            continue
        dated = stated_date(stated)
        if dated is None and parsed is not None and _CLOCK.search(stated):
            try:
                dated = datetime.fromtimestamp(timegm(parsed), UTC), True
            except (ValueError, OverflowError, OSError):
                dated = None
        if dated is not None:
            origins.append(("date", f"entry {field}"))
            return dated
    return None


def _tags(entry: Mapping[str, Any]) -> Iterator[str]:
    for tag in _details(entry, "tags")[:1000]:
        text = tag.get("label") or tag.get("term")
        if isinstance(text, str) and (line := one_line(text[:1000])):
            yield line


def _absolute(address: str | None, base: Any) -> str | None:
    if address is None or "://" in address or not isinstance(base, str) or "://" not in base:
        return address
    try:
        return one_line(urljoin(base, address))
    except ValueError:
        return address


def _trouble(error: Any, undeclared: bool) -> str | None:
    if not isinstance(error, SAXParseException):
        return None  # what feedparser objects to in HTTP headers and declared encodings
    message = one_line(str(error.getMessage())[:80])
    line = (error.getLineNumber() or 0) - undeclared  # the converted bytes have a line more then
    return f"line {line}: broken XML ({message}), read as far as possible"
