"""What the outlets of a story say: statements or facts against outlets, and the wording of each below."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from newsreader.article import Article, ArticleId, CancelCheck
from newsreader.compare.matrix_model import StoryMatrix
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.text.clean import escape_harmful
from newsreader.text.plural import counted
from newsreader.tui import signs
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.commands import bindings
from newsreader.tui.content import EMPTY, HEADLINE, MUTED, joined, marks_of, plain, said
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.marks.changes import Changes, articles_of
from newsreader.tui.marks.marking import Marking
from newsreader.tui.matrix.content import SIGNS, fact_rows, readings, statement_rows, summary, wordings
from newsreader.tui.matrix.grid import GridRow, MatrixGrid, MatrixHead
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.trail import ComparisonStop, MatrixStop
from newsreader.tui.widgets.key_line import KeyLine
from newsreader.tui.widgets.moving import PageScreen
from newsreader.tui.widgets.rounds import Round, end_reached
from newsreader.tui.widgets.row_list import RowList


class MatrixScreen(PageScreen, ArticleActions[None]):
    """Has the matrix made in a lane; the cursor is on a row and an outlet."""

    CSS_PATH: ClassVar[list[str]] = ["matrix.tcss"]  # type: ignore[assignment]
    AUTO_FOCUS = "MatrixGrid"
    BINDINGS = bindings("matrix")

    def __init__(self, host: Host, engine: Engine, changes: Changes, stop: MatrixStop) -> None:
        super().__init__(host.back)
        self._host = host
        self._engine = engine
        self._changes = changes
        self._title = stop.title
        self._articles = stop.articles
        self._lane = ScreenLane(self, "matrix", self._fail)
        self._value: StoryMatrix | None = None
        self._known: Mapping[ArticleId, Article] = {}
        """The articles with their marks."""
        self._facts = stop.facts
        self._cursors = {False: stop.rows[0], True: stop.rows[1]}
        """Where the cursor was among statements and among facts."""
        self._column = stop.column
        """Where the cursor goes in the first matrix."""
        self._rounds = {kind: Round() for kind in JUMPS}
        self._generation: int | None = None
        """Of the library that the matrix was read from."""

    def compose(self) -> ComposeResult:
        grid = MatrixGrid()
        grid.column = self._column
        yield Static(plain(self._title, HEADLINE), id="matrix-title", markup=False)
        yield Static(id="matrix-summary", markup=False)
        yield MatrixHead(grid)
        count = counted(len(self._articles), "article")
        yield Static(plain(f"comparing {count} sentence by sentence…"), id="matrix-state", markup=False)
        yield grid
        with VerticalScroll(id="wordings", can_focus=False):
            yield Static(markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self._display(False)
        self._load()

    @property
    def movable(self) -> MatrixGrid:
        return self.query_one(MatrixGrid)

    @property
    def stop(self) -> MatrixStop:
        column = self.movable.column if self._value is not None else self._column
        return MatrixStop(self._title, self._articles, self._facts, (self._cursors[False], self._cursors[True]), column)

    def _display(self, shown: bool) -> None:
        for part in (MatrixHead, MatrixGrid, "#wordings"):
            self.query_one(part).display = shown
        self.query_one("#matrix-state").display = not shown

    # the matrix

    @on(LibraryChanged)
    def _library_changed(self, event: LibraryChanged) -> None:
        if event.generation != self._generation:
            self._load()  # an article may have been edited

    def _load(self) -> None:
        self._lane.start(self._fetch)

    async def _fetch(self) -> None:
        def look(cancelled: CancelCheck) -> tuple[int, StoryMatrix]:
            generation, _ = self._engine.state()
            return generation, self._engine.comparing.matrix(self._articles, cancelled=cancelled)

        self._generation, value = await self._lane.latest(look)
        self._value, self._known = value, {article.id: article for article in value.articles}
        self._display(True)
        self._show()
        self.movable.focus()

    @on(Marking.Changed)
    def _marks_changed(self) -> None:
        self._lane.start(self._fetch_marks, group="marks")

    async def _fetch_marks(self) -> None:
        found = await self._lane.queued(lambda: articles_of(self._engine, self._articles))
        self._known = {article.id: article for article in found}
        self._show_place()

    def _fail(self, error: NewsreaderError) -> None:
        state = self.query_one("#matrix-state", Static)
        state.update(plain(f"{said(error)}."))
        state.add_class("-failed")
        self._display(False)

    def _show(self) -> None:
        if self._value is None:
            return
        rows = fact_rows(self._value) if self._facts else statement_rows(self._value)
        grid = self.movable
        grid.empty = plain("There are no figures, dates or quotations." if self._facts else "There is no text.", MUTED)
        grid.show_rows(
            rows, [escape_harmful(column.name) for column in self._value.columns], self._cursors[self._facts]
        )
        self.query_one("#matrix-summary", Static).update(summary(self._value, self.size.width - 2))
        self._look()

    def on_resize(self) -> None:
        if self._value is not None:
            self.query_one("#matrix-summary", Static).update(summary(self._value, self.size.width - 2))

    @on(RowList.Moved)
    @on(MatrixGrid.ColumnMoved)
    def _look(self) -> None:
        """Below: the wordings of what the cursor is on."""
        value, grid = self._value, self.movable
        if value is None:
            return
        self._cursors[self._facts] = grid.cursor
        show = readings if self._facts else wordings
        letters = not grid.plan.named
        text = show(value, grid.cursor, grid.column, letters=letters) if grid.total else EMPTY
        self.query_one("#wordings Static", Static).update(text)
        self.query_one("#wordings").scroll_home(animate=False)
        self._show_place()

    def _show_place(self) -> None:
        """Which row, and whose column: the article's marks too."""
        value, grid = self._value, self.movable
        if value is None:
            return
        what = "facts" if self._facts else "statements"
        column = value.columns[grid.column] if value.columns else None
        copied = f", copied by {len(column.copied_by)}" if column is not None and column.copied_by else ""
        name = plain(f"{escape_harmful(column.name)}{copied}" if column is not None else "", MUTED)
        here = self.current_article()
        marks = marks_of(self._known[here]) if here is not None and here in self._known else EMPTY
        place = plain(f"{what} {grid.cursor + 1}/{grid.total}" if grid.total else what, MUTED)
        self.query_one(MatrixHead).show(joined([place, name, marks]))

    # what the keys do

    def action_move_column(self, by: int) -> None:
        self.movable.move_column(by * self.times)

    def action_toggle_facts(self) -> None:
        self._facts = not self._facts
        self._show()

    def action_jump(self, kind: str, step: int) -> None:
        """To the next (1) or previous (-1) row of a kind of `JUMPS`."""
        said = next(filter(None, (self._jump(kind, step) for _ in range(self.times))), "")
        if said:
            self.notify(said, timeout=3, markup=False)

    def _jump(self, kind: str, step: int) -> str:
        """What there is to say, if that could not be gone to. What is in one only by rank: those rows count most that
        least else is like."""
        grid = self.movable
        wanted, what = JUMPS[kind]
        found = [index for index, row in enumerate(grid.rows) if wanted(row)]
        if not found:
            return f"There is nothing {what}."
        if kind == "alone" and self._value is not None:
            found = list(self._value.in_one_only())
            at = found.index(grid.cursor) if grid.cursor in found else -1 if step > 0 else len(found)
        else:
            at = bisect_right(found, grid.cursor) - 1 if step > 0 else bisect_left(found, grid.cursor)
        there = self._rounds[kind].step(at, step, len(found))
        if there is None:
            return end_reached(what, step)
        grid.move_to(found[there])
        return ""

    def action_scroll_wordings(self, steps: int) -> None:
        self.query_one("#wordings").scroll_relative(y=steps * WORDINGS_STEP, animate=False)

    def action_open(self) -> None:
        """The article of the current outlet."""
        if (article := self.current_article()) is not None:
            self._host.read(article)

    def action_compare(self) -> None:
        """The current outlet's article with another one that has the row, or else with the next outlet's."""
        here, value = self.current_article(), self._value
        if here is None or value is None:
            return
        ids = [article.id for article in value.articles]
        own = value.columns_of([ids.index(here)])
        having = [ids[article] for article in self._articles_here() if value.columns_of([article]) != own]
        others = [ids[column.articles[0]] for n, column in enumerate(value.columns) if (n,) != own]
        if not (having or others):
            self.notify("There is nothing to compare with.", timeout=2, markup=False)
            return
        earlier, later = sorted((here, (having or others)[0]), key=ids.index)
        self._host.open(ComparisonStop(earlier, later))

    def _articles_here(self) -> Sequence[int]:
        """The articles that have the current row."""
        if self._value is None or not self.movable.total:
            return ()
        cursor = self.movable.cursor
        return self._value.facts[cursor].articles if self._facts else self._value.statements[cursor].articles

    def current_article(self) -> ArticleId | None:
        """The current outlet's article that has the row, or else the outlet's first."""
        if self._value is None or not self._value.columns:
            return None
        own = self._value.columns[self.movable.column].articles
        number = next((article for article in self._articles_here() if article in own), own[0])
        return self._value.articles[number].id

    def action_dossier(self) -> None:
        self._host.write_dossier(self._articles, self._title)


def _is_contested(row: GridRow) -> bool:
    return row.sign == signs.AGAINST or any(cell == signs.AGAINST for cell in row.cells if cell != signs.SILENT)


WORDINGS_STEP = 3
"""Lines that the wordings are scrolled by."""
JUMPS: Mapping[str, tuple[Callable[[GridRow], bool], str]] = {
    "alone": (lambda row: row.sign == SIGNS["one"], "that is found in one only"),
    "shared": (lambda row: row.sign == SIGNS["all"], "that all outlets say"),
    "contested": (_is_contested, "on which they contradict each other"),
}
"""Kinds of rows to go to, and what is said where there is none."""
