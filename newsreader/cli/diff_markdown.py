"""A comparison as Markdown for notes: the articles, the facts that differ, the differences with quotations.

CommonMark with GitHub's tables and strike-through. Text of articles is escaped where it could be read as mark-up or
as a link, there and in the dialects of note programs (wiki links, tags, mathematics); nothing else is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from newsreader.article import Article
from newsreader.cli import diff_parts as parts
from newsreader.spans import Span, merge_spans
from newsreader.text import visible

if TYPE_CHECKING:
    from newsreader.compare.comparison import Comparison, Row
    from newsreader.engine import Compared

_LABELS = {"same": "The same", "reworded": "Reworded"}
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


def lines(compared: Compared) -> Iterator[str]:
    """The document, line by line."""
    left, right, comparison = compared.left.article, compared.right.article, compared.comparison
    names = parts.outlet(left, right, "left"), parts.outlet(right, left, "right")
    yield f"# {escape(left.title)} ⇄ {escape(right.title)}"
    yield ""
    yield f"- {_about(left, names[0])} · what only it says: ~~so~~"
    yield f"- {_about(right, names[1])} · what only it says: **so**"
    yield ""
    yield parts.summary(comparison)
    yield ""
    yield from _facts(comparison, names)
    yield "## Differences"
    yield ""
    moves = parts.moves(comparison)
    differing = [index for index, row in enumerate(comparison.rows) if row.kind != "same" or row.moved]
    for index in differing:
        yield from _item(comparison.rows[index], comparison, names, moves.get(index), index)
    if not differing:
        yield "None."
        yield ""
    if not comparison.complete:
        yield parts.CUT_SHORT
        yield ""


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


def _code(text: str) -> str:
    """Text without line breaks as a code span, in which nothing else is mark-up."""
    longest = max((len(list(run)) for mark, run in groupby(text) if mark == "`"), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text[:1] in ("`", " ") or text[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _about(article: Article, name: str) -> str:
    about = [name, parts.moment(article), article.author or ""]
    return " · ".join((*(escape(part) for part in about if part), _code(visible(str(article.path)))))


def _facts(comparison: Comparison, names: tuple[str, str]) -> Iterator[str]:
    facts = parts.differing_facts(comparison)
    if not facts:
        return
    yield "## Facts that differ"
    yield ""
    yield f"| | {escape(names[0])} | | {escape(names[1])} |"
    yield "| --- | --- | :-: | --- |"
    for fact in facts:
        values = [escape(value) if value is not None else "–" for value in (fact.left, fact.right)]
        yield f"| {fact.kind} | {values[0]} | {parts.fact_sign(fact)} | {values[1]} |"
    yield ""


def _item(
    row: Row, comparison: Comparison, names: tuple[str, str], move: parts.Move | None, index: int
) -> Iterator[str]:
    """A row as an item of the list: what it is, then the sentences as quotations. A passage that moved is one item."""
    left, right = parts.passages(row, comparison)
    if move is not None and move.sentences > 1:
        if move.first == index:
            yield f"- {parts.MOVED} Moved {move.shift}, {move.extent}"
    elif left and right:
        yield f"- {_LABELS[row.kind]}, {f'{parts.MOVED} moved ' if row.moved else ''}{parts.shift(left, right)}"
    else:
        yield f"- Only in {escape(names[0] if left else names[1])}, {parts.place((left or right)[0])}"
    alone = row.kind in ("left-only", "right-only")
    for passages, mark in ((left, "~~"), (right if row.kind != "same" else [], "**")):
        if passages:
            yield ""
            yield "  > " + " ".join(_passage(passage, mark, alone) for passage in passages)
    yield ""


def _passage(passage: parts.Passage, mark: str, alone: bool) -> str:
    """A sentence with its changes marked; all of it if it stands alone."""
    text = passage.text
    cells = _escaped(text)
    changed = (Span(0, len(text)),) if alone else _markable(text, passage.changed)
    return "".join(
        f"{mark}{''.join(cells[start:stop])}{mark}" if differs else "".join(cells[start:stop])
        for start, stop, differs in parts.runs(len(text), changed)
    )


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
