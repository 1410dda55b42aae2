"""Typing commands."""

from __future__ import annotations

from textual.widgets import Input, Static

from newsreader.article import Article
from newsreader.engine.core import Engine
from newsreader.tui.dialogs.dossier import DossierScreen
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.widgets.command_line import CommandLineScreen
from tests.tui.conftest import MakeReader, settle, type_text
from tests.tui.waiting import press_slowly


def here(engine: Engine, screen: MainScreen) -> Article:
    current = screen.current_article()
    assert current is not None
    return engine.article(current).article


async def test_commands_with_what_they_are_about(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        main = app.screen
        assert isinstance(main, MainScreen)

        async def give(command: str) -> None:
            await press_slowly(pilot, "colon")
            assert isinstance(app.screen, CommandLineScreen)
            app.screen.query_one(Input).value = command
            await press_slowly(pilot, "enter")

        before = here(samples, main).tags
        await give('tag +ev "long read"')
        assert {"ev", "long read"} <= set(here(samples, main).tags)
        await give(":tag -ev")
        assert set(here(samples, main).tags) == {*before, "long read"}
        await give("note ask Iris")
        assert samples.marking.mark(here(samples, main).id).note == "ask Iris"
        await give("star")
        assert here(samples, main).starred
        await give("view starred")
        assert main.browser.request_shown.query == "is:starred"
        await give("search ferry")
        assert main.browser.request_shown.query == "ferry"
        await give("sort date")
        assert main.browser.request_shown.sort == "date"
        await give("save boats")
        assert samples.searching.saved_searches() == {"boats": "ferry"}
        await give("theme newspaper-light")
        assert app.theme == "newspaper-light"
        await give("help")
        assert isinstance(app.screen, HelpScreen)


async def test_errors_are_said_in_place_and_lines_come_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for typed, said in (("sort backwards", "none of"), ("nonsense", "no command"), ("tag", "which tags")):
            await press_slowly(pilot, "colon")
            app.screen.query_one(Input).value = typed
            await press_slowly(pilot, "enter")
            assert said in str(app.screen.query_one(".dialog-message", Static).render())
            await press_slowly(pilot, "escape")
            assert isinstance(app.screen, MainScreen)
        await press_slowly(pilot, "colon")
        field = app.screen.query_one(Input)
        assert field.value == "tag", "what was typed and not sent"
        field.value = "so"
        await settle(pilot)
        await press_slowly(pilot, "tab")
        assert field.value == "sort "
        await press_slowly(pilot, "down", "enter")
        assert field.value.startswith("sort ")
        await press_slowly(pilot, "enter", "colon", "up")
        assert app.screen.query_one(Input).value.startswith("sort ")


async def test_a_path_that_was_typed_comes_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "W")
        assert isinstance(app.screen, DossierScreen)
        app.screen.query_one(Input).value = "long/path/of/mine.html"
        await press_slowly(pilot, "escape", "W")
        assert app.screen.query_one(Input).value == "long/path/of/mine.html"


async def test_a_query_that_was_typed_comes_back(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "slash")
        await type_text(pilot, "grain terminal")
        await settle(pilot)
        await press_slowly(pilot, "escape", "ctrl+l", "slash", "up")
        assert app.screen.query_one("#query", Input).value == "grain terminal"
