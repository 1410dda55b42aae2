"""The screen of a comparison: it has two articles compared in a lane, shows the result and answers keys.

Comparing long articles takes seconds: on the event loop the keys, escape too, would be dead for so long.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from newsreader.article import Article, ArticleId, FullArticle
from newsreader.compare.model import Comparison, Fact, Row
from newsreader.engine.core import Engine
from newsreader.engine.results import Compared
from newsreader.errors import NewsreaderError
from newsreader.export.comparison_parts import facts_to_read
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import bindings
from newsreader.tui.comparison.content import ordered_facts, side_names
from newsreader.tui.comparison.head import ColumnHeads, FactLine, FactList, SummaryLine
from newsreader.tui.comparison.view import ComparisonView, Standing
from newsreader.tui.content import plain, said
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes, articles_of
from newsreader.tui.marks.marking import Marking
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.trail import ComparisonStop
from newsreader.tui.widgets.key_line import KeyLine
from newsreader.tui.widgets.moving import MovingScreen
from newsreader.tui.widgets.rounds import end_reached
from newsreader.tui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that is to be found again when the sides are swapped or a text has changed."""

    sentences: frozenset[str]
    standing: Standing

    def found_in(self, comparison: Comparison) -> Standing | None:
        """Where the row with most of its sentences is to stand; None when there is none of them any more."""
        shared = [len(self.sentences & sentences_of_row(comparison, row)) for row in comparison.rows]
        best = max(shared, default=0)
        return self.standing._replace(row=shared.index(best)) if best else None


class CompareScreen(MovingScreen[None], ArticleActions[None]):
    """Compares two articles of the library, off the event loop."""

    CSS_PATH: ClassVar[list[str]] = ["comparison.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "ComparisonView"
    BINDINGS = bindings("compare")

    def __init__(self, host: Host, engine: Engine, changes: Changes, stop: ComparisonStop) -> None:
        super().__init__()
        self._host = host
        self._engine = engine
        self._changes = changes
        self._pair = (stop.left, stop.right)
        self._row = stop.row
        """Where the first comparison is to be looked at; None: from its beginning."""
        self._lane = ScreenLane(self, "compare", self._fail)
        self._view = ComparisonView(host.config.reading.width)
        self._view.set_reactive(ComparisonView.only_differences, stop.only_differences)
        self._view.set_reactive(ComparisonView.reading_order, stop.reading_order)
        self._side = 0
        """Which text the keys about articles are for: 0 is the left one."""
        self._compared: Compared | None = None
        self._facts: list[Fact] = []
        self._fact: int | None = None
        self._held = ExitStack()
        """Holds the first picture back until the texts are there, if that is soon: an empty frame would flash by."""

    def compose(self) -> ComposeResult:
        yield SummaryLine()
        yield FactLine()
        yield FactList()
        yield ColumnHeads(self._host.config.reading.width)
        yield Static(plain("comparing…"), id="compare-state", markup=False)
        yield self._view
        yield KeyLine()

    def on_mount(self) -> None:
        for hidden in (SummaryLine, FactLine, FactList, ColumnHeads, ComparisonView):
            self.query_one(hidden).display = False
        self._held.enter_context(self.app.batch_update())
        self.set_timer(self._host.delays.frame, self._paint)
        self._start()

    def on_unmount(self) -> None:
        self._paint()

    @property
    def movable(self) -> ComparisonView | RowList[Fact]:
        facts = self.query_one(FactList)
        return facts if facts.has_focus else self._view

    @property
    def stop(self) -> ComparisonStop:
        view = self._view
        moved = view.current is not None or view.scroll_offset.y > 0
        row = self._row if self._compared is None else (view.place or None) if moved else None
        return ComparisonStop(*self._pair, row, view.only_differences, view.reading_order)

    # comparing

    def _start(self, keep: Kept | None = None) -> None:
        """Compare the pair; what is to be kept stands again where it stood, if it is still there."""
        self._lane.start(partial(self._compare, keep))

    async def _compare(self, keep: Kept | None) -> None:
        left, right = self._pair
        compared = await self._lane.latest(
            lambda cancelled: self._engine.comparing.compare(left, right, cancelled=cancelled)
        )
        self._show(compared, keep)
        self._paint()

    def _paint(self) -> None:
        """Nothing has been painted until now."""
        self._held.close()

    def _fail(self, error: NewsreaderError) -> None:
        self._paint()
        text = f"{said(error)}."
        if self._compared is not None:
            self._pair = (self._compared.left.article.reference, self._compared.right.article.reference)
            self.notify(text, severity="error", markup=False)
            return
        state = self.query_one("#compare-state", Static)
        state.update(plain(text))
        state.add_class("-failed")

    def _show(self, compared: Compared, keep: Kept | None) -> None:
        row = self._row if self._compared is None else None
        self._compared = compared
        self._fact = None
        comparison = compared.comparison
        left, right = compared.left.article, compared.right.article
        names = side_names(left, right)
        self.query_one("#compare-state").display = False
        for shown in (SummaryLine, ColumnHeads, ComparisonView):
            self.query_one(shown).display = True
        standing = keep.found_in(comparison) if keep is not None else None
        if row is not None and row < len(comparison.rows):
            standing = Standing(row)
        self._view.show(comparison, names, standing)
        self.query_one(SummaryLine).show(comparison, names, self._view.differences)
        self.query_one(ColumnHeads).show(left, right, self._side)
        facts = ordered_facts(comparison.facts)
        self._facts = facts_to_read(facts)
        agreed = sum(not fact.differs for fact in facts)
        self.query_one(FactLine).show(self._facts, agreed, len(facts) - len(self._facts) - agreed)
        listed = self.query_one(FactList)
        listed.show_all(facts, listed.cursor if keep is not None else 0)
        if not self.query_one(FactList).display:
            self._view.focus()

    @on(LibraryChanged)
    def _library_changed(self) -> None:
        if self._compared is not None:  # what was open when its file went away stays on the screen
            self._lane.start(partial(self._look_again, self._compared), group="look", fail=lambda error: None)

    async def _look_again(self, shown: Compared) -> None:
        """Compare anew if a text has changed."""
        texts = shown.left, shown.right
        now = await self._lane.queued(lambda: [self._engine.article(text.article.id) for text in texts])
        if [words_of(text) for text in now] != [words_of(text) for text in texts] and self._compared is shown:
            self._start(self._kept())

    def _kept(self) -> Kept | None:
        """Where the reader is."""
        standing = self._view.standing
        if self._compared is None or standing is None:
            return None
        comparison = self._compared.comparison
        return Kept(sentences_of_row(comparison, comparison.rows[standing.row]), standing)

    # whose marks are changed

    def current_article(self) -> ArticleId | None:
        compared = self._compared
        return (compared.left, compared.right)[self._side].article.id if compared is not None else None

    def action_side(self, side: int) -> None:
        self._side = side
        self.query_one(ColumnHeads).side = side

    def action_step_pane(self, step: int) -> None:
        self.action_side(1 - self._side)

    @on(Marking.Changed)
    def _marks_changed(self) -> None:
        if self._compared is not None:
            self._lane.start(partial(self._show_marks, self._compared), group="marks")

    async def _show_marks(self, shown: Compared) -> None:
        texts = shown.left.article, shown.right.article
        now = await self._lane.queued(lambda: {a.id: a for a in articles_of(self._engine, [a.id for a in texts])})
        if self._compared is shown:
            left, right = (with_marks(article, now.get(article.id, article)) for article in texts)
            self.query_one(ColumnHeads).show(left, right, self._side)

    # what the reader is looking at

    @on(ComparisonView.PositionChanged)
    def _moved(self, event: ComparisonView.PositionChanged) -> None:
        self.query_one(SummaryLine).difference = event.difference
        self.query_one(ColumnHeads).headlines = not event.titles_visible

    def action_go_to_difference(self, step: int) -> None:
        if self._compared is None or all(self._view.to_difference(step) for _ in range(self.times)):
            return
        text = end_reached("difference", step) if self._view.differences else "They say the same."
        self.notify(text, timeout=3, markup=False)

    def action_other_place(self) -> None:
        if self._compared is not None and not self._view.to_other_place():
            text = "This did not move." if self._compared.comparison.blocks else "Nothing moved."
            self.notify(text, timeout=2, markup=False)

    def action_only_differences(self) -> None:
        self._view.only_differences = not self._view.only_differences

    def action_order(self) -> None:
        self._view.reading_order = not self._view.reading_order
        text = "Each text in its own order." if self._view.reading_order else "Rows aligned."
        self.notify(text, timeout=2, markup=False)

    def action_swap(self) -> None:
        if self._compared is not None:
            keep = self._kept()
            self._pair = (self._pair[1], self._pair[0])
            self._side = 1 - self._side
            self._start(keep)

    # facts

    def action_next_fact(self) -> None:
        if self._compared is None:
            return
        if not self._facts:
            self.notify("No fact differs that is worth reading.", timeout=2, markup=False)
            return
        self._go_to_fact(0 if self._fact is None else (self._fact + 1) % len(self._facts))

    def _go_to_fact(self, index: int) -> None:
        self._fact = index
        self.query_one(FactLine).go_to(index)
        self._view.go_to(self._facts[index].row)

    def action_all_facts(self) -> None:
        """Open the table of facts, or close it."""
        facts = self.query_one(FactList)
        if facts.display:
            facts.display = False
            self._view.focus()
        elif facts.total:
            facts.display = True
            facts.focus()
        elif self._compared is not None:
            self.notify("There are no figures, dates, names or quotations to compare.", timeout=3, markup=False)

    @on(FactLine.Clicked)
    def _fact_clicked(self, event: FactLine.Clicked) -> None:
        if event.index is None:
            self.action_all_facts()
        else:
            self._go_to_fact(event.index)

    @on(RowList.Moved)
    @on(RowList.Clicked)
    def _fact_chosen(self) -> None:
        fact = self.query_one(FactList).row
        if fact is not None:
            self._view.go_to(fact.row)

    # to other screens

    def action_compare_with(self) -> None:
        if self._compared is not None:
            texts = (self._compared.left, self._compared.right)
            self._host.pick_article(texts[self._side].article, self._compare_with)

    def _compare_with(self, chosen: ArticleId) -> None:
        """In the place of the text that is not the current one."""
        self._pair = (self._pair[0], chosen) if self._side == 0 else (chosen, self._pair[1])
        self._start()

    def action_back(self) -> None:
        """Close what is open on top of the texts, or else the screen."""
        if self.query_one(FactList).display:
            self.action_all_facts()
        else:
            self._host.back()

    def action_back_or_quit(self) -> None:
        self._host.back()


def sentences_of_row(comparison: Comparison, row: Row) -> frozenset[str]:
    """What the row says on both sides: it names the row also when the sides are swapped or a text has changed."""
    left = (comparison.left_sentences[index].text for index in row.left)
    return frozenset((*left, *(comparison.right_sentences[index].text for index in row.right)))


def with_marks(article: Article, marked: Article) -> Article:
    """A text with the marks that its article has now; `article` may be a former one."""
    return replace(article, read=marked.read, starred=marked.starred, tags=marked.tags)


def words_of(text: FullArticle) -> tuple[str, tuple[str, ...]]:
    """What is compared of an article."""
    return text.article.title, text.paragraphs
