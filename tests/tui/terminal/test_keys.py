"""Keys that come faster than screens and lists."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from newsreader.engine.core import Engine
from newsreader.errors import NotFoundError
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tags import TagScreen
from newsreader.tui.search.bar import SearchBar
from tests.tui.conftest import MakeReader
from tests.tui.waiting import settle, until

SLOW = 0.3
"""Seconds that a look-up takes: several keys come meanwhile."""


def slowed(call: Callable[..., Any]) -> Callable[..., Any]:
    def slow(*arguments: Any, **how: Any) -> Any:
        time.sleep(SLOW)
        return call(*arguments, **how)

    return slow


async def on_a_story(pilot: Pilot[str]) -> None:
    """The cursor on an article that has a story."""
    await settle(pilot)
    listed = pilot.app.screen.query_one(ArticleList)
    while (article := listed.article) is not None and article.story is None:
        await pilot.press("j")
    assert listed.article is not None
    await settle(pilot)


async def press_at_once(pilot: Pilot[str], *keys: str) -> None:
    """As a terminal sends them: none waits for what the one before does."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause()


@pytest.mark.parametrize(
    ("opener", "slow"),
    [
        ("S", "article"),
        ("M", "stories.story_of"),
        ("t", "shelf"),
        ("m", "marking.mark"),
        ("C", "shelf"),
        ("H", "marking.mark"),
    ],
)
async def test_q_closes_the_screen_that_is_opening(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch, opener: str, slow: str
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await on_a_story(pilot)
        part, _, name = slow.rpartition(".")
        owner = getattr(samples, part) if part else samples
        monkeypatch.setattr(owner, name, slowed(getattr(owner, name)))
        await press_at_once(pilot, opener, "q" if opener not in "tm" else "escape")
        await settle(pilot)
        assert app.is_running
        assert isinstance(app.screen, MainScreen)
        await press_at_once(pilot, opener)
        await settle(pilot)
        assert not isinstance(app.screen, MainScreen)


async def test_what_is_typed_for_a_dialog_reaches_it_in_order(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(samples, "shelf", slowed(samples.shelf))
        await press_at_once(pilot, "t", *"quartz")
        await press_at_once(pilot, *"ite")
        await settle(pilot)
        assert isinstance(app.screen, TagScreen)
        assert app.screen.query_one(Input).value == "quartzite"
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "quartzite" in dict(samples.shelf().counts.tags)


async def test_keys_go_through_several_screens(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await on_a_story(pilot)
        listed = app.screen.query_one(ArticleList)
        before = listed.cursor
        monkeypatch.setattr(samples, "article", slowed(samples.article))
        await press_at_once(pilot, "S", "q", "j", "j")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)
        assert listed.cursor == before + 2
        await on_a_story(pilot)
        before = listed.cursor
        await press_at_once(pilot, "S", "question_mark", "escape", "q", "j")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)
        assert listed.cursor == before + 1


async def test_where_no_screen_comes_q_does_not_leave(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: Any) -> Any:
        time.sleep(SLOW)
        raise NotFoundError("there is none")

    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await on_a_story(pilot)
        monkeypatch.setattr(samples.stories, "story_of", fails)
        before = app.screen.query_one(ArticleList).cursor
        await press_at_once(pilot, "M", "q", "j")
        await settle(pilot)
        assert app.is_running
        assert [str(notice.message) for notice in app._notifications] == ["There is none"]
        assert app.screen.query_one(ArticleList).cursor == before + 1


async def test_leaving_never_waits(samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        monkeypatch.setattr(samples, "article", slowed(samples.article))
        await press_at_once(pilot, "S", "j", "ctrl+q")
        await until(pilot, lambda: not app.is_running, "the program to end")
    time.sleep(SLOW)  # the look-up ends by itself


# keys that come faster than lists


@pytest.fixture
def held(samples: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Searches for "ferry" wait until it is set."""
    go_on = threading.Event()
    search = samples.searching.search

    def waits(query: str, **how: Any) -> Any:
        if query == "ferry":
            assert go_on.wait(60)
        return search(query, **how)

    monkeypatch.setattr(samples.searching, "search", waits)
    yield go_on
    go_on.set()


def starred(engine: Engine) -> list[str]:
    return [article.title for article in engine.articles(engine.searching.search("is:starred").numbers.tolist())]


async def search_for_ferry(pilot: Pilot[str], *then: str) -> None:
    await settle(pilot)
    await pilot.press("slash")
    await press_at_once(pilot, *"ferry", "enter", *then)


async def test_a_star_waits_for_the_list_that_is_being_made(
    samples: Engine, reader: MakeReader, held: threading.Event
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await search_for_ferry(pilot, "s", "j")
        assert starred(samples) == []
        held.set()
        await settle(pilot)
        first = samples.articles(samples.searching.search("ferry").numbers[:1].tolist())[0]
        assert starred(samples) == [first.title]
        assert app.screen.query_one(ArticleList).cursor == 1


async def test_who_moves_or_goes_back_waits_for_no_list(
    samples: Engine, reader: MakeReader, held: threading.Event
) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await search_for_ferry(pilot, "j", "j")
        listed, bar = app.screen.query_one(ArticleList), app.screen.query_one(SearchBar)
        await until(pilot, lambda: listed.cursor == 2, "the cursor to move")
        await pilot.press("escape")
        await until(pilot, lambda: bar.text == "", "the query to be forgotten")
        await pilot.press("q")
        await until(pilot, lambda: not app.is_running, "the program to end")
        held.set()


async def test_a_list_that_takes_long_is_not_waited_for(
    samples: Engine, reader: MakeReader, held: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was typed for it is not done to the list before, and keys can be used again."""
    monkeypatch.setattr("newsreader.tui.terminal.keys.LONGEST_WAIT", 0.2)
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await search_for_ferry(pilot, "t", *"quartz")
        await until(pilot, lambda: bool(app._notifications), "the notice")
        assert ["forgotten" in str(notice.message) for notice in app._notifications] == [True]
        assert app.is_running
        assert isinstance(app.screen, MainScreen)
        await pilot.press("j")
        await until(pilot, lambda: app.screen.query_one(ArticleList).cursor == 1, "the cursor to move")
        held.set()
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert len(starred(samples)) == 1


async def test_where_a_search_fails_keys_go_on(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await press_at_once(pilot, *"titel:x", "enter", "s")
        await settle(pilot)
        assert len(starred(samples)) == 1, "of the list that stays"
