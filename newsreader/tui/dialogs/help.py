"""All keys, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsreader.text.wrap import wrap
from newsreader.tui.commands import COMMANDS, PLACES, Command, Place, bindings, commands_of, shown_keys
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.widgets.dialog import MovingDialog
from newsreader.tui.widgets.moving import MovableText

QUERIES = (
    ("two words", "articles with both; if there are none, with some of them"),
    ('"exact words"', "in this order"),
    ("-word  NOT  AND  OR  ( )", "without it; both; either; grouped"),
    ("fer*  ferry~", "words that begin so; words spelt nearly so"),
    ("title: body: source: author:", "only there"),
    ('date:2026-10  newer:"3 days"', "from a day, month, year or range; not older than"),
    ('tag:"long read"  is:unread', "tagged; also read, starred, tagged, new, edited"),
    ("@name", "the saved search of that name, also as a part of a query"),
)
"""The query language on half a page."""

KEY_WIDTH = 16
EXAMPLE_WIDTH = 30
LAST = {"Moving": 1, "Program": 2}
"""Groups of what every screen has: what is particular to this one comes first."""
NAMES_FROM = 84
"""Cells from which there is room for the commands' names in the configuration."""
NAME_WIDTH = 20


class HelpScreen(MovingDialog[None]):
    """The commands of the screen below with their keys as they are now, then those of other screens, and how to ask."""

    BINDINGS = bindings("help")
    HINTS = (("down up", "scroll"), ("command_palette", "find a command"), ("back", "close"))
    LOOK = "help"

    def __init__(self, configured: Mapping[str, str], place: Place) -> None:
        super().__init__(plain("Keys  ", "bold") + plain(PLACES[place], MUTED))
        self._configured = configured
        self._place = place

    def compose_body(self) -> ComposeResult:
        with MovableText():
            yield Static(id="keys", markup=False)

    def on_resize(self) -> None:
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        width = self.movable.scrollable_content_region.width
        self.query_one("#keys", Static).update(plain("\n").join(self.lines(width)))

    def lines(self, width: int) -> Iterable[Content]:
        """The whole text for so many cells; with the commands' names where there is room for them."""
        here = sorted(
            (command for command in COMMANDS if {self._place, "app"}.intersection(command.places)),
            key=lambda command: LAST.get(command.group, 0),
        )
        yield from self._grouped(here, width)
        yield plain("QUERIES", FAINT)
        for example, meaning in QUERIES:
            yield from _in_columns(example, EXAMPLE_WIDTH, meaning, "", width)
        yield plain("")
        for place in PLACES:
            others = [c for c in commands_of(place) if c not in here and c.group != "Moving"]
            if others:
                yield plain(PLACES[place], "bold") + plain("  what other keys do there", MUTED)
                yield plain("")
                yield from self._grouped(others, width)
        yield plain("Dialogs", "bold") + plain("  besides the keys that move and go back", MUTED)
        yield plain("")
        yield from self._grouped([command for command in COMMANDS if command.group == "Dialogs"], width)
        if width >= NAMES_FROM:
            yield plain("On the right: what the commands are called under [keys] in the configuration.", FAINT)

    def _grouped(self, commands: Iterable[Command], width: int) -> Iterable[Content]:
        groups: dict[str, list[Command]] = {}
        for command in commands:
            groups.setdefault(command.group, []).append(command)
        for group, members in groups.items():
            yield plain(group.upper(), FAINT)
            for command in members:
                keys = shown_keys(self._configured.get(command.id, command.keys))
                name = command.id if width >= NAMES_FROM else ""
                yield from _in_columns(keys, KEY_WIDTH, command.help, name, width)
            yield plain("")

    @property
    def movable(self) -> MovableText:
        return self.query_one(MovableText)

    def action_help(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()


def _in_columns(first: str, cells: int, second: str, third: str, width: int) -> Iterable[Content]:
    """Three texts side by side, the second one broken where it has to be."""
    room = max(width - cells - 1 - (NAME_WIDTH if third else 0), 10)
    for number, (start, stop) in enumerate(wrap(second, room)):
        line = plain((first if number == 0 else "").ljust(cells) + " ", ACCENT) + plain(second[start:stop].strip())
        yield edges(line, plain(third, FAINT), width) if third and number == 0 else line
