"""What a screen with a search bar does: the query, its repair, narrowing it, and keeping it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.browser import Browser
from newsreader.tui.main.panes import Panes
from newsreader.tui.main.sidebar import VIEWS, View
from newsreader.tui.main.wayfinder import Wayfinder
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.completer import Completer
from newsreader.tui.search.explanation import offered
from newsreader.tui.search.menu import CompletionMenu
from newsreader.tui.search.narrowing import narrowed
from newsreader.tui.search.query_input import QueryInput
from newsreader.tui.search.recall import remembered
from newsreader.tui.search.saved import SavedSearches
from newsreader.tui.widgets.moving import MovingScreen
from newsreader.tui.window_state import LONGEST_QUERY, WindowState

if TYPE_CHECKING:
    from newsreader.tui.app import NewsreaderApp


class SearchingScreen(MovingScreen[None]):
    """The commands and events of the search bar; the work is done by browser, completer and saved searches."""

    app: NewsreaderApp
    engine: Engine
    window: WindowState
    browser: Browser
    completer: Completer
    saved: SavedSearches
    wayfinder: Wayfinder
    panes: Panes

    @property
    def is_up(self) -> bool:
        """False once the widgets are being taken away: a worker's answer may still come then."""
        return all(self.query(kind) for kind in (QueryInput, CompletionMenu, ArticleList))

    def ask(self, query: str) -> None:
        """Search for a query that the user has settled on, and remember it."""
        self.remember(query)
        self.query_one(SearchBar).set_text(query)
        self.browser.search(query)

    def remember(self, query: str) -> None:
        self.window.history = remembered(self.window.history, query)
        self.query_one(SearchBar).use_history(self.window.history)

    # events of the bar

    @on(SearchBar.Changed)
    def _typed(self, event: SearchBar.Changed) -> None:
        self.browser.typed(event.query)
        if event.cursor is not None and event.query.strip() and len(event.query) <= LONGEST_QUERY:
            self.completer.typed(event.query, event.cursor)

    @on(SearchBar.Submitted)
    def _sent(self, event: SearchBar.Submitted) -> None:
        self.remember(event.query)
        self.browser.search(event.query)
        self.panes.focus("list")

    @on(SearchBar.SuggestionTaken)
    def _suggestion(self, event: SearchBar.SuggestionTaken) -> None:
        self.browser.search(event.query)

    # the query

    def action_search(self) -> None:
        self.panes.focus("list")
        self.query_one(SearchBar).begin()

    def action_refine(self) -> None:
        self.panes.focus("list")
        self.query_one(SearchBar).refine()

    def action_clear(self) -> None:
        self.query_one(SearchBar).set_text("")
        self.browser.search("", kind="articles")

    def action_fold(self) -> None:
        row = self.query_one(ArticleList).row
        if self.browser.request_shown.kind == "articles" and row is not None and row.fold is not None:
            self.browser.toggle_fold(row.fold)
        else:
            self.notify("No copy is folded here.", timeout=2, markup=False)

    def action_fold_named(self, fold: int) -> None:
        """The mark of folded copies was clicked."""
        self.browser.toggle_fold(fold)

    def action_fold_all(self) -> None:
        self.browser.toggle_folding()

    def action_sort(self) -> None:
        self.browser.next_sort()
        self.window.sort = self.browser.request.sort

    # another query

    def action_take_suggestion(self) -> None:
        if not self.query_one(SearchBar).take_suggestion() and not self._relax(1):
            self.notify("There is nothing to suggest.", timeout=2, markup=False)

    def action_relax(self, number: int) -> None:
        self._relax(number)

    def _relax(self, number: int) -> bool:
        """Ask one of the queries that are offered; False when there are not so many."""
        result = self.browser.listing.found if self.browser.listing is not None else None
        offers = offered(result) if result is not None else ()
        if number > len(offers):
            return False
        self.ask(offers[number - 1].query)
        return True

    def action_facets(self) -> None:
        """Narrow the result to a part of it."""
        self.run_worker(self._ask_facet(), group="dialog", description="facets", exclusive=True)

    async def _ask_facet(self) -> None:
        from newsreader.tui.search.facets import FacetsScreen

        listing = self.browser.listing
        if listing is None:
            return
        query = listing.request.query
        try:
            facets = await self.browser.facets(listing)
        except NewsreaderError as error:
            self.app.report(error)
            return
        chosen = await self.app.push_screen_wait(FacetsScreen(query, facets))
        if chosen is not None:
            self.ask(narrowed(query, chosen.field, chosen.value, exclude=chosen.exclude, today=date.today()))

    # saved searches

    def action_save_search(self) -> None:
        self.saved.save()

    def action_delete_search(self) -> None:
        self.saved.delete()

    # views

    def show_view(self, view: View) -> None:
        """A view of the sidebar, or a tag's articles."""
        if view.kind != "heading":
            self.query_one(SearchBar).set_text(view.query)
            self.browser.search(view.query, kind=view.kind)
            self.panes.focus("list")

    def action_view(self, name: str) -> None:
        self.show_view(VIEWS[name])

    def action_tag_list(self) -> None:
        self.wayfinder.choose_tag()
