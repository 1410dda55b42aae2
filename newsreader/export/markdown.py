"""Text in Markdown: escaped where it could be read as mark-up or as a link.

That is CommonMark with GitHub's tables and strike-through, and the dialects of note programs (wiki links, tags,
mathematics); nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from newsreader.text.spans import Span, merge_spans, runs

_SPECIAL = re.compile(
    r"[\\`*_\[\]{}<>~|#$^@\n\t]"
    r"|^[-+:]"  # lists, definitions
    r"|=(?==)|(?<==)=|%(?=%)|(?<=%)%"  # highlights, comments
    r"|&(?=\#?\w{1,40};)"  # entities
    r"|:(?=/|[a-z+-][\w+-]{0,40}:)"  # addresses, names of emoji
    r"|\.(?=[^\W\d_]{2})|(?<=[wW]{3})\."  # names of hosts, which some dialects make links of
)
_ENUMERATION = re.compile(r"\d{1,9}[.)]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;", "\n": " ", "\t": " "}
"""Dialects that don't know these behind a backslash would let HTML through."""
_IN_ADDRESS = re.compile(r"(?<=[\w.+-])@(?=\w)")
_JOINER = "&#8288;"
"""An invisible character: GitHub makes links of mail addresses whatever is escaped in them."""


def escape(text: str) -> str:
    """Text that a reader of Markdown shows as it is, wherever in a line it stands."""
    return "".join(_escaped(text))


def _escaped(text: str) -> list[str]:
    """For every code point of a text what stands for it."""
    cells = list(text)
    for match in _SPECIAL.finditer(text):
        cells[match.start()] = _ENTITIES.get(match[0], f"\\{match[0]}")
    if number := _ENUMERATION.match(text):
        cells[number.end() - 1] = f"\\{text[number.end() - 1]}"
    for match in _IN_ADDRESS.finditer(text):
        cells[match.start()] = f"{_JOINER}\\@"
    if not text.isprintable():
        cells = [c if c.isprintable() else f"&#x{ord(c):x};" for c in cells]
    return cells


def code(text: str) -> str:
    """Text without line breaks as a code span, in which nothing else is mark-up."""
    longest = max((len(list(run)) for mark, run in groupby(text) if mark == "`"), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _markable(text: str, changed: Sequence[Span]) -> tuple[Span, ...]:
    """The changes widened to where marks are read as such: CommonMark wants a blank or the text's end outside of a
    mark, or a letter or digit inside."""
    found = []
    for span in changed:
        start, stop = span.start, span.stop
        if not text[start].isalnum():
            start = _back(text, start)
        if not text[stop - 1].isalnum():
            stop = len(text) - _back(text[::-1], len(text) - stop)
        found.append(Span(start, stop))
    return merge_spans(found)


def _back(text: str, at: int) -> int:
    """Back to the blank before a place, or to the beginning of the word before it."""
    while at and not text[at].isalnum() and not text[at - 1].isspace():
        at -= 1
    while at and text[at].isalnum() and text[at - 1].isalnum():
        at -= 1
    return at


def marked_markdown(text: str, spans: Sequence[Span], mark: str) -> str:
    """Text with a mark (`**`) around some of it."""
    cells = _escaped(text)
    return "".join(
        f"{mark}{''.join(cells[start:stop])}{mark}" if inside else "".join(cells[start:stop])
        for start, stop, inside in runs(len(text), _markable(text, spans))
    )
