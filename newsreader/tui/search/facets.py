"""What a result consists of: choosing a part narrows the query to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.engine.facets import Facets
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.widgets.key_line import KeyHints
from newsreader.tui.widgets.row_list import RowList

MOST_ROWS = 20
"""In view; the rest is scrolled to."""

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

    @property
    def shows_cursor(self) -> bool:
        return self.has_focus


class FacetsScreen(ModalScreen[Chosen | None]):
    """Three lists side by side: outlets, months, tags."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,F", "dismiss(None)", "Cancel"),
        Binding("right,l,tab", "step(1)", show=False),
        Binding("left,h,shift+tab", "step(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,ctrl+d", "move(8)", show=False),
        Binding("pageup,ctrl+u", "move(-8)", show=False),
        Binding("home,g", "end(False)", show=False),
        Binding("end,G", "end(True)", show=False),
        Binding("enter,space", "choose(False)", "Only this"),
        Binding("minus", "choose(True)", "All but this"),
    ]

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
            keys = (("enter", "only this"), ("-", "all but this"), ("← →", "lists"), ("esc", "close"))
            yield KeyHints(*keys)

    def on_mount(self) -> None:
        longest = max(found.length for _, found in self._columns)
        self.query_one(Horizontal).styles.height = min(max(longest, 2), MOST_ROWS) + 1
        next((found for _, found in self._columns if found.length), self._columns[0][1]).focus()

    @property
    def _here(self) -> FacetList:
        return next((found for _, found in self._columns if found.has_focus), self._columns[0][1])

    def action_step(self, step: int) -> None:
        lists = [found for _, found in self._columns]
        lists[(lists.index(self._here) + step) % len(lists)].focus()

    def action_move(self, rows: int) -> None:
        self._here.move(rows)

    def action_end(self, last: bool) -> None:
        if last:
            self._here.move_to_end()
        else:
            self._here.move_to_start()

    def action_choose(self, exclude: bool) -> None:
        if self._here.row is not None:
            self.dismiss(Chosen(self._here.field, self._here.row[0], exclude))

    @on(RowList.Chosen)
    def _clicked(self) -> None:
        self.action_choose(False)
