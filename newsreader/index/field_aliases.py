"""Fields as mail programs and search engines call them, and what is to be written here instead.

People type `from:reuters since:2021-03` before they have read anything. An error that only says that there is no such
field sends them to the manual; this one has the right query in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from newsreader.index.periods import parse_period

_NAMES: Mapping[str, str] = {
    "source": "from site outlet publisher publication newspaper paper feed domain in",
    "author": "by writer byline reporter journalist",
    "title": "subject headline heading head intitle",
    "body": "text content intext",
    "path": "file filename folder dir directory",
    "lang": "language",
    "tag": "label labels category topic keyword",
    "is": "status flag",
    "similar": "like related",
    "date": "on during when day month year published after until till through",
    "newer": "since newer_than",
    "older": "before older_than",
}
ALIASES: Mapping[str, str] = {name: field for field, names in _NAMES.items() for name in names.split()}
"""Our field by another's name."""
_OF_TIME = {
    "from": "newer:",
    "in": "date:",
    "after": "date:>",
    "until": "date:..",
    "till": "date:..",
    "through": "date:..",
}
"""What stands before the date where that is not just the field: in:2021, from:2021-03-01."""


def dated_alias(name: str, value: str, today: date) -> str | None:
    """The condition that `name:value` means, None where it is not about time."""
    beginning = _OF_TIME.get(name, f"{ALIASES[name]}:")
    field, colon, sign = beginning.partition(":")
    if field not in ("date", "newer", "older"):
        return None
    try:
        parse_period(value, today)
    except ValueError:
        return None
    condition = sign + value
    return field + colon + (f'"{condition}"' if " " in condition else condition)
