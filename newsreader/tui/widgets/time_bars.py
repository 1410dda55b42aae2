"""A picture of time: a row of bars for the days, months or years of some articles, with a cursor to choose one by.

It is given a histogram and says which bar was chosen; what follows from that is the screen's. A list by relevance tells
nothing of when a subject was news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from newsreader.engine.results import Bar, Histogram
from newsreader.index.periods import Period
from newsreader.text.plural import counted
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, EMPTY, FAINT, MUTED, edges, plain

_EIGHTHS = "▁▂▃▄▅▆▇█"
EMPTY_BAR = " "
CELLS = 6
"""Of a bar at most, with the blank beside it: two days need not fill the width."""
PARTED_FROM = 3
"""Cells of a bar from which a blank parts it from the next."""
AXIS = 64
"""Cells of the bars from which the last date stands at their end; below fewer there is no room for what is chosen."""
CHOSEN = f"{ACCENT} on $accent-muted"


class TimeBars(Widget, can_focus=True):
    """Two lines: the bars, and their dates. Seen where the style sheet of the screen says so (`-worthwhile`: there are
    several dates), or while it was gone to (`-called`)."""

    BINDINGS = bindings("time")
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TimeBars { height: 2; padding: 0 2 0 4; display: none; text-wrap: nowrap; }
    TimeBars.-called { display: block; }
    """

    @dataclass
    class Chosen(Message):
        """Only the articles of this bar are wanted."""

        bar: Bar

    class Left(Message):
        """The user wants to go back."""

    class Passed(Message):
        """The user wants to go on to what stands below."""

    class Resized(Message):
        """There is room for another number of bars."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Histogram | None = None
        self._at = 0

    def show(self, found: Histogram | None, *, keep_room: bool = False) -> None:
        """`keep_room`: the list below is not to move, though there may be nothing to show."""
        before, self._found = self.bar, found
        bars = self._bars
        self._at = max((at for at, bar in enumerate(bars) if bar.count), default=0)
        if before is not None:
            inside = (at for at, bar in enumerate(bars) if bar.count and bar.first <= before.first <= bar.last)
            self._at = next(inside, self._at)
        worthwhile = len(bars) > 1
        if worthwhile or not keep_room:
            self.set_class(worthwhile, "-worthwhile")
        self.refresh()

    def go_to(self) -> None:
        """Bring it into view, whatever room there is, and give it the focus."""
        self.add_class("-called")
        self.focus()

    @property
    def room(self) -> int:
        """Bars that fit; of a screen that has no size yet, what fits most screens."""
        return self.content_size.width or 70

    @property
    def bar(self) -> Bar | None:
        """The one under the cursor."""
        return self._bars[self._at] if self._at < len(self._bars) else None

    @property
    def _bars(self) -> tuple[Bar, ...]:
        return self._found.bars if self._found is not None else ()

    # drawing

    def render(self) -> Content:
        width, bars = self.content_size.width, self._bars
        if not bars or self._found is None:
            nothing = self._found is None or not self._found.undated
            return plain("" if nothing else "none of these articles has a date", FAINT)
        first, cell = self._view()
        seen = bars[first : first + max(1, width // cell)]
        highest = max(bar.count for bar in bars)
        line = EMPTY.join(self._drawn(first + at, bar, highest, cell) for at, bar in enumerate(seen))
        return line + "\n" + self._axis(seen, len(seen) * cell, width)

    def _axis(self, seen: Sequence[Bar], cells: int, width: int) -> Content:
        """The first date and the last, and between them what is chosen."""
        assert self._found is not None
        left, right, bar = plain(_label(seen[0]), MUTED), plain(_label(seen[-1]), MUTED), self.bar
        if self._found.undated:
            right += plain(f" · {self._found.undated:,} without a date", MUTED)
        chosen = EMPTY
        if bar is not None and self.has_focus:
            chosen = plain(f"{counted(bar.count, 'article')} {Period(bar.first, bar.last)}", ACCENT)
        if cells >= AXIS:
            return edges(left + "   " + chosen, right, cells)
        line = (left + plain(" – ", MUTED) if len(seen) > 1 else EMPTY) + right + "   " + chosen
        return (line if line.cell_length <= width or not len(chosen) else chosen).truncate(width)

    def _drawn(self, at: int, bar: Bar, highest: int, cell: int) -> Content:
        sign = _EIGHTHS[-(-bar.count * len(_EIGHTHS) // highest) - 1] if bar.count else EMPTY_BAR
        chosen = at == self._at and self.has_focus
        blank = int(cell >= PARTED_FROM)
        return plain(sign * (cell - blank), CHOSEN if chosen else MUTED) + " " * blank

    def _view(self) -> tuple[int, int]:
        """(the first bar that is seen, cells of each)."""
        width, count = max(1, self.content_size.width), len(self._bars)
        if count > width:
            return max(0, min(self._at - width // 2, count - width)), 1
        return 0, min(CELLS, width // count)

    # moving and choosing

    def action_step(self, step: int) -> None:
        """To the next bar that has articles."""
        at = self._at + step
        while 0 <= at < len(self._bars) and not self._bars[at].count:
            at += step
        self._move_to(at)

    def action_top(self) -> None:
        self._move_to(0)

    def action_bottom(self) -> None:
        self._move_to(len(self._bars) - 1)

    def _move_to(self, at: int) -> None:
        if 0 <= at < len(self._bars):
            self._at = at
            self.refresh()

    def action_move(self, lines: int) -> None:
        """There are no lines here: whoever moves by lines looks at the list."""
        self.post_message(self.Passed())

    def action_choose(self) -> None:
        if self.bar is not None:
            self.post_message(self.Chosen(self.bar))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    # events

    def on_click(self, event: events.Click) -> None:
        if not self._bars:
            return
        first, cell = self._view()
        at = first + (event.x - self.gutter.left) // cell
        if first <= at < len(self._bars) and self._bars[at].count:
            self._move_to(at)
            self.action_choose()

    def on_blur(self) -> None:
        self.remove_class("-called")

    def on_resize(self) -> None:
        self.post_message(self.Resized())


def _label(bar: Bar) -> str:
    if bar.first == bar.last:
        return f"{bar.first.day} {bar.first:%b} {bar.first.year}"
    return f"{bar.first:%B} {bar.first.year}" if bar.first.month == bar.last.month else str(bar.first.year)
