"""What a file says of its article, and how a record of named values is asked for it.

Front matter, objects of JSON exports and rows of tables are such records; programs write the same thing as a text, a
list or an object, which is taken apart here once for all readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from newsreader.article import ParsedArticle
from newsreader.formats.base import LONGEST_HEADLINE
from newsreader.formats.fields import Names, Record
from newsreader.formats.language import language_code
from newsreader.text.clean import one_line, shorten
from newsreader.text.dates import stated_date
from newsreader.text.json_value import load

DEEPEST = 6
"""Lists and objects inside each other that a value is looked for in."""
MOST_VALUES = 1_000
"""Values that one field's list is read to: more tags or authors than that are a mistake or an attack."""
LONGEST_NAME = 60
"""Code points of a field's name that are told."""
LONGEST_VALUE = 10_000
"""Code points of one value that are read: the longest addresses have some thousand."""

_INNER = (
    "value", "name", "rendered", "title", "main", "text", "content", "original", "href", "@id", "@value", "label",
    "tag", "term", "#text", "$t",
)  # fmt: skip
"""Where an object in the place of a text keeps its text; where it has a value, its name only says of what."""
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_TAG_DIVIDERS = (";", "|", ",")
_FOLDERS_OF_ALL = frozenset(("unread", "archive", "unsorted", "home"))
"""Folders that Instapaper and Raindrop put everything into that nobody has sorted."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """All text sanitized, on one line."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: datetime | None = None
    has_time: bool = False
    tags: tuple[str, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    """(field, where its value was found)."""
    trouble: str | None = None
    """What was stated but can't be understood."""
    summaries: tuple[str, ...] = ()
    """What a page gives to search engines and social networks; often the article's standfirst."""

    def article(
        self,
        title: str,
        paragraphs: tuple[str, ...],
        origins: Sequence[tuple[str, str]],
        warning: str | None,
        *,
        date_from: Literal["header", "meta"] = "meta",
    ) -> ParsedArticle:
        """The article of which this is known, under the title that it is to have; `date_from` is where a date was."""
        return ParsedArticle(
            shorten(title, LONGEST_HEADLINE),
            paragraphs,
            source=self.source,
            author=self.author,
            url=self.url,
            language=self.language,
            published=self.published,
            has_time=self.has_time,
            date_from="file" if self.published is None else date_from,
            tags=self.tags,
            warning=warning,
            origins=tuple(origins),
        )


def read_metadata(record: Record, names: Names, place: str) -> Metadata:
    """Ask a record for everything; `place` says what its names are, as in "front matter" or "column"."""
    origins: dict[str, str] = {}

    def texts(field: str) -> Iterator[tuple[str, str]]:
        for name, value in record.found(names[field]):
            for text in plain_values(value):
                yield name, text

    def choose(field: str, found: Iterator[tuple[str, str]]) -> str | None:
        for name, text in found:
            origins[field] = origin(place, name)
            return text
        return None

    title = choose("title", texts("title"))
    addresses = (("url", texts("url")), ("source", texts("source")))  # clippers and trafilatura write it there
    url = choose("url", ((name, text) for _, found in addresses for name, text in found if "://" in text))
    url = url or choose("url", texts("url"))
    source = choose("source", ((name, _host(text)) for name, text in texts("source") if "://" not in text))
    authors = _of_one_name((name, text) for name, text in texts("author") if not text.isdecimal())  # WordPress' ids
    author = ", ".join(dict.fromkeys(_in_byline(name, text) for name, text in authors)) or None
    if authors:
        origins["author"] = origin(place, authors[0][0])
    language = choose("language", ((name, code) for name, text in texts("language") if (code := language_code(text))))
    published, has_time, trouble = None, False, None
    for name, value in record.found(names["date"]):
        if (dated := stated_date(value)) is not None:
            published, has_time = dated
            origins["date"] = origin(place, name)
            trouble = None
            break
        if trouble is None and (text := next(plain_values(value), None)):
            trouble = f"no date can be read from {text[:40]!r}"
    tags: dict[str, None] = {}
    for name, value in record.found(names["tags"]):
        for tag in _tags(name, value):
            tags[tag] = None
            origins.setdefault("tags", origin(place, name))
    return Metadata(
        title, source, author, url, language, published, has_time, tuple(tags), tuple(origins.items()), trouble
    )


def origin(place: str, name: str) -> str:
    """Where a value was found, as people are told: the name is the file's, so anything may be in it."""
    return f"{place} {shorten(one_line(name[:LONGEST_VALUE]), LONGEST_NAME)}"


def plain_values(value: Any) -> Iterator[str]:
    """The texts in a value, each on one line: of a text itself, of lists, and of what objects call their name."""
    for count, text in enumerate(_texts(value, DEEPEST)):
        if count >= MOST_VALUES:
            return
        if line := one_line(text[:LONGEST_VALUE]).removeprefix("[[").removesuffix("]]").strip():  # notes link names so
            yield line


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) < 1e18:  # Python refuses to write longer ones out
            yield str(value)
    elif depth and isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item, depth - 1)
    elif depth and isinstance(value, dict):
        inner = next((value[name] for name in _INNER if value.get(name)), None)
        yield from _texts(inner if inner is not None else list(value.values()), depth - 1)


def _of_one_name(found: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """All values of the first name that has any."""
    result: list[tuple[str, str]] = []
    for name, text in found:
        if result and result[0][0] != name:
            break
        result.append((name, text))
    return result


def _in_byline(name: str, text: str) -> str:
    return _BY.sub("", text) if name.casefold().endswith("byline") else text


def _host(text: str) -> str:
    """Outlets named by their host go without its www."""
    return text.removeprefix("www.") if " " not in text else text


def _tags(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, list) and all(isinstance(item, int) for item in value):
        return  # ids, as WordPress has them
    if isinstance(value, dict) and not any(inner in value for inner in _INNER):
        value = list(value)  # Pocket and Readwise: the keys are the tags
    if isinstance(value, str) and value.startswith("["):
        value = _listed(value)
    for text in plain_values(value):
        divider = next((d for d in _TAG_DIVIDERS if d in text), None)
        for tag in text.split(divider) if divider else [text]:
            tag = tag.strip().lstrip("#")
            if tag.startswith("user/"):  # Google Reader's marks and labels
                tag = tag.partition("/label/")[2]
            if tag and not (name.casefold() == "folder" and tag.casefold() in _FOLDERS_OF_ALL):
                yield tag


def _listed(text: str) -> Any:
    """A list that was written into a cell, as JSON or as Python does."""
    try:
        return load(text)
    except ValueError:
        return [item.strip().strip("'\"") for item in text.strip("[]").split(",")]
