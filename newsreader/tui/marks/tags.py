"""The dialog that gives one article or several their tags, or takes them away.

Nothing is changed before it is done: it returns what to add and what to remove, so that escape leaves all as it was and
tags that only some of the articles have stay so unless they are toggled.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from newsreader.errors import UsageError
from newsreader.text.clean import fold, one_line
from newsreader.tui.commands import bindings, keys_of
from newsreader.tui.content import ACCENT, EMPTY, ERROR, FAINT, MUTED, plain
from newsreader.tui.marks.changes import Tagging
from newsreader.tui.signs import ALL_TAGGED, NONE_TAGGED, SOME_TAGGED
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import Dialog, Keep
from newsreader.tui.widgets.key_line import HasKeys
from newsreader.userdata.tags import valid_tag

MOST_SHOWN = 200
"""Tags in the list; more are found by typing."""


class TagInput(Input):
    """A name is typed in it. The keys that go on to another are commands, also those that are letters elsewhere."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        going_on = keys_of("next_tag", cast(HasKeys, self.app).configured_keys)
        return key not in going_on and super().check_consume_key(key, character)


@dataclass(frozen=True, slots=True)
class TagSubject:
    """What is to be tagged."""

    heading: str
    articles: int
    """How many."""
    having: Mapping[str, int]
    """Tag → how many of them have it, for those that any has."""


class TagScreen(Dialog[Tagging | None]):
    """Type a tag and press enter: the articles have it, and the dialog is closed; comma or tab gives it and stays.

    What is typed is what is given, however many longer tags begin like it. The arrow keys go to the tags that there
    are: enter, comma and tab give one of those to all, or take it away where all have it.
    """

    BINDINGS = bindings("tags", priority=True)
    HINTS = (("enter", "tag"), (", tab", "tag, and another"), ("next_choice", "known tags"), ("cancel", "cancel"))

    def __init__(self, subject: TagSubject, known: Sequence[tuple[str, int]], keep: Keep | None = None) -> None:
        super().__init__(plain("Tags of ", MUTED) + plain(subject.heading, "bold"), keep)
        self._articles = subject.articles
        self._having = subject.having
        self._uses = dict(known)
        self._wanted: dict[str, bool] = {}
        self._shown: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield TagInput(placeholder="a tag", compact=True)
        yield ChoiceList()
        yield Static(classes="dialog-message", markup=False)

    def on_mount(self) -> None:
        self._list()

    # the list

    def _state(self, tag: str) -> str:
        if tag in self._wanted:
            return ALL_TAGGED if self._wanted[tag] else NONE_TAGGED
        having = self._having.get(tag, 0)
        return ALL_TAGGED if having == self._articles else SOME_TAGGED if having else NONE_TAGGED

    def _list(self, highlight: str | None = None) -> None:
        typed = fold(self.query_one(Input).value.strip())
        names = {*self._uses, *self._having, *self._wanted}
        found = [name for name in names if typed in fold(name)]

        def order(name: str) -> tuple[bool, bool, bool, int, str]:
            folded = fold(name)
            unused = self._state(name) == NONE_TAGGED
            return folded != typed, not folded.startswith(typed), unused, -self._uses.get(name, 0), folded

        self._shown = sorted(found, key=order)[:MOST_SHOWN]
        options = self.query_one(ChoiceList).clear_options().add_options(map(self._line, self._shown))
        if highlight in self._shown:
            options.highlighted = self._shown.index(highlight)

    def _line(self, tag: str) -> Content:
        state = self._state(tag)
        sign = plain(f"{state} ", ACCENT if state != NONE_TAGGED else FAINT)
        name = plain(tag, "bold" if state == ALL_TAGGED else "")
        return sign + name + plain(f"  {self._uses.get(tag, 0):,}", FAINT)

    # what the user does

    @on(Input.Changed)
    def _typed(self) -> None:
        self._list()
        self._say_what_enter_does()

    def _say_what_enter_does(self) -> None:
        typed = one_line(self.query_one(Input).value)
        known = typed in {*self._uses, *self._having, *self._wanted}
        have_it = "It has this tag." if self._articles == 1 else "All of them have this tag."
        has_it = self._state(typed) == ALL_TAGGED
        self._say(plain(have_it if has_it else "" if known or not typed else "A new tag.", MUTED))

    def _say(self, message: Content) -> None:
        self.query_one(".dialog-message", Static).update(message)

    @on(Input.Submitted)
    def _entered(self) -> None:
        if self._take():
            self.action_done()

    def action_next_tag(self) -> None:
        """Give the tag, and stay for another."""
        self._take()

    def _take(self) -> bool:
        """Give what is typed, or give or take away the tag that the user has moved to; False if that can't be."""
        highlighted = self.query_one(ChoiceList).highlighted
        typed = self.query_one(Input).value
        if highlighted is not None:
            tag = self._shown[highlighted]
            self._want(tag, self._state(tag) != ALL_TAGGED)
        elif typed.strip():
            known = typed.strip() in self._having  # whatever articles have can be given to others
            try:
                self._want(typed.strip() if known else valid_tag(typed), True)
            except UsageError as error:
                self._say(plain(str(error), ERROR))
                return False
        return True

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        tag = self._shown[event.option_index]
        self._want(tag, self._state(tag) != ALL_TAGGED)
        self.query_one(Input).focus()

    def _want(self, tag: str, wanted: bool) -> None:
        """Nothing is changed before the dialog is done."""
        self._wanted[tag] = wanted
        field = self.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = ""
        self._list()
        self._say(EMPTY)

    def action_move(self, step: int) -> None:
        options = self.query_one(ChoiceList)
        if self._shown:
            here = options.highlighted
            options.highlighted = (0 if step > 0 else len(self._shown) - 1) if here is None else here + step
            if here is not None and not 0 <= here + step < len(self._shown):
                options.highlighted = None

    def action_done(self) -> None:
        self.finish(
            Tagging(
                tuple(tag for tag, wanted in self._wanted.items() if wanted),
                tuple(tag for tag, wanted in self._wanted.items() if not wanted and self._having.get(tag, 0)),
            )
        )
