"""A question that is answered with a key: yes, or back."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from newsreader.tui.commands import bindings
from newsreader.tui.content import plain
from newsreader.tui.widgets.dialog import Dialog


class QuestionScreen(Dialog[bool]):
    """Comes back with True for yes."""

    BINDINGS = bindings("question")
    HINTS = (("yes", "yes"), ("cancel", "no"))

    def __init__(self, question: str, detail: str = "") -> None:
        """`detail`: what yes will do, where the question does not say it."""
        super().__init__(plain(question, "bold"))
        self._detail = detail

    def compose_body(self) -> Iterable[Widget]:
        if self._detail:
            yield Static(plain(self._detail), classes="dialog-text", markup=False)

    def action_yes(self) -> None:
        self.dismiss(True)
