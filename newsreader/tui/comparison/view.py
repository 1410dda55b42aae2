"""Two texts side by side, row by row: only the lines on the screen are rendered."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from newsreader.compare.model import Comparison
from newsreader.tui import signs
from newsreader.tui.comparison import sheet
from newsreader.tui.comparison.content import (
    COMPONENT_CLASSES,
    CURRENT,
    QUIET,
    SIGN,
    SPINE,
    CellText,
    ComparisonText,
)
from newsreader.tui.comparison.layout import Layout, Placed
from newsreader.tui.comparison.plan import STUB, Cell, aligned, reading
from newsreader.tui.comparison.sheet import Sheet
from newsreader.tui.widgets.moving import MovableLines
from newsreader.tui.widgets.rounds import Round

LAYOUT_SLICE = 0.03
"""Seconds of laying out between two looks at the keyboard."""
FAR_RIGHT = 1 << 20
"""Longer than any line: which column a place of a selection is in, times this, is added to its offset."""
CONTEXT = 4
"""A row that is jumped to stands this part of the height below the top."""


class Standing(NamedTuple):
    """Where a row stands on the screen."""

    row: int
    line: int | None = None
    """Of the screen; None: a few lines below the top."""
    is_current: bool = True


class ComparisonView(ScrollView, MovableLines, can_focus=True, inherit_bindings=False):
    """Rows of a comparison, level in two columns, or in one where there is no room for two."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(COMPONENT_CLASSES)

    only_differences: var[bool] = var(False)
    """Whether runs of rows that say the same are folded."""
    reading_order: var[bool] = var(False)
    """Whether each text stands in its own order."""

    @dataclass
    class PositionChanged(Message):
        """The reader is elsewhere, or the current row is another."""

        difference: int | None
        """Which difference the current row is, from 1."""
        titles_visible: bool

    def __init__(self, measure: int) -> None:
        """`measure`: cells of text in a column, at most."""
        super().__init__()
        self._measure = measure
        self._cells: ComparisonText | None = None
        self._sheet = Sheet.fit(80, measure)
        self._layout_now: Layout | None = None
        self.current: int | None = None
        """The row that was jumped to or clicked on."""
        self._differences: list[int] = []
        self._round = Round()
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._style_cache: dict[tuple[tuple[str, ...], bool], Style] = {}
        self._selected_column = 0
        self._standing: Standing | None = None
        """What the first layout is to keep in its place, until there is one."""
        self._place: int | None = None
        """The line of the current row that the reader went to: where a passage moved, there are two."""

    def show(self, comparison: Comparison, names: tuple[str, str], standing: Standing | None = None) -> None:
        """Show a comparison from its top, or with a row where it stood."""
        self._cells = ComparisonText(comparison, names, brackets=self.app.no_color)
        self._differences = [row for row in range(len(comparison.rows)) if self._cells.is_difference(row)]
        self.current = standing.row if standing is not None and standing.is_current else None
        self._layout_now, self._standing = None, standing
        if standing is None:
            self._go(0)
        self._lay_out(standing)
        self._report()

    @property
    def differences(self) -> int:
        """How many rows differ."""
        return len(self._differences)

    @property
    def _width(self) -> int:
        """Cells of a line, the scrollbar's not among them."""
        return self.scrollable_content_region.width

    @property
    def place(self) -> int | None:
        """The row that the reader is at: the current one if it is on the screen, else the topmost."""
        return self._here[0] if self._here is not None else None

    @property
    def standing(self) -> Standing | None:
        """The row that the reader is at, and where."""
        layout, here = self._layout_now, self._here
        if layout is None or here is None:
            return None
        (row, is_current), top = here, self.scroll_offset.y
        extent = layout.extent(row) or (top, top)
        below = layout.extent(row + 1)
        if extent[0] < top and not is_current and below is not None and below[0] < top + self.size.height:
            row, extent = row + 1, below  # most of the other one is out of sight
        return Standing(row, extent[0] - top, is_current)

    # moving

    def move_page(self, pages: float) -> None:
        """Down, or up; a whole page leaves one line of the last."""
        self.move(round(pages * max(self.size.height - (abs(pages) >= 1), 1)))

    def move_to_end(self) -> None:
        if self._layout_now is not None:
            self._layout_now.grow()
            self._update_size()
        super().move_to_end()

    def to_difference(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) difference from where the reader is; False at the ends, the first
        time, and where there is none."""
        rows, here = self._differences, self._here
        if here is None:
            return False
        row, is_current = here
        if step > 0:
            index = bisect_right(rows, row) if is_current else bisect_left(rows, row)
        else:
            index = bisect_left(rows, row) - 1
        there = self._round.step(index - step, step, len(rows)) if rows else None
        if there is not None:
            self.go_to(rows[there])
        return there is not None

    @property
    def _here(self) -> tuple[int, bool] | None:
        """The current row if it is on the screen, else the topmost one; and which of the two it is."""
        layout = self._layout_now
        if layout is None:
            return None
        if self.current is not None and self._is_in_view(layout, self.current):
            return self.current, True
        row = layout.row_near(self.scroll_offset.y)
        return None if row is None else (row, False)

    def go_to(self, row: int) -> None:
        """Make a row the current one and bring it into view, below a few lines of what precedes it."""
        layout = self._layout_now
        if layout is None:
            return
        extent = self._grow_to(layout, row)
        self._update_size()
        self._go_to_line(extent)
        self._place = extent[0]
        self._set_current(row)

    def _go_to_line(self, extent: tuple[int, int]) -> None:
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        if extent[0] < top or extent[1] > bottom:
            self._go(max(extent[0] - self.size.height // CONTEXT, 0))

    def to_other_place(self) -> bool:
        """From a passage that moved to where the other text has it, and back; False where nothing moved.

        It is the passage of the current row, or else the first one in view.
        """
        layout, cells, here = self._layout_now, self._cells, self._here
        if layout is None or cells is None or here is None:
            return False
        first = here[0]
        block = cells.block(first)
        if block is None and not here[1]:
            moved = [block.rows[0] for block in cells.comparison.blocks]
            first = next((row for row in moved if self._is_in_view(layout, row)), first)
            block = cells.block(first)
        if block is None:
            return False
        layout.grow(lambda: len(layout.places(block.rows[0])) > 1)
        self._update_size()
        places = layout.places(block.rows[0])
        at = next((i for i, place in enumerate(places) if place[0] == self._place), None)
        if at is None:
            top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
            at = next((i for i, (first, last) in enumerate(places) if first < bottom and last > top), -1)
        there = places[(at + 1) % len(places)]
        self._go_to_line(there)
        self._place = there[0]
        self._set_current(block.rows[0])
        return True

    def _is_in_view(self, layout: Layout, row: int) -> bool:
        top, bottom = self.scroll_offset.y, self.scroll_offset.y + self.size.height
        return any(first < bottom and last > top for first, last in layout.places(row))

    def _grow_to(self, layout: Layout, row: int) -> tuple[int, int]:
        """Lay out as far as a row and the screen below it; returns the row's extent."""
        layout.grow(lambda: layout.extent(row) is not None)
        extent = layout.extent(row) or (0, 0)
        layout.grow(lambda: layout.height > extent[0] + self.size.height)
        return layout.extent(row) or extent

    def _set_current(self, row: int | None) -> None:
        self.current = row
        self._redraw()
        self._report()

    def _report(self) -> None:
        place = None
        if self.current is not None:
            index = bisect_left(self._differences, self.current)
            if self._differences[index : index + 1] == [self.current]:
                place = index + 1
        self.post_message(self.PositionChanged(place, self._titles_in_view()))

    def _titles_in_view(self) -> bool:
        layout, top = self._layout_now, self.scroll_offset.y
        if layout is None:
            return True
        return any(
            placed.cell.paragraph < 0
            for column in range(self._sheet.columns)
            for placed in layout.between(column, top, top + max(self.size.height // CONTEXT, 1))
            if placed.bottom > top and placed.cell.side != STUB
        )

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._report()

    # laying out

    def watch_only_differences(self) -> None:
        self._lay_out_again()

    def watch_reading_order(self) -> None:
        self._lay_out_again()

    def on_resize(self) -> None:
        if Sheet.fit(self._width, self._measure) != self._sheet or self._layout_now is None:
            self._lay_out_again()

    def _lay_out_again(self) -> None:
        """Anew, with the current row in its place if it is on the screen, else the topmost one."""
        standing = self.standing if self.scroll_offset.y else None
        self._lay_out(standing or self._standing)

    def _lay_out(self, standing: Standing | None) -> None:
        """Begin a new layout, with a row where it stood."""
        if self._cells is None or not self._width:
            return
        self._sheet = Sheet.fit(self._width, self._measure)
        plan = reading if self.reading_order else aligned
        steps = plan(self._cells, self._sheet.columns, self.only_differences)
        layout = Layout(steps, self._sheet.columns, self._sheet.text, level=not self.reading_order)
        self._layout_now = layout
        if standing is not None:
            top, _ = self._grow_to(layout, standing.row)
            line = standing.line if standing.line is not None else self.size.height // CONTEXT
            layout.grow(lambda: layout.height >= top - line + self.size.height)
            self._update_size()
            self._go(max(top - line, 0))
        self._standing = None
        self._grow(layout)

    def _grow(self, layout: Layout) -> None:
        """Lay out a little, and the rest when the keyboard had its turn."""
        if layout is not self._layout_now:
            return
        deadline = time.monotonic() + LAYOUT_SLICE
        layout.grow(lambda: time.monotonic() > deadline)
        self._update_size()
        if not layout.complete:
            self.set_timer(0.01, lambda: self._grow(layout))

    def _update_size(self) -> None:
        if self._layout_now is not None:
            self.virtual_size = Size(self._width, self._layout_now.height)
        self._redraw()

    # drawing

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._style_cache.clear()
        self._strips.clear()

    def selection_updated(self, selection: Selection | None) -> None:
        self._redraw()

    def _style(self, *classes: str, current: bool = False) -> Style:
        key = (classes, current)
        if key not in self._style_cache:
            names = (*classes, CURRENT) if current else classes
            self._style_cache[key] = self.get_visual_style(*names).rich_style
        return self._style_cache[key]

    def render_lines(self, crop: Any) -> list[Strip]:
        """The first picture has the text in it: the size is told only after it."""
        if self._layout_now is None:
            self._lay_out(self._standing)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line = self.scroll_offset.y + y
        if (strip := self._strips.get(line)) is None:
            strip = self._strips[line] = self._draw(line).crop_extend(0, self._width, self._style())
        return strip

    def _draw(self, y: int) -> Strip:
        layout, page = self._layout_now, self._sheet
        if layout is None:
            return Strip.blank(self._width, self._style())
        margin = Strip([Segment(" " * page.margin, self._style())]).apply_offsets(0, y)
        if (band := layout.bands.get(y)) is not None:
            padding = " " * max((page.width - len(band.text.text)) // 2, 0)
            text = Strip([Segment(padding + band.text.text, self._style(*band.text.runs[0].classes))])
            return Strip.join([margin, text.apply_offsets(0, y)])
        strips = [margin]
        for column in range(page.columns):
            if column:
                strips.append(Strip([Segment(sheet.SPINE, self._style(SPINE))]).apply_offsets(FAR_RIGHT - 2, y))
            strips.append(self._draw_column(layout, column, y).apply_offsets(column * FAR_RIGHT, y))
        return Strip.join(strips)

    def _draw_column(self, layout: Layout, column: int, y: int) -> Strip:
        page = self._sheet
        placed = layout.find(column, y)
        current = self.current is not None and self._is_current(layout, y, placed)
        bar = Segment(signs.NEW_BAR if current else " ", self._style(SIGN, current=current))
        if placed is None:
            return Strip([bar, Segment(" " * (page.column - 1), self._style(current=current))], page.column)
        number = y - placed.top
        marks = (placed.cell.rail if number else placed.cell.marks).ljust(page.gutter - 1)
        sign = QUIET if placed.cell.quiet else SIGN
        segments = [bar, Segment(marks, self._style(sign, current=current))]
        selected = self._selected(placed, column, number)
        segments += self._text_segments(placed.cell.text, *placed.lines[number], current, selected)
        return Strip(segments).extend_cell_length(page.column, self._style(current=current)).crop(0, page.column)

    def _is_current(self, layout: Layout, y: int, placed: Placed | None) -> bool:
        if placed is not None:
            return self.current in placed.cell.rows
        extent = layout.extent(self.current) if self.current is not None and not self.reading_order else None
        return extent is not None and extent[0] <= y < extent[1]

    def _text_segments(
        self, text: CellText, start: int, stop: int, current: bool, selected: tuple[int, int] | None
    ) -> list[Segment]:
        segments: list[Segment] = []
        runs = text.runs
        index = bisect_right(runs, start, key=lambda run: run.start) - 1
        background = self.screen.get_component_rich_style("screen--selection").bgcolor
        selection = Style(color=self._style().color, bgcolor=background, reverse=self.app.no_color)
        for run in runs[max(index, 0) :]:
            if run.start >= stop:
                break
            style = self._style(*run.classes, current=current)
            at, end = max(run.start, start), min(run.stop, stop)
            cuts = [at, end] if selected is None else [at, *(c for c in sorted(selected) if at < c < end), end]
            for begin, finish in pairwise(cuts):
                inside = selected is not None and selected[0] <= begin < selected[1]
                segments.append(Segment(text.text[begin:finish], style + selection if inside else style))
        return segments

    # selecting and clicking

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._selected_column = self._sheet.column_at(event.x)

    def on_click(self, event: events.Click) -> None:
        layout = self._layout_now
        offset = event.get_content_offset(self)
        if layout is None or offset is None or self.text_selection is not None:
            return
        cell = self._cell_at(layout, offset.x, self.scroll_offset.y + offset.y)
        if cell is None or not cell.rows:
            return
        if cell.side == STUB:
            self.go_to(cell.rows[0])
        elif not cell.text.own:
            self.only_differences = False
            self.go_to(cell.rows[0])
        else:
            self._set_current(cell.rows[0])

    def _cell_at(self, layout: Layout, x: int, y: int) -> Cell | None:
        """What stands there, or in the other column of the line."""
        if (band := layout.bands.get(y)) is not None:
            return band
        here = self._sheet.column_at(x)
        columns = sorted(range(self._sheet.columns), key=lambda column: column != here)
        found = [placed for column in columns if (placed := layout.find(column, y)) is not None]
        return found[0].cell if found else None

    def _selected(self, placed: Placed, column: int, number: int) -> tuple[int, int] | None:
        """The selected code points of a line of a cell."""
        selection = self.text_selection
        if selection is None or column != self._selected_column or not placed.cell.text.own:
            return None
        span = selection.get_span(placed.top + number)
        if span is None:
            return None
        start, stop = placed.lines[number]
        base = column * FAR_RIGHT + self._sheet.gutter
        first = min(max(span[0] - base, 0), stop - start)
        last = stop - start if span[1] == -1 else min(max(span[1] - base, 0), stop - start)
        return (start + first, start + last) if first < last else None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected words of one column, without signs and marks."""
        layout, column = self._layout_now, self._selected_column
        if layout is None:
            return None
        first = selection.start.y if selection.start is not None else 0
        last = selection.end.y if selection.end is not None else layout.height
        pieces: list[str] = []
        before: Placed | None = None
        for placed in layout.between(min(column, self._sheet.columns - 1), first, last):
            lines = [self._selected(placed, column, number) for number in range(len(placed.lines))]
            chosen = [line for line in lines if line is not None]
            if not chosen:
                continue
            start, stop = chosen[0][0], chosen[-1][1]
            text = "".join(
                placed.cell.text.text[max(span.start, start) : min(span.stop, stop)]
                for span in placed.cell.text.own
                if span.start < stop and span.stop > start
            )
            if before is not None:
                same = before.cell.paragraph == placed.cell.paragraph and before.cell.side == placed.cell.side
                pieces.append(" " if same else "\n\n")
            pieces.append(text)
            before = placed
        return "".join(pieces), "\n"
