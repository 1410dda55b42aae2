"""What the user does to articles: tags, marks, stars, notes, and taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError, NotFoundError
from newsreader.tui.lanes import Lane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.fetch import all_ids
from newsreader.tui.marks.changes import Changes, articles_of, with_undo
from newsreader.userdata.marks import Flag

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen


class Marking:
    """Does one change after the other in a lane of its own, so that they can be taken back in order."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self.changes = Changes(engine)
        """One history, of other screens too."""
        self._lane = Lane("changes")
        self._unread_for: set[str] = set()
        """Why articles could not be marked as read: with user data that may only be read, once for all of them."""

    def close(self) -> None:
        self._lane.close()

    def toggle(self, flag: Flag) -> None:
        """Set the flag on all targets, or take it away when all of them have it."""
        ids = self._screen.targets()

        def change() -> str | None:
            articles = articles_of(self._engine, ids)
            value = not all(a.read if flag == "read" else a.starred for a in articles)
            return self.changes.flag(self._read_with(ids) if flag == "read" and value else ids, flag, value)

        if ids:
            self._do(change)

    def read(self, article: ArticleId) -> None:
        """The user has read an article by looking at it."""

        def change() -> None:
            try:
                self._engine.marking.set_flag(self._read_with([article]), "read", True)
            except NewsreaderError as error:
                if str(error) not in self._unread_for:
                    self._unread_for.add(str(error))
                    raise

        self.quietly(change)

    def _read_with(self, ids: list[ArticleId]) -> list[ArticleId]:
        """What counts as read when these are: their copies too, if the user wants it so."""
        return self._engine.marking.with_copies(ids) if self._screen.config.interface.read_copies else ids

    def select_all(self) -> None:
        """Every article of the list, or none when all of them are selected."""
        self._screen.run_worker(self._select_all(), group="selection", description="select all", exclusive=True)

    async def _select_all(self) -> None:
        articles, found = self._screen.query_one(ArticleList), self._screen.browser.listing
        if found is not None:
            everything = await self._lane.queued(lambda: set(all_ids(self._engine, found)))
            articles.select(() if articles.selected >= everything else everything)
            self._screen.show_selected()

    def tag(self) -> None:
        """Ask which tags the targets are to have."""
        ids = self._screen.targets()
        if ids:
            self._screen.run_worker(self._ask_tags(ids), group="dialog", description="tag dialog", exclusive=True)

    async def _ask_tags(self, ids: list[ArticleId]) -> None:
        from newsreader.tui.marks.tags import TagScreen

        try:
            articles, counts = await self._lane.queued(
                lambda: (articles_of(self._engine, ids), self._engine.shelf().counts)
            )
        except NewsreaderError as error:
            self._screen.report(error)
            return
        if not articles:
            self._screen.report(NotFoundError("these articles are no longer in the library"))
            return
        chosen = await self._screen.app.push_screen_wait(TagScreen(articles, counts.tags))
        if chosen is not None:
            self._do(lambda: self.changes.tag(ids, chosen.add, chosen.remove))

    def note(self) -> None:
        """Write a note on the article that is shown."""
        article = self._screen.current_article()
        if article is not None:
            self._screen.run_worker(self._ask_note(article), group="dialog", description="note dialog", exclusive=True)

    async def _ask_note(self, article: ArticleId) -> None:
        from newsreader.tui.marks.note import NoteScreen

        try:
            title, note = await self._lane.queued(
                lambda: (self._engine.article(article).article.title, self._engine.marking.mark(article).note)
            )
        except NewsreaderError as error:
            self._screen.report(error)
            return
        screen = NoteScreen(title, note)
        try:
            written = await self._screen.app.push_screen_wait(screen)
        except asyncio.CancelledError:  # the reader is being left, or its window was closed
            if screen.written != note:
                self._engine.marking.set_note(article, screen.written)
            raise
        if written is not None and written != note:
            self.quietly(lambda: self._engine.marking.set_note(article, written))

    def save_search(self, name: str, query: str) -> None:
        self._do(lambda: self.changes.save_search(name, query))

    def delete_search(self, name: str) -> None:
        self._do(lambda: self.changes.delete_search(name))

    def undo(self) -> None:
        self._do(lambda: f"taken back: {self.changes.undo()}", can_be_undone=False)

    def quietly(self, change: Callable[[], None]) -> None:
        """A change that is not worth a word, and that undo passes over."""
        self._do(lambda: change())

    def keep_position(self, article: ArticleId, position: int) -> None:
        """Nothing on the screen depends on it, so nothing is refreshed."""

        async def keep() -> None:
            await self._lane.queued(lambda: self.keep_position_now(article, position))
            self._screen.app.changed_here()

        self._screen.run_worker(keep(), group="position", description="remember the place")

    def keep_position_now(self, article: ArticleId, position: int) -> None:
        """A failure costs nothing but the place."""
        try:
            self._engine.marking.set_position(article, position)
        except NewsreaderError:
            return

    def _do(self, change: Callable[[], str | None], *, can_be_undone: bool = True) -> None:
        self._screen.run_worker(self._run(change, can_be_undone), group="changes", description="change marks")

    async def _run(self, change: Callable[[], str | None], can_be_undone: bool) -> None:
        try:
            done = await self._lane.queued(change)
        except NewsreaderError as error:
            self._screen.report(error)
            return
        if done:
            said = with_undo(done, self._screen.config.keys) if can_be_undone else done
            self._screen.notify(f"{said[:1].upper()}{said[1:]}", timeout=3, markup=False)
        self._screen.marks_changed()
