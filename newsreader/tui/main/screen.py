"""The main screen: query, views, list and text side by side, or one after the other where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Static

from newsreader.article import ArticleId
from newsreader.config import Config
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.delays import Delays
from newsreader.tui.lanes import Lane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.browser import Browser
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.main import elsewhere as outside
from newsreader.tui.main.panes import Panes
from newsreader.tui.main.searching import SearchingScreen
from newsreader.tui.main.sidebar import Sidebar, saved_query
from newsreader.tui.main.status_line import StatusLine
from newsreader.tui.main.wayfinder import Wayfinder
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import IndexState, LibraryChanged
from newsreader.tui.reading.novelties import Novelties
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.reading.reader import Reader
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.completer import Completer
from newsreader.tui.search.saved import SavedSearches
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.window_state import WindowState
from newsreader.userdata.marks import Flag

if TYPE_CHECKING:
    from newsreader.tui.app import NewsreaderApp

SHARE_STEP = 4
"""Percent of the width per key press."""


class MainScreen(SearchingScreen):
    """Composes the panes and says what each key does; the work is done by browser, reader and marking."""

    BINDINGS = bindings("main")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-width"), (40, "-narrow"), (100, "-medium"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (10, "-low")]  # noqa: RUF012

    app: NewsreaderApp

    def __init__(self, engine: Engine, config: Config, window: WindowState, delays: Delays) -> None:
        super().__init__()
        self.engine = engine
        self.config = config
        self.window = window
        self.browser = Browser(self, engine, window.sort, delays.search)
        self.reader = Reader(self, engine, delays.preview, config.interface.mark_read_after)
        self.marking = Marking(self, engine)
        self.wayfinder = Wayfinder(self, engine)
        self.completer = Completer(self, engine, delays.offers)
        self.saved = SavedSearches(self, engine)
        self.novelties = Novelties(self, engine, delays.novelty)
        self.panes = Panes(self, window)
        self.text = ReadingPane(config.reading.width)
        self.text.dims = window.dim_known
        self._lane = Lane("main")
        self._warm_up_after = delays.warm_up

    def compose(self) -> ComposeResult:
        yield SearchBar(f"search the {self.app.library_name}")
        with Horizontal(id="panes"):
            yield Sidebar()
            with ContentSwitcher(initial="articles", id="lists"):
                yield ArticleList()
                yield StoryList()
            yield self.text
        yield StatusLine()
        yield Static(
            plain("This window is too small for a page of news: 40 columns and 10 lines, please.", MUTED),
            id="too-small",
            markup=False,
        )

    def on_mount(self) -> None:
        self.query_one(SearchBar).use_history(self.window.history)
        self.panes.share(0)
        self.panes.focus("list")
        self.browser.search("", kind="articles")
        self._count()
        self.set_timer(self._warm_up_after, self.browser.warm_up)

    def on_unmount(self) -> None:
        if (left := self.text.place) is not None:
            self.marking.keep_position_now(left.article, left.position)
        for part in (
            self.browser,
            self.reader,
            self.marking,
            self.wayfinder,
            self.completer,
            self.saved,
            self.novelties,
            self._lane,
        ):
            part.close()

    # what the user is looking at

    @property
    def _narrow(self) -> bool:
        return self.has_class("-narrow")

    @property
    def movable(self) -> RowList[Any] | ReadingPane:
        """Where movement goes: the pane with the focus; the list while a query is typed."""
        focused = self.focused
        return focused if isinstance(focused, RowList | ReadingPane) else self.browser.list

    def current_article(self) -> ArticleId | None:
        """The one under the cursor, or the one being read where the list is out of the way."""
        if self.movable is not self.text:
            article = self.browser.list.article
            if article is not None:
                return article.id
        return self.reader.wanted

    def targets(self) -> list[ArticleId]:
        """What marking is about: the selection, or else the current article."""
        selected = self.query_one(ArticleList).selected
        if selected:
            return sorted(selected)
        article = self.current_article()
        return [article] if article is not None else []

    def report(self, error: NewsreaderError) -> None:
        self.app.report(error)

    # news

    def list_shown(self, *, fresh: bool) -> None:
        """Another list is on the screen (`fresh`), or the same one brought up to date."""
        request = self.browser.request_shown
        self.query_one("#lists", ContentSwitcher).current = request.kind
        self.query_one(Sidebar).show_active(request.kind, request.query)
        if isinstance(self.focused, RowList) and self.focused is not self.query_one(Sidebar):
            self.browser.list.focus()
        if fresh and not self._narrow:
            self._preview(by_user=False)
        else:
            self.reader.reload()

    def rows_came(self) -> None:
        """Rows have come into view; perhaps the cursor's, which could not be shown until now."""
        article = self.browser.list.article
        if article is not None and article.id != self.reader.wanted and self.movable is self.browser.list:
            self._preview(by_user=True)

    def _preview(self, *, by_user: bool) -> None:
        article = self.browser.list.article
        if article is not None:
            self.reader.preview(article.id, by_user=by_user and not self._narrow)
        elif not self.browser.list.total:
            self.reader.wanted = None
            self.text.show(None)

    def marks_changed(self) -> None:
        """The user changed marks: the list keeps its articles, with other signs."""
        self.app.changed_here()
        self.query_one(ArticleList).mark_stale()
        self.query_one(StoryList).mark_stale()
        self.reader.reload()
        self._count()

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        self.browser.refresh()
        self.browser.warm_up()
        self._count()

    @on(IndexState)
    def _index_state(self, event: IndexState) -> None:
        self.query_one(StatusLine).show_activity(event.text if event.running else "")
        self._count()

    def _count(self) -> None:
        self.run_worker(self._show_counts(), group="counts", description="counts", exclusive=True)
        self.saved.refresh()

    async def _show_counts(self) -> None:
        try:
            counts, at = await self._lane.queued(lambda: (self.engine.shelf().counts, self.engine.indexed_at()))
        except NewsreaderError as error:
            self.report(error)
            return
        if self.is_up:
            self.query_one(Sidebar).show_counts(counts)
            self.query_one(StatusLine).show_library(counts.all, at)

    # events of the panes

    @on(RowList.Wanted)
    def _wanted(self, event: RowList.Wanted) -> None:
        self.browser.fetch(event)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        if event.source is self.browser.list and not self._narrow:
            self._preview(by_user=True)

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        if event.source is self.browser.list:
            if event.twice or self._narrow:
                self.action_open()
            else:
                self._preview(by_user=True)

    @on(Sidebar.Picked)
    def _picked(self, event: Sidebar.Picked) -> None:
        self.show_view(event.view)

    @on(ReadingPane.Left)
    def _left(self, event: ReadingPane.Left) -> None:
        self.marking.keep_position(event.article, event.position)

    @on(ArticleList.InView)
    def _in_view(self) -> None:
        self.novelties.look()

    @on(ReadingPane.SentenceChosen)
    def _sentence_chosen(self, event: ReadingPane.SentenceChosen) -> None:
        self.novelties.said_before(event.index)

    # panes

    def action_step_pane(self, step: int) -> None:
        """Where only one pane is seen, going to the text opens the highlighted article."""
        if self.panes.step(step) == "reading" and self._narrow and (article := self.browser.list.article) is not None:
            self.reader.open(article.id)

    def action_share(self, steps: int) -> None:
        self.panes.share(steps * SHARE_STEP)

    def action_zen(self) -> None:
        self.panes.toggle_text()

    def action_open(self) -> None:
        pane = self.movable
        if isinstance(pane, Sidebar):
            pane.pick()
        elif isinstance(pane, StoryList):
            self.action_story()
        elif isinstance(pane, ArticleList) and pane.article is not None:
            self.reader.open(pane.article.id)
            self.panes.focus("reading")

    def action_back(self) -> None:
        """One step out: of the text, of the selection, of the query."""
        bar, articles = self.query_one(SearchBar), self.query_one(ArticleList)
        if self.movable is not self.browser.list or bar.is_active or self.panes.only_text:
            self.panes.focus("list")
        elif articles.selected:
            articles.select(())
            self.show_selected()
        elif bar.text or self.browser.request.query:
            self.action_clear()

    def action_back_or_quit(self) -> None:
        if self._narrow and self.movable is not self.browser.list:
            self.panes.focus("list")
        else:
            self.app.exit()

    # reading

    def action_go_to_match(self, step: int) -> None:
        if self.text.move_match(step) is None:
            self.notify("No word of the query stands in this text.", timeout=2, markup=False)

    def action_dim_known(self) -> None:
        self.novelties.toggle_dims()

    def action_go_to_new(self, step: int) -> None:
        self.novelties.to_new(step)

    def action_said_before(self) -> None:
        self.novelties.said_before()

    def action_next_unread(self) -> None:
        self.wayfinder.next_unread()

    def action_other_story(self, step: int) -> None:
        self.wayfinder.other_story(step)

    def action_in_story(self, step: int) -> None:
        self.wayfinder.in_story(step)

    def action_story(self) -> None:
        self.wayfinder.show_story()

    def action_matrix(self) -> None:
        self.wayfinder.show_matrix()

    def action_coverage(self) -> None:
        """Of the saved search under the sidebar's cursor, or else of the list."""
        pane = self.movable
        name = pane.saved_search if isinstance(pane, Sidebar) else None
        self.wayfinder.show_coverage(saved_query(name) if name else self.browser.request_shown.query)

    def action_dossier(self) -> None:
        if articles := self.targets():
            from newsreader.tui.dialogs import write_dossier as dossiers

            dossiers.ask(self.app, self.engine, lambda: dossiers.of_articles(self.engine, articles))

    def action_compare(self) -> None:
        self.wayfinder.compare(frozenset(self.query_one(ArticleList).selected))

    def action_history(self) -> None:
        self.wayfinder.show_history()

    def focus_text(self) -> None:
        self.panes.focus("reading")

    # marking

    def action_tag(self) -> None:
        self.marking.tag()

    def action_note(self) -> None:
        self.marking.note()

    def action_toggle_flag(self, flag: Flag) -> None:
        self.marking.toggle(flag)

    def action_undo(self) -> None:
        self.marking.undo()

    def action_select(self) -> None:
        articles = self.query_one(ArticleList)
        if self.browser.list is articles:
            articles.toggle_selection()
            self.show_selected()

    def show_selected(self) -> None:
        self.query_one(StatusLine).show_selected(len(self.query_one(ArticleList).selected))

    def action_select_all(self) -> None:
        self.marking.select_all()

    # the article elsewhere, the library

    def action_copy_link(self) -> None:
        outside.with_article(self, outside.copy_link)

    def action_open_original(self) -> None:
        outside.with_article(self, outside.open_original)

    def action_edit(self) -> None:
        outside.with_article(self, outside.edit)

    def action_index(self) -> None:
        self.app.run_index()

    def action_add_folder(self) -> None:
        self.app.ask_for_folder()
