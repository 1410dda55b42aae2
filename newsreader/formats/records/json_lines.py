"""JSON Lines: one object per line. A line that can't be read costs itself only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable
from newsreader.formats.encoding import decode
from newsreader.formats.fields import FIELDS, Names
from newsreader.formats.records.articles import read_records
from newsreader.text.json_value import load


def parse(data: bytes, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """One article per line that is one. Raises `Unreadable` when none is."""
    return parse_text(decode(data), names)


def parse_text(text: str, names: Names) -> Sequence[ParsedArticle]:
    """As `parse`, of text."""
    records: list[tuple[str, Any]] = []
    troubles: list[str] = []
    for number, line in _lines(text):
        try:
            records.append((f"line {number}", load(line)))
        except ValueError as error:
            troubles.append(f"line {number}: not JSON: {error}")
    if not records and not troubles:
        raise Unreadable("empty")
    return read_records(records, names, place="field", what="JSON lines", troubles=troubles)


def looks_like_lines(text: str) -> bool:
    """Whether the first line is a whole object, and not the last one."""
    lines = _lines(text)
    _, first = next(lines, (0, ""))
    if not first.startswith("{") or next(lines, None) is None:
        return False
    try:
        return isinstance(load(first), dict)
    except ValueError:
        return False


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """(number, line) of those that are not blank. JSON texts may hold other line breaks than line feeds."""
    for number, line in enumerate(text.split("\n"), 1):
        if line := line.strip("\r\t \x1e"):  # RFC 7464 begins lines with a record separator
            yield number, line
