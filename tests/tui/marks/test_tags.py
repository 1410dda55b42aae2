"""Giving articles tags and taking them away."""

from __future__ import annotations

from textual.widgets import Input

from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tags import TagScreen
from newsreader.userdata.dump import parse_dump
from newsreader.userdata.tags import LONGEST_TAG
from tests.builders import BUDGET, HARBOUR, Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly

ODD = 'long "read" 🗞, two'


async def test_a_tag_with_blanks_quotes_and_emoji_for_two_articles_and_back(
    library: Library, reader: MakeReader
) -> None:
    engine = library_with(library, budget=BUDGET, harbour=HARBOUR)
    first, _ = engine.articles(engine.shelf().numbers.tolist())
    engine.marking.tag([first.id], ["city"])
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("space", "space", "t")
        await settle(pilot)
        dialog = app.screen
        assert isinstance(dialog, TagScreen)
        assert dialog._state("city") == "◐"
        dialog.query_one(Input).value = ODD
        await pilot.pause()
        await pilot.press("tab")
        await type_text(pilot, "ci")
        await press_slowly(pilot, "down", "enter")
        assert isinstance(app.screen, MainScreen)
        assert [a.tags for a in engine.articles(engine.shelf().numbers.tolist())] == [("city", ODD), ("city", ODD)]
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert [a.tags for a in engine.articles(engine.shelf().numbers.tolist())] == [("city",), ()]


async def test_escape_changes_no_tag(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    app = reader(engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        await type_text(pilot, "x")
        await pilot.press("comma", "y", "escape")
        await settle(pilot)
        assert engine.shelf().counts.tags == ()


async def test_what_is_typed_is_the_tag(library: Library, reader: MakeReader) -> None:
    """However many longer tags begin like it: one enter, and it is there."""
    engine = library_with(library, budget=BUDGET)
    (article,) = engine.articles(engine.shelf().numbers.tolist())
    engine.marking.tag([article.id], ["evidence"])
    app = reader(engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "t", *"ev", "enter")
        assert isinstance(app.screen, MainScreen)
        assert engine.article(article.id).article.tags == ("ev", "evidence")
        await press_slowly(pilot, "t", *"ev", "enter")
        assert engine.article(article.id).article.tags == ("ev", "evidence"), "typing takes nothing away"
        await press_slowly(pilot, "t", *"a", "comma", *"b", "tab", *"evi", "down", "enter")
        assert engine.article(article.id).article.tags == ("a", "b", "ev"), "the arrow key goes to one to take away"
        await press_slowly(pilot, "t", "comma", "enter")
        assert isinstance(app.screen, MainScreen)
        await press_slowly(pilot, "t", *"x" * (LONGEST_TAG + 1), "enter")
        assert isinstance(app.screen, TagScreen), "it says what is wrong"


async def test_a_tag_longer_than_new_ones_may_be_is_taken_away_and_comes_back(
    library: Library, reader: MakeReader
) -> None:
    """From an older program, or another tool."""
    engine = library_with(library, budget=BUDGET)
    (article,) = engine.articles(engine.shelf().numbers.tolist())
    engine.marking.tag([article.id], ["city"])
    long = "x" * (LONGEST_TAG + 50)
    engine.store.write_many("UPDATE tags SET tag = ?", [(long,)])
    app = reader(engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("t")
        await settle(pilot)
        await press_slowly(pilot, "down", "enter")
        assert isinstance(app.screen, MainScreen)
        assert engine.shelf().counts.tags == ()
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert engine.shelf().counts.tags == ((long, 1),)


async def test_marks_from_a_dump_of_someone_else_harm_no_screen(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    (article,) = engine.articles(engine.shelf().numbers.tolist())
    where = f"{article.id} {'0' * 32} . /etc/passwd"
    line = f"+%1B%5B31mred +%5B@click=app.quit%5Dx =at:999999999999 ~note%1B%5D0;x%07 -- {where}"
    engine.marking.restore(parse_dump(["#newsreader-dump 1", line]))
    app = reader(engine)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("escape", "t")
        await settle(pilot)
        assert isinstance(app.screen, TagScreen)
    assert engine.shelf().counts.tags == (("[@click=app.quit]x", 1), ("red", 1))
