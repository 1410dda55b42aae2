"""The base of screens with panes to move about in: it hands the moving commands to one of them.

Every screen has these eight commands; each would write them down anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual import on
from textual.containers import VerticalScroll
from textual.screen import ScreenResultType
from textual.widget import Widget

from newsreader.tui.lanes import LaneScreen
from newsreader.tui.trail import Stop
from newsreader.tui.widgets.row_list import RowList


class Movable(Protocol):
    """A pane that can be moved about in, by lines or by rows."""

    def move(self, by: int, /) -> None: ...

    def move_page(self, pages: float, /) -> None: ...

    def move_to_start(self) -> None: ...

    def move_to_end(self) -> None: ...


class MovingScreen(LaneScreen[ScreenResultType]):
    """Hands every moving command to `movable`."""

    @property
    def stop(self) -> Stop | None:
        """Where on it the user is; None for what is not come back to, as dialogs are not."""
        return None

    count: int | None = None
    """Typed before the command that is being done."""

    @property
    def times(self) -> int:
        """How often it is to be done."""
        return self.count or 1

    @property
    def movable(self) -> Movable:
        raise NotImplementedError

    def action_move(self, by: int) -> None:
        self.movable.move(by * self.times)

    def action_move_page(self, pages: float) -> None:
        self.movable.move_page(pages * self.times)

    def action_page(self, pages: int) -> None:
        self.action_move_page(pages)

    def action_top(self) -> None:
        """To the top, or to the row that was counted."""
        self.movable.move_to_start()
        if self.count is not None:
            self.movable.move(self.count - 1)

    def action_bottom(self) -> None:
        if self.count is not None:
            self.action_top()
        else:
            self.movable.move_to_end()


class PageScreen(MovingScreen[None]):
    """Lies over the main screen, and is come back to."""

    def __init__(self, back: Callable[[], object]) -> None:
        """`back` goes to where the user came from."""
        super().__init__()
        self._back = back

    @on(RowList.Clicked)
    def _clicked(self, event: RowList.Clicked) -> None:
        if event.twice:
            self.action_open()

    def action_open(self) -> None:
        raise NotImplementedError

    def action_back(self) -> None:
        self._back()

    def action_back_or_quit(self) -> None:
        self._back()


class MovableLines(Widget):
    """What is moved about in by lines."""

    def _go(self, line: int) -> None:
        """At once, also before the scrollbar has been drawn."""
        self.scroll_to(y=line, animate=False, force=True)

    def move(self, by: int) -> None:
        self._go(self.scroll_offset.y + by)

    def move_page(self, pages: float) -> None:
        """A line of the old page stays in view, to find the place by."""
        self.move(round(pages * max(self.size.height - 1, 1)))

    def move_to_start(self) -> None:
        self._go(0)

    def move_to_end(self) -> None:
        self._go(self.virtual_size.height)


class MovableText(VerticalScroll, MovableLines, inherit_bindings=False):
    """A text that is moved about in by the keys of its screen."""
