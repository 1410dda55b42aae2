"""The bars of time above a list: seen where there is room, gone through, and narrowing the query."""

from __future__ import annotations

from textual.pilot import Pilot

from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.widgets.time_bars import TimeBars
from tests.builders import Library
from tests.tui.conftest import MakeReader, library_with, listed, settle, type_text
from tests.tui.waiting import press_slowly

YEARS = {
    "a": " date 2019-05-01 Ferry sold\n\nThe ferry is sold.",
    "b": " date 2021-03-26 Ferry back\n\nThe ferry is back.",
    "c": " date 2021-03-27 Ferry late\n\nThe ferry is late.",
    "d": " date 2021-11-02 Ferry gone\n\nThe ferry is gone.",
    "e": " date 2026-06-01 Storm\n\nNo boat sails.",
}


def bars_of(app: NewsreaderApp) -> TimeBars:
    return app.screen.query_one(TimeBars)


def shown(app: NewsreaderApp) -> str:
    bars = bars_of(app)
    return "\n".join(strip.text.rstrip() for strip in bars.render_lines(bars.outer_size.region))


def query_of(app: NewsreaderApp) -> str:
    return app.screen.query_one(SearchBar).text


async def search(pilot: Pilot[str], query: str) -> None:
    await pilot.press("slash")
    await type_text(pilot, query)
    await press_slowly(pilot, "enter")


async def test_years_days_and_back_again(library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, **YEARS))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert bars_of(app).display
        assert "May 2019" in shown(app)
        assert "June 2026" in shown(app)
        await search(pilot, "ferry")
        assert "November 2021" in shown(app)
        await press_slowly(pilot, "T")
        assert bars_of(app).has_focus
        assert "1 article in November 2021" in shown(app)
        await press_slowly(pilot, "left")
        assert "2 articles in March 2021" in shown(app)
        await press_slowly(pilot, "enter")
        assert (query_of(app), listed(app)) == ("ferry date:2021-03", 2)
        assert "26 Mar 2021" in shown(app)
        await press_slowly(pilot, "home", "enter")
        assert (query_of(app), listed(app)) == ("ferry date:2021-03-26", 1)
        assert bars_of(app).has_focus
        assert "1 article on 26 March 2021" in shown(app)
        await press_slowly(pilot, "enter")
        assert query_of(app) == "ferry date:2021-03-26"
        await press_slowly(pilot, "escape")
        assert (query_of(app), listed(app)) == ("ferry date:2021-03", 2)
        await press_slowly(pilot, "escape")
        assert (query_of(app), listed(app)) == ("ferry", 4)
        assert bars_of(app).has_focus
        await press_slowly(pilot, "escape")
        assert app.screen.query_one(ArticleList).has_focus
        assert query_of(app) == "ferry"


async def test_from_the_list_the_way_back_widens_too(library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, **YEARS))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await search(pilot, "ferry")
        await press_slowly(pilot, "T", "left", "enter", "tab")
        assert app.screen.query_one(ArticleList).has_focus
        assert query_of(app) == "ferry date:2021-03"
        await press_slowly(pilot, "escape")
        assert (query_of(app), listed(app)) == ("ferry", 4)


async def test_every_bar_keeps_its_promise(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await search(pilot, "terminal OR ferry")
        await press_slowly(pilot, "T", "home")
        seen = 0
        while (bar := bars_of(app).bar) is not None:
            seen += bar.count
            await press_slowly(pilot, "enter")
            assert listed(app) == bar.count
            await press_slowly(pilot, "escape", "right")
            if bars_of(app).bar == bar:
                break
        assert seen == listed(app)
        assert query_of(app) == "terminal OR ferry"


async def test_a_bar_can_be_clicked(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await search(pilot, "grain terminal")
        found = samples.searching.histogram(samples.searching.search("grain terminal"))
        await pilot.click(TimeBars, offset=(bars_of(app).gutter.left + 6, 0))
        await settle(pilot)
        assert query_of(app) == f"grain terminal date:{found.bars[1].value}"
        assert listed(app) == found.bars[1].count
        await pilot.click(TimeBars, offset=(100, 0))
        await settle(pilot)
        assert listed(app) == found.bars[1].count


async def test_a_bar_keeps_its_promise_while_the_query_is_typed(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "explo")
        await settle(pilot)
        bar = bars_of(app).bar
        assert bar is not None
        bars_of(app).post_message(TimeBars.Chosen(bar))
        await settle(pilot)
        assert query_of(app) == f"(explo OR explo*) date:{bar.value}"
        assert listed(app) == bar.count


async def test_tab_goes_through_it(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "shift+tab")
        assert bars_of(app).has_focus
        await press_slowly(pilot, "tab")
        assert app.screen.query_one(ArticleList).has_focus
        await press_slowly(pilot, "tab")
        assert app.screen.query_one(ReadingPane).has_focus
        await press_slowly(pilot, "tab", "tab")
        assert bars_of(app).has_focus


async def test_who_moves_by_lines_is_in_the_list(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "T", "j")
        assert app.screen.query_one(ArticleList).has_focus
        await press_slowly(pilot, "enter")
        assert app.screen.query_one(ReadingPane).has_focus
        assert query_of(app) == ""


async def test_a_low_window_has_it_only_while_it_is_gone_to(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert not bars_of(app).display
        await press_slowly(pilot, "shift+tab")
        assert not bars_of(app).has_focus
        await press_slowly(pilot, "T")
        assert bars_of(app).display
        assert bars_of(app).has_focus
        assert "articles in" in shown(app) or "article on" in shown(app)
        await press_slowly(pilot, "T")
        assert not bars_of(app).display
        assert app.screen.query_one(ArticleList).has_focus


async def test_where_there_is_one_date_or_none_nothing_is_shown(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await search(pilot, "zebra")
        assert not bars_of(app).display
        await press_slowly(pilot, "T")
        assert not bars_of(app).has_focus
        await press_slowly(pilot, "ctrl+l")
        assert bars_of(app).display
        await search(pilot, "date:2026-10-06")
        assert not bars_of(app).display
        await press_slowly(pilot, "4")
        assert not bars_of(app).display


async def test_while_it_is_typed_the_list_stays_where_it_is(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        top = app.screen.query_one(ArticleList).region.y
        await pilot.press("slash")
        await type_text(pilot, "zebra")
        await settle(pilot)
        assert app.screen.query_one(ArticleList).region.y == top
        assert shown(app).strip() == ""


async def test_another_query_is_no_narrowing(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "T", "enter")
        await search(pilot, "ferry")
        await press_slowly(pilot, "T", "escape")
        assert query_of(app) == "ferry"
        assert not bars_of(app).has_focus
