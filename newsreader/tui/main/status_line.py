"""The bottom line: how large and how fresh the library is, what is going on, and the keys."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from newsreader.text.plural import counted
from newsreader.tui import signs
from newsreader.tui.content import ACCENT, EMPTY, MUTED, age, joined, plain
from newsreader.tui.widgets.key_line import KeyLine

WIDE = 100
"""Cells from which there is room for more than the number of articles."""


class StatusLine(Horizontal):
    """Facts on the left, keys on the right."""

    def __init__(self) -> None:
        super().__init__()
        self._articles: int | None = None
        self._indexed_at: float | None = None
        self._activity = ""
        self._selected = 0
        self._unseen = 0
        self._place = 0, 0, ""
        self.keys = KeyLine()

    def compose(self) -> ComposeResult:
        yield Static(id="facts-of-library", markup=False)
        yield self.keys

    def on_mount(self) -> None:
        self.set_interval(20, self._paint)

    def on_resize(self) -> None:
        self._paint()

    def show_library(self, articles: int, indexed_at: float | None) -> None:
        self._articles, self._indexed_at = articles, indexed_at
        self._paint()

    def show_place(self, number: int, rows: int, in_text: float | None) -> None:
        """Where the cursor is in the list, counted from 1, and how much of the text was seen, 0..1; None: the user is
        not in the text."""
        percent = f"{in_text:4.0%}".replace("%", " %") if in_text is not None else ""  # as wide for all
        if (number, rows, percent) != self._place:
            self._place = number, rows, percent
            self._paint()

    def show_activity(self, text: str) -> None:
        """What runs in the background; empty when nothing does."""
        self._activity = text
        self._paint()

    def show_unseen(self, count: int) -> None:
        """Articles that came since the user looked; a click goes there."""
        self._unseen = count
        self._paint()

    def show_selected(self, count: int) -> None:
        self._selected = count
        self._paint()

    def _paint(self) -> None:
        self.query_one("#facts-of-library", Static).update(self._content())

    def _content(self) -> Content:
        number, rows, percent = self._place
        parts = [plain(f"{number:,}/{rows:,}", ACCENT) if rows else EMPTY, plain(percent, ACCENT)]
        parts.append(plain(f"{signs.SELECTED} {self._selected:,} selected", ACCENT) if self._selected else EMPTY)
        if self._unseen:
            said = plain(f"{self._unseen:,} new ↑", f"bold {ACCENT}")
            parts.append(said.stylize(Style.from_meta({"@click": "screen.view('new')"})))
        if self._activity:
            parts.append(plain(f"{signs.UNDER_WAY} {self._activity}", ACCENT))
        elif self._articles is not None and (self.size.width >= WIDE or not rows):
            parts.append(plain(counted(self._articles, "article"), MUTED))
            if self._indexed_at is not None and self.size.width >= WIDE:
                parts.append(plain(f"index {age(time.time() - self._indexed_at)}", MUTED))
        return joined(parts)
