"""The panes of the main screen: which has the focus, which are seen, and how they share the width.

On a narrow terminal only one fits: giving it the focus must bring it into view, or keys would go to a pane that nobody
sees. Which widths are narrow and what is hidden then is said in `main.tcss`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from textual.screen import Screen
from textual.widget import Widget

from newsreader.tui.host import Host
from newsreader.tui.lists.browser import Browser
from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.widgets.time_bars import TimeBars
from newsreader.tui.window_state import LEAST_SHARE, MOST_SHARE, USUAL_SHARE, WindowState

Pane = Literal["sidebar", "time", "list", "reading"]
ORDER: tuple[Pane, ...] = ("sidebar", "time", "list", "reading")


@dataclass(eq=False)
class Panes:
    """Sets the screen's classes; the style sheet decides what they mean at which width."""

    _screen: Screen[Any]
    _host: Host
    _window: WindowState
    _sidebar: Sidebar
    _time: TimeBars
    _browser: Browser
    _text: ReadingPane

    def __post_init__(self) -> None:
        self._pane: Pane = "list"

    @property
    def only_text(self) -> bool:
        return self._screen.has_class("-only-text")

    @property
    def in_text(self) -> bool:
        """Whether the text has the focus."""
        return self._pane == "reading"

    def focus(self, pane: Pane) -> None:
        """Go to a pane. From the text there is a way back."""
        if pane == "reading" and not self.in_text:
            self._host.leave_place()
        self.show(pane)

    def show(self, pane: Pane) -> None:
        """Give a pane the focus; where there is no room for all, it also comes into view."""
        self._pane = pane
        self._screen.set_class(pane == "sidebar", "-show-sidebar")
        self._screen.set_class(pane == "reading", "-show-reading")
        if pane != "reading":
            self._screen.remove_class("-only-text")
        if pane == "sidebar":
            self._sidebar.focus()
        elif pane == "time":
            self._time.go_to()
        elif pane == "reading":
            self._text.focus()
        else:
            self._browser.list.focus()

    def clicked(self, widget: Widget) -> None:
        """A pane has got the focus by the mouse."""
        named: dict[Widget, Pane] = {self._text: "reading", self._sidebar: "sidebar", self._time: "time"}
        pane = named.get(widget, "list")
        if pane != self._pane:
            if pane == "reading":
                self._host.leave_place()
            self._pane = pane

    def step(self, step: int) -> Pane:
        """To the next pane, or the one before; returns which."""
        panes = [pane for pane in ORDER if pane != "time" or self._time.display or pane == self._pane]
        there = panes[(panes.index(self._pane) + step) % len(panes)]
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
        """Give the list so many percent more of the width, or less."""
        self._set_share(self._window.list_share + step)

    def divide_at(self, column: int) -> None:
        """Part list and text at a column of the screen, or as near to it as may be."""
        left, room = self._lists.region.x, self._lists.region.width + self._text.region.width
        if room:
            self._set_share(round(100 * (column - left) / room))

    def divide_as_usual(self) -> None:
        self._set_share(USUAL_SHARE)

    @property
    def _lists(self) -> Widget:
        return self._screen.query_one("#lists")

    def _set_share(self, share: int) -> None:
        self._window.list_share = share = max(LEAST_SHARE, min(MOST_SHARE, share))
        self._lists.styles.width = f"{share}fr"
        self._text.styles.width = f"{100 - share}fr"
