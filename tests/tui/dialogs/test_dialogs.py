"""Tags, notes, folders, help."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest
from textual.widgets import Input, Static
from textual.widgets._footer import FooterKey

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.commands import COMMANDS, PLACES, Command
from newsreader.tui.dialogs.help import HelpScreen
from newsreader.tui.dialogs.welcome import WelcomeScreen
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tag_list import TagListScreen
from newsreader.tui.marks.tags import TagScreen
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.widgets.folder_input import FolderInput, folders_for
from newsreader.tui.widgets.key_line import KeyLine
from tests.builders import BUDGET, HARBOUR, Library
from tests.tui.conftest import MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly, until

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
        await pilot.press("enter")
        await type_text(pilot, "ci")
        await press_slowly(pilot, "enter")
        assert dialog._state("city") == "●"
        await pilot.press("enter")
        await settle(pilot)
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
        await pilot.press("enter", "escape")
        await settle(pilot)
        assert engine.shelf().counts.tags == ()


async def test_a_note_is_kept_and_shown(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await type_text(pilot, "ask Iris")
        await pilot.press("ctrl+s")
        await settle(pilot)
        pane = app.screen.query_one(ReadingPane)
        assert pane.page is not None
        assert pane.page.note == "ask Iris"
        assert "ask Iris" in "".join(strip.text for strip in pane.render_lines(pane.size.region))


async def test_a_note_half_written_is_kept_when_the_reader_is_left(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, budget=BUDGET)
    (row,) = engine.searching.search("").numbers.tolist()
    (article,) = engine.articles([row])
    app = reader(engine)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        await type_text(pilot, "ask Ir")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert engine.marking.mark(article.id).note == "ask Ir"


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "number_sign", "F", "t", "m"])
async def test_dialogs_can_be_left_with_the_program(key: str, library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, budget=BUDGET))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert len(app.screen_stack) == 2
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")


async def test_a_letter_that_quits_is_put_in_where_letters_are(library: Library) -> None:
    config = Config(keys={"quit": "Q"})
    app = NewsreaderApp(library_with(library, budget=BUDGET), config, index_command=["true"], name="library")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagListScreen), "the dialog is open")
        await pilot.press("Q")
        await settle(pilot)
        assert app.screen.query_one(Input).value == "Q"
        await pilot.press("escape", "question_mark", "Q")
        await until(pilot, lambda: not app.is_running, "it is left")


async def test_the_first_start_adds_a_folder(library: Library, reader: MakeReader) -> None:
    (library.folder / "budget.txt").write_text(BUDGET)
    home = library.locations
    command = (
        "from newsreader.engine.core import Engine\nfrom newsreader.library.locations import Locations\n"
        "from pathlib import Path\n"
        f"Engine(Locations(*map(Path, {[str(p) for p in (home.config, home.data, home.cache, home.state)]}))).index()"
    )
    app = reader(library.engine, command=command)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        field = app.screen.query_one(FolderInput).query_one(Input)
        field.value = "/no/such/folder"
        await pilot.press("enter")
        await settle(pilot)
        assert "no such folder" in str(app.screen.query_one(FolderInput).query_one(Static).render())
        field.value = str(library.folder)[:-3]
        await settle(pilot)
        await press_slowly(pilot, "tab")
        assert field.value == f"{library.folder}/"
        await settle(pilot)
        await pilot.press("enter")
        await until(  # another process indexes it
            pilot, lambda: isinstance(app.screen, MainScreen) and app.screen.query_one(ArticleList).total, "a list"
        )
        assert isinstance(app.screen, MainScreen)
        assert library.engine.folders() == [library.folder]
        assert app.screen.query_one(ArticleList).total == 1


async def test_the_first_start_offers_the_samples(library: Library, reader: MakeReader) -> None:
    app = reader(library.engine)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert app.return_value == "samples"
    assert library.engine.folders() == []


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
        assert text.index(command_named("merge").help) < text.index("QUERIES") < text.index(command_named("note").help)


@pytest.mark.parametrize("width", [40, 60, 80, 200])
async def test_the_footer_has_whole_keys_and_always_help(samples: Engine, reader: MakeReader, width: int) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 24)) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(width, 24)
        await settle(pilot)
        line = app.screen.query_one(KeyLine)
        keys = list(line.query(FooterKey))
        assert keys[-1].description == "Help"
        assert all(key.region.right <= line.region.right and key.region.width == key.size.width for key in keys)
        assert len(keys) > 1


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


def test_no_two_commands_of_a_place_have_one_name() -> None:
    """In the palette the names alone tell them apart; what moves is not in it."""
    for place in PLACES:
        labels = Counter(c.label for c in COMMANDS if {place, "app"}.intersection(c.places) and c.group != "Moving")
        assert max(labels.values()) == 1, labels.most_common(3)


async def test_notices_name_the_key_that_takes_a_change_back(samples: Engine) -> None:
    config = Config(interface=Interface(mark_read_after=0.0), keys={"undo": "U,ctrl+z"})
    app = NewsreaderApp(samples, config, index_command=["true"], name="library")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("s")
        await settle(pilot)
        assert [str(notice.message) for notice in app._notifications] == ["1 article starred (U takes it back)"]
        await pilot.press("U")
        await settle(pilot)
        assert "Taken back: 1 article starred" in [str(notice.message) for notice in app._notifications]


def command_named(name: str) -> Command:
    return next(command for command in COMMANDS if command.id == name)


def test_folders_complete_as_they_are_written(tmp_path: Path) -> None:
    for name in ("news", "newer", ".hidden", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "new.txt").touch()
    assert folders_for(f"{tmp_path}/ne") == [f"{tmp_path}/newer/", f"{tmp_path}/news/"]
    assert folders_for(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden/"]
    assert folders_for(f"{tmp_path}/nothing/here") == []


async def test_the_line_of_keys_holds_no_keys_that_it_had_before(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for _ in range(3):
            await pilot.press("question_mark")
            await settle(pilot)
            await pilot.press("escape")
            await settle(pilot)
        gc.unfreeze()

        def kept() -> int:
            gc.collect()
            return sum(isinstance(found, FooterKey) and found.app is app for found in gc.get_objects())

        await until(pilot, lambda: kept() == len(app.screen.query(FooterKey)) > 0, "the keys of before to be forgotten")
