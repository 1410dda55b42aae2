"""JSON: exports of any program that calls title and text by a name we know, and JSON Feed.

No two programs put their list of articles at the same place, so it is looked for: the shallowest list that has one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable
from newsreader.formats.encoding import decode
from newsreader.formats.fields import FIELDS, Names, Record
from newsreader.formats.language import language_code
from newsreader.formats.metadata import plain_values
from newsreader.formats.records import json_lines
from newsreader.formats.records.articles import Inherited, is_article, read_records
from newsreader.text.json_value import load

DEEPEST_LIST = 4
"""How deep in objects the list of articles may lie; the Guardian's and Elasticsearch's lie three deep."""
MOST_LOOKED_AT = 1_000
"""Lists and objects looked through for articles, and items of each."""

_JSON_FEED = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")


def parse(data: bytes, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """One article per object of the file's list of articles. Raises `Unreadable`."""
    text = decode(data)
    if not text.strip():
        raise Unreadable("empty")
    try:
        value = load(text)
    except ValueError as error:
        if not json_lines.looks_like_lines(text):
            raise Unreadable(f"not JSON: {error}") from None
        return json_lines.parse_text(text, names)
    if isinstance(value, dict) and _is_feed(value):
        return _parse_feed(value, names)
    records = _find_records(value, names) if isinstance(value, dict | list) else []
    if not records:
        raise Unreadable("JSON, but no articles")
    found = read_records(records, names, place="field", what="JSON")
    return [replace(article, part="") for article in found] if records[0][1] is value else found


def _is_feed(value: dict[str, Any]) -> bool:
    """By the version that JSON Feed asks for, or where that is another, by what no other format has."""
    version = value.get("version")
    return (isinstance(version, str) and bool(_JSON_FEED.match(version))) or (
        isinstance(value.get("items"), list) and ("home_page_url" in value or "feed_url" in value)
    )


def _parse_feed(feed: dict[str, Any], names: Names) -> Sequence[ParsedArticle]:
    def first(*keys: str) -> str | None:
        return next((text for key in keys for text in plain_values(feed.get(key))), None)

    items = feed.get("items")
    inherited = Inherited(
        source=first("title"),
        author=first("authors", "author"),
        language=language_code(first("language") or ""),
        place="the feed",
    )
    if not isinstance(items, list) or not items:
        raise Unreadable("a feed without entries")
    return read_records(_numbered(items), names, place="field", what="a JSON feed", inherited=inherited, trust_ids=True)


def _find_records(value: Any, names: Names) -> list[tuple[str, Any]]:
    """The file's articles: the shallowest list of objects of which any is one, or the one object that is one."""
    waiting = deque([(value, 0)])
    alone: list[tuple[str, Any]] = []
    for _ in range(MOST_LOOKED_AT):
        if not waiting:
            break
        here, depth = waiting.popleft()
        if isinstance(here, list):
            if records := _articles_among(list(_numbered(here)), names):
                return records
            continue
        if not here:
            continue
        if (
            all(isinstance(item, dict) for item in here.values())
            and (  # Pocket: its list is an object of objects
                records := _articles_among([(f"item {str(key)[:40]!r}", item) for key, item in here.items()], names)
            )
        ):
            return records
        if is_article(here, names):
            alone = alone or [("the object", here)]
            if any(isinstance(text, str) for _, text in Record(here).found(names["text"])):
                break  # else it is more likely the frame of a list: a title, and articles in it
        if depth < DEEPEST_LIST:
            waiting.extend((inner, depth + 1) for inner in here.values() if isinstance(inner, dict | list))
    return alone


def _articles_among(items: list[tuple[str, Any]], names: Names) -> list[tuple[str, Any]]:
    """All items if any of the first is an article, taken out of Elasticsearch's wrapping; else none."""
    if any(is_article(item, names) for _, item in items[:MOST_LOOKED_AT]):
        return items
    wrapped = [(where, item["_source"]) for where, item in items if isinstance(item, dict) and "_source" in item]
    return wrapped if any(is_article(item, names) for _, item in wrapped[:MOST_LOOKED_AT]) else []


def _numbered(items: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    return ((f"item {number}", item) for number, item in enumerate(items, 1))
