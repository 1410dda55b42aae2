"""The main screen: query, views, list and text side by side, or one after the other where there is no room.

Here is said what each key does and what follows from each message; the work is done by the screen's parts. Each of them
is given what it uses and knows nothing of this screen, so that it can be read alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Static

from newsreader.article import ArticleId
from newsreader.engine.arrivals import ARRIVED
from newsreader.engine.core import Engine
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import bindings
from newsreader.tui.content import MUTED, plain
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.browser import Browser
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.main.ahead import Ahead
from newsreader.tui.main.divider import Divider
from newsreader.tui.main.eye import Eye
from newsreader.tui.main.news import News
from newsreader.tui.main.opening import Opening
from newsreader.tui.main.panes import Panes
from newsreader.tui.main.sidebar import VIEWS, Sidebar, View
from newsreader.tui.main.sidebar_pane import SidebarPane
from newsreader.tui.main.status_line import StatusLine
from newsreader.tui.main.time_picture import TimePicture
from newsreader.tui.main.wayfinder import Wayfinder
from newsreader.tui.main.whereabouts import Whereabouts
from newsreader.tui.marks.changes import Changes
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import IndexState, LibraryChanged
from newsreader.tui.reading.novelties import Novelties
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.reading.reader import Reader
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.completer import Completer
from newsreader.tui.search.explanation import offered
from newsreader.tui.search.narrowing import narrowed, saved_query, tag_query
from newsreader.tui.search.recall import remembered
from newsreader.tui.search.saved import SavedSearches
from newsreader.tui.trail import MainStop
from newsreader.tui.widgets.command_line import Deed, TypedCommand, one_of
from newsreader.tui.widgets.moving import MovingScreen
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.widgets.time_bars import TimeBars
from newsreader.tui.window_state import LONGEST_QUERY, SORTS, WindowState
from newsreader.userdata.searches import valid_name

SHOW_ARRIVALS = ("", ARRIVED, VIEWS["unread"].query)
"""Queries whose lists have everything that comes."""
SHARE_STEP = 4
"""Percent of the width per key press."""


class MainScreen(MovingScreen[None], ArticleActions[None]):
    """Composes the panes, and joins their parts."""

    BINDINGS = bindings("main")
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny-width"), (40, "-narrow"), (100, "-snug"), (110, "-medium"), (150, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-tiny-height"), (10, "-low"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, host: Host, engine: Engine, changes: Changes, window: WindowState, library: str) -> None:
        """`library` is what the library is called."""
        super().__init__()
        self._host = host
        self._engine = engine
        self._changes = changes
        self._window = window
        # the panes
        self._bar = SearchBar(f"search the {library}")
        self._sidebar = Sidebar(window.folded_groups)
        self._articles = ArticleList()
        self._stories = StoryList()
        self._time = TimeBars()
        self.text = ReadingPane(host.config.reading.width)
        self.text.dims = window.dim_known
        self._status = StatusLine()
        # their parts, each with those above it that it uses
        self._lane = ScreenLane(self, "main", host.report)
        self.browser = Browser(self, host, engine, self._bar, self._articles, self._stories, window)
        self._completer = Completer(self, host, engine, self._bar, window, lambda: self.browser.is_searching)
        self._panes = Panes(self, host, window, self._sidebar, self._time, self.browser, self.text)
        self._time_picture = TimePicture(self._time, self.browser, self._ask)
        self._saved = SavedSearches(self, host, engine, self._bar, self.marking)
        self._novelties = Novelties(self, host, engine, self.text, self._articles, window, changes)
        self.reader = Reader(self, host, engine, self.text, self.marking, self._novelties, lambda: self.browser.result)
        self._eye = Eye(self.browser, self._articles, self.reader, self.text, self._panes, lambda: self._narrow)
        self._whereabouts = Whereabouts(self._bar, self.browser, self.reader, self.text, self._panes, self._eye)
        self._ahead = Ahead(self, engine, self.browser, self.text, host.report)
        self._news = News(engine, self._status.show_unseen)
        self._opening = Opening(self._lane, host, engine, window, self._bar, self.browser, self._whereabouts)
        self._wayfinder = Wayfinder(self, host, engine, self.browser, self.reader, self._panes, self._eye)
        self._was_narrow = False

    def compose(self) -> ComposeResult:
        yield self._bar
        yield self._time
        with Horizontal(id="panes"):
            yield SidebarPane(self._sidebar)
            with ContentSwitcher(initial="articles", id="lists"):
                yield self._articles
                yield self._stories
            yield Divider(self.text)
            yield self.text
        yield self._status
        yield Static(
            plain("This window is too small for a page of news: 40 columns and 10 lines, please.", MUTED),
            id="too-small",
            markup=False,
        )

    def on_mount(self) -> None:
        self._bar.use_history(self._window.history)
        self._panes.share(0)
        self._panes.focus("list")
        self._opening.begin()
        self._count()
        self.set_timer(self._host.delays.warm_up, self.browser.warm_up)

    def on_resize(self) -> None:
        self.call_later(self._room_changed)  # the classes are those of the size before

    def _room_changed(self) -> None:
        """A text that comes into view beside the list is that of the row under the cursor: in the narrow window it
        stayed where it was."""
        if self._narrow != self._was_narrow:
            self._was_narrow = self._narrow
            if not self._narrow and not self._panes.in_text:
                self._preview(by_user=False)
            self._look_around()

    def on_unmount(self) -> None:
        self._opening.keep()
        self._news.keep()
        if (left := self.text.place) is not None:
            self.marking.keep_position_now(left.article, left.position)

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
        return self._eye.article

    def targets(self) -> list[ArticleId]:
        return self._eye.targets

    @property
    def stop(self) -> MainStop:
        return self._whereabouts.stop

    def go_to(self, stop: MainStop) -> None:
        self._whereabouts.go_to(stop)

    def read(self, article: ArticleId) -> None:
        """Go to an article's text."""
        self._wayfinder.read(article)

    # what follows from what: the list

    @on(Browser.Asked)
    def _list_is_coming(self) -> None:
        self._novelties.pause()

    @on(Browser.Shown)
    def _list_came(self, event: Browser.Shown) -> None:
        request = self.browser.request_shown
        self.query_one("#lists", ContentSwitcher).current = request.kind
        self._sidebar.show_active(request.kind, request.query)
        if isinstance(self.focused, RowList) and self.focused is not self._sidebar:
            self.browser.list.focus()
        self._time_picture.look()
        if not self._narrow and (event.fresh or self.reader.wanted is None):
            self._preview(by_user=False)
        else:
            self.reader.reload()
        self._look_around()

    @on(Browser.RowsCame)
    def _rows_came(self) -> None:
        """Perhaps the cursor's, which could not be shown until now."""
        if self.reader.wanted is None and not self._narrow:
            self._preview(by_user=True)
        self._eye.look()

    @on(Reader.Turned)
    def _turned(self) -> None:
        self._look_around()

    def _look_around(self) -> None:
        """Which article, which place in the list, and the way back may be others than before."""
        self._eye.look()
        self._show_place()
        self._status.keys.look()

    def _show_place(self) -> None:
        seen = self.text.share_seen if self._panes.in_text else None
        self._status.show_place(self.browser.list.cursor + 1, self.browser.list.total, seen)

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        self._look_around()

    @on(events.MouseDown)
    def _pressed(self) -> None:
        """The keys' way to a pane is known at once; the mouse's only here."""
        if self.focused is not None:
            self._panes.clicked(self.focused)

    def _preview(self, *, by_user: bool) -> None:
        """Of a story that is being read, the text stays the one that the user went to."""
        article, wanted = self.browser.list.article, self.reader.wanted
        if article is not None:
            reads_it = wanted is not None and self.browser.list.stands_on(wanted)
            self.reader.preview(wanted if reads_it and wanted else article.id, by_user=by_user and not self._narrow)
        else:
            self.reader.wanted = None  # keys must not be about the one before
            if not self.browser.list.total:
                self.text.show(None)

    @on(RowList.Wanted)
    def _wanted(self, event: RowList.Wanted) -> None:
        self.browser.fetch(event)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        if event.source is self.browser.list:
            self._show_place()
            if not self._narrow:
                self._preview(by_user=True)

    @on(RowList.Clicked)
    def _chosen(self, event: RowList.Clicked) -> None:
        if event.source is self.browser.list:
            if event.twice or self._narrow:
                self.action_open()
            else:
                self._preview(by_user=True)

    @on(ArticleList.Selected)
    def _selected(self) -> None:
        self._status.show_selected(len(self._articles.selected))
        self._look_around()

    @on(ArticleList.InView)
    def _in_view(self) -> None:
        self._novelties.look()

    # the bars of time

    @on(TimeBars.Resized)
    def _room_for_time(self) -> None:
        self._time_picture.look()

    @on(TimeBars.Chosen)
    def _time_chosen(self, event: TimeBars.Chosen) -> None:
        self._time_picture.narrow(event.bar)

    @on(TimeBars.Passed)
    def _time_passed(self) -> None:
        self._panes.focus("list")

    @on(TimeBars.Left)
    def _time_left(self) -> None:
        if not self._time_picture.widen():
            self._panes.focus("list")

    # the text

    @on(ReadingPane.Left)
    def _left(self, event: ReadingPane.Left) -> None:
        self.marking.keep_position(event.article, event.position)

    @on(ReadingPane.InView)
    def _text_in_view(self) -> None:
        self._show_place()
        self._ahead.look()

    @on(ReadingPane.Ended)
    def _ended(self) -> None:
        """Who goes on at the end has read it, however quickly."""
        self.reader.finish()
        self._wayfinder.next_unread()

    @on(ReadingPane.SentenceChosen)
    def _sentence_chosen(self, event: ReadingPane.SentenceChosen) -> None:
        self._novelties.said_before(event.index)

    @on(Novelties.Wanted)
    def _earlier_wanted(self, event: Novelties.Wanted) -> None:
        self._host.leave_place()
        self._wayfinder.read(event.article, event.wording)

    @on(Divider.Dragged)
    def _divider_dragged(self, event: Divider.Dragged) -> None:
        self._panes.divide_at(event.column)

    @on(Divider.Reset)
    def _divider_reset(self) -> None:
        self._panes.divide_as_usual()

    # the search bar

    @on(SearchBar.Changed)
    def _typed(self, event: SearchBar.Changed) -> None:
        if event.first:
            self._host.leave_place()
        self.browser.typed(event.query)
        if event.cursor is not None and event.query.strip() and len(event.query) <= LONGEST_QUERY:
            self._completer.typed(event.query, event.cursor)

    @on(SearchBar.Submitted)
    def _sent(self, event: SearchBar.Submitted) -> None:
        self._remember(event.query)
        chosen = self.browser.send(event.query)
        self._panes.focus("list")
        if chosen:
            self.action_open()

    @on(SearchBar.Replaced)
    def _replaced(self, event: SearchBar.Replaced) -> None:
        self._remember(event.query)

    @on(SearchBar.SuggestionTaken)
    def _suggestion(self, event: SearchBar.SuggestionTaken) -> None:
        self.browser.search(event.query)

    def _ask(self, query: str) -> None:
        """Search for a query that the user has settled on, and remember it."""
        self._host.leave_place()
        self._remember(query)
        self._bar.set_text(query)
        self.browser.search(query)

    def _remember(self, query: str) -> None:
        self._window.history = remembered(self._window.history, query)
        self._bar.use_history(self._window.history)

    # the library

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        self.browser.refresh()
        self.browser.warm_up()
        self._count()

    @on(IndexState)
    def _index_state(self, event: IndexState) -> None:
        activity = event.text if event.running else ""
        self._status.show_activity(activity)
        self.browser.show_activity(activity)
        if not event.running:
            self._count()

    @on(Marking.Changed)
    def _marks_changed(self) -> None:
        """The list keeps its articles, with other signs."""
        self._host.changed_here()
        self._articles.mark_stale()
        self._stories.mark_stale()
        self.reader.reload()
        self._count()

    def _count(self) -> None:
        self._lane.renew(self._show_counts, group="counts")
        self._saved.refresh()

    async def _show_counts(self) -> None:
        counts, new, at = await self._lane.queued(
            lambda: (self._engine.shelf().counts, self._news.count(), self._engine.indexed_at())
        )
        self._sidebar.show_counts(counts, new.since_last_visit)
        if not self._news.show(new):
            self._lane.renew(self._show_counts, group="counts")
        self._status.show_library(counts.all, at)

    @on(SavedSearches.Counted)
    def _saved_counted(self, event: SavedSearches.Counted) -> None:
        self._sidebar.show_saved(event.counts)

    @on(Sidebar.Folded)
    def _groups_folded(self) -> None:
        self._window.folded_groups = tuple(sorted(self._sidebar.folded))

    @on(Sidebar.Picked)
    def _picked(self, event: Sidebar.Picked) -> None:
        self._show_view(event.view)

    def _show_view(self, view: View) -> None:
        """A view of the sidebar, or a tag's articles."""
        if view.query == ARRIVED:
            self._news.seen()
        if view.kind in ("articles", "stories"):
            self._host.leave_place()
            self._bar.set_text(view.query)
            self.browser.search(view.query, kind=view.kind)
            self._panes.focus("list")

    # keys: panes

    def action_step_pane(self, step: int) -> None:
        if self._panes.step(step) == "reading":
            self._open_highlighted()

    def _open_highlighted(self) -> None:
        """Where only one pane is seen, the text may still be another article's."""
        if self._narrow and (article := self.browser.list.article) is not None:
            self.reader.open(article.id)

    def action_share(self, steps: int) -> None:
        self._panes.share(steps * SHARE_STEP)

    def action_zen(self) -> None:
        was_in_text = self._panes.in_text
        self._panes.toggle_text()
        if not was_in_text:
            self._open_highlighted()

    def action_open(self) -> None:
        pane = self.movable
        if isinstance(pane, Sidebar):
            pane.pick()
        elif isinstance(pane, StoryList):
            self.action_story()
        elif isinstance(pane, ArticleList) and (article := self._eye.article) is not None:
            self._panes.focus("reading")
            self.reader.open(article)

    @property
    def way_back(self) -> str:
        """What `action_back` does, in a word or two; empty: nothing."""
        return self._step_back[0]

    def action_back(self) -> None:
        self._step_back[1]()

    @property
    def _step_back(self) -> tuple[str, Callable[[], object]]:
        """Out of the search box, the sidebar, the selection; else to where the user came from, at last out of the
        query: the line of keys' words for it, and what does it."""
        to_list = partial(self._panes.focus, "list")
        if self._bar.is_active or self._sidebar.has_focus:
            return "list", to_list
        if self._articles.selected and not self._panes.in_text:
            return "none selected", partial(self._articles.select, ())
        if way := self._host.way_back():
            return way, self._host.back
        if self._panes.in_text:
            return "list", to_list
        if self._bar.text or self.browser.request.query:
            return "all articles", self._clear
        return "", lambda: None

    def action_back_or_quit(self) -> None:
        if self._narrow and self.movable is not self.browser.list:
            self._panes.focus("list")
        else:
            self.app.exit()

    def action_sidebar(self) -> None:
        self._panes.focus("list" if self._sidebar.has_focus else "sidebar")

    def action_top(self) -> None:
        """Of a list that has what came meanwhile: that is gone to."""
        super().action_top()
        if self.movable is self.browser.list and self.browser.request_shown.query in SHOW_ARRIVALS:
            self._news.seen()

    def action_view(self, name: str) -> None:
        self._show_view(VIEWS[name])

    def action_tag_list(self) -> None:
        self._lane.start(self._ask_tag, group="ways")

    async def _ask_tag(self) -> None:
        from newsreader.tui.marks.tag_list import TagListScreen

        counts = await self._lane.queued(lambda: self._engine.shelf().counts)
        tag = await self.app.push_screen_wait(TagListScreen(counts.tags))
        if tag is not None:
            self._show_view(View(tag, query=tag_query(tag)))

    # keys: the query

    def action_search(self) -> None:
        self._panes.focus("list")
        self._bar.begin()

    def action_refine(self) -> None:
        self._panes.focus("list")
        self._bar.refine()

    def action_clear(self) -> None:
        self._host.leave_place()
        self._clear()

    def _clear(self) -> None:
        self._bar.set_text("")
        self.browser.search("", kind="articles")

    def action_take_suggestion(self) -> None:
        if not self._bar.take_suggestion() and not self.action_relax(1):
            self.notify("There is nothing to suggest.", timeout=2, markup=False)

    def action_relax(self, number: int) -> bool:
        """Ask one of the queries that are offered; False when there are not so many."""
        found = self.browser.listing.found if self.browser.listing is not None else None
        offers = offered(found) if found is not None else ()
        if number > len(offers):
            return False
        self._ask(offers[number - 1].query)
        return True

    def action_facets(self) -> None:
        """Narrow the result to a part of it."""
        self._lane.start(self._ask_facet, group="dialog")

    async def _ask_facet(self) -> None:
        from newsreader.tui.search.facets import FacetsScreen

        listing = self.browser.listing
        if listing is None:
            return
        query = listing.request.query
        facets = await self.browser.facets(listing)
        chosen = await self.app.push_screen_wait(FacetsScreen(query, facets))
        if chosen is not None:
            self._ask(narrowed(query, chosen.field, chosen.value, exclude=chosen.exclude, today=date.today()))

    def action_time(self) -> None:
        if self._time.has_focus:
            self._panes.focus("list")
        elif self._time.bar is None:
            self.notify("No article of this list has a date.", timeout=3, markup=False)
        else:
            self._panes.focus("time")

    def action_save_search(self) -> None:
        self._saved.save()

    def action_delete_search(self) -> None:
        """The one under the sidebar's cursor, or else the one whose articles are listed."""
        highlighted = self._sidebar.saved_search if self._sidebar.has_focus else None
        listed = self._saved.of_query(self.browser.request.query)
        name = highlighted or listed
        if name is None:
            self.notify("No saved search is highlighted or shown.", timeout=3, markup=False)
            return
        if name == listed:
            self.action_clear()
        self.marking.delete_search(name)

    def action_fold(self) -> None:
        row = self._articles.row
        if self.browser.list is self._articles and row is not None and row.fold is not None:
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

    def typed_commands(self, tags: Sequence[str]) -> Iterator[TypedCommand]:
        yield from super().typed_commands(tags)
        yield TypedCommand("search", "Ask a query.", lambda query: partial(self._ask, query), "QUERY")
        yield TypedCommand("sort", "Order the list.", one_of(SORTS, self.browser.sort_by), "ORDER", SORTS)
        yield TypedCommand("view", "Go to a view.", one_of([*VIEWS], self.action_view), "VIEW", [*VIEWS])
        yield TypedCommand("save", "Keep the query under a name.", self._prepare_save, "NAME")

    def _prepare_save(self, name: str) -> Deed:
        return partial(self._saved.save_as, valid_name(name)) if name else self._saved.save

    # keys: reading

    def action_go_to_match(self, step: int) -> None:
        said = next(filter(None, (self.text.move_match(step) for _ in range(self.times))), "")
        if said:
            self.notify(said, timeout=3, markup=False)

    def action_dim_known(self) -> None:
        self._novelties.toggle_dims()

    def action_go_to_new(self, step: int) -> None:
        self._novelties.to_new(step)

    def action_said_before(self) -> None:
        self._novelties.said_before()

    def action_next_unread(self) -> None:
        self._wayfinder.next_unread(self.times)

    def action_other_story(self, step: int) -> None:
        self._wayfinder.other_story(step, self.times)

    def action_in_story(self, step: int) -> None:
        self._wayfinder.in_story(step * self.times)

    # keys: other screens

    def action_coverage(self) -> None:
        """Of the saved search under the sidebar's cursor, or else of the list."""
        name = self._sidebar.saved_search if self._sidebar.has_focus else None
        self._wayfinder.show_coverage(saved_query(name) if name else self.browser.request_shown.query)

    def action_compare(self) -> None:
        self._wayfinder.compare(frozenset(self._articles.selected))

    # keys: marking

    def action_read_list(self, above: bool) -> None:
        self.marking.read_all(self.browser.unread(above=above), at_once=self.browser.list.rows_in_view)

    def action_select(self) -> None:
        if self.movable is self._articles:
            self._articles.toggle_selection()

    def action_select_all(self) -> None:
        if self._panes.in_text:
            self.notify("Articles are selected in the list.", timeout=2, markup=False)
        else:
            self.browser.select_all()

    # keys: the library

    def action_index(self) -> None:
        self._host.run_index()

    def action_add_folder(self) -> None:
        self._host.ask_for_folder()
