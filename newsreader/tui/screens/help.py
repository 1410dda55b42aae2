"""All keys, from the table of commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.tui.commands import COMMANDS, Command, shown_keys
from newsreader.tui.content import ACCENT, FAINT, MUTED, plain

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

KEY_WIDTH = 22


class HelpScreen(ModalScreen[None]):
    """Every command with its keys as they are now, and how to ask."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, configured: Mapping[str, str]) -> None:
        super().__init__()
        self._configured = configured

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog help"):
            yield Static(plain("Keys", "bold"), classes="dialog-title", markup=False)
            with VerticalScroll():
                yield Static(plain("\n").join(self._lines()), markup=False)
            yield Static(plain("esc", ACCENT) + plain(" close", MUTED), classes="dialog-keys", markup=False)

    def _lines(self) -> Iterable[Content]:
        groups: dict[str, list[Command]] = {}
        for command in COMMANDS:
            groups.setdefault(command.group, []).append(command)
        for group, commands in groups.items():
            yield plain(group.upper(), FAINT)
            for command in commands:
                keys = shown_keys(self._configured.get(command.id, command.keys))
                yield plain(keys.ljust(KEY_WIDTH), ACCENT) + plain(command.help) + plain(f"  {command.id}", FAINT)
            yield plain("")
        yield plain("QUERIES", FAINT)
        for example, meaning in QUERIES:
            yield plain(example.ljust(KEY_WIDTH + 8), ACCENT) + plain(meaning)

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
