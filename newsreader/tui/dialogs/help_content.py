"""What the help says: keys from the table of commands, signs from that of signs, and how to ask; narrowed by words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from newsreader.text.clean import fold
from newsreader.text.wrap import wrap
from newsreader.tui.commands import COMMANDS, DIALOGS, PLACES, Command, Place, commands_of, shown_keys
from newsreader.tui.content import ACCENT, FAINT, MUTED, edges, plain
from newsreader.tui.signs import LEGEND

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

KEY_WIDTH = 14
EXAMPLE_WIDTH = 30
LAST = {"Moving": 1, "Program": 2}
"""Groups of what every screen has: what is particular to this one comes first."""
NAMES_FROM = 84
"""Cells from which there is room for the commands' names in the configuration."""
NAME_WIDTH = 20
_NAMES = {**PLACES, **DIALOGS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a key, sign or example, and what it means."""

    first: str
    meaning: str
    name: str = ""
    """Of the command, in the configuration."""
    cells: int = KEY_WIDTH
    also: str = ""
    """Other words by which it is found."""

    def has(self, words: Sequence[str]) -> bool:
        """Signs and keys are found as they stand, words also by their beginnings and inside others."""
        text = fold(f"{self.first} {self.meaning} {self.name.replace('_', ' ')} {self.name} {self.also}")
        return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class HelpSection:
    heading: Content
    entries: Sequence[Entry]


def place_name(place: Place) -> str:
    return _NAMES.get(place, "")


def help_lines(places: Collection[Place], configured: Mapping[str, str], width: int, wanted: str = "") -> list[Content]:
    """The whole text for so many cells, with the keys as they are configured: of these places first. `wanted`: only
    what has all of these words."""
    words = fold(wanted).split()
    lines: list[Content] = []
    for section in _sections(places, configured):
        found = [entry for entry in section.entries if entry.has(words)]
        if found:
            lines.append(section.heading)
            for entry in found:
                lines += _in_columns(entry, width)
            lines.append(plain(""))
    if not lines:
        return [plain("No key, sign or command has these words.", MUTED)]
    if width >= NAMES_FROM:
        lines.append(plain("On the right: what the commands are called under [keys] in the configuration.", FAINT))
    return lines


def _sections(places: Collection[Place], configured: Mapping[str, str]) -> Iterator[HelpSection]:
    """What belongs to these places, then how to ask, then what belongs to others."""
    around: Place = "dialog" if DIALOGS.keys() & set(places) else "app"
    here = sorted(
        (command for command in COMMANDS if {*places, around}.intersection(command.places)),
        key=lambda command: LAST.get(command.group, 0),
    )
    yield from _grouped(here, configured)
    signs = [sign for place in places for sign in LEGEND.get(place, ())]
    yield _legend("SIGNS", signs)
    yield HelpSection(plain("QUERIES", FAINT), [Entry(example, what, cells=EXAMPLE_WIDTH) for example, what in QUERIES])
    for place in _NAMES:
        others = [c for c in commands_of(place) if c not in here and c.group != "Dialogs"]
        yield HelpSection(_title(place, "what other keys do there"), _entries(others, configured))
        if place not in places:
            yield _legend(f"{_NAMES[place]}: signs", [sign for sign in LEGEND.get(place, ()) if sign not in signs])
    dialogs = [command for command in COMMANDS if command.group == "Dialogs" and command not in here]
    heading = plain("Dialogs", "bold") + plain("  besides the keys that move and go back", MUTED)
    yield HelpSection(heading, _entries(dialogs, configured))


def _grouped(commands: Sequence[Command], configured: Mapping[str, str]) -> Iterator[HelpSection]:
    for group in dict.fromkeys(command.group for command in commands):
        members = [command for command in commands if command.group == group]
        yield HelpSection(plain(group.upper(), FAINT), _entries(members, configured))


def _entries(commands: Sequence[Command], configured: Mapping[str, str]) -> list[Entry]:
    return [
        Entry(shown_keys(configured.get(c.id, c.keys)), c.help, c.id, also=f"{c.label} {c.group}") for c in commands
    ]


def _legend(heading: str, signs: Sequence[tuple[str, str]]) -> HelpSection:
    return HelpSection(plain(heading.upper(), FAINT), [Entry(sign, meaning, also="sign") for sign, meaning in signs])


def _title(place: Place, more: str) -> Content:
    return plain(_NAMES[place], "bold") + plain(f"  {more}", MUTED)


def _in_columns(entry: Entry, width: int) -> Iterator[Content]:
    """Texts side by side, the second one broken where it has to be."""
    name = entry.name if width >= NAMES_FROM else ""
    first = plain(entry.first, ACCENT)
    cells = max(entry.cells, first.cell_length)
    room = max(width - cells - 1 - (NAME_WIDTH if name else 0), 10)
    for number, (start, stop) in enumerate(wrap(entry.meaning, room)):
        beside = first.pad_right(cells - first.cell_length) if number == 0 else plain(" " * cells)
        line = beside + " " + plain(entry.meaning[start:stop].strip())
        yield edges(line, plain(name, FAINT), width) if name and number == 0 else line
