"""Coverage: for a story, or for what a query finds in a period, which outlets carried what, and when."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.stories.chronology import duration
from newsreader.stories.coverage import Carried, StoryCoverage
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.articles.preview import Preview
from newsreader.tui.commands import bindings
from newsreader.tui.content import ACCENT, ERROR, FAINT, HEADLINE, MUTED, joined, marks_of, plain, said, short_date
from newsreader.tui.coverage.fetch import CoverageSubject, Covered, cover
from newsreader.tui.coverage.period import PeriodScreen
from newsreader.tui.coverage.table import CoverageTable
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.trail import ComparisonStop, CoverageStop, StoryStop
from newsreader.tui.widgets.key_line import KeyLine
from newsreader.tui.widgets.moving import PageScreen
from newsreader.tui.widgets.row_list import RowList

EMPTY_LINES = 3
"""Of a table without stories, which says so."""


class CoverageScreen(PageScreen, ArticleActions[None]):
    """Looks the stories up in a lane; the cursor is on a story and an outlet."""

    CSS_PATH: ClassVar[list[str]] = ["coverage.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "CoverageTable"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012
    BINDINGS = bindings("coverage")

    def __init__(self, host: Host, engine: Engine, changes: Changes, stop: CoverageStop) -> None:
        super().__init__(host.back)
        self._host = host
        self._engine = engine
        self._changes = changes
        self._subject = CoverageSubject(stop.story, stop.query, stop.period)
        self._cell = (stop.row, stop.outlet)
        """Where the cursor goes in the first table."""
        self._covered: Covered | None = None
        self._preview = Preview(self, host, engine)
        self._lane = ScreenLane(self, "coverage", self._fail)

    def compose(self) -> ComposeResult:
        yield Static(id="coverage-title", markup=False)
        yield Static(id="coverage-facts", markup=False)
        yield Static(id="coverage-heads", markup=False)
        yield CoverageTable()
        yield Static(id="coverage-detail", markup=False)
        yield self._preview
        yield KeyLine()

    def on_mount(self) -> None:
        self._load()

    @property
    def movable(self) -> CoverageTable:
        return self.query_one(CoverageTable)

    @property
    def stop(self) -> CoverageStop:
        subject = self._subject
        row, outlet = self._cell
        if self._covered is not None:
            table = self.movable
            row, outlet = (table.row.story.id if table.row is not None else None), table.outlet
        return CoverageStop(subject.story, subject.query, subject.period, row, outlet)

    @property
    def _row(self) -> StoryCoverage | None:
        """Under the cursor."""
        stories = self._covered.coverage.stories if self._covered is not None else ()
        return stories[self.movable.cursor] if stories else None

    def current_article(self) -> ArticleId | None:
        """The current outlet's first article of the story."""
        row, outlet = self._row, self.movable.outlet
        carried = row.of(outlet) if row is not None and outlet is not None else None
        return carried.articles[0].id if carried is not None else None

    @property
    def _opened(self) -> ArticleId | None:
        """What opening the row leads to: the current article, or the story's first where the outlet has none."""
        first = self._row.story.members[0].article.id if self._row is not None else None
        return self.current_article() or first

    # the table

    @on(LibraryChanged)
    @on(Marking.Changed)
    def _load(self) -> None:
        self._say("coverage-title", self._title())
        self._lane.start(self._fetch)

    async def _fetch(self) -> None:
        subject = self._subject
        self._show(await self._lane.latest(lambda cancelled: cover(self._engine, subject, cancelled)))

    def _fail(self, error: NewsreaderError) -> None:
        self._say("coverage-facts", plain(f"{said(error)}.", ERROR))

    def _show(self, covered: Covered) -> None:
        """The cursor stays on its story and outlet, or where they were."""
        table = self.query_one(CoverageTable)
        stories = [row.story.id for row in covered.coverage.stories]
        outlets = covered.coverage.outlets
        here, outlet = self.stop.row, self.stop.outlet
        row = next((index for index, story in enumerate(stories) if story == here), table.cursor)
        column = outlets.index(outlet) if outlet in outlets else 0
        top = table.scroll_offset.y if here is not None and here in stories else None
        self._covered = covered
        table.empty = plain("No story was told by two articles or more here.", MUTED)
        table.show_coverage(covered.coverage, row, column, top)
        table.styles.max_height = len(stories) or EMPTY_LINES
        self._say("coverage-facts", self._facts(covered))
        self._follow()

    def _title(self) -> Content:
        subject = self._subject
        what = "one story" if subject.story is not None else subject.query.strip() or "all stories"
        when = f"  {subject.period}" if subject.period else ""
        return plain("Coverage of ", MUTED) + plain(visible(what), HEADLINE) + plain(visible(when), ACCENT)

    @staticmethod
    def _facts(covered: Covered) -> Content:
        table = covered.coverage
        shown = counted(len(table.stories), "story", "stories")
        if covered.total > len(table.stories):
            shown = f"the newest {len(table.stories):,} of {covered.total:,} stories"
        firsts = Counter(row.first[0] for row in table.stories if len(row.first) == 1 and len(row.carried) > 1)
        best = max(firsts, key=lambda outlet: firsts[outlet], default=None)
        most = f"{best} was first with {firsts[best]}" if best is not None and len(table.stories) > 1 else ""
        return joined([plain(part, MUTED) for part in (shown, counted(len(table.outlets), "outlet"), most)])

    @on(RowList.Moved)
    def _follow(self) -> None:
        """What stands above and below the table says where the cursor is."""
        table = self.query_one(CoverageTable)
        self._say("coverage-heads", table.heads())
        self._preview.show(self._opened)
        row, outlet = self._row, table.outlet
        if row is None or outlet is None:
            self._say("coverage-detail", plain(""))
            return
        cell = _cell(row.of(outlet), outlet, headline=not self._preview.display)
        self._say(
            "coverage-detail",
            plain("\n").join([plain(row.story.title, HEADLINE), _verdict(row), cell]),
        )

    def _say(self, name: str, text: Content) -> None:
        self.query_one(f"#{name}", Static).update(text)

    # what the keys do

    def action_move_column(self, by: int) -> None:
        self.movable.move_column(by * self.times)

    def action_open(self) -> None:
        """The story's page, on the outlet's article if it has one; that article, where there is but one story."""
        row, outlet = self._row, self.movable.outlet
        if row is None or outlet is None:
            return
        carried = row.of(outlet)
        if self._subject.story is not None:
            if carried is not None:
                self._host.read(carried.articles[0].id)
            return
        self._host.open(StoryStop(row.story.id, self._opened))

    @on(Preview.Chosen)
    def _preview_chosen(self, event: Preview.Chosen) -> None:
        self._host.read(event.article)

    def action_compare(self) -> None:
        """The current outlet's article with the story's first, or the first with the second."""
        row, here = self._row, self.current_article()
        if row is None or here is None:
            self.notify("This outlet did not carry it.", timeout=2, markup=False)
            return
        ids = [member.article.id for member in row.story.members]
        other = next((article for article in ids if article != here), None)
        if other is not None:
            earlier, later = sorted((here, other), key=ids.index)
            self._host.open(ComparisonStop(earlier, later))

    def action_period(self) -> None:
        if self._subject.story is not None:
            self.notify("This is one story, at whatever time.", timeout=2, markup=False)
            return
        months = self._covered.months if self._covered is not None else ()
        self.app.push_screen(PeriodScreen(self._subject.period, months), self._set_period)

    def _set_period(self, period: str | None) -> None:
        if period is not None and period != self._subject.period:
            self._subject = CoverageSubject(query=self._subject.query, period=period)
            self._load()


def _verdict(row: StoryCoverage) -> Content:
    """How many carried it, who was first, who did not."""
    count = counted(len(row.carried), "outlet")
    first = "in an order that no date tells"
    if row.first:
        first = f"first {', '.join(row.first)}" + (f" by {duration(row.lead)}" if row.lead is not None else "")
    missing = f"not {', '.join(row.missing)}" if row.missing else "all of them"
    return joined([plain(count, MUTED), plain(first, MUTED), plain(missing, FAINT)])


def _cell(carried: Carried | None, outlet: str, *, headline: bool) -> Content:
    name = plain(outlet, ACCENT)
    if carried is None:
        return name + plain(" did not carry it", MUTED)
    article = carried.articles[0]
    when = "states no date"
    if carried.published is not None:
        when = short_date(carried.published, date.today()) + (
            f", {carried.published:%H:%M}" if carried.has_time else ""
        )
    parts = [
        plain(when, MUTED),
        plain(article.title if headline else ""),
        plain(counted(len(carried.articles), "article") if len(carried.articles) > 1 else "", MUTED),
    ]
    return name + plain("  ") + joined([*parts, marks_of(article)])
