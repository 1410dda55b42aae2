"""JSON that others wrote: exports, parts of web pages, output of other processes, files that anybody may have changed.

Python's own parser takes quadratic time for long numbers, and each version of it ends in another way where values are
nested deeply: what one lets through breaks whoever walks through the values. Here all of that is one `ValueError`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from newsreader.text.clean import visible

MOST_CONTAINERS = 1_000_000
"""Lists and objects of one text: empty ones take 64 bytes and more for the two in the file."""
DEEPEST = 200
"""Lists and objects in each other: exports have a dozen, and who walks through them takes some calls for each."""
TOO_DEEP = "it is nested too deeply"
LONGEST_NUMBER = 40
"""Digits; Python takes quadratic time for long ones, and refuses those of 4,300."""


def load(text: str, *, strict: bool = True) -> Any:
    """The value that is written there; NaN, Infinity and endless numbers are null, of a key's values the last counts.

    Unless `strict`, strings may hold line breaks. Raises ValueError with the place of what is no JSON or has too many
    or too deeply nested values.
    """
    return _read(text, _decoder(strict).decode)


def load_first(text: str) -> tuple[Any, int]:
    """As `load`, of the value that a text begins with, and where it ends."""
    value, end = _read(text, _decoder(True).raw_decode)
    return value, end


def _decoder(strict: bool) -> json.JSONDecoder:
    return json.JSONDecoder(parse_constant=lambda _: None, parse_int=_number, strict=strict)


def _read(text: str, decode: Callable[[str], Any]) -> Any:
    containers = text.count("[") + text.count("{")
    if containers > MOST_CONTAINERS:
        raise ValueError(f"it has more than {MOST_CONTAINERS:,} lists and objects")
    try:
        value = decode(text)
    except RecursionError:
        raise ValueError(TOO_DEEP) from None
    except json.JSONDecodeError as error:
        before = text[: error.pos]
        if containers > DEEPEST and sum(map(before.count, "[{")) - sum(map(before.count, "]}")) > DEEPEST:
            raise ValueError(TOO_DEEP) from None
        place = f"line {error.lineno}, column {error.colno}" if "\n" in text else f"column {error.colno}"
        message = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise ValueError(f"{visible(message)} ({place})") from None
    if containers > DEEPEST and _is_deep(value):
        raise ValueError(TOO_DEEP)
    return value


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) < LONGEST_NUMBER else None


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, list | dict)
            for inner in (outer if isinstance(outer, list) else outer.values())
            if isinstance(inner, list | dict)
        ]
        if not level:
            return False
    return True
