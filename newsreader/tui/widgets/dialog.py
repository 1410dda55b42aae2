"""What dialogs have in common: how they are closed, moved about in, and chosen from. Each would have its own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import copysign

from textual import on
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from newsreader.tui.lanes import LaneScreen
from newsreader.tui.widgets.moving import MovingScreen


class Dialog(LaneScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """Lies over a screen and takes its keys, until it is closed or comes back with a result."""

    def action_cancel(self) -> None:
        """Close it without a result. What else closes a dialog calls this."""
        self.dismiss(None)

    def action_back(self) -> None:
        self.action_cancel()

    def action_back_or_quit(self) -> None:
        self.action_cancel()


class ChoiceDialog(Dialog[ScreenResultType]):
    """A line to type in, and below it a list of what fits: it comes back with one of these."""

    _choices: Sequence[ScreenResultType] = ()

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False

    def offer(self, choices: Iterable[tuple[ScreenResultType, Content]]) -> None:
        """List these, each as it is to be shown, with the cursor on the first."""
        choices = list(choices)
        self._choices = [choice for choice, _ in choices]
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(shown) for _, shown in choices])
        options.highlighted = 0 if choices else None

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None and highlighted < len(self._choices):
            self.dismiss(self._choices[highlighted])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index])

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = max(0, min(options.highlighted + step, len(self._choices) - 1))


class MovingDialog(Dialog[ScreenResultType], MovingScreen[ScreenResultType]):  # styles go by the first base
    """A dialog that is moved about in, and not typed in."""

    def action_move_page(self, pages: float) -> None:
        """Half a page is a whole one: a dialog is not high."""
        self.movable.move_page(copysign(1, pages))
