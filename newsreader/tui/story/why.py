"""Why two articles are one story, or not: what they share, and how alike that makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsreader.engine.results import Explained
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, FAINT, MUTED, article_date, joined, plain
from newsreader.tui.widgets.dialog import MovingDialog
from newsreader.tui.widgets.moving import MovableText

SAID = {
    "merged": "you merged them",
    "apart": "you said that they never are",
    "out": "you took one of them out",
    None: "",
}
"""The user's word, which goes before any reason."""


class WhyScreen(MovingDialog[None]):
    """Two headlines, the score, and the shared names, figures and words, weightiest first."""

    BINDINGS = bindings("why")
    HINTS = (("down up", "scroll"), ("cancel", "close"))
    LOOK = "why"

    def __init__(self, explained: Explained) -> None:
        together = "Why these are one story" if explained.same_story else "Why these are not one story"
        super().__init__(plain(together, "bold"))
        self._explained = explained

    def compose_body(self) -> ComposeResult:
        with MovableText(can_focus=False):
            yield Static(plain("\n").join(list(self._lines())), markup=False)

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

    @property
    def movable(self) -> MovableText:
        return self.query_one(MovableText)

    def action_why(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()
