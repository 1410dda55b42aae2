"""A question that is answered with a key: yes, or back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

from newsreader.tui.commands import bindings
from newsreader.tui.content import plain
from newsreader.tui.widgets.dialog import Dialog


class QuestionScreen(Dialog[bool]):
    """Comes back with True for yes."""

    BINDINGS = bindings("question")
    HINTS = (("yes", "yes"), ("cancel", "no"))

    def __init__(self, question: str) -> None:
        super().__init__(plain(question, "bold"))

    def compose_body(self) -> Iterable[Widget]:
        return ()

    def action_yes(self) -> None:
        self.dismiss(True)
