"""What an article said before: its versions, each to be compared with the text as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsreader.article import Article, ArticleId
from newsreader.compare.model import Summary
from newsreader.engine.core import Engine
from newsreader.engine.history import History
from newsreader.errors import NewsreaderError
from newsreader.export import wording
from newsreader.text.plural import counted
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import bindings
from newsreader.tui.content import ERROR, FAINT, HEADLINE, MUTED, edges, joined, long_date, marks_of, plain, said
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.trail import ComparisonStop, HistoryStop
from newsreader.tui.widgets.dialog import MovingDialog
from newsreader.tui.widgets.row_list import RowList

MOST_ROWS = 6
"""In view; the rest is scrolled to."""


@dataclass(frozen=True, slots=True)
class Text:
    """A row: one of the texts."""

    article: Article
    change: str
    """What it changed of the one before; empty while that is not known, and for the first."""


class VersionList(RowList[Text]):
    """The text as it is now, then the former ones, the latest first."""

    ROW_HEIGHT: ClassVar[int] = 2

    def lines_of(self, row: Text, width: int) -> Sequence[Content]:
        version = row.article.version
        if version is None:
            name, when = "The text now", ""
        else:
            name = f"Version {version.number}"
            when = f"until {long_date(version.until.astimezone(), True)}"
        head = joined([plain(name, HEADLINE), plain(when, MUTED)])
        words = plain(counted(row.article.words, "word"), FAINT)
        return [edges(head, words, width), plain(row.change, MUTED).truncate(width, ellipsis=True)]


class HistoryScreen(MovingDialog[None], ArticleActions[None]):
    """Loads an article's texts; the comparison screen opens on top, and comes back here."""

    BINDINGS = bindings("history")
    HINTS = (("open", "compare with now"), ("compare_with_previous", "with the one before"), ("back", "close"))
    LOOK = "history"

    def __init__(self, host: Host, engine: Engine, changes: Changes, stop: HistoryStop) -> None:
        super().__init__(plain("History", "bold"))
        self._host = host
        self._engine = engine
        self._changes = changes
        self._article = stop.article
        self._cursor = stop.cursor
        """Where the cursor goes at first."""
        self._lane = ScreenLane(self, "history", self._fail)
        self._texts: list[Text] = []

    def compose_body(self) -> ComposeResult:
        yield Static(id="history-state", markup=False)
        yield VersionList()

    def on_mount(self) -> None:
        self.movable.focus()
        self._load()

    # loading

    def current_article(self) -> ArticleId:
        """Marks are the article's, whichever of its texts the cursor is on."""
        return self._article

    @on(LibraryChanged)
    @on(Marking.Changed)
    def _load(self) -> None:
        self._lane.start(self._look)

    async def _look(self) -> None:
        """The versions first, then what each changed: that takes comparing them."""
        found = await self._lane.queued(lambda: self._engine.history.of(self._article))
        self._show(found, [])
        changed = await self._lane.latest(lambda cancelled: self._engine.comparing.edits(found, cancelled=cancelled))
        self._show(found, changed)

    def _fail(self, error: NewsreaderError) -> None:
        self._say(plain(f"{said(error)}.", ERROR))

    def _show(self, found: History, changed: Sequence[Summary]) -> None:
        self.query_one(".dialog-title", Static).update(plain(found.now.article.title, HEADLINE))
        marks = marks_of(found.now.article)
        times = counted(len(found.former), "former text")
        what = plain(times if found.former else "Its text is the one that was first read.", MUTED)
        self._say(joined([what, marks]))
        changes = ["as it was first kept" if found.former else "", *map(wording.edit, changed)]
        changes += [""] * (len(found.texts) - len(changes))
        here = self.movable
        key = here.row.article.reference if here.row is not None else None
        self._texts = [Text(full.article, change) for full, change in zip(found.texts, changes, strict=True)][::-1]
        names = [text.article.reference for text in self._texts]
        here.styles.height = min(len(names), MOST_ROWS) * here.ROW_HEIGHT
        here.show_all(self._texts, names.index(key) if key in names else self._cursor)

    def _say(self, text: Content) -> None:
        self.query_one("#history-state", Static).update(text)

    # what the keys do

    @property
    def movable(self) -> VersionList:
        return self.query_one(VersionList)

    @property
    def stop(self) -> HistoryStop:
        return HistoryStop(self._article, self.movable.cursor if self._texts else self._cursor)

    def action_cancel(self) -> None:
        self._host.back()

    def action_history(self) -> None:
        """The key that showed it closes it."""
        self.action_cancel()

    @on(RowList.Clicked)
    def _clicked(self, event: RowList.Clicked) -> None:
        if event.twice:
            self.action_compare()

    def action_open(self) -> None:
        self.action_compare()

    def action_compare(self) -> None:
        """On the text now: what its latest edit changed."""
        self._compare(self.movable.cursor or 1, 0)

    def action_compare_with_previous(self) -> None:
        self._compare(self.movable.cursor + 1, self.movable.cursor)

    def _compare(self, older: int, newer: int) -> None:
        """Rows of the list, side by side, the older one on the left."""
        if older >= len(self._texts):
            self.notify("There is no text before this one.", timeout=2, markup=False)
            return
        left, right = (self._texts[index].article.reference for index in (older, newer))
        self._host.open(ComparisonStop(left, right))
