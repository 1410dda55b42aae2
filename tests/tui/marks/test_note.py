"""Writing a note, and leaving while it is written."""

from __future__ import annotations

from newsreader.tui.reading.pane import ReadingPane
from tests.builders import BUDGET, Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import until


async def test_a_note_is_kept_and_shown(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await type_text(pilot, "ask Iris")
        await pilot.press("ctrl+s")
        await settle(pilot)
        pane = app.screen.query_one(ReadingPane)
        assert pane.page is not None
        assert pane.page.note == "ask Iris"
        assert "ask Iris" in "".join(strip.text for strip in pane.render_lines(pane.size.region))


async def test_a_note_half_written_is_kept_when_the_reader_is_left(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    (row,) = engine.searching.search("").numbers.tolist()
    (article,) = engine.articles([row])
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await type_text(pilot, "ask Ir")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert engine.marking.mark(article.id).note == "ask Ir"
