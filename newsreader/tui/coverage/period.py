"""Asking for a period, as `date:` takes one: typed, or a month of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from newsreader.errors import UsageError
from newsreader.index.periods import EXAMPLES, parse_period
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, FAINT, MUTED, plain
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import LineDialog


class PeriodScreen(LineDialog[str | None]):
    """Is dismissed with the period, empty for all time, or with None. Going through the list fills the line."""

    BINDINGS = bindings("period")
    HINTS = (("previous_choice next_choice", "months"), ("enter", "choose"), ("cancel", "cancel"))

    def __init__(self, period: str, months: Sequence[tuple[str, int]]) -> None:
        super().__init__(plain("Stories with an article in", "bold"))
        self._period = period
        self._months = months

    def compose_body(self) -> ComposeResult:
        yield Input(self._period, placeholder="a period; empty: all time", compact=True)
        yield ChoiceList(*[self._prompt(*month) for month in self._months])
        yield Static(id="period-note", classes="dialog-message", markup=False)

    @staticmethod
    def _prompt(month: str, count: int) -> Content:
        return plain(f"{date.fromisoformat(f'{month}-01'):%B %Y}") + plain(f"  {count:,}", FAINT)

    def on_mount(self) -> None:
        self.query_one(ChoiceList).highlighted = None

    def message_on(self, typed: str) -> Content:
        if not typed:
            return plain("enter", ACCENT) + plain(" at any time", MUTED)
        try:
            period = parse_period(typed, date.today())
        except ValueError as error:
            raise UsageError(f"not a period; as in {EXAMPLES}") from error
        return plain("enter", ACCENT) + plain(f" {period}", MUTED)

    def result_of(self, typed: str) -> str:
        self.message_on(typed)
        return typed

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._months[event.option_index][0])

    def action_move(self, step: int) -> None:
        options = self.query_one(ChoiceList)
        options.step(step)
        if options.highlighted is not None:
            self.query_one(Input).value = self._months[options.highlighted][0]
