"""The help and the palette name every command."""

from __future__ import annotations

from textual.widgets import Input

from newsreader.engine.core import Engine
from newsreader.tui.commands import COMMANDS, Command
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tag_list import TagListScreen
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly


async def test_help_begins_with_the_keys_of_the_screen_it_is_asked_on(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("S")
        await settle(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        text = "\n".join(line.plain for line in app.screen.lines(200))
        assert text.index(command_named("merge").help) < text.index("QUERIES") < text.index(command_named("zen").help)


async def test_help_names_every_key_and_the_palette_every_command(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        names = {command.title for command in app.get_system_commands(app.screen)}
        assert {"Compare", "Tag", "Update", "Help", "Theme"} <= names
        await press_slowly(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        text = "\n".join(line.plain for line in app.screen.lines(100))
        assert all(command.id in text for command in COMMANDS)
        assert text.index("save_search") < text.index("QUERIES") < text.index("compare_with"), "this screen's first"
        narrow = [line.plain for line in app.screen.lines(60)]
        assert max(map(len, narrow)) <= 60, narrow
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_words_find_keys_signs_and_commands(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await press_slowly(pilot, "question_mark")
        assert isinstance(app.screen, HelpScreen)
        for typed, found in (("star", ("s ", "★")), ("◇", ("found in one outlet only",)), ("merge", ("&",))):
            await press_slowly(pilot, "slash")
            app.screen.query_one(Input).value = typed
            await settle(pilot)
            text = "\n".join(line.plain for line in app.screen.lines(100))
            assert all(one in text for one in found), text
            assert len(text.splitlines()) < 30
            await press_slowly(pilot, "enter", "j", "escape")
            assert isinstance(app.screen, HelpScreen), "the first escape takes the words away"
        assert len(app.screen.lines(100)) > 100
        await press_slowly(pilot, "slash", "j", "q")
        assert app.screen.query_one(Input).value == "jq", "letters are text there"
        assert app.screen.lines(100)[0].plain == "No key, sign or command has these words."
        await press_slowly(pilot, "escape", "q")
        assert isinstance(app.screen, MainScreen)


async def test_the_help_of_a_dialog_begins_with_its_keys(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "F", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        text = "\n".join(line.plain for line in app.screen.lines(100))
        assert text.index(command_named("all_but_this").help) < text.index("QUERIES")
        await press_slowly(pilot, "escape", "escape", "number_sign", "f1")
        assert isinstance(app.screen, HelpScreen)
        await press_slowly(pilot, "f1")
        assert isinstance(app.screen, TagListScreen)
        await press_slowly(pilot, "question_mark")
        assert app.screen.query_one(Input).value == "?"


async def test_a_question_has_help_too(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "R", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        text = "\n".join(line.plain for line in app.screen.lines(100))
        assert text.index(command_named("yes").help) < text.index("QUERIES")
        await press_slowly(pilot, "escape", "escape")
        assert isinstance(app.screen, MainScreen)


def command_named(name: str) -> Command:
    return next(command for command in COMMANDS if command.id == name)
