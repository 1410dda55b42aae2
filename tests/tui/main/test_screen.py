"""The main screen, with a real engine behind it."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.actions import parse
from textual.widgets import ContentSwitcher, Static

from newsreader.engine.core import Engine
from newsreader.errors import StorageError
from newsreader.indexing.options import IndexOptions
from newsreader.tui.commands import COMMANDS, commands_of, keymap
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.fetch import find
from newsreader.tui.lists.listing import Listing, ListPosition, Request
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.window_state import load_state
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library
from tests.tui.conftest import QUICK, MakeReader, library_with, listed, settle, type_text
from tests.tui.waiting import press_slowly, until

WATCHFUL = replace(QUICK, watch=0.05)
"""Looks at the library all the time."""


def shown(app: object, kind: type[Static], selector: str) -> str:
    return str(app.screen.query_one(selector, kind).render())  # type: ignore[attr-defined]


def test_every_command_of_the_screen_has_its_action_and_a_help_line() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    for command in commands_of("main"):
        action, *_ = parse(command.action or command.id)[1:]
        assert callable(getattr(MainScreen, f"action_{action}", None)), command.id
        assert command.help.endswith(".")
    assert keymap({"zen": "x", "nonsense": "y"}) == {"main.zen": "x"}


async def test_the_newest_article_is_listed_and_shown_at_the_start(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples, mark_read_after=0.01)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        page = app.screen.query_one(ReadingPane).page
        assert listed(app) == samples.shelf().counts.all
        assert page is not None
        assert page.article == articles.article == samples.articles(samples.shelf().numbers[:1].tolist())[0]
        assert not page.article.read, "what nobody has gone to has not been read"


async def test_results_follow_the_typing_and_a_mistake_leaves_them(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles, bar = app.screen.query_one(ArticleList), app.screen.query_one(SearchBar)
        await pilot.press("slash")
        await type_text(pilot, "ferr")
        await settle(pilot)
        found = articles.total
        assert 0 < found < samples.shelf().counts.all
        assert articles.row is not None
        assert articles.row.hit.title.spans or articles.row.hit.excerpt.spans
        await type_text(pilot, "y titel:x")
        await settle(pilot)
        assert "no field 'titel'" in shown(app, Static, "#explanation")
        assert articles.total, "the last good results stay"
        await pilot.press("ctrl+y")
        await settle(pilot)
        assert bar.text == "ferry title:x"
        assert samples.shelf().counts.starred == 0, "letters are text while a query is typed"


async def test_partial_matches_are_said_to_be_partial(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "ferry dengue zebra")
        await pilot.press("enter")
        await settle(pilot)
        assert "these have some" in shown(app, Static, "#explanation")
        assert isinstance(app.focused, ArticleList)


async def test_marks_of_several_articles_and_the_way_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "s", "r")
        await settle(pilot)
        counts = samples.shelf().counts
        assert (counts.starred, counts.all - counts.unread) == (2, 2)
        articles = app.screen.query_one(ArticleList)
        articles.move_to(0)
        await settle(pilot)
        assert articles.article is not None
        assert articles.article.starred
        assert articles.article.read
        await pilot.press("ctrl+z", "ctrl+z")
        await settle(pilot)
        counts = samples.shelf().counts
        assert (counts.starred, counts.unread) == (0, counts.all)
        await pilot.press("asterisk")
        await settle(pilot)
        assert len(articles.selected) == counts.all


async def test_an_article_that_was_looked_at_long_enough_is_read(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples, mark_read_after=0.05)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        await until(pilot, lambda: articles.article is not None and articles.article.read, "the article counts as read")
        await pilot.press("u")
        await settle(pilot)
        assert articles.cursor == 2


async def test_another_process_indexing_leaves_the_reader_where_they_are(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET, harbour=HARBOUR, orchard=ORCHARD)
    app = reader(engine, delays=WATCHFUL)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("j")
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        before = articles.article
        assert before is not None
        newest = library.folder / "new.txt"
        newest.write_text(BUDGET.replace("2021-03-26", "2026-01-01").replace("budget", "harvest"), encoding="utf-8")
        other = Engine(library.locations)
        await asyncio.to_thread(other.index)
        await until(pilot, lambda: articles.total == 4, "the new article is listed")
        assert articles.article is not None
        assert articles.article.id == before.id
        assert articles.cursor == 2


async def test_views_are_a_key_or_a_click_away(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("4")
        await settle(pilot)
        assert app.screen.query_one("#lists", ContentSwitcher).current == "stories"
        assert app.screen.query_one(StoryList).total == samples.shelf().counts.stories
        await pilot.click(Sidebar, offset=(5, 2))
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "is:starred"
        assert app.screen.query_one(ArticleList).total == 0
        await press_slowly(pilot, "escape")
        assert app.screen.query_one("#lists", ContentSwitcher).current == "stories"
        await press_slowly(pilot, "escape")
        assert listed(app) == samples.shelf().counts.all


async def test_80_columns_show_one_pane_at_a_time(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        articles, pane = app.screen.query_one(ArticleList), app.screen.query_one(ReadingPane)
        assert not pane.display or not pane.region
        await pilot.press("j", "enter")
        await settle(pilot)
        assert pane.region.width == 80
        assert not articles.region
        assert pane.page is not None
        assert articles.article is not None
        assert pane.page.article.id == articles.article.id
        await pilot.press("escape")
        await settle(pilot)
        assert articles.region
        await pilot.resize_terminal(30, 8)
        await settle(pilot)
        assert app.screen.query_one("#too-small").region


async def test_comparing_what_stands_alone_is_a_friendly_notice(library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, budget=BUDGET))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("d", "S")
        await until(pilot, lambda: any("stands alone" in str(n.message) for n in app._notifications), "the notice")


@pytest.mark.parametrize("title", ["[@click=app.quit]press[/] here", "Bill [/b] passes", "[Breaking] news [link=x]"])
async def test_markup_in_articles_tags_and_queries_is_text(library: Library, reader: MakeReader, title: str) -> None:
    engine = library_with(library, odd=f" date 2021-03-26 {title}\n\n{title}, it was said on Friday by {title}.\n")
    article = engine.articles(engine.shelf().numbers.tolist())[0]
    engine.marking.tag([article.id], [title])
    app = reader(engine)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        pane = app.screen.query_one(ReadingPane)
        assert title in "".join(strip.text for strip in pane.render_lines(pane.size.region))
        for key in ("t", "escape", "m", "escape", "number_sign", "escape", "y", "O", "s", "slash"):
            await pilot.press(key)
            await settle(pilot)
        app.screen.query_one(SearchBar).input.value = title
        await settle(pilot)
        assert app.is_running


async def test_a_vanished_library_is_said_and_survived(library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, budget=BUDGET), command="raise SystemExit('disk on fire')")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        os.remove(library.folder / "budget.txt")
        await asyncio.to_thread(Engine(library.locations).index, IndexOptions(purge=True))
        await pilot.press("s", "t", "ctrl+r")
        await settle(pilot)
        said = " ".join(str(n.message) for n in app._notifications)
        assert "no longer in the library" in said
        assert "Disk on fire" in said


async def test_a_cache_deleted_meanwhile_is_survived_and_comes_back(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET, harbour=HARBOUR)
    library.engine.marking.tag([library.id("budget.txt")], ["mine"])
    app = reader(engine, delays=WATCHFUL)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        assert listed(app) == 2
        shutil.rmtree(library.locations.cache)
        await press_slowly(
            pilot, "j", "enter", "d", "S", "V", "escape", "t", "escape", "H", "escape", "C", "escape", "F", "escape"
        )
        await pilot.press("slash")
        await type_text(pilot, "ferry")
        await press_slowly(pilot, "enter", "ctrl+l", "4", "1")
        assert app.is_running
        assert type(app.screen).__name__ == "MainScreen"
        await asyncio.to_thread(Engine(library.locations).index)
        await until(pilot, lambda: listed(app) == 2, "both articles are listed again")
        assert library.tags("budget.txt") == ("mine",)


async def test_that_nothing_can_be_marked_is_said_once(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise StorageError("the disk is full")

    app = reader(samples, mark_read_after=0.01)
    monkeypatch.setattr(samples.marking, "set_flag", fails)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        for _ in range(3):
            await pilot.press("j")
            await settle(pilot)
            app._notice_until = 0.0  # what was said is not on the screen any more
        assert [str(notice.message) for notice in app._notifications] == ["The disk is full"]
        await pilot.press("s")
        await settle(pilot)
        assert len(app._notifications) == 2, "what the user does is answered"


async def test_a_bug_ends_with_a_log_and_no_article_text(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    app = reader(samples)
    said: list[str] = []
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: said.extend(map(str, app._exit_renderables)))

    def broken(*_: Any) -> None:
        raise ZeroDivisionError("the ferry \x1b]0;PWNED\x07 sails")

    monkeypatch.setattr("newsreader.tui.lists.browser.find", broken)
    with pytest.raises(Exception, match="ZeroDivisionError"):
        async with app.run_test(size=(120, 40)) as pilot:
            await settle(pilot)
    log = (samples.locations.state / "newsreader.log").read_text()
    assert "ZeroDivisionError: the ferry \\x1b]0;PWNED" in log
    assert log.replace("\n", "").isprintable()
    assert said == [
        f"newsreader has stopped: ZeroDivisionError. The details are in {samples.locations.state / 'newsreader.log'}. "
        "Nothing that you tagged or marked is lost."
    ]


async def test_the_last_query_comes_back_with_an_arrow_key(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "harbour")
        await pilot.press("enter", "escape", "slash")
        await settle(pilot)
        bar = app.screen.query_one(SearchBar)
        assert bar.text == ""
        await pilot.press("up")
        await settle(pilot)
        assert bar.text == "harbour"
        assert app.screen.query_one(ArticleList).total < samples.shelf().counts.all
    assert load_state(samples.locations.state).history == ("harbour",)


async def test_panes_follow_the_tab_key_at_every_width(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("shift+tab")
        await pilot.pause()
        assert isinstance(app.focused, Sidebar)
        assert app.screen.query_one(Sidebar).region.width > 0
        await pilot.press("j", "enter")
        await settle(pilot)
        assert app.screen.query_one(SearchBar).text == "is:unread"
        assert isinstance(app.focused, ArticleList)
        await pilot.press("tab")
        await settle(pilot)
        assert isinstance(app.focused, ReadingPane)
        assert app.focused.page is not None
        await pilot.press("z", "escape")
        await pilot.resize_terminal(160, 50)
        await settle(pilot)
        assert all(app.screen.query_one(kind).region for kind in (Sidebar, ArticleList, ReadingPane, SearchBar))


@pytest.mark.parametrize("broken", ["catalogue", "userdata"])
async def test_broken_files_are_said_and_survived(library: Library, reader: MakeReader, broken: str) -> None:
    engine = library_with(library, budget=BUDGET)
    engine.close()
    path: Path = getattr(library.locations, broken)
    for file in path.parent.glob(f"{path.name}*"):
        file.write_bytes(b"no database " * 1_000)
    app = reader(Engine(library.locations))
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("j", "s", "4", "1", "slash")
        await type_text(pilot, "council")
        await settle(pilot)
        assert any(path.name in str(n.message) for n in app._notifications) or path.name in shown(
            app, Static, "#explanation"
        )
        assert app.is_running


async def test_a_slow_first_list_still_comes(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that the program does by itself may take the place of what the user waits for."""

    def slowly(*arguments: Any) -> Listing:
        time.sleep(0.8)
        return find(*arguments)

    monkeypatch.setattr("newsreader.tui.lists.browser.find", slowly)
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert listed(app) == samples.shelf().counts.all
        await pilot.press("slash")
        await type_text(pilot, "ferry")
        assert app.screen.query_one(SearchBar).text == "ferry"
        assert isinstance(app.screen, MainScreen)
        assert app.screen.browser.request_shown.query == "", "typing does not wait for searches"
        await settle(pilot)
        assert app.screen.query_one(ArticleList).total < 20


async def test_a_reply_that_comes_late_is_dropped(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown_queries: list[str] = []

    def slow_at_first(engine: Engine, request: Request, *rest: Any) -> Listing:
        time.sleep(0.5 if request.query == "ferry" else 0)
        return find(engine, request, *rest)

    monkeypatch.setattr("newsreader.tui.lists.browser.find", slow_at_first)
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, MainScreen)
        original = screen.browser._show

        def show(listing: Listing, position: ListPosition | None) -> None:
            shown_queries.append(listing.request.query)
            original(listing, position)

        monkeypatch.setattr(screen.browser, "_show", show)
        screen.browser.search("ferry")
        await pilot.pause()
        screen.browser.search("dengue")
        await settle(pilot)
        assert shown_queries == ["dengue"]


async def test_two_selected_articles_are_compared_and_more_are_asked_about(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("d", "d", "d")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen), "the newest article stands alone"
        assert len(app._notifications) == 1, "said once"
        newer = app.screen.query_one(ArticleList).article
        await pilot.press("space", "j")  # space goes on to the next one
        older = app.screen.query_one(ArticleList).article
        await pilot.press("space", "d")
        await settle(pilot)
        assert isinstance(app.screen, CompareScreen)
        assert newer is not None
        assert older is not None
        assert app.screen._pair == (older.id, newer.id)
        await pilot.press("escape")
        await settle(pilot)
        await pilot.press("space", "d")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_an_address_that_hides_its_host_is_opened_when_asked_for_twice(
    library: Library, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls, recorder = library.home / "calls", library.home / "recorder"
    recorder.write_text(f'#!/bin/sh\necho "$@" >> {calls}\n')
    recorder.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(recorder))
    monkeypatch.setattr(webbrowser, "_tryorder", None)  # what it has found before
    library.write("a.md", "---\ntitle: A\nurl: https://good.example@evil.test/\n---\nText.\n")
    library.index()
    app = reader(library.engine)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("O")
        await settle(pilot)
        said = [str(notice.message) for notice in app._notifications]
        assert said == ["This address leads to evil.test. O again opens it."]
        assert not calls.exists()
        await pilot.press("O")
        await settle(pilot)
        assert "Opening evil.test" in [str(notice.message) for notice in app._notifications]
        until = time.monotonic() + 60.0
        while not calls.exists():
            assert time.monotonic() < until, "the address was not opened"
            await asyncio.sleep(0.01)
        assert calls.read_text() == "https://good.example@evil.test/\n"


async def test_the_sort_label_and_the_size_of_the_story_can_be_clicked(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        sort = screen.browser.request.sort
        await pilot.click("#explanation", offset=(screen.query_one("#explanation").size.width - 4, 0))
        await settle(pilot)
        assert screen.browser.request.sort != sort
        await pilot.press("slash")
        await type_text(pilot, "grain terminal")
        await pilot.press("enter")
        await settle(pilot)
        pane = screen.text
        lines = [strip.text for strip in pane.render_lines(pane.size.region)]
        at = next(number for number, line in enumerate(lines) if "story of" in line)
        await pilot.click(ReadingPane, offset=(lines[at].index("story"), at))
        await settle(pilot)
        assert type(pilot.app.screen).__name__ == "StoryScreen"
