"""The line in which commands are typed, with what they are to be done to: `tag +ev`, `sort date`, `theme NAME`.

The palette finds a command, but can't be told anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from newsreader.errors import UsageError
from newsreader.tui.commands import bindings
from newsreader.tui.content import FAINT, MUTED, plain
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import LineDialog

MOST_SHOWN = 200
"""Completions in the list."""
Deed: TypeAlias = Callable[[], object]
"""Does what was typed, when the line is gone."""


@dataclass(frozen=True, slots=True)
class TypedCommand:
    """What can be typed."""

    name: str
    help: str
    """A sentence."""
    prepare: Callable[[str], Deed]
    """Is given what is typed behind the name. Raises `UsageError` for what can't be done."""
    takes: str = ""
    """What may be typed behind the name, in a word or two."""
    values: Sequence[str] = ()
    """What is offered there."""


def without_argument(do: Deed) -> Callable[[str], Deed]:
    """For a command that is only named."""

    def prepare(argument: str) -> Deed:
        if argument:
            raise UsageError("nothing can be said behind this command")
        return do

    return prepare


def one_of(values: Sequence[str], do: Callable[[str], object]) -> Callable[[str], Deed]:
    """For a command that takes one of these."""

    def prepare(argument: str) -> Deed:
        if argument not in values:
            raise UsageError(f"{argument!r} is none of: {', '.join(values)}" if argument else "say which")
        return lambda: do(argument)

    return prepare


class CommandLineScreen(LineDialog[Deed | None]):
    """Type a command and press enter; comes back with what is to be done."""

    BINDINGS = bindings("command_line", priority=True)
    HINTS = (("enter", "do it"), ("complete", "complete"), ("previous_choice", "earlier ones"), ("cancel", "cancel"))

    def __init__(self, commands: Sequence[TypedCommand]) -> None:
        super().__init__(plain("Command", "bold"))
        self._commands = {command.name: command for command in commands}
        self._shown: list[str] = []
        """What completions make of the line."""

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="tag +ev   sort date   theme …", compact=True)
        yield ChoiceList()
        yield Static(classes="dialog-message", markup=False)

    def on_mount(self) -> None:
        self._complete()

    @on(Input.Changed)
    def _complete(self) -> None:
        typed = self.query_one(Input).value.lstrip(": ")
        name, blank, argument = typed.partition(" ")
        command = self._commands.get(name)
        if blank and command is not None:
            before, word = _last_word(argument)
            found = [value for value in command.values if value.startswith(word) and value != word]
            self._shown = [f"{name} {before}{value}" for value in found][:MOST_SHOWN]
            lines = [plain(value) for value in found[:MOST_SHOWN]]
        else:
            fits = [command for command in self._commands.values() if command.name.startswith(name)]
            self._shown = [command.name + " " * bool(command.takes) for command in fits]
            lines = [_line(command) for command in fits]
        self.query_one(ChoiceList).clear_options().add_options(lines)

    def message_on(self, typed: str) -> Content:
        name = typed.lstrip(": ").partition(" ")[0]
        command = self._commands.get(name)
        return plain(f"{command.help}  {command.takes}" if command is not None else "", MUTED)

    def result_of(self, typed: str) -> Deed:
        name, _, argument = typed.lstrip(": ").partition(" ")
        command = self._commands.get(name)
        if command is None:
            raise UsageError(f"there is no command {name!r} here" if name else "type a command")
        return command.prepare(argument.strip())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        """A completion that the user has moved to is taken first."""
        if self.query_one(ChoiceList).highlighted is not None:
            event.prevent_default()
            self.action_complete()

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._put(event.option_index)
        self.query_one(Input).focus()

    def action_complete(self) -> None:
        """Put the highlighted completion in, or else the first."""
        if self._shown:
            self._put(self.query_one(ChoiceList).highlighted or 0)

    def _put(self, index: int) -> None:
        field = self.query_one(Input)
        field.value = self._shown[index]
        field.action_end()

    def action_move(self, step: int) -> None:
        """Through the completions; up from their beginning through what was typed before."""
        options = self.query_one(ChoiceList)
        if step < 0 and options.highlighted in (None, 0):
            options.highlighted = None
            self.action_recall(1)
        elif step > 0 and self._recalled >= 0:
            self.action_recall(-1)
        else:
            options.step(step)


def _last_word(argument: str) -> tuple[str, str]:
    """What stands before the word that is being typed, and the word."""
    at = argument.rfind(" ") + 1
    return argument[:at], argument[at:]


def _line(command: TypedCommand) -> Content:
    return plain(command.name) + plain(f" {command.takes}  ", MUTED) + plain(command.help, FAINT)
