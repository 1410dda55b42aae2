"""Keeping a query under a name."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.errors import UsageError
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, ERROR, MUTED, plain
from newsreader.tui.widgets.dialog import Dialog
from newsreader.tui.widgets.key_line import KeyHints
from newsreader.userdata.searches import valid_name


class SaveSearchScreen(Dialog[str | None]):
    """Asks for the name; enter keeps the query under it."""

    BINDINGS = bindings("save_search")

    def __init__(self, query: str, saved: Mapping[str, str]) -> None:
        super().__init__()
        self._query = query
        self._saved = saved

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain("Save ", MUTED) + plain(self._query, "bold"), classes="dialog-title", markup=False)
            names = (name for name, query in self._saved.items() if query == self._query)
            yield Input(next(names, ""), placeholder="a name: letters, digits, - _ .", compact=True)
            yield Static(id="name-note", classes="dialog-message", markup=False)
            yield KeyHints(("cancel", "cancel"))

    @on(Input.Changed)
    def _judge(self) -> None:
        self.query_one("#name-note", Static).update(self._note())

    def _note(self) -> Content:
        typed = self.query_one(Input).value.strip()
        if not typed:
            return plain("It is listed in the sidebar, and can be a part of other queries.", MUTED)
        try:
            name = valid_name(typed)
        except UsageError as error:
            return plain(str(error), ERROR)
        before = self._saved.get(name)
        if before is not None and before != self._query:
            return plain("enter", ACCENT) + plain(f" replaces @{name}, which is: {before}", MUTED)
        return plain("enter", ACCENT) + plain(f" saves it as @{name}", MUTED)

    def on_mount(self) -> None:
        self._judge()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        try:
            name = valid_name(event.value.strip())
        except UsageError:
            return  # the note says it
        self.dismiss(name)
