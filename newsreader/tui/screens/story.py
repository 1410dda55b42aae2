"""One story: its articles on a time line, and how much each has in common with another."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Footer, Static

from newsreader.article import ArticleId, CancelCheck, StoryId
from newsreader.config import Config
from newsreader.engine import Compared, Engine, Story
from newsreader.errors import Cancelled, NewsreaderError
from newsreader.text import visible
from newsreader.tui.commands import bindings
from newsreader.tui.content import ERROR, HEADLINE, MUTED, counted, joined, plain, story_period, unread_in
from newsreader.tui.jobs import Lane
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.screens.moving import MovingScreen
from newsreader.tui.widgets.row_list import RowList
from newsreader.tui.widgets.timeline import Timeline, moments

OVERLAP_DELAY = 0.15
"""Seconds that the cursor has to rest before its article is compared with the others."""
MOST_COMPARED = 30
"""Articles, the nearest ones, that one is compared with at a time."""


class StoryScreen(Screen[ArticleId | None]):
    """Is dismissed with the article to be opened, or with None."""

    CSS_PATH: ClassVar[list[str]] = ["../styles/story.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "Timeline"
    BINDINGS = bindings("story")

    def __init__(self, engine: Engine, config: Config, story: StoryId, selected: ArticleId | None) -> None:
        """`selected` is the article that the cursor stands on at first."""
        super().__init__()
        self.engine = engine
        self.config = config
        self._story_id = story
        self._story: Story | None = None
        self._wanted = selected
        self._chosen: ArticleId | None = None
        self._overlaps: dict[frozenset[ArticleId], float] = {}
        self._lane = Lane("story")
        self._compare_lane = Lane("overlap")
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="story-title", markup=False)
        yield Static(id="story-facts", markup=False)
        yield Timeline()
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        self._load()

    def on_unmount(self) -> None:
        self._lane.close()
        self._compare_lane.close()

    @property
    def movable(self) -> Timeline:
        return self.query_one(Timeline)

    action_down = MovingScreen.action_down
    action_up = MovingScreen.action_up
    action_half_page_down = MovingScreen.action_half_page_down
    action_half_page_up = MovingScreen.action_half_page_up
    action_page_down = MovingScreen.action_page_down
    action_page_up = MovingScreen.action_page_up
    action_top = MovingScreen.action_top
    action_bottom = MovingScreen.action_bottom

    # the story

    @on(LibraryChanged)
    def _load(self) -> None:
        self.run_worker(self._fetch(), group="story", description="read the story", exclusive=True)

    async def _fetch(self) -> None:
        try:
            story = await self._lane.queued(lambda: self.engine.story(self._story_id))
        except NewsreaderError as error:
            text = visible(str(error))
            self._head(plain(f"{text[:1].upper()}{text[1:]}.", ERROR), plain(""))
            return
        self._show(story)

    def _show(self, story: Story) -> None:
        timeline = self.query_one(Timeline)
        here = timeline.row
        wanted = here.article.id if here is not None else self._wanted
        self._story = story
        self._overlaps.clear()  # an article may have been edited
        ids = [member.article.id for member in story.members]
        if self._chosen not in ids:
            self._chosen = None
        timeline.show_moments(
            moments([(member.article, member.relation) for member in story.members]),
            ids.index(wanted) if wanted in ids else 0,
        )
        unread = unread_in(story)
        facts = [
            counted(len(story.members), "article"),
            counted(len(story.sources), "outlet"),
            story_period(story, date.today()),
            f"{unread} unread" if unread else "",
        ]
        self._head(plain(story.title, HEADLINE), joined([plain(fact, MUTED) for fact in facts]))
        self._compare_soon()

    def _head(self, title: Content, facts: Content) -> None:
        self.query_one("#story-title", Static).update(title)
        self.query_one("#story-facts", Static).update(facts)

    # overlaps

    @property
    def _highlighted(self) -> ArticleId | None:
        row = self.query_one(Timeline).row
        return row.article.id if row is not None else None

    @property
    def _reference(self) -> ArticleId | None:
        return self._chosen or self._highlighted

    @on(RowList.Moved)
    def _compare_soon(self) -> None:
        self._show_overlaps()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(OVERLAP_DELAY, self._compare_now)

    def _compare_now(self) -> None:
        self.run_worker(self._compare(), group="overlap", description="compare within the story", exclusive=True)

    async def _compare(self) -> None:
        """Compare the reference with the articles around the cursor, one after the other."""
        reference, timeline = self._reference, self.query_one(Timeline)
        if reference is None:
            return
        ids = [moment.article.id for moment in timeline.all_moments()]
        near = sorted(range(len(ids)), key=lambda index: abs(index - timeline.cursor))[:MOST_COMPARED]
        for other in [ids[index] for index in near]:
            pair = frozenset((reference, other))
            if len(pair) == 2 and pair not in self._overlaps:
                try:
                    compared = await self._compare_lane.latest(partial(self._compared, reference, other))
                except Cancelled:
                    return
                except NewsreaderError:
                    continue  # one that is gone has no overlap; opening it will say why
                self._overlaps[pair] = compared.comparison.summary.overlap
                self._show_overlaps()

    def _compared(self, one: ArticleId, other: ArticleId, cancelled: CancelCheck) -> Compared:
        """Runs in the lane's thread."""
        return self.engine.compare(one, other, cancelled=cancelled)

    def _show_overlaps(self) -> None:
        reference = self._reference
        self.query_one(Timeline).show_overlaps(self._overlaps_with(reference), reference, self._chosen)

    def _overlaps_with(self, article: ArticleId | None) -> dict[ArticleId, float]:
        return {
            other: overlap for pair, overlap in self._overlaps.items() if article in pair for other in pair - {article}
        }

    # what the keys do

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        if event.twice:
            self.action_open()

    def action_open(self) -> None:
        if self._highlighted is not None:
            self.dismiss(self._highlighted)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_back_or_quit(self) -> None:
        self.dismiss(None)

    def action_select(self) -> None:
        """Compare the others with the highlighted one from now on, or no longer."""
        highlighted = self._highlighted
        self._chosen = None if self._chosen == highlighted else highlighted
        self._compare_soon()

    def action_next_unread(self) -> None:
        timeline = self.query_one(Timeline)
        found = timeline.all_moments()
        order = [*range(timeline.cursor + 1, len(found)), *range(min(timeline.cursor, len(found)))]
        unread = next((index for index in order if not found[index].article.read), None)
        if unread is None:
            self.notify("All of it is read.", timeout=2, markup=False)
        else:
            timeline.move_to(unread)

    def action_compare(self) -> None:
        """The highlighted article with the chosen one, or else with the one that is most like it."""
        highlighted = self._highlighted
        if self._story is None or highlighted is None:
            return
        ids = [member.article.id for member in self._story.members]
        other = self._chosen if self._chosen != highlighted else None
        other = other or self._nearest(highlighted, ids)
        if other is None:
            self.notify("There is nothing to compare with.", timeout=2, markup=False)
            return
        from newsreader.tui.screens.compare import CompareScreen

        earlier, later = sorted((highlighted, other), key=ids.index)
        self.app.push_screen(CompareScreen(self.engine, self.config, earlier, later))

    def _nearest(self, article: ArticleId, ids: list[ArticleId]) -> ArticleId | None:
        """The one that shares most as far as is known, else the neighbour in time."""
        overlaps = self._overlaps_with(article)
        at = ids.index(article)
        neighbours = [*ids[max(at - 1, 0) : at], *ids[at + 1 : at + 2]]
        return max(overlaps, key=lambda other: overlaps[other]) if overlaps else next(iter(neighbours), None)
