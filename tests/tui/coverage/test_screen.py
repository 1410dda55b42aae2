"""Who carried what: the table of stories and outlets."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.engine.core import Engine
from newsreader.text.cells import cells
from newsreader.tui.coverage.fetch import CoverageSubject, cover
from newsreader.tui.coverage.period import PeriodScreen
from newsreader.tui.coverage.screen import CoverageScreen
from newsreader.tui.coverage.table import CoverageTable, head_lines
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.trail import CoverageStop
from newsreader.tui.widgets.row_list import GUTTER
from tests.tui.conftest import MakeReader, settle, type_text
from tests.tui.waiting import press_slowly


async def open_coverage(pilot: Pilot[str], query: str = "") -> tuple[CoverageScreen, CoverageTable]:
    """As a user does, from the list of a query."""
    await settle(pilot)
    if query:
        await pilot.press("slash")
        await type_text(pilot, query)
        await pilot.press("enter")
        await settle(pilot)
    await pilot.press("C")
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, CoverageScreen)
    return screen, screen.query_one(CoverageTable)


def text_of(table: CoverageTable) -> str:
    return "\n".join(strip.text.rstrip() for strip in table.render_lines(table.size.region))


def said(screen: CoverageScreen, name: str) -> str:
    return str(screen.query_one(f"#coverage-{name}", Static).render())


async def test_who_carried_it_first_and_who_did_not(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        screen, table = await open_coverage(pilot)
        wanted = samples.stories.ids()
        assert [row.story.id for row in table._rows.values()] == wanted
        text = text_of(table)
        assert "first" in text
        assert "–" in text
        assert f"{len(wanted)} stories" in said(screen, "facts")
        heads = said(screen, "heads").splitlines()
        assert "".join(line.split()[0] for line in heads[-2:]) == table.outlets[0], "a long name stands on two lines"
        row = table.row
        assert row is not None
        assert row.story.title in said(screen, "detail")
        assert "first" in said(screen, "detail")


async def test_moving_scrolls_the_outlets_at_80_columns(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        screen, table = await open_coverage(pilot)
        shown = said(screen, "heads")
        assert f"of {len(table.outlets)} ›" in shown
        await press_slowly(pilot, *["right"] * (len(table.outlets) + 2))
        assert table.outlet == table.outlets[-1]
        assert "‹ outlets" in said(screen, "heads")
        assert "›" not in said(screen, "heads")
        assert table.outlets[-1] in said(screen, "detail")
        await press_slowly(pilot, "G")
        assert table.cursor == table.total - 1
        assert table.cursor_in_view
        await press_slowly(pilot, *["left"] * (len(table.outlets) + 2))
        assert said(screen, "heads") == shown


async def test_enter_opens_the_story_and_its_article_comes_back_to_the_list(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        screen, table = await open_coverage(pilot)
        row = table.row
        assert row is not None
        await pilot.press("enter")
        await settle(pilot)
        story = pilot.app.screen
        assert isinstance(story, StoryScreen)
        assert story._story_id == row.story.id
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("g", "enter")
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        assert main.reader.wanted == row.story.members[0].article.id


async def test_a_click_goes_to_the_cell_and_two_open_the_story(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        _, table = await open_coverage(pilot)
        width = table.size.width - GUTTER - 1
        x = GUTTER + table._title_width(width) + 2 * table._cell + 5
        await pilot.click(CoverageTable, offset=(x, 3))
        assert (table.cursor, table.column) == (3, 2)
        await pilot.click(CoverageTable, offset=(x, 3), times=2)
        await settle(pilot)
        assert isinstance(pilot.app.screen, StoryScreen)


async def test_a_query_and_a_period(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        screen, table = await open_coverage(pilot, "ferry")
        assert {row.story.id for row in table._rows.values()} == set(
            samples.stories.ids(samples.searching.search("ferry"))
        )
        await pilot.press("F")
        await settle(pilot)
        dialog = pilot.app.screen
        assert isinstance(dialog, PeriodScreen)
        await type_text(pilot, "no day")
        await press_slowly(pilot, "enter")
        assert pilot.app.screen is dialog
        assert "not a period" in str(dialog.query_one("#period-note", Static).render())
        dialog.query_one(Input).value = ""
        await pilot.press("down", "enter")
        await settle(pilot)
        month = cover(samples, CoverageSubject(query="ferry"), lambda: False).months[0][0]
        wanted = samples.stories.ids(samples.searching.search(f"ferry date:{month}"))
        assert {row.story.id for row in table._rows.values()} == set(wanted)
        assert month in said(screen, "title")


async def test_a_saved_search_under_the_cursor_of_the_sidebar(samples: Engine, reader: MakeReader) -> None:
    samples.searching.save_search("boats", "ferry")
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("shift+tab", "shift+tab", *["j"] * 5)
        screen, table = await open_coverage(pilot)
        assert "@boats" in said(screen, "title")
        assert table.total == len(samples.stories.ids(samples.searching.search("ferry")))


async def test_nothing_found_and_a_bad_query(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for query, words in (("zebra xylophone", "No story"), ("date:never", "never")):
            screen = CoverageScreen(pilot.app, samples, pilot.app.changes, CoverageStop(query=query))
            pilot.app.push_screen(screen)
            await settle(pilot)
            table = screen.query_one(CoverageTable)
            assert table.total == 0
            assert words in text_of(table) + said(screen, "facts")
            await pilot.press("j", "right", "enter", "F", "escape", "escape")
            await settle(pilot)


async def test_one_story_from_its_page_and_a_change_of_the_library(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        screen, table = await open_coverage(pilot)
        assert table.total == 1
        await pilot.press("right", "right")
        samples.marking.set_flag([samples.articles(samples.shelf().numbers[:1].tolist())[0].id], "starred", True)
        screen.post_message(LibraryChanged(*samples.state()))
        await settle(pilot)
        assert table.column == 2, "the place is kept"
        await pilot.press("left", "left", "enter")
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        row = table.row
        assert row is not None
        carried = samples.stories.story(row.story.id).members
        assert main.reader.wanted == next(m.article.id for m in carried if m.article.source == table.outlets[0])


def test_heads_are_broken_between_words_only() -> None:
    assert head_lines("tarn-valley-gazette", 10) == ["tarn-", "valley-", "gazette"]
    assert head_lines("tarn-valley-gazette", 12) == ["tarn-valley-", "gazette"]
    assert head_lines("The Northgate Post", 10) == ["The", "Northgate", "Post"]
    assert head_lines("the evening news of the coast", 8) == ["the", "evening", "news of…"]
    assert head_lines("Donaudampfschiff", 10) == ["Donaudamp…"]
    assert cells(head_lines("漢字新聞社通信", 10)[0]) == 10
    assert head_lines("", 10) == [""]
