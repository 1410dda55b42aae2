"""Every regular expression of the package, against what makes such things run away."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import newsreader

LENGTH = 20_000
"""Characters: a quadratic expression takes seconds for them, a linear one some hundred microseconds."""
SECONDS = 0.5
"""Of processor time."""
PIECES = (
    "a", "A", " ", "\n", "(", "[", ". ", "-", "1", "1,", "“", "'", "\u0301", "<", "<a ", "&", "\x1b[", "\x1b]", "http://a",
    "a@", "*", "=?", ":", "a: ", "\\", "a b ", "Mr. ", "U.S. ", "12:", "2021-", "$1 ", "---\n", "a\n\n", "中",
    '"', '\\"',
)  # fmt: skip
BOUNDED = {
    "newsreader.text.dates._ZONE_IN_WORDS": 64,
}
"""Expressions that are only ever given so few characters."""
USED = re.compile(r"\b([A-Z_]+)\.(match|fullmatch|search|finditer|findall|sub|subn|split)\b")


class TooLong(Exception):
    pass


def expressions(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 3 and isinstance(value, dict):
        for item in value.values():
            yield from expressions(item, depth + 1)
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from expressions(item, depth + 1)


def all_expressions() -> dict[str, list[re.Pattern[str]]]:
    """By the name of the variable that holds them."""
    found: dict[re.Pattern[str], str] = {}
    for module in pkgutil.walk_packages(newsreader.__path__, "newsreader."):
        if module.name != "newsreader.__main__":
            for name, value in vars(importlib.import_module(module.name)).items():
                for expression in expressions(value):
                    found.setdefault(expression, f"{module.name}.{name}")
    return {name: [e for e, where in found.items() if where == name] for name in found.values()}


def only_matched() -> set[str]:
    """Names of the variables whose expressions are never looked for within a text, only held against its start:
    what is linear there may be quadratic when it is tried at every place."""
    uses: dict[str, set[str]] = {}
    for path in Path(newsreader.__path__[0]).rglob("*.py"):
        for name, method in USED.findall(path.read_text(encoding="utf-8")):
            uses.setdefault(name, set()).add(method)
    return {name for name, methods in uses.items() if methods <= {"match", "fullmatch"}}


def match(expression: re.Pattern[str], text: str) -> None:
    expression.match(text)
    expression.fullmatch(text)


def search(expression: re.Pattern[str], text: str) -> None:
    for _ in expression.finditer(text):
        pass


def runs_away(use: Callable[[re.Pattern[str], str], None], expression: re.Pattern[str], text: str) -> bool:
    def stop(number: int, frame: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        use(expression, text)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    except TooLong:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return False


def test_the_watch_sees_an_expression_that_runs_away() -> None:
    assert runs_away(search, re.compile(r"\s*x?\s*y"), " " * LENGTH)
    assert not runs_away(match, re.compile(r"\s*+y"), " " * LENGTH)


def test_fault_33_no_regular_expression_runs_away() -> None:
    found, matched = all_expressions(), only_matched()
    assert len(found) > 50
    assert BOUNDED.keys() <= found.keys()
    worst = {}
    for where, held in found.items():
        use, before = (match, ("", "x")) if where.rpartition(".")[2] in matched else (search, ("x",))
        length = BOUNDED.get(where, LENGTH)
        for expression in held:
            for piece in PIECES:
                for before in ("", "x"):
                    if where not in worst and runs_away(
                        use, expression, before + piece * (length // len(piece)) + "\x00"
                    ):
                        worst[where] = (before, piece)
    assert worst == {}
