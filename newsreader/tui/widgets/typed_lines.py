"""What was typed into the lines of dialogs since the program was started.

A dialog is gone when it is closed: without this, escape would take a long path or command with it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from textual.app import App

MOST_SENT = 100


@dataclass(slots=True)
class TypedLines:
    """Of one dialog, or of all dialogs of a kind."""

    sent: list[str] = field(default_factory=list)
    """Newest first, each once."""
    left: str = ""
    """What was typed and not sent."""

    def send(self, line: str) -> None:
        self.left = ""
        self.sent = [line, *(other for other in self.sent if other != line)][:MOST_SENT]


_typed: WeakKeyDictionary[App[Any], dict[str, TypedLines]] = WeakKeyDictionary()


def typed_lines(app: App[Any], what: str) -> TypedLines:
    """What was typed in this run of the program, by the name of what it was typed for."""
    return _typed.setdefault(app, defaultdict(TypedLines))[what]
