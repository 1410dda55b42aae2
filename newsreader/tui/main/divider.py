"""The line between list and text, which the mouse can take and move.

How much room a list needs depends on its headlines: with the keys alone, who reads with the mouse would find no way.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widget import Widget


class Divider(Widget):
    """Says where it is dragged to; it is lit while the pane behind it has the focus."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Divider {
        width: 1;
        height: 1fr;
        border-left: vkey $panel;
        &.-lit { border-left: vkey $accent; }
        &:hover, &.-dragged { border-left: vkey $accent; background: $accent 20%; }
    }
    """

    @dataclass
    class Dragged(Message):
        """It is wanted in another column of the screen."""

        column: int

    class Reset(Message):
        """It was clicked twice: it is wanted where it usually is."""

    def __init__(self, pane: Widget) -> None:
        """`pane` is the one behind it."""
        super().__init__()
        self._pane = pane

    def on_mount(self) -> None:
        self.watch(self._pane, "has_focus", self._light)

    def _light(self, focused: bool) -> None:
        self.set_class(focused, "-lit")

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.capture_mouse()
        self.add_class("-dragged")

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.has_class("-dragged"):
            self.post_message(self.Dragged(event.screen_x))

    def on_mouse_up(self) -> None:
        self.release_mouse()
        self.remove_class("-dragged")

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2:
            self.post_message(self.Reset())
