"""One story: its articles on a time line, how much each has in common with another, and the user's word on it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.articles.preview import Preview
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, ERROR, HEADLINE, MUTED, joined, plain, said
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.story.correcting import Correcting
from newsreader.tui.story.fetch import ALONE, StoryPage, page_facts, read_page, when_published
from newsreader.tui.story.overlaps import Overlaps
from newsreader.tui.story.timeline import StoryTimeline, moments
from newsreader.tui.story.why import WhyScreen
from newsreader.tui.trail import ComparisonStop, CoverageStop, MatrixStop, StoryStop
from newsreader.tui.widgets.key_line import KeyLine
from newsreader.tui.widgets.moving import PageScreen
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.widgets.time_bars import TimeBars


class StoryScreen(PageScreen, ArticleActions[None]):
    """Reads the story's page in a lane; corrections are made by a part of its own."""

    CSS_PATH: ClassVar[list[str]] = ["story.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "StoryTimeline"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012
    BINDINGS = bindings("story")

    def __init__(self, host: Host, engine: Engine, changes: Changes, stop: StoryStop) -> None:
        """The page is that of the article's story when there is no story of that id. `changes` is the history for
        undoing."""
        super().__init__(host.back)
        self._host = host
        self._engine = engine
        self._changes = changes
        self._story_id = stop.story or ALONE
        self._page: StoryPage | None = None
        self._wanted = stop.article
        self._generation: int | None = None
        self._selected = list(stop.selected)
        self._time = TimeBars()
        self._timeline = StoryTimeline()
        self._preview = Preview(self, host, engine)
        self._overlaps = Overlaps(self, engine, self._show_overlaps)
        self._correcting = Correcting(self, host, engine, changes)
        self._lane = ScreenLane(self, "story", self._fail)

    def compose(self) -> ComposeResult:
        yield Static(id="story-title", markup=False)
        yield Static(id="story-facts", markup=False)
        yield self._time
        yield self._timeline
        yield self._preview
        yield KeyLine()

    def on_mount(self) -> None:
        self._load()

    @property
    def movable(self) -> StoryTimeline:
        return self._timeline

    @property
    def stop(self) -> StoryStop:
        article = self._highlighted.id if self._highlighted is not None else self._wanted
        return StoryStop(self._story_id or None, article, tuple(self._selected))

    # the story

    @on(LibraryChanged)
    def _library_changed(self, event: LibraryChanged) -> None:
        if event.generation != self._generation:
            self._overlaps.forget()  # an article may have been edited
        self._generation = event.generation
        self._load()

    @on(Correcting.Began)
    def _grouping(self) -> None:
        self.query_one("#story-facts", Static).update(plain("grouping anew…", ACCENT))

    @on(Correcting.Ended)
    @on(Marking.Changed)
    def _load(self) -> None:
        self._lane.start(self._fetch)

    async def _fetch(self) -> None:
        story, articles = self._story_id, self._anchors()
        self._show(await self._lane.queued(lambda: read_page(self._engine, story, articles)))

    def _fail(self, error: NewsreaderError) -> None:
        self._head(plain(f"{said(error)}.", ERROR), plain(""))

    def _anchors(self) -> list[ArticleId]:
        """The articles whose story this page is, whatever becomes of the story: the cursor's, then the others."""
        ids = [article.id for article in self._page.articles] if self._page is not None else []
        first = self._highlighted.id if self._highlighted is not None else self._wanted
        return [*([first] if first is not None else []), *(article for article in ids if article != first)]

    def _show(self, page: StoryPage) -> None:
        ids = [article.id for article in page.articles]
        here = {*ids}
        cursor, top = self._place(ids)
        self._page, self._story_id = page, page.story.id
        self._selected = [article for article in self._selected if article in here]
        self._timeline.show_all(moments(page.story.members, page.agency, page.said), cursor, top)
        self._timeline.styles.max_height = len(ids) * self._timeline.row_height
        facts = joined([plain(fact, MUTED) for fact in page_facts(page, date.today())])
        self._head(plain(page.story.title, HEADLINE), facts)
        self._show_time()
        self._look_around()

    @on(TimeBars.Resized)
    def _show_time(self) -> None:
        if self._page is not None:
            self._time.show(when_published(self._page, self._time.room))

    def _place(self, ids: list[ArticleId]) -> tuple[int, int | None]:
        """Where cursor and topmost line go: to the same articles, or to those that are in their places now."""
        timeline = self._timeline
        before = [moment.article.id for moment in timeline.rows]
        if not before:
            return (ids.index(self._wanted) if self._wanted in ids else 0), None
        following = [*before[timeline.cursor :], *reversed(before[: timeline.cursor])]
        places = {article: place for place, article in enumerate(ids)}
        cursor = next((places[article] for article in following if article in places), 0)
        row = places.get(before[min(timeline.first_visible, len(before) - 1)], timeline.first_visible)
        return cursor, row * timeline.row_height + timeline.scroll_offset.y % timeline.row_height

    def _head(self, title: Content, facts: Content) -> None:
        self.query_one("#story-title", Static).update(title)
        self.query_one("#story-facts", Static).update(facts)

    # what the user is looking at

    @property
    def _highlighted(self) -> Article | None:
        row = self._timeline.row
        return row.article if row is not None else None

    def current_article(self) -> ArticleId | None:
        return self._highlighted.id if self._highlighted is not None else None

    def targets(self) -> list[ArticleId]:
        return list(self._selected) or super().targets()

    @property
    def _reference(self) -> ArticleId | None:
        """What the overlaps are measured against: the first selected article, or else the highlighted one."""
        if self._selected:
            return self._selected[0]
        return self._highlighted.id if self._highlighted is not None else None

    def _pair(self) -> tuple[ArticleId, ArticleId] | None:
        """Two selected articles, or the selected and the highlighted one, or the highlighted one and the nearest;
        the earlier first. None when more are selected, or there is but one."""
        highlighted = self._highlighted
        if self._page is None or highlighted is None or len(self._selected) > 2:
            return None
        ids = [article.id for article in self._page.articles]
        pair = {*self._selected} if len(self._selected) == 2 else {*self._selected, highlighted.id}
        if len(pair) < 2 and (nearest := self._nearest(highlighted.id, ids)) is not None:
            pair.add(nearest)
        if len(pair) < 2:
            return None
        earlier, later = sorted(pair, key=ids.index)
        return earlier, later

    def _nearest(self, article: ArticleId, ids: list[ArticleId]) -> ArticleId | None:
        """The one that shares most as far as is known, else the neighbour in time."""
        overlaps = self._overlaps.of(article)
        at = ids.index(article)
        neighbours = [*ids[max(at - 1, 0) : at], *ids[at + 1 : at + 2]]
        return max(overlaps, key=lambda other: overlaps[other]) if overlaps else next(iter(neighbours), None)

    @on(RowList.Moved)
    def _look_around(self) -> None:
        self._show_overlaps()
        self._preview.show(self.current_article())
        ids = [moment.article.id for moment in self._timeline.rows]
        self._overlaps.look(self._reference, ids, self._timeline.cursor, after=self._host.delays.overlaps)

    def _show_overlaps(self) -> None:
        self._timeline.show_overlaps(self._overlaps.of(self._reference), self._reference, self._selected)

    # the bars of time

    @on(TimeBars.Chosen)
    def _time_chosen(self, event: TimeBars.Chosen) -> None:
        """To the first article of that time."""
        bar = event.bar
        articles = [moment.article for moment in self._timeline.rows]
        then = (at for at, a in enumerate(articles) if a.published and bar.first <= a.published.date() <= bar.last)
        if (first := next(then, None)) is not None:
            self._timeline.move_to(first)
        self._timeline.focus()

    @on(TimeBars.Left)
    @on(TimeBars.Passed)
    def _time_left(self) -> None:
        self._timeline.focus()

    def action_time(self) -> None:
        if self._time.has_focus:
            self._timeline.focus()
        elif self._time.bar is None:
            self.notify("No article of this story has a date.", timeout=3, markup=False)
        else:
            self._time.go_to()

    # what the keys do

    def action_open(self) -> None:
        if self._highlighted is not None:
            self._host.read(self._highlighted.id)

    @on(Preview.Chosen)
    def _preview_chosen(self, event: Preview.Chosen) -> None:
        self._host.read(event.article)

    def action_back(self) -> None:
        """Out of the selection, or else of the page."""
        if self._selected:
            self._selected.clear()
            self._look_around()
        else:
            super().action_back()

    def action_select(self) -> None:
        """Select the highlighted article, or no longer."""
        highlighted = self._highlighted
        if highlighted is None:
            return
        if highlighted.id in self._selected:
            self._selected.remove(highlighted.id)
        else:
            self._selected.append(highlighted.id)
        self._look_around()

    def action_next_unread(self) -> None:
        if (unread := self._next_unread()) is not None:
            self._timeline.move_to(unread)

    def _next_unread(self) -> int | None:
        """Index of the next unread article below the cursor, or else from the top; of so many on, or of the last before
        the cursor. The cursor's own only where there is no other."""
        found, at = self._timeline.rows, self._timeline.cursor
        unread = [index for index, moment in enumerate(found) if not moment.article.read]
        others = sorted((index for index in unread if index != at), key=lambda index: (index < at, index)) or unread
        if not others:
            self.notify("All of it is read.", timeout=2, markup=False)
            return None
        return others[min(self.times, len(others)) - 1]

    def action_compare(self) -> None:
        pair = self._pair()
        if pair is None:
            self._say_which("compare")
        else:
            self._host.open(ComparisonStop(*pair))

    def action_coverage(self) -> None:
        """Who carried this story and who did not."""
        if self._page is None or self._page.story.id == ALONE:
            self.notify("This article stands alone: no other outlet carried it.", timeout=3, markup=False)
        else:
            self._host.open(CoverageStop(self._page.story.id))

    def action_matrix(self) -> None:
        """Which outlet says what."""
        if self._page is not None and self._page.story.id == ALONE:
            self.notify(
                "This article stands alone: & makes one story of it and another one's.", timeout=4, markup=False
            )
        elif self._page is not None:
            ids = tuple(article.id for article in self._page.articles)
            self._host.open(MatrixStop(self._page.story.title, ids))

    def action_dossier(self) -> None:
        """Of the selected articles, or of all."""
        if (page := self._page) is not None:
            ids = tuple(article.id for article in page.articles)
            ids = tuple(article for article in ids if article in self._selected) or ids
            self._host.write_dossier(ids, page.story.title)

    def action_why(self) -> None:
        """What speaks for two articles being one story."""
        pair = self._pair()
        if pair is None:
            self._say_which("ask about")
        else:
            self._lane.start(partial(self._explain, *pair), group="dialog", fail=self._host.report)

    async def _explain(self, one: ArticleId, other: ArticleId) -> None:
        self.app.push_screen(WhyScreen(await self._lane.queued(lambda: self._engine.stories.why(one, other))))

    def _say_which(self, verb: str) -> None:
        many = len(self._selected) > 2
        text = f"{len(self._selected)} are selected: select two to {verb}." if many else f"There is nothing to {verb}."
        self.notify(text, timeout=3, markup=False)

    # corrections

    def action_merge(self) -> None:
        if self._highlighted is not None:
            self._correcting.merge(self._highlighted)

    def action_take_out(self) -> None:
        if self._highlighted is not None:
            self._correcting.take_out(self._highlighted)

    def action_never_group(self) -> None:
        """The selected articles; a single one and the highlighted one."""
        wanted = list(self._selected)
        if len(wanted) == 1 and self._highlighted is not None and self._highlighted.id not in wanted:
            wanted.append(self._highlighted.id)
        if len(wanted) < 2:
            self.notify("Select (space) the articles of which no two are ever to be grouped.", timeout=4, markup=False)
            return
        self._correcting.never(wanted, self._selected.clear)

    def action_forget_corrections(self) -> None:
        if self._highlighted is not None:
            self._correcting.forget(self._highlighted)
