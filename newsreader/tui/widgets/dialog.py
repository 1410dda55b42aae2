"""Dialogs: what their keys have in common. Without it each had its own way of being closed and moved about in."""

from __future__ import annotations

from math import copysign

from textual.screen import ModalScreen, ScreenResultType

from newsreader.tui.widgets.moving import MovingScreen


class Dialog(ModalScreen[ScreenResultType]):
    """Lies over a screen and takes its keys, until it is closed or comes back with a result."""

    def action_cancel(self) -> None:
        """Close it without a result. What else closes a dialog calls this."""
        self.dismiss(None)

    def action_back(self) -> None:
        self.action_cancel()

    def action_back_or_quit(self) -> None:
        self.action_cancel()


class MovingDialog(MovingScreen[ScreenResultType], Dialog[ScreenResultType]):
    """A dialog that is moved about in, and not typed in."""

    def action_move_page(self, pages: float) -> None:
        """Half a page is a whole one: a dialog is not high."""
        self.movable.move_page(copysign(1, pages))
