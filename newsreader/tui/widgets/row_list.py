"""A list of any length whose rows have all the same height, of which only the visible part exists.

Textual's own lists measure or mount every row: with 10,000 of them that takes seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from newsreader.tui.content import EMPTY, FAINT, MUTED, gutter, plain
from newsreader.tui.widgets.long_view import LongView
from newsreader.tui.widgets.row_lines import HEADING, RowLines

T = TypeVar("T")

GUTTER = 3
"""Cells before each line: cursor bar, mark, blank."""
RULE = "$panel"
PREFETCH = 10
"""Rows asked for on either side of what is seen."""


class RowList(LongView, Generic[T], can_focus=True, inherit_bindings=False):
    """Shows rows that it is given, and asks (`Wanted`) for those that come into view.

    A row may be missing for a moment: then its place is drawn empty. Widths and colours are the widget's, the lines
    of a row come from `lines_of`.
    """

    ROW_HEIGHT: ClassVar[int] = 3
    """Lines of every row, where the room does not decide it."""
    CURSOR_STAYS: ClassVar[bool] = True
    """Whether the cursor is also seen while the list has not the focus."""
    ALLOW_SELECT = False
    auto_links = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor"}
    DEFAULT_CSS = """
    RowList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    RowList > .row-list--cursor { background: $foreground 5%; }
    RowList:focus > .row-list--cursor { background: $accent 14%; }
    """

    @dataclass
    class Wanted(Message):
        """Rows are in view that the list does not have."""

        source: RowList[Any]
        version: int
        start: int
        end: int

    @dataclass
    class Moved(Message):
        """The cursor is on another row, by the user's doing."""

        source: RowList[Any]

    @dataclass
    class Clicked(Message):
        """A row was clicked: once to look at it, twice to open it."""

        source: RowList[Any]
        twice: bool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - as all widgets call it
        super().__init__(id=id)
        self.version = 0
        """Counts the lists shown: rows that were fetched for an earlier one are dropped."""
        self.total = 0
        self.cursor = 0
        self.row_height = self.ROW_HEIGHT
        """Lines of every row, as they are now."""
        self._shows_cursor = True
        self.empty = EMPTY
        """Said where there are no rows, in a line or more."""
        self._rows: dict[int, T] = {}
        self._headings: Mapping[int, tuple[str, str]] = {}
        self.lines = RowLines(0, self.row_height)
        self._asked: tuple[int, int, int] | None = None
        self._stale = False
        self._strips: LRUCache[int, Sequence[Strip]] = LRUCache(256)

    # what a kind of list defines

    def lines_of(self, row: T, width: int) -> Sequence[Content]:
        """The row's lines, `row_height` of them and none wider than `width`."""
        raise NotImplementedError

    def signs_of(self, row: T) -> Sequence[str]:
        """The marks in the gutter of its first lines."""
        return ()

    def height_for(self, size: Size) -> int:
        """Lines of a row in a list of this size."""
        return self.ROW_HEIGHT

    @property
    def cursor_stays(self) -> bool:
        """Whether the cursor is seen now without the focus."""
        return self.CURSOR_STAYS

    def key_of(self, row: T) -> str:
        """What names the row in every list that it is in."""
        raise NotImplementedError

    # what it shows

    def show(
        self,
        total: int,
        rows: Mapping[int, T],
        cursor: int = 0,
        top: int | None = None,
        headings: Mapping[int, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        """Show another list. `top` is the first line to be seen; without it the cursor's row is brought into view.
        `headings` stand above rows: what is said on the left and on the right."""
        self.version += 1
        self.total = total
        self._headings = headings
        self.lines = RowLines(total, self.row_height, sorted(headings))
        self._rows = dict(rows)
        self._asked = None
        self._stale = False
        self.cursor = max(0, min(cursor, total - 1))
        self._strips.clear()
        self.virtual_size = Size(self.size.width, self.lines.count)
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        else:
            self._reveal()
        self.refresh()

    def show_all(self, rows: Sequence[T], cursor: int = 0, top: int | None = None) -> None:
        """Show a list of which every row is there."""
        self.show(len(rows), dict(enumerate(rows)), cursor, top)

    def put(self, version: int, rows: Mapping[int, T]) -> None:
        """Rows that were wanted have come."""
        if version != self.version:
            return
        self._asked = None
        if self._stale:
            self._rows.clear()
            self._stale = False
            self.redraw()
        self._rows.update(rows)
        self._redraw_rows(*rows)

    def mark_stale(self) -> None:
        """The rows have changed, though not which there are: they are shown until the new ones come."""
        self._stale = True
        self._asked = None
        self.refresh()

    def fail(self) -> None:
        """Rows that were wanted can't be had: don't ask again until the list moves."""
        self._stale = False

    @property
    def rows(self) -> list[T]:
        """Those that have come, in order."""
        return [self._rows[index] for index in sorted(self._rows)]

    @property
    def row(self) -> T | None:
        """The row under the cursor, if there is one and it has come."""
        return self._rows.get(self.cursor) if self.total else None

    def key_at(self, index: int) -> str | None:
        """The row's key, if there is such a row and it has come."""
        row = self._rows.get(index)
        return None if row is None else self.key_of(row)

    @property
    def first_visible(self) -> int:
        return self.lines.at(self.scroll_offset.y)[0]

    @property
    def rows_in_view(self) -> int:
        return max(1, self.size.height // self.row_height)

    @property
    def cursor_in_view(self) -> bool:
        top = self.scroll_offset.y
        return top <= self.lines.first(self.cursor) < top + self.size.height

    # moving

    def move_to(self, index: int) -> None:
        index = max(0, min(index, self.total - 1))
        if (index != self.cursor or not self._shows_cursor) and self.total:
            self._shows_cursor = True
            before, self.cursor = self.cursor, index
            self._reveal()
            self._redraw_rows(before, index)
            self.post_message(self.Moved(self))

    def move(self, rows: int) -> None:
        """Where the cursor is hidden, the first step shows it."""
        hidden = 0 if self._shows_cursor else (rows > 0) - (rows < 0)
        self.move_to(self.cursor + rows - hidden)

    def show_cursor(self, shown: bool) -> None:
        """Hidden: what the user is looking at is none of these rows."""
        if shown != self._shows_cursor:
            self._shows_cursor = shown
            self._redraw_rows(self.cursor)

    def move_page(self, pages: float) -> None:
        self.move(round(pages * self.rows_in_view))

    def move_to_start(self) -> None:
        self.move_to(0)

    def move_to_end(self) -> None:
        self.move_to(self.total - 1)

    def _reveal(self) -> None:
        first, last = self.lines.with_heading(self.cursor), self.lines.first(self.cursor) + self.row_height
        top, height = self.scroll_offset.y, max(self.size.height, self.row_height)
        if first < top:
            self.scroll_to(y=first, animate=False, force=True)
        elif last > top + height:
            self.scroll_to(y=last - height, animate=False, force=True)

    # drawing

    def redraw(self) -> None:
        """The rows look otherwise than when they were drawn last."""
        self._strips.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        index, part = self.lines.at(self.scroll_offset.y + y)
        if index >= self.total:
            return self._draw_empty(y - 1, width) if y and not self.total else self._blank(width)
        if part == HEADING:
            return self._draw_heading(*self._headings[index], width)
        strips = self._strips.get(index)
        if strips is None:
            strips = self._draw(index, width)
            if index in self._rows:
                self._strips[index] = strips
        return strips[part]

    def _blank(self, width: int) -> Strip:
        return Strip.blank(width, self.visual_style.rich_style)

    def _redraw_rows(self, *rows: int) -> None:
        """Draw rows anew, those of them that can be seen."""
        for row in rows:
            self._strips.discard(row)
        size, height, top = self.size, self.row_height, self.scroll_offset.y
        places = [Region(0, self.lines.first(row) - top, size.width, height) for row in rows]
        if seen := [place for place in map(size.region.intersection, places) if place]:
            self.refresh(*seen)

    def _draw_empty(self, line: int, width: int) -> Strip:
        style = self.visual_style
        lines = self.empty.split("\n", allow_blank=True)
        if line >= len(lines):
            return self._blank(width)
        text = (plain(" " * GUTTER) + lines[line]).truncate(width, ellipsis=True)
        return Strip(text.render_segments(style)).adjust_cell_length(width, style.rich_style)

    def _draw_heading(self, left: str, right: str, width: int) -> Strip:
        style = self.visual_style
        said = plain(" " * GUTTER) + plain(left, f"bold {MUTED}") + plain(" ")
        number = plain(f" {right} ", FAINT)
        rule = plain("─" * max(0, width - said.cell_length - number.cell_length), RULE)
        text = (said + rule + number).truncate(width, ellipsis=True)
        return Strip(text.render_segments(style)).adjust_cell_length(width, style.rich_style)

    def _draw(self, index: int, width: int) -> list[Strip]:
        here = index == self.cursor and self._shows_cursor and (self.has_focus or self.cursor_stays)
        style = self.get_visual_style("row-list--cursor") if here else self.visual_style
        row = self._rows.get(index)
        lines = self.lines_of(row, width - GUTTER - 1) if row is not None else [EMPTY] * self.row_height
        signs = [*(self.signs_of(row) if row is not None else ()), *[""] * self.row_height]
        strips = []
        for line, sign in zip(lines, signs, strict=False):
            segments: list[Segment] = (gutter(here, sign, self.has_focus) + line).render_segments(style)
            strips.append(Strip(segments).adjust_cell_length(width, style.rich_style))
        return strips

    def render_lines(self, crop: Any) -> list[Strip]:
        if self._asked is None and self.total:
            self.call_next(self._ask)  # a message sent from here would have the screen as its sender, and not reach it
        return super().render_lines(crop)

    def _ask(self) -> None:
        """Ask for what is in view, one request at a time: a fast scroll costs a fetch or two and not hundreds."""
        if self._asked is not None or not self.total:
            return
        ahead = PREFETCH // 2 if self.cursor or self.first_visible else 0  # who has just got a list may well type on
        start = max(0, self.first_visible - ahead)
        stop = min(self.total, self.first_visible + self.rows_in_view + 2 + ahead)
        if self._stale or any(index not in self._rows for index in range(start, stop)):
            start, stop = max(0, start - PREFETCH), min(self.total, stop + PREFETCH)
            known = {} if self._stale else self._rows
            start = next(index for index in range(start, stop) if index not in known)
            stop = next(index for index in range(stop, start, -1) if index - 1 not in known)
            self._asked = (self.version, start, stop)
            self.post_message(self.Wanted(self, self.version, start, stop))

    # events

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        self._strips.clear()
        cursor_in_view, top = self.cursor_in_view, self.first_visible
        height = self.height_for(self.size)
        moved, self.row_height = height != self.row_height, height
        self.lines = RowLines(self.total, height, sorted(self._headings))
        self.virtual_size = Size(self.size.width, self.lines.count)
        if moved:
            self.scroll_to(y=self.lines.with_heading(top), animate=False, force=True)
        if cursor_in_view:
            self._reveal()

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        index, _ = self.lines.at(self.scroll_offset.y + event.y)
        if index < self.total:
            self.move_to(index)
            self.post_message(self.Clicked(self, event.chain > 1))
