"""Copies folded under their first article, in the lists of the main screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.article import ArticleId
from newsreader.config import Config, Interface
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tags import TagScreen
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library
from tests.tui.conftest import MakeReader, settle, type_text
from tests.tui.waiting import press_slowly


@pytest.fixture
def news(library: Library) -> Iterator[Library]:
    """A text in three outlets, another one in two, one alone; newest first: alone, two, three."""
    for outlet, day in (("wire", 26), ("post", 27), ("herald", 28)):
        library.write(f"{outlet}/budget.txt", BUDGET.replace("2021-03-26", f"2021-03-{day}"))
    for outlet, day in (("wire", 27), ("post", 28)):
        library.write(f"{outlet}/ferry.txt", HARBOUR.replace("2021-03-27", f"2021-03-{day}"))
    library.write("wire/orchard.txt", ORCHARD)
    library.index()
    yield library
    library.close()


def lines(articles: ArticleList) -> str:
    return "\n".join(strip.text.rstrip() for strip in articles.render_lines(articles.size.region))


def names(pilot: Pilot[str]) -> list[str]:
    """The listed articles as outlet/file."""
    articles = pilot.app.screen.query_one(ArticleList)
    paths = [articles._rows[index].article.path for index in range(articles.total)]
    return [str(Path(path.parent.name) / path.stem) for path in paths]


async def test_copies_fold_with_a_count_and_a_key_unfolds_them(news: Library, reader: MakeReader) -> None:
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        assert names(pilot) == ["wire/orchard", "wire/ferry", "wire/budget"]
        assert "+1 copy" in lines(articles)
        assert "+2 copies" in lines(articles)
        assert "6 articles, 3 folded" in str(pilot.app.screen.query_one("#facts", Static).render())
        await pilot.press("G", "c")
        await settle(pilot)
        assert names(pilot) == ["wire/orchard", "wire/ferry", "wire/budget", "post/budget", "herald/budget"]
        assert articles.cursor == 2, "the cursor stays"
        assert "▾2 copies" in lines(articles)
        await pilot.press("j", "c")
        await settle(pilot)
        assert names(pilot) == ["wire/orchard", "wire/ferry", "wire/budget"], "from a copy too"
        await pilot.press("plus")
        await settle(pilot)
        assert names(pilot)[:3] == ["wire/orchard", "post/ferry", "herald/budget"], "each in its own place"
        assert articles.total == 6
        await pilot.press("slash")
        await type_text(pilot, "budget")
        await pilot.press("enter")
        await settle(pilot)
        assert articles.total == 3, "so it stays for other lists"
        await pilot.press("plus")
        await settle(pilot)
        assert names(pilot) == ["wire/budget"]


async def test_the_mark_of_copies_can_be_clicked(news: Library, reader: MakeReader) -> None:
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        await pilot.click(ArticleList, offset=(articles.size.width - 4, 3 * articles.row_height - 1))
        await settle(pilot)
        assert names(pilot)[2:] == ["wire/budget", "post/budget", "herald/budget"]


async def test_where_the_first_is_not_in_the_list_the_earliest_copy_stands(news: Library, reader: MakeReader) -> None:
    news.engine.marking.set_flag([news.id("wire/budget.txt")], "read", True)
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        assert names(pilot) == ["wire/orchard", "wire/ferry", "post/budget"]
        assert "+1 copy" in lines(pilot.app.screen.query_one(ArticleList))


async def test_next_unread_goes_to_copies_last_and_unfolds_them(news: Library, reader: MakeReader) -> None:
    read = [news.id(f"{name}.txt") for name in ("wire/orchard", "wire/ferry", "wire/budget", "post/budget")]
    news.engine.marking.set_flag([*read[:2], *read[3:]], "read", True)
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        await pilot.press("u")
        await settle(pilot)
        assert articles.key_at(articles.cursor) == read[2], "what is shown comes first"
        await pilot.press("r", "u")
        await settle(pilot)
        assert articles.article is not None
        assert not articles.article.read
        assert names(pilot)[articles.cursor] in ("post/ferry", "herald/budget")
        assert articles.row is not None
        assert articles.row.beneath


async def test_a_step_through_the_story_unfolds_the_copy(news: Library, reader: MakeReader) -> None:
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        await pilot.press("G", "J")
        await settle(pilot)
        assert names(pilot)[articles.cursor] == "post/budget"
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        assert screen.reader.wanted == news.id("post/budget.txt")


async def test_selecting_takes_the_row_alone_and_all_takes_the_copies_too(news: Library, reader: MakeReader) -> None:
    async with reader(news.engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        articles = pilot.app.screen.query_one(ArticleList)
        await press_slowly(pilot, "G", "space")
        assert articles.selected == {news.id("wire/budget.txt")}
        await pilot.press("asterisk")
        await settle(pilot)
        assert articles.selected == set(news.ids().values())
        await pilot.press("t")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TagScreen)
        await type_text(pilot, "spring")
        await pilot.press("enter", "ctrl+s")
        await settle(pilot)
        assert all(news.tags(name) == ("spring",) for name in news.ids())


@pytest.mark.parametrize("read_copies", [False, True])
async def test_reading_marks_copies_if_the_user_wants_it(news: Library, reader: MakeReader, read_copies: bool) -> None:
    app = reader(news.engine)
    app.config = Config(interface=Interface(mark_read_after=0.0, read_copies=read_copies))
    copies: list[ArticleId] = [news.id("post/budget.txt"), news.id("herald/budget.txt")]
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        await pilot.press("G", "r")
        await settle(pilot)
        assert [news.engine.article(copy).article.read for copy in copies] == [read_copies] * 2
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert not any(news.engine.article(copy).article.read for copy in copies)
        screen.marking.read(copies[0])
        await settle(pilot)
        assert news.engine.article(copies[1]).article.read == read_copies
        assert not news.engine.article(news.id("wire/orchard.txt")).article.read
