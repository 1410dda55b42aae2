"""The first start: a folder, or the samples."""

from __future__ import annotations

from textual.widgets import Input, Static

from newsreader.tui.dialogs.welcome import WelcomeScreen
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.main.sidebar import Sidebar
from newsreader.tui.widgets.folder_input import FolderInput
from tests.builders import BUDGET, Library
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly, until


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
        text = app.screen.text
        await until(pilot, lambda: text.page is not None, "the first article in the text pane")
        counts = app.screen.query_one(Sidebar)
        await until(pilot, lambda: [view.count for view in counts.rows[:2]] == [1, 1], "the counts of all and unread")


async def test_the_first_start_offers_the_samples(library: Library, reader: MakeReader) -> None:
    app = reader(library.engine)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f2")
        await until(pilot, lambda: not app.is_running, "it is left")
    assert app.return_value == "samples"
    assert library.engine.folders() == []


async def test_a_folder_without_articles_is_added_when_it_is_given_twice(library: Library, reader: MakeReader) -> None:
    app = reader(library.engine)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        folder = app.screen.query_one(FolderInput)
        folder.query_one(Input).value += str(library.folder)  # pasted behind what stands there
        await settle(pilot)
        await press_slowly(pilot, "enter")
        assert "is empty" in str(folder.query_one(Static).render())
        assert library.engine.folders() == []
        await press_slowly(pilot, "enter")
        assert library.engine.folders() == [library.folder]


async def test_of_a_file_its_folder_is_offered(library: Library, reader: MakeReader) -> None:
    (library.folder / "budget.txt").write_text(BUDGET)
    app = reader(library.engine)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        folder = app.screen.query_one(FolderInput)
        folder.query_one(Input).value = f"'{library.folder}/budget.txt'"
        await settle(pilot)
        await press_slowly(pilot, "enter")
        assert folder.query_one(Input).value == str(library.folder)
        assert "is a file" in str(folder.query_one(Static).render())
        await press_slowly(pilot, "enter")
        assert library.engine.folders() == [library.folder]
