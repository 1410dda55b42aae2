"""YAML front matter: the metadata block at the head of Markdown files, read with care."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import yaml

from newsreader.dates import parse_date
from newsreader.formats.fields import Names, found
from newsreader.text import one_line

LARGEST = 65_536
"""Code points of front matter that are read: people's blocks have some hundred."""

_FENCED = re.compile(r"\s*---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_SIMPLE_LINE = re.compile(r"^([A-Za-z][\w-]{0,30})[ \t]*:[ \t]*(\S.*)$")
_LANGUAGE_CODE = re.compile(r"[a-z]{2}(?![a-z])")


class _Loader(yaml.SafeLoader):
    """The safe loader without dates (they are text to us), anchors and aliases (which can grow without bound)."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not read", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a block says of its article; all text sanitized, on one line."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    published: datetime | None = None
    has_time: bool = False
    tags: tuple[str, ...] = ()
    trouble: str | None = None
    """Why the block could only be read in part, with its line."""


def split_front_matter(text: str, names: Names) -> tuple[FrontMatter, str]:
    """(the metadata, the text behind the block); empty metadata when there is no block."""
    match = _FENCED.match(text) if text.lstrip().startswith("---") else None
    if match is None or (":" not in match.group(1) and match.group(1).strip()):
        return FrontMatter(), text
    block, rest = match.group(1), text[match.end() :]
    trouble = None
    try:
        if len(block) > LARGEST:
            raise ValueError(f"longer than {LARGEST} characters")
        loaded = yaml.load(block, _Loader)
    except Exception as error:  # beside YAMLError, PyYAML lets KeyError, IndexError and AttributeError out
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 2}" if mark is not None else ""
        trouble = f"front matter{place}: {getattr(error, 'problem', None) or error}"
        loaded = dict(_simple_lines(block))
    if not isinstance(loaded, dict):
        return FrontMatter(), text
    known = any(True for theirs in names.values() for _ in found(loaded, theirs))
    if not known and (trouble is not None or not block.split("\n", 1)[0].strip()):
        return FrontMatter(trouble=trouble), text  # prose between two rules, most likely: none of it may be lost
    return _read(loaded, names, trouble), rest


def _simple_lines(block: str) -> Iterator[tuple[str, str]]:
    for line in block[:LARGEST].splitlines():
        if match := _SIMPLE_LINE.match(line):
            yield match.group(1), match.group(2).strip().strip("\"'")


def _read(block: Mapping[Any, Any], names: Names, trouble: str | None) -> FrontMatter:
    def values(name: str) -> Iterator[str]:
        for _, value in found(block, names[name]):
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    item = item.get("name")
                if isinstance(item, str) and (text := _plain(item)):
                    yield text

    def first(name: str) -> str | None:
        return next(values(name), None)

    source, url = first("source"), first("url")
    if source is not None and "://" in source:  # web clippers write the page's address there
        url, source = url or source, None
    date = first("date")
    dated = parse_date(date) if date is not None else None
    if date is not None and dated is None:
        trouble = trouble or f"front matter: no date can be read from {date[:40]!r}"
    language = first("language")
    return FrontMatter(
        title=first("title"),
        source=source,
        author=", ".join(values("author")) or None,
        url=url,
        language=code.group() if (code := _LANGUAGE_CODE.match((language or "").casefold())) else None,
        published=dated[0] if dated else None,
        has_time=dated[1] if dated else False,
        tags=tuple(dict.fromkeys(_tags(values("tags")))),
        trouble=trouble,
    )


def _plain(value: str) -> str:
    """One line, without the double brackets that note programs put around names."""
    return one_line(value).removeprefix("[[").removesuffix("]]").strip()


def _tags(values: Iterator[str]) -> Iterator[str]:
    for value in values:
        for tag in value.split(",") if "," in value else [value]:
            if tag := tag.strip().lstrip("#"):
                yield tag
