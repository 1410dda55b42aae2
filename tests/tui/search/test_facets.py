"""Narrowing a result to one of its outlets, months or tags."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.facets import FacetList, FacetsScreen
from tests.tui.conftest import MakeReader, listed, settle, type_text


def lists(screen: FacetsScreen) -> list[str]:
    return ["\n".join(s.text for s in found.render_lines(found.size.region)) for found in screen.query(FacetList)]


async def test_an_outlet_narrows_the_query_as_a_whole(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "ferry OR dengue")
        await pilot.press("enter")
        await settle(pilot)
        facets = samples.searching.facets(samples.searching.search("ferry OR dengue"))
        await pilot.press("F")
        await settle(pilot)
        assert isinstance(app.screen, FacetsScreen)
        outlets, months, _ = lists(app.screen)
        assert all(name in outlets for name, _ in facets.sources)
        assert "October 2026" in months
        name, count = facets.sources[1]
        await pilot.press("j", "enter")
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == f"(ferry OR dengue) source:{name}"
        assert listed(app) == count


async def test_a_month_can_be_left_out_and_a_tag_clicked(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        everything = samples.searching.facets(samples.searching.search(""))
        await pilot.press("F")
        await settle(pilot)
        await pilot.press("l", "minus")
        await settle(pilot)
        month, count = everything.months[0]
        assert app.screen.query_one(SearchBar).text == f"-date:{month}"
        assert listed(app) == samples.shelf().counts.all - count
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("F")
        await settle(pilot)
        await pilot.click(app.screen.query(FacetList).last(), offset=(6, 0))
        await settle(pilot)
        tag, count = everything.tags[0]
        assert listed(app) == count
        assert tag in app.screen.query_one(SearchBar).text


async def test_it_fits_a_small_window_and_says_where_there_is_nothing(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("F")
        await settle(pilot)
        for widget in app.screen.query("*"):
            assert app.screen.region.contains_region(widget.region), widget
        await pilot.press("escape", "slash")
        await type_text(pilot, "zebra")
        await pilot.press("enter", "F")
        await settle(pilot)
        assert isinstance(app.screen, FacetsScreen)
        assert "none is named" in lists(app.screen)[0]
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "zebra"
