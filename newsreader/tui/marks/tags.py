"""The dialog that gives one article or several their tags, or takes them away.

Nothing is changed before it is done: it returns what to add and what to remove, so that escape leaves all as it was and
tags that only some of the articles have stay so unless they are toggled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from newsreader.errors import UsageError
from newsreader.text.clean import fold
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, ERROR, FAINT, MUTED, plain
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import Dialog, Keep
from newsreader.userdata.tags import valid_tag

MOST_SHOWN = 200
"""Tags in the list; more are found by typing."""
ALL, SOME, NONE = "●", "◐", "○"


@dataclass(frozen=True, slots=True)
class TagChoice:
    """What is to be done to the articles' tags."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TagSubject:
    """What is to be tagged."""

    heading: str
    articles: int
    """How many."""
    having: Mapping[str, int]
    """Tag → how many of them have it, for those that any has."""


class TagScreen(Dialog[TagChoice | None]):
    """Type a tag and press enter to give it or take it away; enter on the empty line is done, escape is not at all.

    The whole input is one name, so blanks, commas, quotes and emoji are part of it.
    """

    BINDINGS = bindings("tags")
    HINTS = (("enter", "toggle; on an empty line done"), ("complete", "complete"), ("cancel", "cancel"))

    def __init__(self, subject: TagSubject, known: Sequence[tuple[str, int]], keep: Keep | None = None) -> None:
        super().__init__(plain("Tags of ", MUTED) + plain(subject.heading, "bold"), keep)
        self._articles = subject.articles
        self._having = subject.having
        self._uses = dict(known)
        self._wanted: dict[str, bool] = {}
        self._shown: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="a tag", compact=True)
        yield ChoiceList()
        yield Static(classes="dialog-message", markup=False)

    def on_mount(self) -> None:
        self._list()

    # the list

    def _state(self, tag: str) -> str:
        if tag in self._wanted:
            return ALL if self._wanted[tag] else NONE
        having = self._having.get(tag, 0)
        return ALL if having == self._articles else SOME if having else NONE

    def _list(self, highlight: str | None = None) -> None:
        typed = fold(self.query_one(Input).value.strip())
        names = {*self._uses, *self._having, *self._wanted}
        found = [name for name in names if typed in fold(name)]

        def order(name: str) -> tuple[bool, bool, bool, int, str]:
            folded = fold(name)
            unused = self._state(name) == NONE
            return folded != typed, not folded.startswith(typed), unused, -self._uses.get(name, 0), folded

        self._shown = sorted(found, key=order)[:MOST_SHOWN]
        new = self.query_one(Input).value.strip()
        if new and new not in names:
            self._shown.append(new)
        lines = [self._line(tag, tag not in names) for tag in self._shown]
        options = self.query_one(ChoiceList).clear_options().add_options(lines)
        if highlight in self._shown:
            options.highlighted = self._shown.index(highlight)
        elif typed and self._shown:
            options.highlighted = 0

    def _line(self, tag: str, new: bool) -> Content:
        state = self._state(tag)
        sign = plain("+ " if new else f"{state} ", ACCENT if new or state != NONE else FAINT)
        name = plain(tag, "bold" if state == ALL else "")
        if new:
            return sign + plain("new tag ", MUTED) + name
        return sign + name + plain(f"  {self._uses.get(tag, 0):,}", FAINT)

    # what the user does

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one(".dialog-message", Static).update("")
        self._list()

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is None:
            self.action_done()
        else:
            self._toggle(self._shown[highlighted])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self._toggle(self._shown[event.option_index])
        self.query_one(Input).focus()

    def _toggle(self, tag: str) -> None:
        if not (tag in self._uses or tag in self._having):  # whatever articles have can be taken from them
            try:
                tag = valid_tag(tag)
            except UsageError as error:
                self.query_one(".dialog-message", Static).update(plain(str(error), ERROR))
                return
        self._wanted[tag] = self._state(tag) != ALL
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = ""
        self._list()

    def action_move(self, step: int) -> None:
        options = self.query_one(ChoiceList)
        if self._shown:
            here = options.highlighted
            options.highlighted = (0 if step > 0 else len(self._shown) - 1) if here is None else here + step
            if here is not None and not 0 <= here + step < len(self._shown):
                options.highlighted = None

    def action_complete(self) -> None:
        """Put the highlighted name into the input, to change it into another."""
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is not None:
            field = self.query_one(Input)
            field.value = self._shown[highlighted]
            field.action_end()

    def action_done(self) -> None:
        self.finish(
            TagChoice(
                tuple(tag for tag, wanted in self._wanted.items() if wanted),
                tuple(tag for tag, wanted in self._wanted.items() if not wanted and self._having.get(tag, 0)),
            )
        )
