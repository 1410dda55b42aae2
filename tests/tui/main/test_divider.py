"""The line between list and text."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.divider import Divider
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.window_state import USUAL_SHARE, load_state
from tests.tui.conftest import MakeReader, settle


async def test_the_divider_is_dragged_remembered_and_set_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        divider, articles = (app.screen.query_one(kind) for kind in (Divider, ArticleList))
        at = divider.region.x
        await pilot.mouse_down(Divider, offset=(0, 9))
        for column in (at + 10, at + 20):
            await pilot.hover(offset=(column, 12))
            await settle(pilot)
            assert abs(divider.region.x - column) <= 1
        await pilot.mouse_up(offset=(at + 20, 12))
        await pilot.hover(offset=(at, 12))
        await settle(pilot)
        assert abs(divider.region.x - at - 20) <= 1, "it was let go"
        assert articles.region.right == divider.region.x == app.screen.query_one(ReadingPane).region.x - 1
    assert load_state(samples.locations.state).list_share > USUAL_SHARE + 10
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        divider = app.screen.query_one(Divider)
        assert abs(divider.region.x - at - 20) <= 1
        await pilot.click(Divider, offset=(0, 9), times=2)
        await settle(pilot)
        assert divider.region.x == at


async def test_the_divider_goes_no_further_than_both_panes_can_be_used(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for column in (0, 119):
            await pilot.mouse_down(Divider, offset=(0, 9))
            await pilot.hover(offset=(column, 9))
            await settle(pilot)
            await pilot.mouse_up(offset=(column, 9))
            assert min(app.screen.query_one(kind).region.width for kind in (ArticleList, ReadingPane)) >= 15
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert not app.screen.query_one(Divider).display
