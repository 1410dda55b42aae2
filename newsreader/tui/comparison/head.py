"""What stands above two compared texts: how much they share, whose they are, and what they state otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from newsreader.article import Article
from newsreader.compare.model import Comparison, Fact
from newsreader.tui import signs
from newsreader.tui.comparison.content import fact_columns, fact_content, head_line, summary_line
from newsreader.tui.comparison.sheet import SPINE, Sheet
from newsreader.tui.content import ACCENT, BETWEEN, EMPTY, FAINT, MUTED, plain
from newsreader.tui.widgets.row_list import RowList

RULE = "$foreground 25%"
CURRENT = "▌"
"""As the cursor of lists; in one column arrows say which text a line is of."""
SCROLLBAR = 1
"""Cells that the texts below leave to their scrollbar."""


class SummaryLine(Widget):
    """How much is shared, and which difference the reader is at."""

    ALLOW_SELECT = False
    difference: reactive[int | None] = reactive(None)
    """Which difference the current row is, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Comparison, tuple[str, str], int] | None = None

    def show(self, comparison: Comparison, names: tuple[str, str], differences: int) -> None:
        self._shown = (comparison, names, differences)
        self.refresh()

    def render(self) -> Content:
        if self._shown is None:
            return EMPTY
        comparison, names, differences = self._shown
        if not differences:
            place = plain("no differences", MUTED)
        elif self.difference is None:
            place = plain(f"{differences} differences" if differences > 1 else "1 difference", MUTED)
        else:
            place = plain(f"difference {self.difference} of {differences}")
        return summary_line(comparison, names, place, self.size.width)


class ColumnHeads(Widget):
    """A rule, and under it whose text each column is."""

    ALLOW_SELECT = False
    headlines: reactive[bool] = reactive(False)
    """Whether the headlines are said here: the texts' own are out of sight."""

    side: reactive[int] = reactive(0)
    """The current text: 0 is the left one."""

    def __init__(self, measure: int) -> None:
        super().__init__()
        self._measure = measure
        self._articles: tuple[Article, Article] | None = None

    def show(self, left: Article, right: Article, side: int) -> None:
        self._articles = (left, right)
        self.side = side
        self.refresh()

    def render(self) -> Content:
        page = Sheet.fit(self.size.width - SCROLLBAR, self._measure)
        if page.columns == 1:
            return plain("─" * self.size.width, RULE) + "\n" + self._in_one_column(self.size.width - page.gutter)
        spine = page.margin + page.column + len(SPINE) - 1
        rule = plain("─" * spine + "┬" + "─" * (self.size.width - spine - 1), RULE)
        if self._articles is None:
            return rule
        left, right = [head_line(a, page.text, headline=self.headlines) for a in self._articles]
        indent = plain(" " * page.margin) + self._sign(0, page.gutter)
        middle = plain(SPINE, RULE) + self._sign(1, page.gutter)
        return rule + "\n" + indent + left.pad_right(page.text - left.cell_length) + middle + right

    def _in_one_column(self, width: int) -> Content:
        if self._articles is None:
            return EMPTY
        half = (width - 2) // 2
        left, right = [
            head_line(article, half, headline=False, side=side)
            for article, side in zip(self._articles, signs.SIDES, strict=True)
        ]
        return self._sign(0, 2) + left.pad_right(half - left.cell_length) + self._sign(1, 2) + right

    def _sign(self, side: int, cells: int) -> Content:
        """Before a head: whether its text is the current one."""
        return plain((CURRENT if side == self.side else "").ljust(cells), f"bold {ACCENT}")


class FactLine(Widget):
    """The facts worth reading, on one line; a click goes to one."""

    ALLOW_SELECT = False

    @dataclass
    class Clicked(Message):
        """A fact was clicked, or what says that there are more."""

        index: int | None
        """None: all are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self._agreed = 0
        self._minor = 0
        self._current: int | None = None

    def show(self, differing: Sequence[Fact], agreed: int, minor: int) -> None:
        """`agreed`: how many facts both sides state alike; `minor`: how many differ, but are not worth reading."""
        self._facts, self._agreed, self._minor, self._current = differing, agreed, minor, None
        self.display = bool(differing or agreed)
        self.refresh()

    def go_to(self, index: int | None) -> None:
        """The current fact comes first."""
        self._current = index
        self.refresh()

    def render(self) -> Content:
        line = plain("facts  ", FAINT)
        rest = plain(self._more(0), FAINT)
        start = self._current or 0
        for index in range(start, len(self._facts)):
            fact = fact_content(self._facts[index])
            if index == self._current:
                fact = fact.stylize("bold")
            fact = fact.stylize(Style.from_meta({"fact": index}))
            between = self._between(index) if index > start else EMPTY
            more = plain(self._more(len(self._facts) - index - 1), FAINT)
            if (line + between + fact + "  " + more).cell_length > self.size.width:
                break
            line, rest = line + between + fact, more
        else:
            return line + "  " + rest
        return line + "  " + plain(self._more(len(self._facts) - index), FAINT)

    def _between(self, index: int) -> Content:
        """What stands against each other, but is no pair, stands together."""
        one, two = self._facts[index - 1], self._facts[index]
        against = one.row == two.row and one.kind == two.kind and one.right is None and two.left is None
        return plain(" " if against else BETWEEN, MUTED)

    def _more(self, hidden: int) -> str:
        parts = [
            f"+{hidden} more" if hidden else "",
            f"{self._agreed} agree" if self._agreed else "",
            f"{self._minor} minor" if self._minor else "",
        ]
        return BETWEEN.join(part for part in parts if part)

    def on_click(self, event: events.Click) -> None:
        self.post_message(self.Clicked(event.style.meta.get("fact")))


class FactList(RowList["Fact"]):
    """All facts, those worth reading first, the minor ones last."""

    ROW_HEIGHT: ClassVar[int] = 1

    def lines_of(self, row: Fact, width: int) -> Sequence[Content]:
        return [fact_columns(row, width)]
