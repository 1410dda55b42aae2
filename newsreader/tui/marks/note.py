"""Writing a note on an article."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from newsreader.text.clean import sanitize
from newsreader.tui.content import MUTED, plain
from newsreader.tui.widgets.key_line import KeyHints


class NoteScreen(ModalScreen[str | None]):
    """A few lines of text; ctrl+s keeps them, escape does not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel", priority=True),
        Binding("ctrl+s", "keep", "Keep", priority=True),
    ]

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self._title = title
        self._area = TextArea(note, compact=True, highlight_cursor_line=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain("Note on ", MUTED) + plain(self._title, "bold"), classes="dialog-title", markup=False)
            yield self._area
            yield KeyHints(("ctrl+s", "keep"), ("esc", "cancel"))

    def on_mount(self) -> None:
        self._area.move_cursor(self._area.document.end)

    @property
    def written(self) -> str:
        """What the note is now."""
        return sanitize(self._area.text).strip()

    def action_keep(self) -> None:
        self.dismiss(self.written)
