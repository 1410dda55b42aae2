"""The dialog that finds a tag by a part of its name, to go to its articles.

The sidebar lists the tags too, but a library may have more of them than anybody would scroll through.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from newsreader.text.clean import fold
from newsreader.tui.commands import bindings
from newsreader.tui.content import FAINT, MUTED, plain
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import ChoiceDialog

MOST_SHOWN = 200
"""Tags in the list; more are found by typing."""


class TagListScreen(ChoiceDialog[str | None]):
    """Type a part of the name, enter goes there."""

    BINDINGS = bindings("tag_list")
    HINTS = (("previous_choice next_choice", "move"), ("enter", "go to its articles"), ("cancel", "cancel"))

    def __init__(self, tags: Sequence[tuple[str, int]]) -> None:
        super().__init__(plain("Articles tagged", "bold"))
        self._tags = tags

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="a part of the name", compact=True)
        yield ChoiceList()
        if not self._tags:
            yield Static(plain("There are no tags yet; t gives an article one.", MUTED), markup=False)

    def on_mount(self) -> None:
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        typed = fold(self.query_one(Input).value.strip())
        found = [(tag, count) for tag, count in self._tags if typed in fold(tag)]
        found.sort(key=lambda item: not fold(item[0]).startswith(typed))
        self.offer((tag, plain(tag) + plain(f"  {count:,}", FAINT)) for tag, count in found[:MOST_SHOWN])
