"""Lists of any length."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.content import Content
from textual.strip import Strip

from newsreader.tui.widgets.row_list import RowList
from tests.tui.waiting import settle

ROWS = 100_000


class Numbers(RowList[int]):
    def lines_of(self, row: int, width: int) -> Sequence[Content]:
        return [Content(f"row {row} line {part}"[:width]) for part in range(3)]

    def key_of(self, row: int) -> str:
        return str(row)


class NumbersApp(App[None]):
    """Answers every request for rows, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.requests = 0

    def compose(self) -> ComposeResult:
        yield Numbers()

    def on_row_list_wanted(self, event: RowList.Wanted) -> None:
        self.requests += 1
        event.source.put(event.version, {n: n for n in range(event.start, event.end)})


def text_of(rows: Numbers) -> str:
    return "\n".join(strip.text for strip in rows.render_lines(rows.size.region))


async def test_a_hundred_thousand_rows_from_end_to_end() -> None:
    app = NumbersApp()
    async with app.run_test(size=(60, 24)) as pilot:
        rows = app.query_one(Numbers)
        rows.show(ROWS, {})
        await settle(pilot)
        assert "row 0 line 2" in text_of(rows)
        rows.move_to_end()
        await settle(pilot)
        assert f"row {ROWS - 1} line 0" in text_of(rows)
        assert rows.row == ROWS - 1
        for y in range(0, ROWS * 3, 6_000):
            rows.scroll_to(y=y, animate=False)
        await settle(pilot)
        assert app.requests < 30, "a fast scroll asks for what it stops at, not for what it passes"


async def test_the_cursor_stays_in_view_and_late_rows_of_another_list_are_dropped() -> None:
    app = NumbersApp()
    async with app.run_test(size=(60, 24)) as pilot:
        rows = app.query_one(Numbers)
        rows.show(50, {n: n for n in range(50)})
        old = rows.version
        rows.move_page(1)
        assert rows.cursor == 8
        assert rows.cursor_in_view
        rows.show(3, {0: 7, 1: 8, 2: 9}, cursor=1)
        rows.put(old, {1: 1})
        await settle(pilot)
        assert rows.key_at(1) == "8"
        await pilot.click(Numbers, offset=(10, 7))
        assert rows.cursor == 2


async def test_a_list_in_place_keeps_the_line_at_the_top() -> None:
    app = NumbersApp()
    async with app.run_test(size=(60, 24)) as pilot:
        rows = app.query_one(Numbers)
        rows.show(500, {})
        rows.move_to(100)
        await settle(pilot)
        top = rows.scroll_offset.y
        rows.show(510, {}, cursor=110, top=top + 30)
        await settle(pilot)
        assert rows.scroll_offset.y == top + 30
        assert "row 110 line 0" in text_of(rows)


async def test_a_step_redraws_two_rows_and_rows_out_of_view_none() -> None:
    app = NumbersApp()
    async with app.run_test(size=(60, 24)) as pilot:
        rows = app.query_one(Numbers)
        rows.show(ROWS, {n: n for n in range(10)})
        await settle(pilot)
        drawn: list[int] = []
        original = rows._draw

        def note(index: int, width: int) -> list[Strip]:
            drawn.append(index)
            return original(index, width)

        rows._draw = note  # type: ignore[method-assign]
        rows.put(rows.version, {n: n for n in range(20, 40)})
        await settle(pilot)
        assert drawn == []
        rows.move(1)
        await settle(pilot)
        assert sorted(drawn) == [0, 1]
        assert "▌" in rows.render_lines(rows.size.region)[3].text


async def test_rows_are_asked_for_before_the_user_comes_to_them() -> None:
    app = NumbersApp()
    async with app.run_test(size=(60, 24)) as pilot:
        rows = app.query_one(Numbers)
        rows.show(ROWS, {n: n for n in range(10)})
        await settle(pilot)
        assert app.requests == 0, "who has just got a list may not want more of it"
        rows.move(1)
        await settle(pilot)
        assert app.requests == 1
        assert rows.key_at(20) == "20"
