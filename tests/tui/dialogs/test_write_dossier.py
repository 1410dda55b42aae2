"""Writing a dossier from the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.engine.core import Engine
from newsreader.tui.dialogs.dossier import DossierScreen
from newsreader.tui.dialogs.write_dossier import file_name
from newsreader.tui.main.screen import MainScreen
from tests.tui.conftest import MakeReader, settle, type_text
from tests.tui.matrix.test_screen import open_matrix
from tests.tui.waiting import until


async def until_gone(pilot: Pilot[str]) -> None:
    await until(pilot, lambda: all(worker.group != "dialog" for worker in pilot.app.workers), "the dialog is gone")


async def test_from_the_matrix(samples: Engine, reader: MakeReader, tmp_path: Path) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await open_matrix(pilot, samples)
        await pilot.press("W")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, DossierScreen)
        assert screen.query_one(Input).value == "explosion-at-brackwater-grain-terminal.md"
        screen.query_one(Input).value = str(tmp_path / "out.html")
        await pilot.pause()
        assert "5 articles as an HTML page" in str(screen.query_one("#file-note", Static).render())
        await pilot.press("enter")
        await until_gone(pilot)
        assert (tmp_path / "out.html").read_text().startswith("<!DOCTYPE html>")


async def test_of_the_story_and_of_the_selected(samples: Engine, reader: MakeReader, tmp_path: Path) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "brackwater terminal")
        await pilot.press("enter")
        await settle(pilot)
        for keys, name in ((["W"], "story.md"), (["space", "j", "space", "W"], "two.md")):
            await pilot.press(*keys)
            await settle(pilot)
            pilot.app.screen.query_one(Input).value = str(tmp_path / name)
            await pilot.press("enter")
            await until_gone(pilot)
        assert "\n5. **" in (tmp_path / "story.md").read_text()
        two = (tmp_path / "two.md").read_text()
        assert two.startswith("# Selected articles")
        assert "\n2. **" in two
        assert "\n3. **" not in two


async def test_a_file_that_exists_is_not_taken(samples: Engine, reader: MakeReader, tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("W")
        await settle(pilot)
        screen = pilot.app.screen
        screen.query_one(Input).value = str(tmp_path / "mine.md")
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "not written over" in str(screen.query_one("#file-note", Static).render())
        await pilot.press("escape")
        await until_gone(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
        assert (tmp_path / "mine.md").read_text() == "mine"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Fähre läuft auf Grund", "fahre-lauft-auf-grund.md"),
        ("???", "dossier.md"),
        ("word " * 30, "word-" * 7 + "word.md"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert file_name(title) == name
