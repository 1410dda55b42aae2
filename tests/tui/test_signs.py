"""No screen paints a sign that the help's legend does not explain."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import newsreader.tui
from newsreader.tui import signs

DRAWN = frozenset("─━│├└┬┴█▁▂▃▄▅▆▇")
"""Lines and bars."""
KEYS = frozenset("←↑→↓")
"""What stands on keyboards."""


def strings(module: ast.Module) -> Iterator[str]:
    """Its strings, but for those that document something."""
    words = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in words:
            yield node.value


def test_every_sign_that_is_painted_is_in_the_legend() -> None:
    explained = set("".join(sign for legend in signs.LEGEND.values() for sign, _ in legend))
    explained |= set("".join(meaning for legend in signs.LEGEND.values() for _, meaning in legend))
    unknown = {}
    for path in Path(newsreader.tui.__path__[0]).rglob("*.py"):
        for text in strings(ast.parse(path.read_text(encoding="utf-8"))):
            for character in set(text) - explained - DRAWN - KEYS:
                if ord(character) > 127 and unicodedata.category(character) in ("So", "Sm", "Sc"):
                    unknown[character] = path.name
    assert unknown == {}


def test_every_sign_of_the_table_is_in_the_legend() -> None:
    explained = "".join(sign + meaning for legend in signs.LEGEND.values() for sign, meaning in legend)
    for name, sign in vars(signs).items():
        if name.isupper() and not name.startswith("_") and isinstance(sign, str | tuple):
            assert all(part in explained for part in sign), name
