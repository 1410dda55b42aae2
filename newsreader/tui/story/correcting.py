"""Correcting stories from a story's page: merging, taking out, keeping apart, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual.message import Message
from textual.screen import Screen

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.engine.results import Corrected
from newsreader.tui.commands import main_key
from newsreader.tui.host import Host, Pick
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes, count_of, with_undo
from newsreader.tui.widgets.question import QuestionScreen

SUGGESTED = 12
"""Articles that are offered for merging before anything is typed."""


class Correcting:
    """Does corrections in a lane of its own; every one of them can be undone. Lives on the event loop."""

    class Began(Message):
        """Stories are being grouped anew; of 20,000 articles that takes 1 to 2 seconds."""

    class Ended(Message):
        """That is done, or has failed."""

    def __init__(self, screen: Screen[Any], host: Host, engine: Engine, changes: Changes) -> None:
        """The messages go to `screen`."""
        self._screen = screen
        self._host = host
        self._engine = engine
        self._changes = changes
        self._lane = ScreenLane(screen, "corrections", host.report)

    def merge(self, article: Article) -> None:
        """Ask for an article of another story, and make one story of the two."""
        self._host.pick_article(
            article,
            lambda other: self._ask(
                "Make one story of the two?",
                "What is in this story, and what is in the story of the other article, is one story from now on.",
                "Merged",
                lambda: self._engine.stories.merge([article.id, other]),
            ),
            Pick(
                "Merge with the story of",
                lambda: suggestions(self._engine, article),
                "alike, but of another story",
            ),
        )

    def take_out(self, article: Article) -> None:
        self._ask(
            "Take it out of the story?",
            f"“{article.title}” stands alone from now on, for good.",
            "Taken out of the story",
            lambda: self._engine.stories.take_out(article.id),
        )

    def never(self, articles: Sequence[ArticleId], done: Callable[[], object]) -> None:
        """`done` is called when the user has said yes."""
        self._ask(
            f"Never group these {count_of(articles)}?",
            "No two of them are ever in one story again.",
            f"{count_of(articles)} never grouped again",
            lambda: self._engine.stories.never_together(articles),
            done,
        )

    def forget(self, article: Article) -> None:
        self._ask(
            "Forget what you said?",
            f"“{article.title}” is grouped as if you had never merged it, taken it out or kept it apart.",
            "Corrections forgotten",
            lambda: self._engine.stories.forget_corrections(article.id),
        )

    def _ask(
        self,
        question: str,
        detail: str,
        what: str,
        act: Callable[[], Corrected],
        agreed: Callable[[], object] = lambda: None,
    ) -> None:
        """Do it when the user says yes; `what` it is when it is done."""

        async def ask() -> None:
            if await self._screen.app.push_screen_wait(QuestionScreen(question, f"{detail} {self._way_back()}")):
                agreed()
                self._run(lambda: with_undo(self._changes.correct(what, act), self._host.config.keys))

        self._lane.start(ask, group="dialog")

    def _way_back(self) -> str:
        return f"{main_key('undo', self._host.config.keys)} takes it back."

    def _run(self, change: Callable[[], str]) -> None:
        self._lane.start(partial(self._change, change), exclusive=False)

    async def _change(self, change: Callable[[], str]) -> None:
        self._screen.post_message(self.Began())
        try:
            done = await self._lane.queued(change)
            self._screen.notify(done, timeout=4, markup=False)
        finally:
            self._screen.post_message(self.Ended())


def suggestions(engine: Engine, article: Article) -> list[Article]:
    """The articles with the headline's words that are not of its story, best first. Raises `NewsreaderError`."""
    result = engine.searching.search(article.title, any_word=True)
    story_of = engine.shelf().story_of
    numbers = [n for n in result.numbers.tolist() if article.story is None or story_of.get(n) != article.story]
    return [found for found in engine.articles(numbers[: SUGGESTED + 1]) if found.id != article.id][:SUGGESTED]
