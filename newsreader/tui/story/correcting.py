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
from newsreader.tui.host import Host, Pick
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes, count_of, with_undo

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
            lambda other: self._do("Merged", lambda: self._engine.stories.merge([article.id, other])),
            Pick(
                "Merge with the story of",
                lambda: suggestions(self._engine, article),
                "alike, but of another story",
            ),
        )

    def take_out(self, article: ArticleId) -> None:
        self._do("Taken out of the story", lambda: self._engine.stories.take_out(article))

    def never(self, articles: Sequence[ArticleId]) -> None:
        self._do(f"{count_of(articles)} never grouped again", lambda: self._engine.stories.never_together(articles))

    def forget(self, article: ArticleId) -> None:
        self._do("Corrections forgotten", lambda: self._engine.stories.forget_corrections(article))

    def undo(self) -> None:
        self._run(lambda: f"Took back: {self._changes.undo()}")

    def _do(self, what: str, act: Callable[[], Corrected]) -> None:
        self._run(lambda: with_undo(self._changes.correct(what, act), self._host.config.keys))

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
