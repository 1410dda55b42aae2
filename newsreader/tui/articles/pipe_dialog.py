"""The dialog that asks for a command that is to be given the text of articles."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.errors import UsageError
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.widgets.dialog import LineDialog


class PipeScreen(LineDialog[str | None]):
    """Type a command line of the shell; it is given the text on its standard input."""

    BINDINGS = bindings("pipe")
    HINTS = (("enter", "run it"), ("previous_choice", "earlier ones"), ("cancel", "cancel"))

    def __init__(self, heading: str) -> None:
        super().__init__(plain("Pipe ", MUTED) + plain(heading, "bold"))

    @property
    def typed_for(self) -> str:
        return ""

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="a command, for example: wc -w", compact=True)
        yield Static(classes="dialog-message", markup=False)

    def message_on(self, typed: str) -> Content:
        return plain("It gets the text on its input; $NEWSREADER_TITLE, _PATH, _URL and _ID say which.", MUTED)

    def result_of(self, typed: str) -> str:
        if not typed:
            raise UsageError("type a command")
        return typed

    def action_move(self, step: int) -> None:
        self.action_recall(-step)
