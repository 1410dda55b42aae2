"""Asking for a period, as `date:` takes one: typed, or a month of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from newsreader.index.periods import EXAMPLES, parse_period
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, ERROR, FAINT, MUTED, plain
from newsreader.tui.widgets.dialog import Dialog
from newsreader.tui.widgets.key_line import KeyHints


class PeriodScreen(Dialog[str | None]):
    """Is dismissed with the period, empty for all time, or with None. Going through the list fills the line."""

    BINDINGS = bindings("period")

    def __init__(self, period: str, months: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._period = period
        self._months = months

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(plain("Stories with an article in", "bold"), classes="dialog-title", markup=False)
            yield Input(self._period, placeholder="a period; empty: all time", compact=True)
            yield OptionList(*[Option(self._prompt(*month)) for month in self._months], markup=False, compact=True)
            yield Static(id="period-note", classes="dialog-message", markup=False)
            yield KeyHints(("previous_choice next_choice", "months"), ("enter", "choose"), ("cancel", "cancel"))

    @staticmethod
    def _prompt(month: str, count: int) -> Content:
        return plain(f"{date.fromisoformat(f'{month}-01'):%B %Y}") + plain(f"  {count:,}", FAINT)

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.can_focus = False
        options.highlighted = None
        self._judge()

    @on(Input.Changed)
    def _judge(self) -> None:
        self.query_one("#period-note", Static).update(self._note())

    def _note(self) -> Content:
        typed = self.query_one(Input).value.strip()
        if not typed:
            return plain("enter", ACCENT) + plain(" at any time", MUTED)
        try:
            period = parse_period(typed, date.today())
        except ValueError:
            return plain(f"not a period; as in {EXAMPLES}", ERROR)
        return plain("enter", ACCENT) + plain(f" {period}", MUTED)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        typed = event.value.strip()
        try:
            if typed:
                parse_period(typed, date.today())
        except ValueError:
            return  # the note says it
        self.dismiss(typed)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._months[event.option_index][0])

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if self._months:
            before = options.highlighted
            options.highlighted = 0 if before is None else max(0, min(before + step, len(self._months) - 1))
            self.query_one(Input).value = self._months[options.highlighted][0]
