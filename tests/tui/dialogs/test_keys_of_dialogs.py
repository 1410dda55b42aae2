"""The keys of dialogs: they come from the one table of commands, and the configuration reaches them."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.widgets import Input, Static

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.articles.piping import PipeScreen
from newsreader.tui.commands import COMMANDS
from newsreader.tui.coverage.period import PeriodScreen
from newsreader.tui.dialogs.dossier import DossierScreen
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.dialogs.history import HistoryScreen
from newsreader.tui.dialogs.pick_article import PickArticleScreen
from newsreader.tui.dialogs.welcome import FolderScreen, WelcomeScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.note import NoteScreen
from newsreader.tui.marks.tag_list import TagListScreen
from newsreader.tui.marks.tags import TagScreen
from newsreader.tui.reading.said_before import SaidBeforeScreen
from newsreader.tui.search.facets import FacetsScreen
from newsreader.tui.search.save_dialog import SaveSearchScreen
from newsreader.tui.story.why import WhyScreen
from newsreader.tui.widgets.command_line import CommandLineScreen
from newsreader.tui.widgets.folder_input import FolderInput
from tests.tui.conftest import MakeReader
from tests.tui.waiting import settle

KEYS: dict[type[DOMNode], str] = {
    HelpScreen: "? f1 / esc q h j ↓ k ↑ PgDn ctrl+d space shift+space b PgUp ctrl+u home g end G",
    HistoryScreen: "esc q h H j ↓ k ↑ PgDn ctrl+d PgUp ctrl+u home g end G enter l d p s t r m . y O e | ctrl+z",
    SaidBeforeScreen: "esc q h j ↓ V k ↑ enter l d s t r m . y O e | H ctrl+z",
    WhyScreen: "esc q w enter j ↓ k ↑",
    FacetsScreen: "esc q F → l tab ← h shift+tab j ↓ k ↑ PgDn ctrl+d PgUp ctrl+u home g end G enter space -",
    TagScreen: "esc ctrl+s ↓ ↑ , tab",
    TagListScreen: "esc ↓ ↑",
    PeriodScreen: "esc ↓ ↑",
    PickArticleScreen: "esc ↓ ↑",
    FolderInput: "tab ↓ ↑",
    NoteScreen: "esc ctrl+s",
    SaveSearchScreen: "esc",
    DossierScreen: "esc",
    FolderScreen: "esc",
    WelcomeScreen: "f2",
    CommandLineScreen: "esc ↓ ↑ tab",
    PipeScreen: "esc ↓ ↑",
}
"""What every dialog has beside the keys of its base class."""
SIGNS = {
    "escape": "esc", "question_mark": "?", "down": "↓", "up": "↑", "left": "←", "right": "→", "pagedown": "PgDn",
    "pageup": "PgUp", "minus": "-", "comma": ",", "vertical_line": "|", "full_stop": ".", "slash": "/",
}  # fmt: skip


@pytest.mark.parametrize("dialog", KEYS, ids=lambda dialog: dialog.__name__)
def test_every_key_of_a_dialog_comes_from_the_table_and_has_its_action(dialog: type[DOMNode]) -> None:
    known = {command.id for command in COMMANDS}
    keys = []
    for binding in dialog.BINDINGS:
        assert isinstance(binding, Binding)
        assert (binding.id or "").partition(".")[2] in known
        assert callable(getattr(dialog, f"action_{binding.action.partition('(')[0]}", None)), binding.action
        keys += [SIGNS.get(key, key) for key in binding.key.split(",")]
    assert sorted(keys) == sorted(KEYS[dialog].split()), "each once"


def configured(engine: Engine, **keys: str) -> NewsreaderApp:
    config = Config(interface=Interface(mark_read_after=0.0), keys=keys)
    return NewsreaderApp(engine, config, index_command=["true"], name="library")


async def test_the_configuration_reaches_dialogs_and_their_last_line(samples: Engine) -> None:
    app = configured(samples, cancel="f2,escape", next_choice="ctrl+n", previous_choice="ctrl+b")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("number_sign")
        await settle(pilot)
        assert isinstance(app.screen, TagListScreen)
        hints = str(app.screen.query_one(".dialog-keys", Static).render())
        assert hints == "ctrl+b ctrl+n move   enter go to its articles   f2 cancel"
        await pilot.press("f2")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_the_key_that_shows_a_dialog_closes_it(samples: Engine) -> None:
    app = configured(samples, help="f3", facets="f4")
    async with app.run_test(size=(120, 40)) as pilot:
        for key, dialog in (("f3", HelpScreen), ("f4", FacetsScreen)):
            await settle(pilot)
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, dialog)
            await pilot.press(key)
            await settle(pilot)
            assert isinstance(app.screen, MainScreen)


async def test_who_changes_a_key_that_moves_can_still_type_it(samples: Engine) -> None:
    app = configured(samples, down="e", back="f2")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("number_sign")
        await settle(pilot)
        await pilot.press("e")
        await settle(pilot)
        assert app.screen.query_one(Input).value == "e"
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, MainScreen)


async def test_escape_leaves_the_first_start(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        app.push_screen(WelcomeScreen(samples))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert not app.is_running
