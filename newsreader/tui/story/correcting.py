"""Correcting stories from a story's page: merging, taking out, keeping apart, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.lanes import Lane
from newsreader.tui.marks.changes import Changes, count_of, with_undo

if TYPE_CHECKING:
    from newsreader.tui.story.screen import StoryScreen

SUGGESTED = 12
"""Articles that are offered for merging before anything is typed."""


class Correcting:
    """Does corrections in a lane of its own; every one of them can be undone. Lives on the event loop."""

    def __init__(self, screen: StoryScreen, engine: Engine, changes: Changes) -> None:
        self._screen = screen
        self._engine = engine
        self._changes = changes
        self._lane = Lane("corrections")

    def close(self) -> None:
        self._lane.close()

    def merge(self, article: Article) -> None:
        """Ask for an article of another story, and make one story of the two."""
        self._screen.run_worker(self._ask_other(article), group="dialog", description="merge dialog", exclusive=True)

    async def _ask_other(self, article: Article) -> None:
        from newsreader.tui.dialogs.pick_article import PickArticleScreen

        other = await self._screen.app.push_screen_wait(
            PickArticleScreen(
                self._engine,
                article,
                heading="Merge with the story of",
                suggest=lambda: suggestions(self._engine, article),
                suggested="alike, but of another story",
            )
        )
        if other is not None:
            self._do("Merged", lambda: self._engine.stories.merge([article.id, other]))

    def take_out(self, article: ArticleId) -> None:
        self._do("Taken out of the story", lambda: self._engine.stories.take_out(article))

    def never(self, articles: Sequence[ArticleId]) -> None:
        self._do(f"{count_of(articles)} never grouped again", lambda: self._engine.stories.never_together(articles))

    def forget(self, article: ArticleId) -> None:
        self._do("Corrections forgotten", lambda: self._engine.stories.forget_corrections(article))

    def undo(self) -> None:
        self._run(lambda: f"Taken back: {self._changes.undo()}")

    def _do(self, what: str, act: Callable[[], bool]) -> None:
        self._run(lambda: with_undo(self._changes.correct(what, act), self._screen.config.keys))

    def _run(self, change: Callable[[], str]) -> None:
        self._screen.run_worker(self._change(change), group="corrections", description="correct stories")

    async def _change(self, change: Callable[[], str]) -> None:
        self._screen.show_busy("grouping anew…")  # of 20,000 articles: 1 to 2 seconds
        try:
            done = await self._lane.queued(change)
        except NewsreaderError as error:
            self._screen.app.report(error)
            self._screen.corrected()
            return
        self._screen.notify(done, timeout=4, markup=False)
        self._screen.corrected()


def suggestions(engine: Engine, article: Article) -> list[Article]:
    """The articles with the headline's words that are not of its story, best first. Raises `NewsreaderError`."""
    result = engine.searching.search(article.title, any_word=True)
    story_of = engine.shelf().story_of
    numbers = [n for n in result.numbers.tolist() if article.story is None or story_of.get(n) != article.story]
    return [found for found in engine.articles(numbers[: SUGGESTED + 1]) if found.id != article.id][:SUGGESTED]
