"""Going from one article to another: by unread marks, through stories, to a comparison and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING

from newsreader.article import ArticleId, StoryId
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.coverage.query import Subject
from newsreader.tui.lanes import Lane
from newsreader.tui.lists import fetch
from newsreader.tui.main.sidebar import View, tag_query
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.story.page import ALONE

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen


class Wayfinder:
    """Looks the way up in a lane, then moves the cursor or pushes a screen. Lives on the event loop."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._lane = Lane("ways")

    def close(self) -> None:
        self._lane.close()

    # within the list

    def next_unread(self) -> None:
        """The articles that are shown come first, then folded copies, which are unfolded."""

        async def go() -> None:
            found, at = self._screen.browser.listing, self._screen.browser.list.cursor
            if found is None:
                return
            index = await self._lane.queued(lambda: fetch.next_unread(self._engine, found, at))
            if index is not None:
                self._put_cursor(index)
            elif (copy := await self._lane.queued(lambda: fetch.unread_copy(self._engine, found))) is not None:
                await self._go_to(copy)
            else:
                self._screen.notify("Nothing unread in this list.", timeout=2, markup=False)

        self._run(go)

    def other_story(self, step: int) -> None:
        async def go() -> None:
            found, at = self._screen.browser.listing, self._screen.browser.list.cursor
            if found is None:
                return
            index = await self._lane.queued(lambda: fetch.other_story(self._engine, found, at, step))
            if index is not None:
                self._put_cursor(index)
            else:
                where = "below" if step > 0 else "above"
                self._screen.notify(f"There is no other story {where}.", timeout=2, markup=False)

        self._run(go)

    def _put_cursor(self, index: int) -> None:
        """On that row; its article is opened where the text is what is on the screen."""
        target = self._screen.browser.list
        target.move_to(index)
        if target.article is not None and isinstance(self._screen.movable, ReadingPane):
            self._screen.reader.open(target.article.id)

    # through a story

    def in_story(self, step: int) -> None:
        """To the story's next (1) or previous (-1) article in time, in this list or not."""
        article = self._screen.current_article()

        async def go() -> None:
            if article is None:
                return
            other = await self._lane.queued(lambda: fetch.of_same_story(self._engine, article, step))
            if other is not None:
                await self._go_to(other)
            else:
                which = "later" if step > 0 else "earlier"
                self._screen.notify(f"There is no {which} article of this story.", timeout=2, markup=False)

        self._run(go)

    def show_story(self) -> None:
        """The story screen, from an article or from the list of stories; it may come back with an article to open."""
        article = self._screen.current_article()

        async def go() -> None:
            if article is not None:
                story = await self._lane.queued(lambda: self._engine.article(article).article.story)
                await self._open_story(story or ALONE, article)

        self._run(go)

    def show_coverage(self, query: str) -> None:
        """Which outlets carried the stories of a query; the table may come back with an article to open."""

        async def go() -> None:
            from newsreader.tui.coverage.screen import CoverageScreen

            chosen = await self._screen.app.push_screen_wait(
                CoverageScreen(self._engine, self._screen.config, Subject(query=query), self._screen.marking.changes)
            )
            await self._open(chosen)

        self._run(go)

    async def _open_story(self, story: StoryId, selected: ArticleId | None) -> None:
        from newsreader.tui.story.screen import StoryScreen

        chosen = await self._screen.app.push_screen_wait(
            StoryScreen(self._engine, self._screen.config, story, selected, self._screen.marking.changes)
        )
        await self._open(chosen)

    async def _open(self, article: ArticleId | None) -> None:
        """What another screen came back with."""
        if article is not None:
            await self._go_to(article)
            self._screen.focus_text()

    def show_matrix(self) -> None:
        """What the outlets of the article's story say; it may come back with an article to open."""
        article = self._screen.current_article()

        async def go() -> None:
            if article is None:
                return
            from newsreader.tui.matrix.screen import MatrixScreen

            story = await self._lane.queued(lambda: self._engine.stories.story_of(article))
            ids = [member.article.id for member in story.members]
            screen = MatrixScreen(self._engine, self._screen.config, story.title, ids)
            await self._open(await self._screen.app.push_screen_wait(screen))

        self._run(go)

    def compare(self, selected: Collection[ArticleId]) -> None:
        """Two selected articles side by side, or the selected and the current one, or the current one and the article
        of its story that is most like it."""
        article = self._screen.current_article()

        async def go() -> None:
            if article is None:
                return
            if len(selected) > 2:
                text = f"{len(selected):,} are selected: select two to compare."
                self._screen.notify(text, timeout=4, markup=False)
                return
            pair = await self._lane.queued(lambda: fetch.pair_of(self._engine, selected, article))
            if pair is None:
                text = "This article stands alone; space selects another."
                self._screen.notify(text, timeout=4, markup=False)
                return
            from newsreader.tui.comparison.screen import CompareScreen

            self._screen.app.push_screen(CompareScreen(self._engine, self._screen.config, *pair))

        self._run(go)

    def show_history(self) -> None:
        """What the article said before."""
        from newsreader.tui.dialogs.history import HistoryScreen

        if (article := self._screen.current_article()) is not None:
            self._screen.app.push_screen(HistoryScreen(self._engine, self._screen.config, article))

    def choose_tag(self) -> None:
        """Ask for a tag, and list its articles."""

        async def go() -> None:
            from newsreader.tui.marks.tag_list import TagListScreen

            counts = await self._lane.queued(lambda: self._engine.shelf().counts)
            tag = await self._screen.app.push_screen_wait(TagListScreen(counts.tags))
            if tag is not None:
                self._screen.show_view(View(tag, query=tag_query(tag)))

        self._run(go)

    async def _go_to(self, article: ArticleId) -> None:
        """To its row where the list has it, unfolded if need be, else only into the reading pane."""
        found = self._screen.browser.listing
        index = fold = None
        if found is not None:
            index = await self._lane.queued(lambda: fetch.index_of(self._engine, found, article))
            if index is None:
                fold = await self._lane.queued(lambda: fetch.fold_of(self._engine, found, article))
        if index is not None:
            self._put_cursor(index)
        elif fold is not None:
            self._screen.browser.unfold_to(fold, article)
        self._screen.reader.open(article)

    def _run(self, go: Callable[[], Awaitable[None]]) -> None:
        self._screen.run_worker(self._guarded(go), group="ways", description="find the way", exclusive=True)

    async def _guarded(self, go: Callable[[], Awaitable[None]]) -> None:
        try:
            await go()
        except NewsreaderError as error:
            self._screen.report(error)
