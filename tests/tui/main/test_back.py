"""The one way back: every way to another place, and that escape comes back to the same row, cell or passage."""

from __future__ import annotations

import random

import pytest
from textual.pilot import Pilot

from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.trail import MainStop, MatrixStop, Stops, StoryStop, Trail
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly

SIZES = [(120, 40), (80, 24)]
WAYS: list[tuple[str, ...]] = [
    ("enter",),
    ("S",),
    ("S", "j", "M"),
    ("S", "M", "down", "right"),
    ("S", "j", "enter"),
    ("S", "M", "right", "enter"),
    ("S", "C", "right"),
    ("C", "j", "right", "enter", "enter"),
    ("S", "d"),
    ("M", "down", "down"),
    ("d",),
    ("H",),
    ("2",),
    ("4", "j", "enter"),
    ("tab",),
    ("z",),
    ("slash", "f", "e", "r", "r", "y", "enter", "j"),
]


def here(pilot: Pilot[str]) -> object:
    """Where the user is, as exactly as they can see."""
    assert isinstance(pilot.app, NewsreaderApp)
    return pilot.app._here


def main(pilot: Pilot[str]) -> MainScreen:
    assert isinstance(pilot.app.screen, MainScreen)
    return pilot.app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_escape_comes_back_from_everywhere(samples: Engine, reader: MakeReader, size: tuple[int, int]) -> None:
    async with reader(samples).run_test(size=size) as pilot:
        await settle(pilot)
        articles = main(pilot).query_one(ArticleList)
        articles.move_to(next(n for n, row in enumerate(articles.rows) if n and row.article.story_size > 2))
        await settle(pilot)
        before = here(pilot)
        for way in WAYS:
            await press_slowly(pilot, *way)
            for _ in way:
                if here(pilot) != before:
                    await press_slowly(pilot, "escape")
            assert here(pilot) == before, way
            main(pilot)


async def test_a_walk_at_random_and_all_the_way_back(samples: Engine, reader: MakeReader) -> None:
    """Each place is passed again, in the order of the way back; forward leads along the same places."""
    dice = random.Random("a walk")
    keys = ["enter", "S", "M", "C", "d", "J", "K", "u", "right_square_bracket", "j", "k", "right", "1", "2", "4", "z"]
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, *"jjj")
        first = here(pilot)
        for key in dice.choices(keys, k=40):
            await press_slowly(pilot, key)
        assert isinstance(pilot.app, NewsreaderApp)
        way = [here(pilot)]
        assert len(pilot.app.trail._behind) <= 40, "a key is a step at most"
        while pilot.app.trail.leads_back(pilot.app._here):
            await press_slowly(pilot, "ctrl+o")
            way.append(here(pilot))
        assert way[-1] == first
        for place in reversed(way[:-1]):
            await press_slowly(pilot, "alt+right")
            assert here(pilot) == place


async def test_reading_from_a_storys_page_leaves_it_where_it_was(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "4", "enter", "j", "j", "space", "M", "down", "right")
        cell, pages = here(pilot), [type(screen) for screen in pilot.app.screen_stack]
        await press_slowly(pilot, "enter", "ctrl+d")
        text = main(pilot).text
        at = text.position
        assert text.has_focus
        await press_slowly(pilot, "S", "enter", "escape", "escape")
        assert main(pilot).text.position == at
        await press_slowly(pilot, "escape")
        assert here(pilot) == cell
        assert [type(screen) for screen in pilot.app.screen_stack] == pages
        await press_slowly(pilot, "escape")
        screen = pilot.app.screen
        assert isinstance(screen, StoryScreen)
        assert len(screen.stop.selected) == 1


async def test_from_a_text_that_was_clicked_into_escape_leads_to_the_list(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "2", "j")
        before = here(pilot)
        await pilot.click(ReadingPane, offset=(20, 3))
        await settle(pilot)
        assert main(pilot).text.has_focus
        await press_slowly(pilot, "escape")
        assert here(pilot) == before
        assert main(pilot).browser.list.has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_who_reads_on_comes_back_to_where_reading_began(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    """One step out of the text after many articles, and the list stands at the last of them; `ctrl+o` goes through."""
    async with reader(samples).run_test(size=size) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "enter", "u", "u", "right_square_bracket", "u")
        screen = main(pilot)
        at, article = screen.browser.list.cursor, screen.reader.wanted
        assert at >= 4
        await press_slowly(pilot, "escape")
        assert screen.browser.list.has_focus
        assert screen.browser.list.cursor == at
        if size[0] > 110:
            assert screen.reader.wanted == article
        await press_slowly(pilot, "alt+right", "alt+right", "ctrl+o")
        assert screen.text.has_focus
        assert screen.reader.wanted != article

        await press_slowly(pilot, "1", "S", "enter", "J", "u", "escape")
        assert isinstance(pilot.app.screen, StoryScreen)


@pytest.mark.parametrize("key", ["K", "u", "right_square_bracket"])
async def test_a_step_through_the_list_is_gone_back_by_a_jump(samples: Engine, reader: MakeReader, key: str) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = main(pilot).query_one(ArticleList)
        articles.move_to(next(n for n, row in enumerate(articles.rows) if n and row.article.story_size > 2))
        await settle(pilot)
        before = here(pilot)
        await press_slowly(pilot, key)
        there = here(pilot)
        assert there != before
        await press_slowly(pilot, "escape")
        assert here(pilot) == there, "no way out of a list that was not left"
        await press_slowly(pilot, "ctrl+o")
        assert here(pilot) == before


async def test_a_query_that_was_sent_is_left_for_the_one_before_and_at_last_none(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        bar, articles = main(pilot).query_one(SearchBar), main(pilot).query_one(ArticleList)
        for query in ("ferry", "harbour"):
            await pilot.press("slash")
            await type_text(pilot, query)
            await press_slowly(pilot, "enter", "j")
        at = articles.key_at(articles.cursor)
        await press_slowly(pilot, "enter", "escape")
        assert (bar.text, articles.key_at(articles.cursor)) == ("harbour", at)
        await press_slowly(pilot, "escape")
        assert (bar.text, articles.cursor) == ("ferry", 1)
        await press_slowly(pilot, "escape")
        assert bar.text == ""
        await press_slowly(pilot, "escape", "escape")
        assert bar.text == ""
        await press_slowly(pilot, "alt+right", "alt+right")
        assert bar.text == "harbour"
        await press_slowly(pilot, "ctrl+l")
        assert bar.text == ""
        await press_slowly(pilot, "escape")
        assert bar.text == "harbour", "clearing is a step too"


async def test_what_is_gone_is_passed_over(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET, harbour=HARBOUR, orchard=ORCHARD)
    async with reader(engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "enter", "u", "u")
        gone, last = main(pilot).reader.wanted, main(pilot).browser.list.cursor
        await press_slowly(pilot, "right_square_bracket", "1")
        assert gone is not None
        engine.article(gone).article.path.unlink()
        engine.index()
        await settle(pilot)
        assert last == 2
        await press_slowly(pilot, "ctrl+o", "ctrl+o")
        assert main(pilot).reader.wanted != gone
        assert main(pilot).text.has_focus


def test_the_trail_is_bounded_and_tells_places_apart() -> None:
    trail = Trail()
    places = [(MainStop(cursor=str(number)),) for number in range(1_000)]
    for place in places:
        trail.leave(place)
    way: list[Stops] = [(MainStop(query="now"),)]
    while (there := trail.back(way[-1])) is not None:
        way.append(there)
    assert 1 < len(way) < len(places)
    assert way[:0:-1] == places[1 - len(way) :]
    assert MainStop(anchor="a", after=("b",)) == MainStop(), "only what the user is at"


def test_a_place_without_its_articles_is_passed_over() -> None:
    trail, top = Trail(), MainStop()
    trail.leave((top,))
    trail.leave((top, MatrixStop("Blast", ("a", "b"))))  # type: ignore[arg-type]
    assert trail.articles == {"a", "b"}
    assert trail.back((top, StoryStop(None, None)), gone={"b"}) == (top,)
    assert trail.back((top,)) is None
