"""The ways into the library: views, saved searches and tags with their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from textual.content import Content
from textual.message import Message

from newsreader.engine.overview import Counts
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.search.narrowing import saved_query, tag_query
from newsreader.tui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class View:
    """One line of the sidebar."""

    label: str
    kind: Literal["articles", "stories", "heading"] = "articles"
    query: str = ""
    count: int | None = None


VIEWS = {
    "all": View("All"),
    "unread": View("Unread", query="is:unread"),
    "starred": View("Starred", query="is:starred"),
    "stories": View("Stories", "stories"),
}
"""The views that every library has, by the name of their command."""


def views(counts: Counts, saved: Mapping[str, int | None]) -> list[View]:
    """Everything that the sidebar offers, from top to bottom."""
    numbers = {"all": counts.all, "unread": counts.unread, "starred": counts.starred, "stories": counts.stories}
    lines = [replace(view, count=numbers[name]) for name, view in VIEWS.items()]
    names = [View(saved_query(name), query=saved_query(name), count=count) for name, count in saved.items()]
    tags = [View(tag, query=tag_query(tag), count=count) for tag, count in counts.tags]
    for heading, found in (("Saved", names), ("Tags", tags)):
        if found:
            lines += [View("", "heading"), View(heading, "heading"), *found]
    return lines


class Sidebar(RowList[View]):
    """A list of views; the one whose articles are shown is marked."""

    ROW_HEIGHT = 1
    CURSOR_STAYS = False

    @dataclass
    class Picked(Message):
        """The user wants to see a view."""

        view: View

    def __init__(self) -> None:
        super().__init__()
        self._shown = ("articles", "")
        self._counts: Counts | None = None
        self._saved: Mapping[str, int | None] = {}

    @property
    def saved_search(self) -> str | None:
        """Name of the saved search under the cursor."""
        query = self.row.query if self.row is not None else ""
        return query[1:] if query.startswith("@") else None

    def show_counts(self, counts: Counts) -> None:
        """Take over new counts; the cursor stays on its view."""
        self._counts = counts
        self._fill()

    def show_saved(self, saved: Mapping[str, int | None]) -> None:
        """The saved searches, each with its hits where they are known."""
        self._saved = saved
        self._fill()

    def _fill(self) -> None:
        if self._counts is None:
            return
        lines = views(self._counts, self._saved)
        keys = [self.key_of(view) for view in lines]
        before = self.key_at(self.cursor)
        cursor = keys.index(before) if before in keys else self.cursor
        self.show_all(lines, cursor, self.scroll_offset.y)

    def show_active(self, kind: str, query: str) -> None:
        """Mark the view whose list is on the screen."""
        views = [(view.kind, view.query) for view in self._rows.values()]
        changes = self._shown != (kind, query) and ((kind, query) in views or self._shown in views)
        self._shown = (kind, query)
        if changes:
            self.redraw()

    def lines_of(self, row: View, width: int) -> Sequence[Content]:
        if row.kind == "heading":
            return [plain(row.label.upper(), FAINT)]
        active = (row.kind, row.query) == self._shown
        count = plain("" if row.count is None else f"{row.count:,}", ACCENT if active else FAINT)
        return [edges(plain(row.label, f"bold {ACCENT}" if active else "" if row.count else MUTED), count, width)]

    def key_of(self, row: View) -> str:
        return f"{row.kind} {row.query} {row.label}"

    def move_to(self, index: int) -> None:
        """Headings are stepped over."""
        step = 1 if index >= self.cursor else -1
        while (self.key_at(index) or "").startswith("heading"):
            index += step
        super().move_to(index)

    def pick(self) -> None:
        """Show the view under the cursor."""
        if self.row is not None and self.row.kind != "heading":
            self.post_message(self.Picked(self.row))

    def on_row_list_clicked(self) -> None:
        self.pick()
