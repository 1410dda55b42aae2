"""What could be typed next in a query: names of fields, and their values in this library."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsreader.index.query import FLAGS, QUERY_FIELDS, quoted
from newsreader.text.clean import fold

MOST = 12
_UNFINISHED = re.compile(r'(?:^|(?<=[\s(-]))(?P<field>[^\W\d_]\w*:)?(?P<value>"[^"]*|(?!-)[^\s()"]*)$')
_DATES = ("today", "yesterday", '"this week"', '"last week"', '"this month"', '"last month"', '"this year"')
_AGES = ('"1 day"', '"3 days"', '"1 week"', '"2 weeks"', '"1 month"', '"1 year"')


@dataclass(frozen=True, slots=True)
class Completion:
    """A piece of query to put in the place of what is being typed."""

    start: int
    """Where it goes: from here to the cursor. Code points."""
    text: str
    label: str
    """What kind of thing it is."""


def complete(text: str, cursor: int, values: Mapping[str, Sequence[str]]) -> tuple[Completion, ...]:
    """Completions at the cursor, at most `MOST`. `values` are those known of `tag`, `source`, `author`, `lang`,
    and of saved searches under `@`."""
    match = _UNFINISHED.search(text[:cursor])
    if match is None:
        return ()
    start, field, value = match.start(), match["field"], match["value"]
    found = _values(start, field[:-1].lower(), value, values) if field else _words(start, value, values)
    return tuple(found)[:MOST]


def _words(start: int, typed: str, values: Mapping[str, Sequence[str]]) -> Iterator[Completion]:
    if typed.startswith("@"):
        yield from (Completion(start, f"@{n}", "saved search") for n in values.get("@", ()) if n.startswith(typed[1:]))
    elif typed:
        yield from (Completion(start, f"{f}:", "field") for f in QUERY_FIELDS if f.startswith(fold(typed)))


def _values(start: int, field: str, typed: str, values: Mapping[str, Sequence[str]]) -> Iterator[Completion]:
    known: Sequence[str] = values.get(field, ())
    if field == "is":
        known = FLAGS
    if field in ("date", "newer", "older"):
        yield from (
            Completion(start, f"{field}:{form}", "date")
            for form in (_DATES if field == "date" else _AGES)
            if form.strip('"').startswith(typed.strip('"').lower())
        )
        return
    wanted = fold(typed.strip('"'))
    begins = [value for value in known if fold(value).startswith(wanted)]
    holds = [value for value in known if wanted in fold(value) and value not in begins]
    yield from (Completion(start, f"{field}:{quoted(value)}", field) for value in (*begins, *holds))
