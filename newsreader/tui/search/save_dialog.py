"""The dialog that asks under which name a query is to be kept.

It says before enter is pressed what a name that is taken already stands for: that search would be replaced.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, MUTED, plain
from newsreader.tui.widgets.dialog import Keep, LineDialog
from newsreader.userdata.searches import valid_name


class SaveSearchScreen(LineDialog[str | None]):
    """Asks for the name; enter keeps the query under it."""

    BINDINGS = bindings("save_search")

    def __init__(self, query: str, saved: Mapping[str, str], keep: Keep | None = None) -> None:
        super().__init__(plain("Save ", MUTED) + plain(query, "bold"), keep)
        self._query = query
        self._saved = saved

    def compose_body(self) -> ComposeResult:
        names = (name for name, query in self._saved.items() if query == self._query)
        yield Input(next(names, ""), placeholder="a name: letters, digits, - _ .", compact=True)
        yield Static(id="name-note", classes="dialog-message", markup=False)

    def message_on(self, typed: str) -> Content:
        if not typed:
            return plain("It is listed in the sidebar, and can be a part of other queries.", MUTED)
        name = valid_name(typed)
        before = self._saved.get(name)
        if before is not None and before != self._query:
            return plain("enter", ACCENT) + plain(f" replaces @{name}, which is: {before}", MUTED)
        return plain("enter", ACCENT) + plain(f" saves it as @{name}", MUTED)

    def result_of(self, typed: str) -> str:
        return valid_name(typed)
