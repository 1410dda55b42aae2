"""The ways into the library: views, saved searches, outlets and tags, with what is unread of each.

A library has hundreds of outlets and tags. They stand in groups that can be folded, long groups show their beginning,
and typing narrows them to what fits; without that the views above would be all that is ever used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from textual.content import Content
from textual.message import Message

from newsreader.engine.arrivals import ARRIVED
from newsreader.engine.overview import Counts, SavedCount
from newsreader.text.clean import fold
from newsreader.tui import signs
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.search.narrowing import outlet_query, saved_query, tag_query
from newsreader.tui.widgets.key_line import Foot
from newsreader.tui.widgets.row_list import RowList

FIRST_OF_GROUP = 12
"""Outlets or tags that are shown of more, so that one group does not push the next out of sight."""
LONGEST_COUNT = 9
"""Cells of what is unread and the whole; where both take more, only what is unread is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """One line of the sidebar: a list to be shown, or a group's heading, its last line, the gap before it."""

    label: str
    kind: Literal["articles", "stories", "group", "more", "gap"] = "articles"
    query: str = ""
    count: int | None = None
    unread: int = 0


VIEWS = {
    "new": View("New", query=ARRIVED),
    "all": View("All"),
    "unread": View("Unread", query="is:unread"),
    "starred": View("Starred", query="is:starred"),
    "stories": View("Stories", "stories"),
}
"""The views that every library has, by the name of their command."""


def groups(
    counts: Counts, saved: Mapping[str, SavedCount | None]
) -> dict[str, tuple[Sequence[str], Callable[[str], View]]]:
    """What can be chosen beside the views, by heading: names, and what makes a line of one, as of ten thousand tags a
    dozen is seen. Outlets with something unread come first, most of it on top."""
    outlets = {outlet.name: outlet for outlet in sorted(counts.outlets, key=lambda outlet: -outlet.unread)}
    tags = dict(counts.tags)

    def of_search(name: str) -> View:
        found, query = saved[name], saved_query(name)
        return View(query, query=query, count=found.all if found else None, unread=found.unread if found else 0)

    def of_outlet(name: str) -> View:
        return View(name, query=outlet_query(name), count=outlets[name].all, unread=outlets[name].unread)

    def of_tag(name: str) -> View:
        return View(name, query=tag_query(name), count=tags[name], unread=counts.unread_by_tag.get(name, 0))

    return {"Saved": ([*saved], of_search), "Outlets": ([*outlets], of_outlet), "Tags": ([*tags], of_tag)}


class Sidebar(RowList[View]):
    """A list of views; the one whose articles are shown is marked."""

    FOOT: ClassVar[Foot] = ("pick", "filter_sidebar", "fold_group", "unfold_group")

    BINDINGS = bindings("sidebar")
    ROW_HEIGHT = 1
    CURSOR_STAYS = False

    @dataclass
    class Picked(Message):
        """The user wants to see a view."""

        view: View

    class FilterWanted(Message):
        """The user wants to type what is to be shown."""

    class Folded(Message):
        """Other groups are folded than before."""

    def __init__(self, folded: Collection[str] = ()) -> None:
        """`folded` are the headings of groups of which only that is shown."""
        super().__init__()
        self.folded = set(folded)
        self._whole: set[str] = set()
        """Headings of long groups that are shown to their end."""
        self._shown = ("articles", "")
        self._counts: Counts | None = None
        self._new = SavedCount(0, 0)
        self._saved: Mapping[str, SavedCount | None] = {}
        self._filter = ""

    @property
    def saved_search(self) -> str | None:
        """Name of the saved search under the cursor."""
        query = self.row.query if self.row is not None else ""
        return query[1:] if query.startswith("@") else None

    @property
    def cursor_stays(self) -> bool:
        """While a name is typed, it says what enter takes."""
        return bool(self._filter)

    def show_counts(self, counts: Counts, new: SavedCount) -> None:
        """Take over new counts, `new` of what came since the last visit; the cursor stays on its view."""
        self._counts, self._new = counts, new
        self._fill()

    def show_saved(self, saved: Mapping[str, SavedCount | None]) -> None:
        """The saved searches, each with its hits where they are known."""
        self._saved = saved
        self._fill()

    def narrow(self, typed: str) -> None:
        """Show only what has this in its name, of all groups; everything again when it is empty."""
        self._filter = fold(typed.strip().removeprefix("@"))
        self._fill()
        if self._filter:
            self.move_to(next((i for i, row in enumerate(self.rows) if row.kind == "articles"), 0))

    def _fill(self) -> None:
        if self._counts is None:
            return
        lines = list(self._lines(self._counts))
        keys = [self.key_of(view) for view in lines]
        before = self.key_at(self.cursor)
        cursor = keys.index(before) if before in keys else self.cursor
        self.show_all(lines, cursor, self.scroll_offset.y)

    def _lines(self, counts: Counts) -> Iterable[View]:
        """From top to bottom."""
        if not self._filter:
            numbers = {
                "all": counts.all,
                "unread": counts.unread,
                "starred": counts.starred,
                "stories": counts.stories,
            }
            for name, view in VIEWS.items():
                if name != "new":
                    yield replace(view, count=numbers[name])
                elif self._new.all:
                    yield replace(view, count=self._new.all, unread=self._new.unread)
        for heading, (names, view_of) in groups(counts, self._saved).items():
            yield from self._group(heading, names, view_of)

    def _group(self, heading: str, names: Sequence[str], view_of: Callable[[str], View]) -> Iterable[View]:
        if self._filter:
            names = [name for name in names if self._filter in fold(name)]
        if not names:
            return
        yield View(heading, "gap")
        yield View(heading, "group", count=len(names))
        if self._filter:
            yield from map(view_of, names)
        elif heading not in self.folded:
            long = len(names) > FIRST_OF_GROUP + 1 and heading not in self._whole
            yield from map(view_of, names[:FIRST_OF_GROUP] if long else names)
            if long:
                yield View(heading, "more", count=len(names) - FIRST_OF_GROUP)

    def show_active(self, kind: str, query: str) -> None:
        """Mark the view whose list is on the screen."""
        views = [(view.kind, view.query) for view in self._rows.values()]
        changes = self._shown != (kind, query) and ((kind, query) in views or self._shown in views)
        self._shown = (kind, query)
        if changes:
            self.redraw()

    def lines_of(self, row: View, width: int) -> Sequence[Content]:
        if row.kind == "gap":
            return [plain("")]
        if row.kind == "group":
            folded = row.label in self.folded and not self._filter
            count = plain(f"{row.count:,}" if folded else "", FAINT)
            return [
                edges(plain(f"{row.label.upper()} {signs.FOLDED if folded else signs.UNFOLDED}", FAINT), count, width)
            ]
        if row.kind == "more":
            return [plain(f"… {row.count:,} more", FAINT)]
        active = (row.kind, row.query) == self._shown
        label = plain(row.label, f"bold {ACCENT}" if active else "" if row.count else MUTED)
        return [edges(label, self._count_of(row, active), width)]

    def _count_of(self, row: View, active: bool) -> Content:
        """What is unread, and of how many."""
        if row.count is None:
            return plain("")
        colour = ACCENT if active else FAINT
        if not row.unread:
            return plain(f"{row.count:,}", colour)
        unread, whole = f"{row.unread:,}", f"/{row.count:,}"
        fits = row.unread < row.count and len(unread) + len(whole) <= LONGEST_COUNT
        return plain(unread, f"bold {ACCENT}" if active else "bold") + plain(whole if fits else "", colour)

    def key_of(self, row: View) -> str:
        return f"{row.kind} {row.query} {row.label}"

    def move_to(self, index: int) -> None:
        """Gaps are stepped over."""
        step = 1 if index >= self.cursor else -1
        if (self.key_at(index) or "").startswith("gap"):
            index += step
        super().move_to(index)

    def pick(self) -> None:
        """Show the view under the cursor; fold or unfold the group, or show all of it."""
        row = self.row
        if row is None or row.kind == "gap":
            return
        if row.kind == "group":
            self._fold(row.label, row.label not in self.folded)
        elif row.kind == "more":
            self._whole.add(row.label)
            self._fill()
        else:
            self.post_message(self.Picked(row))

    def _fold(self, heading: str, folded: bool) -> None:
        """Show only the heading of a group, or all of it; the cursor goes to the heading."""
        if folded == (heading in self.folded) or self._filter:
            return
        self.folded ^= {heading}
        self._whole.discard(heading)
        at = next(i for i, row in enumerate(self.rows) if (row.kind, row.label) == ("group", heading))
        self.move_to(at)
        self._fill()
        self.post_message(self.Folded())

    def action_fold_group(self, folded: bool) -> None:
        """Of the group that the cursor is in."""
        above = (self._rows[index] for index in range(self.cursor, -1, -1) if index in self._rows)
        heading = next((row.label for row in above if row.kind == "group"), None)
        if heading is not None:
            self._fold(heading, folded)

    def action_pick(self) -> None:
        self.pick()

    def action_filter_sidebar(self) -> None:
        self.post_message(self.FilterWanted())

    def on_row_list_clicked(self) -> None:
        self.pick()
