"""Choosing another article: the likeliest ones first, or any of the library by a query."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.article import Article, ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.text.clean import visible
from newsreader.tui.commands import bindings
from newsreader.tui.content import ERROR, MUTED, article_metadata, plain
from newsreader.tui.host import TO_COMPARE, Pick
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.widgets.choice_list import ChoiceList
from newsreader.tui.widgets.dialog import ChoiceDialog

MOST_SHOWN = 50
"""Articles in the list; others are found by a narrower query."""
SCROLLBAR = 2


class PickArticleScreen(ChoiceDialog[ArticleId | None]):
    """Type a query, enter takes the highlighted article."""

    BINDINGS = bindings("pick_article")
    HINTS = (("previous_choice next_choice", "move"), ("enter", "choose"), ("cancel", "cancel"))

    def __init__(self, engine: Engine, article: Article, pick: Pick = TO_COMPARE) -> None:
        """`article` is the one that another is wanted for."""
        super().__init__(plain(pick.heading, "bold"))
        self._engine = engine
        self._article = article
        self._pick = pick
        self._lane = ScreenLane(self, "pick", self._fail)

    def compose_body(self) -> ComposeResult:
        yield Input(placeholder="search the library", compact=True)
        yield ChoiceList()
        yield Static(id="pick-state", markup=False)

    def on_mount(self) -> None:
        self._search()

    @on(Input.Changed)
    def _search(self) -> None:
        self._lane.start(self._find)

    async def _find(self) -> None:
        typed = self.query_one(Input).value.strip()
        found = await self._lane.latest(lambda cancelled: self._articles(typed, cancelled))
        self._show([article for article in found if article.id != self._article.id])

    def _fail(self, error: NewsreaderError) -> None:
        self._say(visible(str(error)), ERROR)

    def _articles(self, typed: str, cancelled: CancelCheck) -> Sequence[Article]:
        """Runs in the lane's thread."""
        if typed:
            result = self._engine.searching.search(typed, typing=True, cancelled=cancelled)
            return self._engine.articles([int(number) for number in result.numbers[: MOST_SHOWN + 1]])
        if self._pick.suggest is not None:
            return self._pick.suggest()
        story = self._article.story
        stories = self._engine.stories.by_ids([story]) if story else []
        return [member.article for found in stories for member in found.members]

    def _show(self, articles: Sequence[Article]) -> None:
        width = max(self.query_one(".dialog").size.width - SCROLLBAR, 20)
        self.offer((article.id, self._prompt(article, width)) for article in articles[:MOST_SHOWN])
        typed = bool(self.query_one(Input).value.strip())
        if not articles:
            self._say("nothing found" if typed else f"nothing {self._pick.suggested}: search for an article", MUTED)
        else:
            self._say("" if typed else self._pick.suggested, MUTED)

    def _prompt(self, article: Article, width: int) -> Content:
        metadata = article_metadata(article, width, date.today())
        return plain(article.title).truncate(width, ellipsis=True) + "\n" + metadata

    def _say(self, text: str, style: str) -> None:
        self.query_one("#pick-state", Static).update(plain(text, style))
