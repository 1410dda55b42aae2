"""What the screens look like, as pictures: `__snapshots__/test_pictures/*.svg` open in any browser.

After a wanted change `pytest tests/tui/test_pictures.py --snapshot-update` takes them anew; look at each that changed.
A run in which some differ names at its end the report that shows both of each.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.delays import Delays
from newsreader.userdata.last_visit import keep_visit
from newsreader.userdata.notified import SeenUpTo
from tests.builders import SAMPLES, locations
from tests.tui.conftest import type_text
from tests.tui.waiting import press_slowly, under_way, until

TODAY = date(2026, 11, 1)
NOON = 1_793_534_400.0
"""Of that day, UTC."""
EDITED = "meridian-wire/2026-10-06-brackwater-grain-terminal.txt"
"""Its text was changed once, on that day."""
PATH_LENGTH = 80
"""Of the library's, as it decides on how many lines the foot of an article has; pytest's own are of any length."""
QUICK = Delays(search=0.001, preview=0.001, overlaps=0.001, time=0.001, novelty=0.001, warm_up=60.0, watch=3600.0)

SMALL, USUAL, LARGE = (80, 24), (120, 40), (200, 50)
BLAST = ("/grain terminal explosion", "enter")
STORY = (*BLAST, "S")
COMPARISON = ("4", "enter", "d")
MATRIX = (*BLAST, "M")

PICTURES: dict[str, tuple[tuple[int, int], str, tuple[str, ...]]] = {
    "main": (USUAL, "newspaper-dark", ("j", "j")),
    "main-light": (USUAL, "newspaper-light", ("j", "j")),
    "main-large": (LARGE, "newspaper-dark", ("/round the world", "enter")),
    "main-small": (SMALL, "newspaper-dark", ("j", "j")),
    "article-small": (SMALL, "newspaper-light", ("j", "enter")),
    "article-end-small": (SMALL, "newspaper-dark", (*BLAST, "enter", "G", "k", "k", "k")),
    "search": (USUAL, "newspaper-dark", BLAST),
    "search-light": (USUAL, "newspaper-light", BLAST),
    "search-partial": (USUAL, "newspaper-dark", ("/grain terminal ferry", "enter")),
    "search-error": (USUAL, "newspaper-dark", ("/grain titel:blast",)),
    "search-nothing": (USUAL, "newspaper-dark", ("/zebra", "enter")),
    "sidebar-small": (SMALL, "newspaper-light", ("B", "slash", "m", "e", "down")),
    "search-small": (SMALL, "newspaper-dark", BLAST),
    "time": (USUAL, "newspaper-dark", ("T", "left", "left")),
    "time-small-light": (SMALL, "newspaper-light", ("/ferry", "enter", "T", "left")),
    "completion": (USUAL, "newspaper-dark", ("/so",)),
    "stories": (USUAL, "newspaper-dark", ("4",)),
    "story": (USUAL, "newspaper-dark", STORY),
    "story-light": (USUAL, "newspaper-light", (*STORY, "j")),
    "story-small": (SMALL, "newspaper-dark", STORY),
    "coverage": (USUAL, "newspaper-dark", ("C",)),
    "coverage-story-light": (USUAL, "newspaper-light", (*STORY, "C")),
    "comparison": (USUAL, "newspaper-dark", COMPARISON),
    "comparison-light": (USUAL, "newspaper-light", COMPARISON),
    "comparison-differences": (USUAL, "newspaper-dark", (*COMPARISON, "D")),
    "comparison-facts": (USUAL, "newspaper-dark", (*COMPARISON, "plus")),
    "matrix": (USUAL, "newspaper-dark", MATRIX),
    "matrix-facts": (USUAL, "newspaper-dark", (*MATRIX, "f")),
    "history": (USUAL, "newspaper-dark", (*BLAST, "H", "j")),
    "new-to-you": (USUAL, "newspaper-dark", (*BLAST, "j", "enter", "v")),
    "said-before": (USUAL, "newspaper-dark", (*BLAST, "j", "enter", "v", "right_curly_bracket", "V")),
    "tags": (USUAL, "newspaper-dark", ("t",)),
    "command-line": (USUAL, "newspaper-dark", ("colon", "s")),
    "pipe": (SMALL, "newspaper-light", ("vertical_line", "w", "c")),
    "question": (USUAL, "newspaper-dark", (*STORY, "minus")),
    "comparison-right": (SMALL, "newspaper-light", (*COMPARISON, "right", "s")),
    "note": (USUAL, "newspaper-dark", ("m",)),
    "facets": (USUAL, "newspaper-dark", ("F",)),
    "palette": (USUAL, "newspaper-dark", ("ctrl+p",)),
    "help": (USUAL, "newspaper-dark", ("question_mark",)),
    "too-small": ((30, 8), "newspaper-dark", ()),
}
"""Name → size, theme, and keys; what begins with a slash is a query that is typed."""


class FixedDate(date):
    @classmethod
    def today(cls) -> FixedDate:
        return cls(TODAY.year, TODAY.month, TODAY.day)


@pytest.fixture(autouse=True)
def _fixed_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same day for all, no search takes any time, no cursor blinks."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda field: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda field: None)
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    for name, module in [*sys.modules.items()]:
        if name.startswith("newsreader.tui") and getattr(module, "date", None) is date:
            monkeypatch.setattr(module, "date", FixedDate)
    monkeypatch.setattr("newsreader.tui.main.status_line.time", SimpleNamespace(time=lambda: NOON + 240))
    monkeypatch.setattr("newsreader.engine.searching.time", SimpleNamespace(monotonic=lambda: 0.0))
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def _samples_of_one_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    around = tmp_path_factory.mktemp("pictured")
    home = around / "x".rjust(PATH_LENGTH - len(f"{around}/"), "x")
    shutil.copytree(SAMPLES, home / "articles")
    edited = home / "articles" / EDITED
    text = edited.read_text(encoding="utf-8")
    before = text.replace("17 others", "nine others").replace("The dead men had not been named. ", "")
    engine = Engine(locations(home))
    engine.add_folders([home / "articles"])
    for version, moment in ((before, NOON - 86_400), (text, NOON)):
        edited.write_text(version, encoding="utf-8")
        for file in (home / "articles").rglob("*"):
            os.utime(file, (moment - 3600, moment - 3600))
        with pytest.MonkeyPatch.context() as then:
            then.setattr(time, "time", lambda moment=moment: moment)
            then.setattr("newsreader.library.reading.time_ns", lambda moment=moment: int(moment * 1e9))
            engine.index()
    engine.close()
    return home


@pytest.fixture
def engine(_samples_of_one_day: Path, tmp_path: Path) -> Iterator[Engine]:
    home = tmp_path / "home"
    shutil.copytree(_samples_of_one_day, home)
    made = Engine(locations(home), today=lambda: TODAY)
    yield made
    made.close()


def app_on(engine: Engine, theme: str) -> NewsreaderApp:
    config = Config(interface=Interface(mark_read_after=0.0, theme=theme))
    return NewsreaderApp(engine, config, index_command=["true"], name="library", delays=QUICK)


async def at_rest(pilot: Pilot[str]) -> None:
    """Until also that is known which is found out while the user rests, and all of it is laid out and painted, which
    a timer of the screen's does: nothing else waits for it, and scroll bars come with it."""

    def under_way_or_unknown() -> list[str]:
        unpainted: list[str] = ["painting"] if pilot.app.screen._update_timer._active.is_set() else []
        unknown = (worker.description for worker in pilot.app.workers if worker.group == "novelty")
        return [*under_way(pilot), *unknown, *unpainted]

    await until(pilot, lambda: not under_way_or_unknown(), lambda: f"still under way: {under_way_or_unknown()}")


@pytest.mark.parametrize("theme", ["newspaper-dark", "newspaper-light"])
def test_picture_of_what_is_new(theme: str, engine: Engine, snap_compare: Callable[..., bool]) -> None:
    """The list that a morning begins with."""
    shelf, so_far = engine.shelf(), engine.arrivals.so_far()
    late = set(shelf.numbers[shelf.days >= 20261019].tolist())
    seen = frozenset(article for article, number in shelf.number_of.items() if number not in late)
    keep_visit(engine.locations.state, SeenUpTo(so_far.epoch, int(NOON) - 86_400, seen))
    assert snap_compare(app_on(engine, theme), terminal_size=USUAL, run_before=at_rest)


@pytest.mark.parametrize("name", PICTURES)
def test_picture(name: str, engine: Engine, snap_compare: Callable[..., bool]) -> None:
    size, theme, keys = PICTURES[name]

    async def go_there(pilot: Pilot[str]) -> None:
        await at_rest(pilot)
        for key in keys:
            if key.startswith("/"):
                await press_slowly(pilot, "slash")
                for letter in key[1:]:
                    await type_text(pilot, letter)
                    await at_rest(pilot)  # the line keeps the room of what each letter found, the list how much is new
            else:
                await pilot.press(key)
                await at_rest(pilot)

    assert snap_compare(app_on(engine, theme), terminal_size=size, run_before=go_there)
