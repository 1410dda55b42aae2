"""A whole list marked as read: asked about where it is long, and taken back with one key."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.widgets.question import QuestionScreen
from tests.builders import Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly


async def test_a_long_list_is_asked_about(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    everything = samples.shelf().counts.all
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "R")
        assert isinstance(app.screen, QuestionScreen)
        await press_slowly(pilot, "escape")
        assert samples.shelf().counts.unread == everything
        await press_slowly(pilot, "R", "enter")
        assert samples.shelf().counts.unread == 0  # folded copies too
        await press_slowly(pilot, "R")
        assert not isinstance(app.screen, QuestionScreen)
        await press_slowly(pilot, "ctrl+z")
        assert samples.shelf().counts.unread == everything


async def test_down_to_the_cursor(library: Library, reader: MakeReader) -> None:
    texts = {f"n{day}": f" date 2021-03-0{day} Number {day}\n\nThe ferry sails {day} times.\n" for day in range(1, 6)}
    engine = library_with(library, **texts)
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "j", "j", "circumflex_accent")
        assert [row.article.read for row in app.screen.query_one(ArticleList).rows] == [True] * 3 + [False] * 2


async def test_only_what_is_listed(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        before = samples.shelf().counts
        await pilot.press("slash")
        await type_text(pilot, "herring sable")
        await press_slowly(pilot, "enter", "R")
        found = len(samples.searching.search("herring sable").numbers)
        assert 0 < found == before.unread - samples.shelf().counts.unread
        await press_slowly(pilot, "4", "R", "enter")
        in_stories = sum(size for size in samples.shelf().story_sizes.values() if size > 1)
        assert before.unread - samples.shelf().counts.unread >= in_stories
