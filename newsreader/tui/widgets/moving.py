"""The base of screens with panes to move about in: it hands the moving commands to one of them.

Every screen has these eight commands; each would write them down anew.
"""

from __future__ import annotations

from typing import Protocol

from textual import on
from textual.containers import VerticalScroll
from textual.screen import ScreenResultType

from newsreader.article import ArticleId
from newsreader.tui.lanes import LaneScreen
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
    def movable(self) -> Movable:
        raise NotImplementedError

    def action_move(self, by: int) -> None:
        self.movable.move(by)

    def action_move_page(self, pages: float) -> None:
        self.movable.move_page(pages)

    def action_top(self) -> None:
        self.movable.move_to_start()

    def action_bottom(self) -> None:
        self.movable.move_to_end()


class PageScreen(MovingScreen[ArticleId | None]):
    """Shows articles in rows; is dismissed with the one to be opened, or with None."""

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if event.twice:
            self.action_open()

    def action_open(self) -> None:
        raise NotImplementedError

    def action_back(self) -> None:
        self.dismiss(None)

    def action_back_or_quit(self) -> None:
        self.dismiss(None)


class MovableText(VerticalScroll, inherit_bindings=False):
    """A text that is moved about in by the keys of its screen."""

    def move(self, by: int) -> None:
        self.scroll_relative(y=by, animate=False)

    def move_page(self, pages: float) -> None:
        self.scroll_relative(y=round(pages * max(self.size.height - 1, 1)), animate=False)

    def move_to_start(self) -> None:
        self.scroll_home(animate=False)

    def move_to_end(self) -> None:
        self.scroll_end(animate=False)
