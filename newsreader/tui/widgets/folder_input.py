"""Typing the path of a folder, with the folders that it may become."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from newsreader.text.clean import visible
from newsreader.tui.commands import bindings
from newsreader.tui.content import ERROR, MUTED, plain
from newsreader.tui.lanes import Lane, is_up
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.typed_path import typed_path

MOST_SHOWN = 50
BEGUN = "~/"
"""What stands in the line at first."""


def folders_for(typed: str) -> list[str]:
    """Folders whose path begins with what was typed, written the same way (`~`); hidden ones only on request, and none
    with a name that an input can't show as it is."""
    head, _, begun = typed.rpartition("/")
    parent = Path(os.path.expanduser(f"{head}/" if typed.startswith(("/", "~")) or head else "./"))
    try:
        with os.scandir(parent) as entries:
            names = [e.name for e in entries if e.name.lower().startswith(begun.lower()) and _is_folder(e)]
    except OSError:
        return []
    prefix = typed[: len(typed) - len(begun)]
    names = [name for name in names if name.isprintable() and (begun.startswith(".") or not name.startswith("."))]
    return [f"{prefix}{name}/" for name in sorted(names, key=str.casefold)[:MOST_SHOWN]]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class FolderInput(Vertical):
    """Tab completes, ↓ chooses from the list, enter takes the path."""

    BINDINGS = bindings("folder")

    @dataclass
    class Submitted(Message):
        """The user has chosen; whether the folder exists is for the engine to say."""

        path: Path

    def __init__(self) -> None:
        super().__init__()
        self._lane = Lane("folders")
        self._shown: Sequence[str] = ()
        self._said_of = ""
        """What was typed when a message was shown."""

    def compose(self) -> ComposeResult:
        yield Input(value=BEGUN, placeholder="/path/to/articles", compact=True, select_on_focus=False)
        yield Static(classes="dialog-message", markup=False)
        yield ChoiceList()

    def on_unmount(self) -> None:
        self._lane.close()

    def show_error(self, text: str, instead: str = "") -> None:
        """Until something else is typed; with `instead` in the line, if there is a path that may be meant."""
        if instead:
            self._take(instead)
        self._said_of = self.query_one(Input).value
        self.query_one(Static).update(plain(visible(text), ERROR))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value != self._said_of:
            self._said_of = ""
            self.query_one(Static).update("")
        self.run_worker(self._look(event.value), group="folders", description="list folders", exclusive=True)

    async def _look(self, typed: str) -> None:
        self._shown = await self._lane.latest(lambda cancelled: folders_for(typed_path(typed)))
        if not is_up(self.screen):
            return
        names = [plain(visible(name), MUTED) for name in self._shown]
        self.query_one(ChoiceList).clear_options().add_options(names)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is not None:
            self._take(self._shown[highlighted])
        elif path := typed_path(event.value):
            self.post_message(self.Submitted(Path(path)))

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._take(self._shown[event.option_index])
        self.query_one(Input).focus()

    def action_move(self, step: int) -> None:
        self.query_one(ChoiceList).step(step)

    def action_complete(self) -> None:
        """As far as the folders agree; on the highlighted one, all of it."""
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is not None:
            self._take(self._shown[highlighted])
        elif self._shown:
            typed = typed_path(self.query_one(Input).value)
            agreed = len(os.path.commonprefix([name.lower() for name in self._shown]))  # noqa: RUF071 - letter by letter
            self._take(self._shown[0][:agreed] if agreed > len(typed) else self._shown[0])

    def _take(self, text: str) -> None:
        field = self.query_one(Input)
        field.value = text
        field.action_end()
