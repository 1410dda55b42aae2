"""Bars for days, months and years, drawn and moved through."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from textual import on
from textual.app import App, ComposeResult

from newsreader.engine.histogram import histogram
from newsreader.engine.results import Bar, Histogram
from newsreader.tui.widgets.time_bars import TimeBars


class Shown(App[None]):
    AUTO_FOCUS = ""
    CSS = "TimeBars.-worthwhile { display: block; }"

    def __init__(self, found: Histogram | None) -> None:
        super().__init__()
        self.found = found
        self.chosen: list[Bar] = []

    def compose(self) -> ComposeResult:
        yield TimeBars()

    def on_mount(self) -> None:
        self.query_one(TimeBars).show(self.found)

    @on(TimeBars.Chosen)
    def _chosen(self, event: TimeBars.Chosen) -> None:
        self.chosen.append(event.bar)

    @property
    def lines(self) -> list[str]:
        bars = self.query_one(TimeBars)
        return [strip.text.rstrip() for strip in bars.render_lines(bars.outer_size.region)]


def found(*days: int, most: int = 70) -> Histogram:
    return histogram(np.array(days, np.int64), most=most)


async def test_the_highest_is_full_and_one_article_is_never_nothing() -> None:
    app = Shown(found(*([20210326] * 100), 20210327, *([20210329] * 50), 0, 0))
    async with app.run_test(size=(90, 10)) as pilot:
        await pilot.pause()
        assert app.lines == ["    █████ ▁▁▁▁▁       ▄▄▄▄▄", "    26 Mar 2021 – 29 Mar 2021 · 2 without a date"]
        bars = app.query_one(TimeBars)
        bars.go_to()
        await pilot.pause()
        assert app.lines[1].endswith("50 articles on 29 March 2021")
        await pilot.press("left", "left")
        assert bars.bar is not None
        assert bars.bar.count == 100
        await pilot.press("left", "enter")
        assert [bar.value for bar in app.chosen] == ["2021-03-26"]
        await pilot.press("end", "home", "right")
        assert bars.bar.value == "2021-03-27"


@pytest.mark.parametrize(
    ("days", "last"),
    [
        ((20210301, 20210430), "30 Apr 2021"),
        ((20190301, 20210430), "April 2021"),
        ((19900301, 20210430), "2021"),
        ((10000101, 29991231), "2999"),
    ],
)
@pytest.mark.parametrize("width", [30, 80, 120])
async def test_every_span_fits_every_width(days: Sequence[int], last: str, width: int) -> None:
    app = Shown(found(*days, most=width - 6))
    async with app.run_test(size=(width, 10)) as pilot:
        await pilot.pause()
        assert all(len(line) <= width - 2 for line in app.lines)
        assert app.lines[0].count("█") >= 1
        assert app.lines[1].endswith(last) or width == 30


async def test_where_there_is_no_room_what_is_chosen_is_said() -> None:
    app = Shown(found(20210326, 20210327))
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(TimeBars).go_to()
        await pilot.pause()
        assert app.lines[1].strip() == "1 article on 27 March 2021"


async def test_more_years_than_cells_follow_the_cursor() -> None:
    app = Shown(found(10000101, 15000101, 29991231))
    async with app.run_test(size=(60, 10)) as pilot:
        bars = app.query_one(TimeBars)
        bars.go_to()
        await pilot.pause()
        assert "2999" in app.lines[1]
        await pilot.press("left")
        assert "1 article in 1500" in app.lines[1]
        assert "█" in app.lines[0]
        await pilot.press("home")
        assert app.lines[1].startswith("    1000")
        assert len(app.lines[0]) <= 58


async def test_what_has_no_date_is_said() -> None:
    app = Shown(found(0, 0))
    async with app.run_test(size=(60, 10)) as pilot:
        bars = app.query_one(TimeBars)
        bars.add_class("-called")
        await pilot.pause()
        assert app.lines[0].strip() == "none of these articles has a date"
        await pilot.press("enter", "left")
        assert app.chosen == []
        bars.show(None)
        await pilot.pause()
        assert app.lines == ["", ""]


async def test_the_cursor_keeps_its_time() -> None:
    app = Shown(found(20190301, 20210315, 20210430))
    async with app.run_test(size=(90, 10)) as pilot:
        bars = app.query_one(TimeBars)
        bars.go_to()
        await pilot.press("left")
        bars.show(found(20210301, 20210315))
        assert bars.bar is not None
        assert bars.bar.value == "2021-03-01"
        bars.show(found(20180101, 20180102))
        assert bars.bar.value == "2018-01-02"
