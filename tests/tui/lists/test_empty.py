"""What an empty list says: why, and what to do next."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.lists.story_list import StoryList
from newsreader.tui.messages import IndexState, LibraryChanged
from tests.builders import Library
from tests.tui.conftest import MakeReader, library_with, settle
from tests.tui.waiting import press_slowly


async def test_an_empty_view_says_what_to_do(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "3")
        articles = app.screen.query_one(ArticleList)
        assert articles.empty.plain == "Nothing is starred yet.\n\ns stars the article under the cursor"


async def test_an_empty_library_shows_the_progress_of_its_first_run(library: Library, reader: MakeReader) -> None:
    app = reader(library.engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        main = app.screen_stack[0]  # below the first start's dialog
        main.post_message(IndexState(True, "reading 12 of 350 · 40 a second · 8 s left"))
        await pilot.pause()
        shown = main.query_one(ArticleList)
        assert "reading 12 of 350\n40 a second\n8 s left" in shown.empty.plain
        main.post_message(IndexState(False))
        await pilot.pause()
        assert "No articles yet." in shown.empty.plain
        assert "adds a folder" in shown.empty.plain


async def test_without_stories_it_is_said_what_one_is(library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, a="The ferry sails\n\nIt sails at noon."))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "4")
        assert "two articles on one event" in app.screen.query_one(StoryList).empty.plain


async def test_a_list_that_fills_while_the_user_waits_stays_at_its_top(library: Library, reader: MakeReader) -> None:
    app = reader(library.engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.pop_screen()
        await settle(pilot)
        articles = app.screen.query_one(ArticleList)
        library.engine.add_folders([library.folder])
        for day in (1, 2):
            add_article(library, day)
            app.screen.post_message(LibraryChanged(day, day))
            await settle(pilot)
            assert articles.article is not None
            assert articles.article.title.endswith(f"on day {day}")
        await press_slowly(pilot, "down")
        add_article(library, 3)
        app.screen.post_message(LibraryChanged(9, 9))
        await settle(pilot)
        assert articles.article is not None
        assert articles.article.title.endswith("on day 1"), "whoever has moved stays with the article"


def add_article(library: Library, day: int) -> None:
    text = f" date 2026-10-0{day} The ferry sails on day {day}\n\nIt carries {['corn', 'coal', 'salt'][day - 1]}."
    (library.folder / f"{day}.txt").write_text(text, encoding="utf-8")
    library.engine.index()
