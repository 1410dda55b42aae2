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
from newsreader.tui.widgets.row_list import RowList

MOST_ROWS = 20
"""In view; the rest is scrolled to."""

PAGE = 8
"""Rows: the lists differ in length, and the page keys do the same in all of them."""

Field = Literal["source", "date", "tag"]


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """The part that was chosen."""

    field: Field
    value: str
    exclude: bool = False
    """All but this part is wanted."""


class FacetList(RowList[tuple[str, int]]):
    """Names with counts."""

    ROW_HEIGHT = 1
    CURSOR_STAYS = False

    def __init__(self, heading: str, field: Field, counts: Sequence[tuple[str, int]], nothing: str) -> None:
        super().__init__()
        self.heading = heading
        self.field = field
        self.empty = plain(nothing, FAINT)
        self.counts = counts

    def on_mount(self) -> None:
        self.show_all(self.counts)

    def lines_of(self, row: tuple[str, int], width: int) -> Sequence[Content]:
        name, count = row
        label = f"{date.fromisoformat(f'{name}-01'):%B %Y}" if self.field == "date" else name
        return [edges(plain(label), plain(f"{count:,}", ACCENT if self.has_focus else FAINT), width)]

    def move_page(self, pages: float) -> None:
        self.move(round(pages * PAGE))


class FacetsScreen(MovingDialog[FacetChoice | None]):
    """Three lists side by side: outlets, months, tags."""

    BINDINGS = bindings("facets")
    HINTS = (
        ("only_this", "only this"),
        ("all_but_this", "all but this"),
        ("previous_list next_list", "lists"),
        ("cancel", "close"),
    )
    LOOK = "facets"

    def __init__(self, query: str, facets: Facets) -> None:
        super().__init__(plain("Narrow ", MUTED) + plain(query.strip() or "all articles", "bold"))
        self._lists = (
            FacetList("Outlets", "source", facets.sources, "none is named"),
            FacetList("Months", "date", facets.months, "none is known"),
            FacetList("Tags", "tag", facets.tags, "there are none"),
        )

    def compose_body(self) -> ComposeResult:
        with Horizontal():
            for found in self._lists:
                with Vertical(classes="facet"):
                    yield Static(plain(found.heading.upper(), FAINT), classes="facet-heading", markup=False)
                    yield found

    def on_mount(self) -> None:
        longest = max(len(found.counts) for found in self._lists)
        self.query_one(Horizontal).styles.height = min(max(longest, 2), MOST_ROWS) + 1
        next((found for found in self._lists if found.counts), self._lists[0]).focus()

    @property
    def movable(self) -> FacetList:
        return next((found for found in self._lists if found.has_focus), self._lists[0])

    def action_step(self, step: int) -> None:
        self._lists[(self._lists.index(self.movable) + step) % len(self._lists)].focus()

    def action_facets(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()

    def action_choose(self, exclude: bool) -> None:
        if self.movable.row is not None:
            self.dismiss(FacetChoice(self.movable.field, self.movable.row[0], exclude))

    @on(RowList.Clicked)
    def _clicked(self) -> None:
        self.action_choose(False)
