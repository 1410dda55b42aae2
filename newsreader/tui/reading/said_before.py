"""The dialog that shows where a sentence was said before and in which words, below the text that is read.

It covers only the lower part of the screen and the text follows it, so that both wordings can be read together.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.text.spans import Span
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import bindings
from newsreader.tui.content import EMPTY, MUTED, edges, plain
from newsreader.tui.host import Host
from newsreader.tui.marks.changes import Changes
from newsreader.tui.reading.newness import Newness, Told
from newsreader.tui.reading.newness_content import source_line, wording
from newsreader.tui.widgets.dialog import Dialog
from newsreader.tui.widgets.key_line import hints_now

EarlierChoice = tuple[str, ArticleId, str]
"""("open" or "compare", the earlier article, its wording)."""
ABOVE = 0.4
"""Share of the height that is left to the text."""


class SaidBeforeScreen(Dialog[EarlierChoice | None], ArticleActions[EarlierChoice | None]):
    """Goes from one repeated sentence to the next; the text above follows."""

    BINDINGS = bindings("said_before")

    def __init__(
        self,
        host: Host,
        engine: Engine,
        changes: Changes,
        newness: Newness,
        index: int,
        follow: Callable[[int], None],
    ) -> None:
        """`index` is of a sentence of `newness`; `follow` is told which one is looked at."""
        super().__init__(EMPTY)
        self._host = host
        self._engine = engine
        self._changes = changes
        self._newness = newness
        self._at = newness.repeated.index(index)
        self._follow = follow

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog said-before"):
            yield Static(classes="dialog-title", id="said-source", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static(id="said-wording", markup=False)
            yield Static(classes="dialog-keys", id="said-keys", markup=False)

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        from newsreader.compare.word_changes import changes

        index = self._newness.repeated[self._at]
        told = self._newness.told[index]
        assert told.earlier is not None
        self._follow(index)
        found, _ = changes([(0, told.wording)], [(0, told.text)])
        marked = [Span(change.start, change.stop) for change in found]
        self.query_one("#said-source", Static).update(
            plain("said before in ", MUTED) + source_line(self._newness.earlier[told.earlier])
        )
        self.query_one("#said-wording", Static).update(
            wording(told.wording, marked, brackets=self.app.no_color or self.app.native_ansi_color)
        )
        keys = (("down up", "other sentences"), ("open", "open it"), ("compare", "compare"), ("back", "close"))
        place = plain(f"{self._at + 1} of {len(self._newness.repeated)}", MUTED)
        width = self.query_one("#said-keys").size.width
        self.query_one("#said-keys", Static).update(edges(hints_now(self.app, keys), place, width))

    def action_move(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._newness.repeated):
            self._at = at
            self._show()

    def action_said_before(self) -> None:
        self.action_move(1)

    def action_open(self) -> None:
        self._choose("open")

    def action_compare(self) -> None:
        self._choose("compare")

    @property
    def _told(self) -> Told:
        return self._newness.told[self._newness.repeated[self._at]]

    def current_article(self) -> ArticleId:
        """The earlier one."""
        assert self._told.earlier is not None
        return self._newness.earlier[self._told.earlier].id

    def _choose(self, what: str) -> None:
        self.dismiss((what, self.current_article(), self._told.wording))
