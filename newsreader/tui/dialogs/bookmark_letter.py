"""Asks for the letter of a remembered place, and shows the letters that are taken.

A letter typed behind ` or ' would else be taken for a command, as ' is only half of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Static

from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, joined, plain
from newsreader.tui.trail import Stops, name_of
from newsreader.tui.widgets.dialog import Dialog


class BookmarkLetterScreen(Dialog[str | None]):
    """Comes back with a letter or a digit."""

    BINDINGS = bindings("bookmark_letter")

    def __init__(self, question: str, taken: Mapping[str, Stops]) -> None:
        super().__init__(plain(question, "bold"))
        self._taken = taken

    def compose_body(self) -> Iterable[Widget]:
        yield Static(self._letters(), classes="dialog-text", markup=False)

    def _letters(self) -> Content:
        if not self._taken:
            return plain("No place is remembered yet.", MUTED)
        return joined([plain(f"{letter} {name_of(there)}", MUTED) for letter, there in sorted(self._taken.items())])

    def on_key(self, event: Key) -> None:
        if event.character is not None and event.character.isalnum():
            event.stop()
            self.dismiss(event.character)
