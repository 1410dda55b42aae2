"""Writing a note on an article."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from newsreader.text import sanitize
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
        self._note = note

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain("Note on ", MUTED) + plain(self._title, "bold"), classes="dialog-title", markup=False)
            yield TextArea(self._note, compact=True, highlight_cursor_line=False)
            yield KeyHints(("ctrl+s", "keep"), ("esc", "cancel"))

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    def action_keep(self) -> None:
        self.dismiss(sanitize(self.query_one(TextArea).text).strip())
