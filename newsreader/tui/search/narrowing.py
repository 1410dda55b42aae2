"""Queries written by the program: of a tag, of a saved search, and of a query with one more condition.

A condition can't just be appended: an OR or an open quote in what the user typed would swallow it, and the list would
show something else than was chosen. So the result is parsed to see that the condition holds for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from newsreader.errors import QueryError
from newsreader.index.periods import parse_period
from newsreader.index.query import (
    SHORTEST_PREFIX,
    And,
    Dates,
    Everything,
    Node,
    Saved,
    Term,
    leaves,
    parse_query,
    quoted,
)
from newsreader.text.clean import fold


def tag_query(tag: str) -> str:
    """The query of a tag's articles."""
    return f"tag:{quoted(tag)}"


def outlet_query(outlet: str) -> str:
    """The query of an outlet's articles."""
    return f"source:{quoted(outlet)}"


def saved_query(name: str) -> str:
    """The query that stands for a saved search."""
    return f"@{name}"


def narrowed(query: str, field: str, value: str, *, exclude: bool = False, today: date) -> str:
    """The query with `field:value` as a further condition on all of it.

    It can't always be appended: an OR would take it for a part of its right side, an open quote for a word.
    """
    condition = f"{'-' if exclude else ''}{field}:{quoted(value)}"
    query = query.strip()
    if not query:
        return condition
    if condition in _conditions(query, today):
        return query
    forms = ("{}", "{})", "({})", '{}"', '{}")', '({}")')
    candidates = [f"{form.format(query)} {condition}" for form in forms]
    return next((text for text in candidates if condition in _conditions(text, today)), candidates[0])


def finished(query: str, *, today: date) -> str:
    """A query that is being typed, so that it finds the same when more stands behind it: its last word may be the
    beginning of one."""
    for leaf in leaves(parse_query(query, today=today, typing=True).root):
        if isinstance(leaf, Term) and leaf.typing and leaf.text.isalnum() and len(fold(leaf.text)) >= SHORTEST_PREFIX:
            word = query[leaf.start : leaf.stop]
            return f"{query[: leaf.start]}({word} OR {word}*){query[leaf.stop :]}"
    return query


def narrowed_to(query: str, span: str, *, today: date) -> str:
    """The query with `date:span` as a further condition on all of it, in the place of a `date:` that it lies in."""
    wanted = parse_period(span, today)
    for part in _parts(query, today):
        if isinstance(part, Dates) and query[part.start :].lower().startswith("date:") and wanted in part.period:
            closer = f"{query[: part.start]}date:{span}{query[part.stop :]}"
            if f"date:{span}" in _conditions(closer, today):
                return closer.strip()
    return narrowed(query, "date", span, today=today)


def _conditions(text: str, today: date) -> list[str]:
    """The parts that an article must fulfil one and all, as they are written."""
    return [text[part.start : part.stop] for part in _parts(text, today)]


def _parts(text: str, today: date) -> Sequence[Node]:
    """The same, as trees; none where the query can't be understood."""
    try:
        root = parse_query(text, today=today).root
    except QueryError:
        return ()
    if isinstance(root, Everything):
        return ()
    return root.parts if isinstance(root, And) else (root,)


def without_names(query: str, saved: Mapping[str, str], today: date) -> str:
    """The query with saved searches written out: one that is saved itself can't name another. Raises `QueryError`."""
    found = [leaf for leaf in leaves(parse_query(query, today=today).root) if isinstance(leaf, Saved)]
    for leaf in reversed(found):
        if leaf.name in saved:
            whole = query.strip() == query[leaf.start : leaf.stop]
            text = saved[leaf.name] if whole else f"({saved[leaf.name]})"
            query = query[: leaf.start] + text + query[leaf.stop :]
    return query
