"""The text of an article: layout, matches, selection, position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.selection import Selection
from textual.widgets import Static

from newsreader.article import FullArticle
from newsreader.engine.core import Engine
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.reading.pane import Page, ReadingPane
from tests.builders import BUDGET, HARBOUR, Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly


class PaneApp(App[None]):
    """Nothing but the pane."""

    configured_keys: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        yield ReadingPane(60)


def lines_of(pane: ReadingPane) -> list[str]:
    return [strip.text.rstrip() for strip in pane.render_lines(pane.size.region)]


def full_article(engine: Engine, paragraphs: tuple[str, ...]) -> FullArticle:
    first = engine.articles(engine.shelf().numbers[:1].tolist())[0]
    return FullArticle(first, paragraphs)


async def test_n_goes_from_match_to_match_and_round(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 20)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, 'title:"runs aground" ferry maren')
        await pilot.press("enter")
        await settle(pilot)
        pane = app.screen.query_one(ReadingPane)
        assert pane.page is not None
        matches = pane.page.matches
        assert len(matches) > 2
        texts = {pane.page.full.paragraphs[number][s.start : s.stop].lower() for number, s in matches}
        assert {"ferry", "maren"} <= texts
        for number in range(len(matches)):
            assert pane.move_match(1) == ""
            assert pane._match == number
        assert "last match" in pane.move_match(1)
        assert pane._match == len(matches) - 1
        assert pane.scroll_offset.y > 0
        assert pane.move_match(1) == ""
        assert pane._match == 0
        assert "first match" in pane.move_match(-1)
        assert pane.move_match(1) == "", "what was said is forgotten when one goes elsewhere"
        pane.move_to_end()
        assert "last match" in pane.move_match(1), "from where the user is"
        page = pane.page
        pane.show(None)
        pane.show(page)
        pane.move_to_end()
        assert "last match" in pane.move_match(1), "what was said of another article is forgotten"


async def test_the_place_in_an_article_is_remembered(library: Library, reader: MakeReader) -> None:
    more = (f"\nParagraph {n} has words enough to fill a line of the pane, and some more.\n" for n in range(60))
    long = BUDGET + "".join(more)
    engine = library_with(library, long=long, harbour=HARBOUR)
    app = reader(engine)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        articles, pane = app.screen.query_one(ArticleList), app.screen.query_one(ReadingPane)
        await pilot.press("j", "enter")
        await settle(pilot)
        await pilot.press("pagedown", "pagedown")
        place = pane.position
        assert place > 0
        assert articles.article is not None
        article = articles.article.id
        await pilot.press("escape", "k")
        await settle(pilot)
        assert engine.marking.mark(article).position == place
        await pilot.press("j")
        await settle(pilot)
        assert pane.position == place
        await pilot.resize_terminal(200, 40)
        await settle(pilot)
        assert abs(pane.position - place) < 200
        pane.move_page(1)
        further = pane.position
        assert further > place
    assert engine.marking.mark(article).position == further, "leaving the program keeps the place too"


async def test_selected_text_has_the_articles_own_line_breaks(samples: Engine) -> None:
    paragraphs = ("One sentence that is long enough to be broken into two lines of the pane.", "Another paragraph.")
    app = PaneApp()
    async with app.run_test(size=(80, 30)) as pilot:
        pane = app.query_one(ReadingPane)
        pane.show(Page(full_article(samples, paragraphs)))
        await pilot.pause()
        first = pane._line_of(0, 0)
        found = pane.get_selection(Selection(Offset(0, first), Offset(7, pane._line_of(1, 0))))
        assert found is not None
        assert found[0] == f"{paragraphs[0]}\n\nAnother"


@pytest.mark.timeout(30)
async def test_a_book_opens_scrolls_and_ends(samples: Engine) -> None:
    book = tuple(f"{n} " + "the word " * 120 for n in range(2_500))
    app = PaneApp()
    async with app.run_test(size=(120, 40)) as pilot:
        pane = app.query_one(ReadingPane)
        pane.show(Page(full_article(samples, book)))
        pane.move_to_end()
        await pilot.pause()
        text = "".join(strip.text for strip in pane.render_lines(pane.size.region))
        assert "the word" in text
        assert pane.scroll_offset.y >= pane.max_scroll_y


async def test_wide_characters_and_very_long_words_stay_inside(samples: Engine) -> None:
    odd = ("漢字" * 200, "x" * 5_000, "e\u0301" * 300, "👩‍👩‍👧 " * 80, "a\u200db " * 100)
    app = PaneApp()
    async with app.run_test(size=(70, 30)) as pilot:
        pane = app.query_one(ReadingPane)
        pane.show(Page(full_article(samples, odd)))
        for _ in range(8):
            pane.move_page(1)
            await pilot.pause()
            assert {strip.cell_length for strip in pane.render_lines(pane.size.region)} == {pane.size.width}


async def test_the_end_says_what_comes_next(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET, harbour=HARBOUR)
    async with reader(engine).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        pane = pilot.app.screen.query_one(ReadingPane)
        await press_slowly(pilot, "enter")
        assert pane.page is not None
        assert "harbour" in str(pane.page.article.path)
        assert "■ end · u next unread: Council passes" in "\n".join(lines_of(pane))
        end = next(number for number, line in enumerate(lines_of(pane)) if "■ end" in line)
        await pilot.click(ReadingPane, offset=(lines_of(pane)[end].index("next"), end))
        await settle(pilot)
        assert "budget" in str(pane.page.article.path)
        await press_slowly(pilot, "r", "u", "r")
        assert "■ end · nothing unread in this list" in "\n".join(lines_of(pane))


async def test_the_bottom_line_says_how_far_one_is_in_the_text(library: Library, reader: MakeReader) -> None:
    text = BUDGET + "\nThe hall was full, and nobody left before the last vote was counted.\n" * 60
    async with reader(library_with(library, long=text)).run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        facts = pilot.app.screen.query_one("#facts-of-library", Static)
        assert "%" not in str(facts.render())
        await press_slowly(pilot, "enter")
        before = str(facts.render())
        assert before.startswith("1/1 ·  ")
        assert " %" in before
        await press_slowly(pilot, "space")
        assert str(facts.render()) != before
        assert len(str(facts.render())) == len(before), "the keys beside it stay where they are"
        await press_slowly(pilot, "G")
        assert "100 %" in str(facts.render())
        await press_slowly(pilot, "escape")
        assert "%" not in str(facts.render())


async def test_the_heads_parts_stay_whole_in_narrow_panes(samples: Engine) -> None:
    async with PaneApp().run_test(size=(30, 24)) as pilot:
        pane = pilot.app.query_one(ReadingPane)
        full = full_article(samples, ("Short.",))
        source = "The Very Long Outlet"
        pane.show(Page(replace(full, article=replace(full.article, source=source, author="Ida Brandt Holm"))))
        head = lines_of(pane)[: len(pane._head)]
        assert any(source in line for line in head)
        assert any("Ida Brandt Holm" in line for line in head)
        assert any(" min" in line for line in head)
        assert not any(line.strip().startswith(("·", "min")) for line in head)


async def test_links_of_the_head_have_their_key_and_are_underlined_below_the_mouse(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "grain terminal")
        await press_slowly(pilot, "enter")
        pane = pilot.app.screen.query_one(ReadingPane)
        at = next(number for number, line in enumerate(lines_of(pane)) if "story of 5 S" in line)

        def underlined() -> str:
            return "".join(s.text for s in pane.render_lines(pane.size.region)[at] if s.style and s.style.underline)

        assert underlined() == ""
        await pilot.hover(ReadingPane, offset=(lines_of(pane)[at].index("story"), at))
        await settle(pilot)
        assert "story of 5" in underlined()
