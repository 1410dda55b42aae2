"""What dialogs have in common: how they are closed, moved about in, and chosen from. Each would have its own way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from math import copysign
from typing import Any, ClassVar, TypeAlias

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, OptionList, Static

from newsreader.errors import NewsreaderError, UsageError
from newsreader.tui.commands import bindings
from newsreader.tui.content import ERROR, plain, said
from newsreader.tui.lanes import KEEPERS, LaneScreen
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.key_line import KeyHints
from newsreader.tui.widgets.moving import MovingScreen
from newsreader.tui.widgets.typed_lines import TypedLines, typed_lines

Hints: TypeAlias = tuple[tuple[str, str], ...]
Keep: TypeAlias = Callable[[Any], Awaitable[None]]
"""Does what a dialog was for with its result. May raise any `NewsreaderError`."""


class Dialog(ModalScreen[ScreenResultType], LaneScreen[ScreenResultType]):
    """Lies over a screen and takes its keys, until it is closed or comes back with a result."""

    BINDINGS = bindings("dialog")
    HINTS: ClassVar[Hints] = (("cancel", "cancel"),)
    """What stands in the last line, as `KeyHints` has it."""
    LOOK: ClassVar[str] = ""
    """The style sheet's class for dialogs that look otherwise than most."""

    def __init__(self, title: Content, keep: Keep | None = None) -> None:
        """`keep` is given the result before the dialog is closed."""
        super().__init__()
        self._dialog_title = title
        self._keep = keep
        self._is_keeping = False

    def compose(self) -> ComposeResult:
        with Vertical(classes=f"dialog {self.LOOK}".strip()):
            yield Static(self._dialog_title, classes="dialog-title", markup=False)
            yield from self.compose_body()
            yield KeyHints(*self.HINTS)

    def compose_body(self) -> ComposeResult:
        """What stands between title and hints."""
        raise NotImplementedError

    def finish(self, result: ScreenResultType) -> None:
        """Come back with a result, once it is kept. Until then, and if that fails, all that was typed stays."""
        if self._keep is None:
            self.dismiss(result)
        elif not self._is_keeping:
            self._is_keeping = True
            self.run_worker(self._finish(self._keep(result), result), group=KEEPERS, description="keep")

    async def _finish(self, keeping: Awaitable[None], result: ScreenResultType) -> None:
        try:
            await keeping
        except NewsreaderError as error:
            self.show_error(error)
        else:
            self.dismiss(result)
        finally:
            self._is_keeping = False

    def show_error(self, error: NewsreaderError) -> None:
        """In the dialog's line for messages, until something else is typed."""
        self.query_one(".dialog-message", Static).update(plain(f"{said(error)}.", ERROR))

    def action_cancel(self) -> None:
        """Close it without a result. What else closes a dialog calls this."""
        self.dismiss(None)

    def action_help(self) -> None:
        """The app's own keys don't reach through a dialog."""
        self.call_later(self.app.run_action, "app.help")

    def action_back(self) -> None:
        self.action_cancel()

    def action_back_or_quit(self) -> None:
        self.action_cancel()


class LineDialog(Dialog[ScreenResultType]):
    """A line to type in, and below it a message: what enter will do, or what is wrong with what is typed. What is typed
    when it is cancelled stands there again the next time."""

    _recalled = -1
    """Which of the lines sent before is shown; -1: none."""

    def message_on(self, typed: str) -> Content:
        """What enter will do. Raises `UsageError`."""
        raise NotImplementedError

    def result_of(self, typed: str) -> ScreenResultType:
        """What the dialog is dismissed with. Raises `UsageError`."""
        raise NotImplementedError

    @property
    def _lines(self) -> TypedLines:
        return typed_lines(self.app, f"{type(self).__name__} {self.typed_for}")

    @property
    def typed_for(self) -> str:
        """What the line is for: lines for something else don't come back here."""
        return self._dialog_title.plain

    def on_mount(self) -> None:
        field = self.query_one(Input)
        self._offered = field.value
        if left := self._lines.left:
            field.value = left
        self._judge()

    def action_cancel(self) -> None:
        typed = self.query_one(Input).value
        self._lines.left = typed if typed.strip() and typed != self._offered else ""
        super().action_cancel()

    def action_recall(self, step: int) -> None:
        """To the line that was sent before (1), or after (-1); from the newest back to what was typed."""
        lines, field = self._lines, self.query_one(Input)
        at = max(-1, min(self._recalled + step, len(lines.sent) - 1))
        if at == self._recalled:
            return
        if self._recalled < 0:
            lines.left = field.value
        self._recalled = at
        with field.prevent(Input.Changed):
            field.value = lines.sent[at] if at >= 0 else lines.left
        field.action_end()
        self._judge()

    @on(Input.Changed)
    def _judge(self) -> None:
        try:
            message = self.message_on(self.query_one(Input).value.strip())
        except UsageError as error:
            message = plain(str(error), ERROR)
        self._say(message)

    def _say(self, message: Content) -> None:
        self.query_one(".dialog-message", Static).update(message)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        try:
            result = self.result_of(event.value.strip())
        except UsageError as error:
            self._say(plain(str(error), ERROR))
            return
        self._lines.send(event.value.strip())
        self.finish(result)


class ChoiceDialog(Dialog[ScreenResultType]):
    """A line to type in, and below it a list of what fits: it comes back with one of these."""

    _choices: Sequence[ScreenResultType] = ()

    def offer(self, choices: Iterable[tuple[ScreenResultType, Content]]) -> None:
        """List these, each as it is to be shown, with the cursor on the first."""
        choices = list(choices)
        self._choices = [choice for choice, _ in choices]
        options = self.query_one(ChoiceList).clear_options().add_options(shown for _, shown in choices)
        options.highlighted = 0

    @on(Input.Submitted)
    def _entered(self) -> None:
        highlighted = self.query_one(ChoiceList).highlighted
        if highlighted is not None and highlighted < len(self._choices):
            self.dismiss(self._choices[highlighted])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[event.option_index])

    def action_move(self, step: int) -> None:
        self.query_one(ChoiceList).step(step)


class MovingDialog(Dialog[ScreenResultType], MovingScreen[ScreenResultType]):  # styles go by the first base
    """A dialog that is moved about in, and not typed in."""

    def action_move_page(self, pages: float) -> None:
        """Half a page is a whole one: a dialog is not high."""
        self.movable.move_page(copysign(1, pages))
