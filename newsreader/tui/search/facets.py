"""What a result consists of: choosing a part narrows the query to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from newsreader.engine.facets import Facets
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.widgets.dialog import MovingDialog
from newsreader.tui.widgets.key_line import KeyHints
from newsreader.tui.widgets.row_list import RowList

MOST_ROWS = 20
"""In view; the rest is scrolled to."""

PAGE = 8
"""Rows: the lists differ in length, and the page keys do the same in all of them."""

Field = Literal["source", "date", "tag"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part that was chosen."""

    field: Field
    value: str
    exclude: bool = False
    """All but this part is wanted."""


class FacetList(RowList[tuple[str, int]]):
    """Names with counts."""

    ROW_HEIGHT = 1

    def __init__(self, field: Field, counts: Sequence[tuple[str, int]], nothing: str) -> None:
        super().__init__()
        self.field = field
        self.empty = plain(nothing, FAINT)
        self._counts = counts

    @property
    def length(self) -> int:
        return len(self._counts)

    def on_mount(self) -> None:
        self.show(len(self._counts), dict(enumerate(self._counts)))

    def lines_of(self, row: tuple[str, int], width: int) -> Sequence[Content]:
        name, count = row
        label = f"{date.fromisoformat(f'{name}-01'):%B %Y}" if self.field == "date" else name
        return [edges(plain(label), plain(f"{count:,}", ACCENT if self.has_focus else FAINT), width)]

    def key_of(self, row: tuple[str, int]) -> str:
        return row[0]

    def move_page(self, pages: float) -> None:
        self.move(round(pages * PAGE))

    @property
    def shows_cursor(self) -> bool:
        return self.has_focus


class FacetsScreen(MovingDialog[Chosen | None]):
    """Three lists side by side: outlets, months, tags."""

    BINDINGS = bindings("facets")

    def __init__(self, query: str, facets: Facets) -> None:
        super().__init__()
        self._query = query
        self._columns = (
            ("Outlets", FacetList("source", facets.sources, "none is named")),
            ("Months", FacetList("date", facets.months, "none is known")),
            ("Tags", FacetList("tag", facets.tags, "there are none")),
        )

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog facets"):
            yield Static(
                plain("Narrow ", MUTED) + plain(self._query.strip() or "all articles", "bold"),
                classes="dialog-title",
                markup=False,
            )
            with Horizontal():
                for heading, found in self._columns:
                    with Vertical(classes="facet"):
                        yield Static(plain(heading.upper(), FAINT), classes="facet-heading", markup=False)
                        yield found
            yield KeyHints(
                ("only_this", "only this"),
                ("all_but_this", "all but this"),
                ("previous_list next_list", "lists"),
                ("cancel", "close"),
            )

    def on_mount(self) -> None:
        longest = max(found.length for _, found in self._columns)
        self.query_one(Horizontal).styles.height = min(max(longest, 2), MOST_ROWS) + 1
        next((found for _, found in self._columns if found.length), self._columns[0][1]).focus()

    @property
    def movable(self) -> FacetList:
        return next((found for _, found in self._columns if found.has_focus), self._columns[0][1])

    def action_step(self, step: int) -> None:
        lists = [found for _, found in self._columns]
        lists[(lists.index(self.movable) + step) % len(lists)].focus()

    def action_facets(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()

    def action_choose(self, exclude: bool) -> None:
        if self.movable.row is not None:
            self.dismiss(Chosen(self.movable.field, self.movable.row[0], exclude))

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_choose(False)
