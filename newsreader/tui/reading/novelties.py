"""Finding out what is new: of the article that is read at once, of the rows in view while the user rests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.timer import Timer

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NewsreaderError
from newsreader.tui.lanes import Lane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.reading.newness import Newness, newness_of
from newsreader.tui.reading.pane import ReadingPane

if TYPE_CHECKING:
    from newsreader.tui.main.screen import MainScreen


class Novelties:
    """Compares in a lane of its own, one article at a time, and gives up when the user goes on. Lives on the event
    loop; what was found out is remembered by the engine."""

    def __init__(self, screen: MainScreen, engine: Engine, rest: float) -> None:
        """`rest`: seconds without a new list, row or page after which it is looked for."""
        self._screen = screen
        self._engine = engine
        self._rest = rest
        self._read_only = screen.config.reading.said_before == "read"
        self._lane = Lane("novelty")
        self._timer: Timer | None = None

    def close(self) -> None:
        self.pause()
        self._lane.close()

    def pause(self) -> None:
        """Something more urgent is to be done."""
        if self._timer is not None:
            self._timer.stop()
        self._lane.drop()

    def look(self) -> None:
        """Another page or other rows are on the screen."""
        self.pause()
        self._timer = self._screen.set_timer(self._rest, self._start)

    def _start(self) -> None:
        self._screen.run_worker(self._look(), group="novelty", description="what is new", exclusive=True)

    async def _look(self) -> None:
        """The page first, then the rows in view, as long as nothing else comes in between."""
        await self._look_at_page()
        if not self._screen.is_up:
            return  # the user has left
        articles = self._screen.query_one(ArticleList)
        if self._screen.browser.list is not articles:
            return
        for article in articles.in_view():
            if article.story_size > 1 and not article.read:
                found = await self._find(article.id)
                if found is None:
                    return
                if found.earlier and found.complete:
                    articles.put_new(article.id, found.share)

    async def _look_at_page(self) -> bool:
        pane = self._screen.query_one(ReadingPane)
        page = pane.page
        if page is None or page.article.story_size < 2:
            return False
        found = await self._find(page.article.id)
        if found is not None:
            pane.show_newness(found)
        return pane.newness is not None

    async def _find(self, article: ArticleId) -> Newness | None:
        """None: it was not to be, because the user went on or the article is gone."""

        def look(cancelled: CancelCheck) -> Newness:
            updated = self._engine.comparing.novelty(article, read_only=self._read_only, cancelled=cancelled)
            return newness_of(updated.article, updated.novelty, updated.earlier)

        try:
            return await self._lane.latest(look)
        except (Cancelled, NewsreaderError):
            return None

    # what the user asks for

    def toggle_dims(self) -> None:
        """Dim what was said before, or no longer."""
        dims = not self._screen.window.dim_known
        self._screen.window.dim_known = self._screen.query_one(ReadingPane).dims = dims
        if dims:
            self._with_newness(lambda pane, newness: None)

    def to_new(self, step: int) -> None:
        """To the next (1) or previous (-1) new sentence."""

        def go(pane: ReadingPane, newness: Newness) -> None:
            if not pane.move_new(step):
                where = "further on" if step > 0 else "before this"
                self._say(f"Nothing new {where}." if newness.new else "Nothing in it is new.")

        self._with_newness(go)

    def said_before(self, index: int | None = None) -> None:
        """Show where a sentence of the page was said before; the one that the user is at, if none is named."""

        def show(pane: ReadingPane, newness: Newness) -> None:
            chosen = pane.repeated_here() if index is None else index
            if chosen is None:
                self._say("Nothing in it was said before.")
                return
            from newsreader.tui.reading.said_before import ABOVE, SaidBeforeScreen

            def follow(sentence: int) -> None:
                pane.go_to_sentence(sentence, share=ABOVE)

            self._screen.app.push_screen(SaidBeforeScreen(newness, chosen, follow), self._go_on)

        self._with_newness(show, group="ways")

    def _go_on(self, chosen: tuple[str, ArticleId, str] | None) -> None:
        """With what was chosen where a sentence was said before: the earlier article, or a comparison with it."""
        page = self._screen.query_one(ReadingPane).page
        if chosen is None or page is None:
            return
        what, other, wording = chosen
        if what == "compare":
            from newsreader.tui.comparison.screen import CompareScreen

            self._screen.app.push_screen(CompareScreen(self._engine, self._screen.config, other, page.article.id))
        else:
            self._screen.reader.open(other, quoted=wording)

    def _with_newness(self, then: Callable[[ReadingPane, Newness], None], group: str = "novelty") -> None:
        """Do it when it is known what is new in the page."""

        async def go() -> None:
            pane = self._screen.query_one(ReadingPane)
            if pane.page is None:
                return
            if pane.newness is None and not await self._look_at_page():
                if pane.page.article.story_size < 2:
                    self._say("All of it is new: no other article tells this story.")
                return
            if (newness := pane.newness) is None:
                return
            if newness.earlier:
                then(pane, newness)
            else:
                kind = "that you have read" if self._read_only else "of its story"
                self._say(f"All of it is new: there is no earlier article {kind}.")

        self._screen.run_worker(go(), group=group, description="what is new", exclusive=True)

    def _say(self, text: str) -> None:
        self._screen.notify(text, timeout=3, markup=False)
