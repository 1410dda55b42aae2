"""A reader on the sample articles, or on a few articles of the test's own."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.delays import Delays
from newsreader.tui.main.screen import MainScreen
from tests.builders import SAMPLES, Library, locations
from tests.tui.waiting import settle, turns_taken

MakeReader = Callable[..., NewsreaderApp]

QUICK = Delays(search=0.001, preview=0.001, count=0.001, overlaps=0.001, time=0.001, warm_up=60.0, under_way=60.0)
"""What a key sets off is there at once. Warming up is of no use to who knows no hurry, nor is a word on what a busy
machine takes long for."""

__all__ = ["QUICK", "MakeReader", "library_with", "listed", "settle", "type_text"]


@pytest.fixture(autouse=True)
def _calm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", turns_taken)
    # the collector is all tests' together: what one sets aside stays in memory
    monkeypatch.setattr("newsreader.tui.lists.browser.spare_collector", lambda: None)


@pytest.fixture(scope="session")
def _indexed_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Indexed once: every test gets a copy."""
    home = tmp_path_factory.mktemp("samples")
    engine = Engine(locations(home))
    engine.add_folders([SAMPLES])
    engine.index()
    engine.close()
    return home


@pytest.fixture
def samples(_indexed_samples: Path, tmp_path: Path) -> Iterator[Engine]:
    """An engine on the sample articles."""
    home = tmp_path / "home"
    shutil.copytree(_indexed_samples, home)
    engine = Engine(locations(home))
    yield engine
    engine.close()


@pytest.fixture
def reader() -> MakeReader:
    """Makes the interface for an engine."""

    def make(engine: Engine, mark_read_after: float = 0.0, command: str = "", delays: Delays = QUICK) -> NewsreaderApp:
        config = Config(interface=Interface(mark_read_after=mark_read_after))
        command_line = [sys.executable, "-c", command]
        return NewsreaderApp(engine, config, index_command=command_line, name="library", delays=delays)

    return make


def listed(app: NewsreaderApp) -> int:
    """Articles in the list of the main screen, folded copies too."""
    assert isinstance(app.screen, MainScreen)
    listing = app.screen.browser.listing
    assert listing is not None
    assert listing.found is not None
    return len(listing.found.numbers)


async def type_text(pilot: Pilot[str], text: str) -> None:
    names = {" ": "space", ":": "colon", '"': "quotation_mark", "/": "slash", "-": "minus", ".": "full_stop"}
    for character in text:
        await pilot.press(names.get(character, character))


def library_with(library: Library, **files: str) -> Engine:
    """Articles `name=text` in the library, indexed."""
    for name, text in files.items():
        (library.folder / f"{name}.txt").write_text(text, encoding="utf-8")
    library.engine.add_folders([library.folder])
    library.engine.index()
    return library.engine
