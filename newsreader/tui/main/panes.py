"""Which pane has the focus, which are seen, and how they share the width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.window_state import LEAST_SHARE, MOST_SHARE, WindowState

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen

Pane = Literal["sidebar", "list", "reading"]
ORDER: tuple[Pane, ...] = ("sidebar", "list", "reading")


class Panes:
    """Sets the screen's classes; the style sheet decides what they mean at which width."""

    def __init__(self, screen: MainScreen, window: WindowState) -> None:
        self._screen = screen
        self._window = window

    @property
    def only_text(self) -> bool:
        return self._screen.has_class("-only-text")

    def focus(self, pane: Pane) -> None:
        """Where there is no room for all, the pane also comes into view."""
        screen = self._screen
        screen.set_class(pane == "sidebar", "-show-sidebar")
        screen.set_class(pane == "reading", "-show-reading")
        if pane != "reading":
            screen.remove_class("-only-text")
        if pane == "sidebar":
            screen.query_one(Sidebar).focus()
        elif pane == "reading":
            screen.query_one(ReadingPane).focus()
        else:
            screen.browser.list.focus()

    def step(self, step: int) -> Pane:
        """To the next pane, or the one before; returns which."""
        here: Pane = "list"
        if isinstance(self._screen.focused, Sidebar):
            here = "sidebar"
        elif isinstance(self._screen.focused, ReadingPane):
            here = "reading"
        there = ORDER[(ORDER.index(here) + step) % len(ORDER)]
        self.focus(there)
        return there

    def toggle_text(self) -> None:
        """Only the text, or everything again."""
        if self.only_text:
            self.focus("list")
        else:
            self.focus("reading")
            self._screen.add_class("-only-text")

    def share(self, step: int) -> None:
        """Give the list more of the width, or less."""
        share = max(LEAST_SHARE, min(MOST_SHARE, self._window.list_share + step))
        self._window.list_share = share
        self._screen.query_one("#lists").styles.width = f"{share}fr"
        self._screen.query_one(ReadingPane).styles.width = f"{100 - share}fr"
