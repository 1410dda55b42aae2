"""Scroll bars show how long their view is, even if it got that length while they were being made."""

from __future__ import annotations

from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from newsreader.engine.core import Engine
from newsreader.tui.widgets.long_view import LongView
from tests.tui.conftest import MakeReader, settle

LONG, SHORT = 190, 40


class Lines(LongView):
    DEFAULT_CSS = "Lines { overflow-x: hidden; }"

    def render_line(self, y: int) -> Strip:
        return Strip.blank(self.size.width)

    def make(self, lines: int) -> None:
        self.virtual_size = Size(self.size.width, lines)


async def test_a_bar_shows_the_length_that_came_before_it_was_ready(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_screen(screen := Screen[None]())
        await screen.mount(view := Lines())
        await pilot.pause()
        for lines in (LONG, SHORT):  # at once, so that the bar's own task can't begin between the two
            view.make(lines)
            screen._refresh_layout()
            app.export_screenshot()
        await pilot.pause()
        before = thumb(view)
        view.vertical_scrollbar.refresh()
        await pilot.pause()
        assert before == thumb(view)
        assert len(before) > 1


def thumb(view: Widget) -> list[str]:
    """The bar as it is painted."""
    bar = view.vertical_scrollbar
    return [repr(strip) for strip in bar.render_lines(bar.size.region)]
