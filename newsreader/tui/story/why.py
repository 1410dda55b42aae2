"""Why two articles are one story, or not: what they share, and how alike that makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.engine.results import Explained
from newsreader.tui.content import ACCENT, FAINT, MUTED, article_date, joined, plain
from newsreader.tui.widgets.key_line import KeyHints

SAID = {
    "merged": "you merged them",
    "apart": "you said that they never are",
    "out": "you took one of them out",
    None: "",
}
"""The user's word, which goes before any reason."""


class WhyScreen(ModalScreen[None]):
    """Two headlines, the score, and the shared names, figures and words, weightiest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,w,enter", "dismiss", "Close"),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
    ]

    def __init__(self, explained: Explained) -> None:
        super().__init__()
        self._explained = explained

    def compose(self) -> ComposeResult:
        together = "Why these are one story" if self._explained.same_story else "Why these are not one story"
        with Vertical(classes="dialog why"):
            yield Static(plain(together, "bold"), classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(plain("\n").join(list(self._lines())), markup=False)
            yield KeyHints(("j k", "scroll"), ("esc", "close"))

    def _lines(self) -> Iterable[Content]:
        found, reasons = self._explained, self._explained.reasons
        for article in (found.left, found.right):
            source = plain(article.source or "", MUTED)
            yield plain(article.title) + plain("  ") + joined([source, article_date(article, date.today())])
        yield plain("")
        yield joined([plain(f"{reasons.similarity * 100:.0f} % alike", ACCENT), plain(SAID[found.correction], MUTED)])
        for name, shared in (("NAMES", reasons.names), ("FIGURES", reasons.figures), ("WORDS", reasons.words)):
            if shared:
                yield plain("")
                yield plain(name, FAINT)
                yield plain(", ".join(shared))
        if not (reasons.names or reasons.figures or reasons.words):
            yield plain("")
            yield plain("They have no word of weight in common.", MUTED)

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
