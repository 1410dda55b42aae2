"""Writing a note on an article."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import TextArea

from newsreader.text.clean import sanitize
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.widgets.dialog import Dialog


class NoteScreen(Dialog[str | None]):
    """A few lines of text; ctrl+s keeps them, escape does not."""

    BINDINGS = bindings("note", priority=True)
    HINTS = (("done", "keep"), ("cancel", "cancel"))

    def __init__(self, title: str, note: str) -> None:
        super().__init__(plain("Note on ", MUTED) + plain(title, "bold"))
        self._area = TextArea(note, compact=True, highlight_cursor_line=False)

    def compose_body(self) -> ComposeResult:
        yield self._area

    def on_mount(self) -> None:
        self._area.move_cursor(self._area.document.end)

    @property
    def written(self) -> str:
        """What the note is now."""
        return sanitize(self._area.text).strip()

    def action_done(self) -> None:
        self.dismiss(self.written)
