"""Searching on the main screen: completion, history, explanation, repair, saved searches, order."""

from __future__ import annotations

import asyncio
import time

import pytest
from textual._compositor import ReflowResult
from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Size
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, Static

from newsreader.engine.core import Engine
from newsreader.errors import Cancelled
from newsreader.tui.delays import Delays
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.menu import CompletionMenu
from newsreader.tui.search.query_input import QueryInput
from newsreader.tui.window_state import load_state
from tests.tui.conftest import MakeReader, listed, settle, type_text
from tests.tui.waiting import press_slowly, until


def line(pilot: Pilot[str], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).render())


def text_of(rows: ArticleList | Sidebar) -> str:
    return "\n".join(strip.text for strip in rows.render_lines(rows.size.region))


def offered(pilot: Pilot[str]) -> list[str]:
    menu = pilot.app.screen.query_one(CompletionMenu)
    return [str(option.prompt) for option in menu.options] if menu.display else []


def text_at(pilot: Pilot[str], widget: Widget) -> str:
    """What the screen shows in a widget's first line."""
    x, y, width, _ = widget.content_region
    return pilot.app.screen._compositor.render_strips()[y].crop(x, x + width).text.strip()


async def ask(pilot: Pilot[str], query: str) -> SearchBar:
    await pilot.press("slash")
    await type_text(pilot, query)
    await pilot.press("enter")
    await settle(pilot)
    return pilot.app.screen.query_one(SearchBar)


async def test_a_pasted_megabyte_is_no_query(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "ferry")
        pilot.app.post_message(Paste("a~" * 500_000))
        await settle(pilot)
        assert pilot.app.screen.query_one(SearchBar).text == "ferry"
        assert [str(notice.message) for notice in pilot.app._notifications] == [
            "A query has 20,000 characters at most; this was not put in."
        ]


# completion


async def test_completion_goes_from_a_field_to_a_value_to_the_next_word(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        await pilot.press("slash")
        await type_text(pilot, "ferry ta")
        await settle(pilot)
        assert offered(pilot) == ["tag:  field"]
        await pilot.press("tab")
        await settle(pilot)
        assert bar.text == "ferry tag:"
        assert len(offered(pilot)) == 8
        await type_text(pilot, "lo")
        await settle(pilot)
        await press_slowly(pilot, "down", "down", "up")
        assert bar.menu.chosen is not None
        wanted = bar.menu.chosen.text
        await pilot.press("enter")
        await settle(pilot)
        assert bar.text == f"ferry {wanted} "
        assert bar.is_active
        assert offered(pilot) == []
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.focused, ArticleList)


async def test_enter_searches_and_escape_closes_only_the_menu(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        await pilot.press("slash", "t")
        await settle(pilot)
        assert offered(pilot)
        assert app.screen.query_one("#explanation").region.bottom <= bar.menu.region.y, "nothing of the bar is hidden"
        await press_slowly(pilot, "escape")
        assert offered(pilot) == []
        assert bar.is_active
        await pilot.press("i")
        await settle(pilot)
        assert offered(pilot) == ["title:  field"]
        await pilot.press("enter")
        await settle(pilot)
        assert bar.text == "ti"
        assert offered(pilot) == []
        assert isinstance(app.focused, ArticleList)


async def test_a_click_takes_a_completion(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash", "t")
        await settle(pilot)
        await pilot.click(CompletionMenu, offset=(2, 1))
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        assert bar.text == "tag:"
        assert bar.is_active


async def test_typing_waits_for_no_completion_and_late_ones_are_dropped(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = samples.searching.complete

    def slowly(text: str, cursor: int):  # type: ignore[no-untyped-def]
        time.sleep(1)
        return original(text, cursor)

    monkeypatch.setattr(samples.searching, "complete", slowly)
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "tag:art")
        assert app.screen.query_one(SearchBar).text == "tag:art"
        await pilot.press("enter")
        await settle(pilot)
        assert offered(pilot) == [], "nobody is typing any more"


async def test_offers_are_taken_before_the_list_has_come_and_shown_with_it(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are painted together, but who types on blindly does not wait for that."""
    shown_with: list[str] = []
    original = CompletionMenu.appear

    def appear(menu: CompletionMenu) -> None:
        original(menu)
        if menu.display:
            screen = menu.screen
            assert isinstance(screen, MainScreen)
            shown_with.append(screen.browser.request_shown.query)

    monkeypatch.setattr(CompletionMenu, "appear", appear)
    app = reader(samples, delays=Delays(offers=60.0))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        await pilot.press("slash")
        await type_text(pilot, "ta")
        await until(pilot, lambda: shown_with[-1:] == ["ta"], "offers and list together")
        screen = app.screen
        assert isinstance(screen, MainScreen)

        def never_answered(*query: object, **how: object) -> None:
            raise Cancelled("as a search that takes for ever")

        monkeypatch.setattr(samples.searching, "search", never_answered)
        await pilot.press("g")
        await until(pilot, lambda: [offer.text for offer in bar.menu._offers] == ["tag:"], "the offer of tag:")
        assert screen.browser.is_searching
        await pilot.press("tab")
        await until(pilot, lambda: bar.text == "tag:", "tag: taken")
        assert shown_with[-1] == "ta"


@pytest.mark.parametrize("gap", [0.0, 0.01])
async def test_keys_that_come_together_keep_their_order(samples: Engine, reader: MakeReader, gap: float) -> None:
    """Typed ahead while the machine is busy: commands and letters, to widgets that get the focus in between."""
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        unread = samples.shelf().counts.unread
        keys = ["slash", *"dengue", "ctrl+u", *"ferrx", "backspace", "y", "home", *"old", "space", "enter", "s"]
        for key in keys:
            app.post_message(Key(key, {"space": " ", "slash": "/"}.get(key, key if len(key) == 1 else None)))
            await asyncio.sleep(gap)
        await until(pilot, lambda: samples.shelf().counts.starred, "the star")
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        assert bar.text == "old ferry"
        assert isinstance(app.focused, ArticleList)
        assert listed(app) == len(samples.searching.search("old ferry").numbers)
        assert samples.shelf().counts.starred == 1
        assert samples.shelf().counts.unread == unread


async def test_letters_ask_for_no_layout_of_the_screen(samples: Engine, reader: MakeReader) -> None:
    layouts: list[Size] = []
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "fer")
        await settle(pilot)
        compositor = app.screen._compositor
        original = compositor.reflow

        def reflow(parent: Widget, size: Size) -> ReflowResult:
            layouts.append(size)
            return original(parent, size)

        compositor.reflow = reflow  # type: ignore[method-assign]
        bar = app.screen.query_one(SearchBar)
        shown = bar.query_one("#facts", Static).region
        with bar.input.prevent(Input.Changed):
            bar.input.value = "ferr"
        await settle(pilot)
        assert text_at(pilot, bar.input) == "ferr"
        bar.show_facts(Content("1 article"))
        await settle(pilot)
        assert text_at(pilot, bar.query_one("#facts")) == "1 article"
        assert bar.query_one("#facts").region == shown
        assert layouts == []
        bar.input.value = "f" * 110
        await settle(pilot)
        facts = bar.query_one("#facts")
        assert len(text_at(pilot, facts)) == facts.region.width, "the query needs the room"


async def test_recent_queries_and_saved_searches_are_completed(samples: Engine, reader: MakeReader) -> None:
    samples.searching.save_search("ships", "ferry")
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await ask(pilot, "harbour ferry")
        await pilot.press("slash")
        await type_text(pilot, "har")
        await settle(pilot)
        assert offered(pilot) == ["harbour ferry  recent"]
        await pilot.press("tab")
        bar = app.screen.query_one(SearchBar)
        assert bar.text == "harbour ferry"
        bar.begin()
        await pilot.press("@", "s")
        await settle(pilot)
        assert offered(pilot) == ["@ships  saved search"]


# history


async def test_arrows_go_through_the_history_and_it_is_kept(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for query in ("ferry", "dengue", "ferry"):
            await ask(pilot, query)
        bar = app.screen.query_one(SearchBar)
        await pilot.press("escape", "slash")
        await settle(pilot)
        await type_text(pilot, "zz")
        await pilot.press("up", "up")
        await settle(pilot)
        assert bar.text == "dengue"
        assert app.screen.query_one(ArticleList).total == len(samples.searching.search("dengue").numbers)
        await press_slowly(pilot, "down", "down")
        assert bar.text == "zz"
    assert load_state(samples.locations.state).history == ("ferry", "dengue")


# explanation and repair


async def test_the_hits_of_each_clause_are_said(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await ask(pilot, "ferry date:2026-10")
        hits = [clause.hits for clause in samples.searching.search("ferry date:2026-10", explain=True).clauses]
        assert line(pilot, "#explanation").startswith(f"ferry {hits[0]} · published in October 2026 {hits[1]}")
        await pilot.resize_terminal(50, 24)
        await settle(pilot)
        assert len(line(pilot, "#explanation")) <= 44


async def test_what_empties_the_result_is_named_marked_and_taken_out_with_a_key(
    samples: Engine, reader: MakeReader
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await ask(pilot, "ferry AND zebra date:2026-10")
        articles = app.screen.query_one(ArticleList)
        assert articles.total == 0
        assert "zebra finds nothing." in text_of(articles)
        assert "f5  without zebra" in text_of(articles)
        mark = app.screen.query_one(QueryInput)._mark
        assert bar.text[mark.start : mark.stop] == "zebra"
        await pilot.press("f5")
        await settle(pilot)
        assert bar.text == "ferry date:2026-10"
        assert articles.total > 0
        assert mark.start == mark.stop
        assert app.screen.query_one(SearchBar).input.value == "ferry date:2026-10"


async def test_a_relaxation_is_taken_by_click_and_while_typing(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await ask(pilot, "ferry AND zebra")
        await pilot.click(ArticleList, offset=(12, 4))
        await settle(pilot)
        assert bar.text == "ferry"
        await pilot.press("slash")
        await type_text(pilot, "dengue AND zebra")
        await settle(pilot)
        await pilot.press("alt+1")
        await settle(pilot)
        assert bar.text == "dengue", "the digit is no text"


async def test_partial_matches_keep_their_offers_on_the_line_below(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar = await ask(pilot, "ferry fog zebra")
        assert "zebra 0" in line(pilot, "#explanation")
        assert "f5 without zebra" in line(pilot, "#offers")
        assert "any of the words" not in line(pilot, "#offers"), "that is what is shown"
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert bar.text == "ferry fog"
        assert "f5" not in line(pilot, "#offers")


# saved searches


async def test_a_query_is_saved_shown_counted_deleted_and_brought_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await ask(pilot, "ferry date:2026-10")
        hits = listed(app)
        await pilot.press("ctrl+s")
        await settle(pilot)
        await type_text(pilot, "bad name")
        await press_slowly(pilot, "enter")
        assert "can't be" in line(pilot, "#name-note")
        for _ in range(5):
            await pilot.press("backspace")
        await type_text(pilot, "-ferries")
        await pilot.press("enter")
        await settle(pilot)
        assert samples.searching.saved_searches() == {"bad-ferries": "ferry date:2026-10"}
        sidebar = app.screen.query_one(Sidebar)
        assert "SAVED" in text_of(sidebar)
        row = next(i for i, text in enumerate(text_of(sidebar).splitlines()) if "@bad-ferries" in text)
        assert text_of(sidebar).splitlines()[row].split()[-1] == str(hits)
        await pilot.press("escape")
        await pilot.click(Sidebar, offset=(6, row))
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "@bad-ferries"
        assert listed(app) == hits
        await pilot.press("delete")
        await settle(pilot)
        assert samples.searching.saved_searches() == {}
        assert "SAVED" not in text_of(sidebar)
        assert app.screen.query_one(SearchBar).text == ""
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert samples.searching.saved_searches() == {"bad-ferries": "ferry date:2026-10"}
        assert "@bad-ferries" in text_of(sidebar)


async def test_counts_of_saved_searches_follow_the_marks(samples: Engine, reader: MakeReader) -> None:
    samples.searching.save_search("loved", "is:starred")
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        saved = next(text for text in text_of(app.screen.query_one(Sidebar)).splitlines() if "@loved" in text)
        assert saved.split()[-1] == "1"


async def test_nothing_to_save_or_delete_is_a_friendly_notice(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+s", "delete")
        await settle(pilot)
        said = " ".join(str(note.message) for note in app._notifications)
        assert "no query to save" in said
        assert "No saved search" in said


# order


async def test_the_order_goes_round_and_has_two_sides_without_a_query(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)

        async def orders(count: int) -> list[str]:
            seen = []
            for _ in range(count):
                await pilot.press("o")
                await settle(pilot)
                seen.append(line(pilot, "#explanation").split("   ")[-1].strip())
            return seen

        assert await orders(2) == ["oldest first", "newest first"]
        await ask(pilot, "ferry")
        assert await orders(4) == ["best and recent first", "newest first", "oldest first", "best first"]


async def test_enter_opens_the_hit_that_was_chosen_and_keeps_the_list(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        await pilot.press("slash")
        await type_text(pilot, "harb")
        await settle(pilot)
        found = articles.total
        app.screen.query_one(CompletionMenu).close()
        await press_slowly(pilot, "down", "down")
        chosen = articles.article
        assert (articles.total, articles.cursor) == (found, 2)
        await press_slowly(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, MainScreen)
        assert chosen is not None
        assert (screen.text.has_focus, screen.reader.wanted) == (True, chosen.id)
        await press_slowly(pilot, "escape")
        assert (articles.total, articles.cursor, screen.query_one(SearchBar).text) == (found, 2, "harb")


async def test_a_word_that_is_but_a_beginning_is_said_to_be_one(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        await pilot.press("slash")
        await type_text(pilot, "harb")
        await settle(pilot)
        found = articles.total
        await press_slowly(pilot, "enter")
        assert articles.total == found > 0
        assert any("begin so" in str(notice.message) for notice in app._notifications)


async def test_fields_of_other_programs_are_set_right_one_by_one(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "ferry from:harbour-courier since:2026")
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        await press_slowly(pilot, "ctrl+y")
        assert bar.text == "ferry source:harbour-courier since:2026"
        await press_slowly(pilot, "ctrl+y")
        assert bar.text == "ferry source:harbour-courier newer:2026"
        assert listed(app) == len(samples.searching.search(bar.text).numbers) > 0
