"""The help and the palette name every command."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.commands import COMMANDS, Command
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.main.screen import MainScreen
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


def command_named(name: str) -> Command:
    return next(command for command in COMMANDS if command.id == name)
