"""From keystroke to painted results, in the reader itself.

    python tests/benchmarks/bench_tui.py DATA CACHE [--words N] [--size 120x40]

DATA and CACHE are the directories of an indexed library (`newsreader dirs`). Words from headlines are typed key by key,
eight keys a second, whatever the answers do; keys take the way that they take from a terminal. Each key has three
times from its press, and each ends when the bytes that show it have been written to the terminal:

- `letter`: the query's input shows it;
- `results`: the list and the facts beside the query show the answer to what was typed up to that key, or to more,
  when the next key has overtaken it;
- `article`: the reading pane shows the list's first article. It is not a part of the results: it is what stands behind
  one of them, and waits a moment for the user to go on typing.

Everything happens in this process; the terminal is a driver that keeps the bytes with their times. When all is over
they are read as a terminal reads them, and looked through for the first picture with what each key was to bring.
"""

from __future__ import annotations

import newsreader.tui  # noqa: F401 - before Textual, which it tells how often to paint

# isort: split
import argparse
import asyncio
import inspect
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from rich.cells import get_character_cell_size
from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key
from textual.widget import Widget

from newsreader.config import Config
from newsreader.engine.core import Engine
from newsreader.library.locations import Locations
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.search.menu import MOST_SHOWN
from newsreader.tui.search.query_input import QueryInput
from newsreader.tui.widgets.row_list import GUTTER

KEY_PAUSE = 0.125
"""Seconds between keys: a fast typist."""
SETTLED = 0.6
"""Seconds after which what goes on in the background is over."""
SEED = 7

SEQUENCE = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)|[\x00-\x1f]")

WRITTEN: list[tuple[float, str]] = []
"""What the terminal has got, and when."""


class Terminal(HeadlessDriver):
    """Takes bytes, unlike Textual's headless driver, for which none are made."""

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        WRITTEN.append((time.perf_counter(), data))


class MeasuredApp(NewsreaderApp):
    CSS_PATH: ClassVar[list[Path]] = [  # type: ignore[assignment]
        Path(inspect.getfile(NewsreaderApp)).parent / sheet for sheet in NewsreaderApp.CSS_PATH
    ]

    def get_driver_class(self) -> type[Driver]:
        return Terminal


class Picture:
    """The cells of a terminal: what stands there, and when it was written."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], tuple[str, float]] = {}

    def take(self, at: float, data: str) -> None:
        x = y = start = 0
        for match in (*SEQUENCE.finditer(data), None):
            for character in data[start : match.start() if match else None]:
                self._cells[y, x] = (character, at)
                x += get_character_cell_size(character)
            if match is None:
                break
            start = match.end()
            if match[1]:
                y, x = int(match[1]) - 1, int(match[2]) - 1

    def shows(self, text: str, x: int, y: int, since: float) -> bool:
        """Whether a text stands there, and was written after that time."""
        for character in text:
            found, at = self._cells.get((y, x), ("", 0.0))
            if found != character or at < since:
                return False
            x += get_character_cell_size(character)
        return True


@dataclass(frozen=True)
class Shown:
    """What the reader was told to show for a query: pieces of text with their places."""

    at: float
    query: str
    pieces: tuple[tuple[str, int, int], ...]


class Observer:
    """Notes what is typed and what the widgets are told to show."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._list = screen.query_one(ArticleList)
        self.begin()
        self._after(screen.browser, "_show", self._list_shown)
        self._after(screen.text, "show", self._page_shown)
        self._after(screen.text, "update", self._page_shown)

    def begin(self) -> None:
        """A word is going to be typed."""
        self.pressed: list[tuple[float, str]] = []
        self.letters: list[Shown] = []
        self.results: list[Shown] = []
        self.articles: list[Shown] = []

    def _after(self, part: Any, name: str, then: Callable[[float], None]) -> None:
        original = getattr(part, name)

        def wrapped(*arguments: Any) -> None:
            at = time.perf_counter()
            original(*arguments)
            then(at)

        setattr(part, name, wrapped)

    def press(self, letter: str) -> None:
        at, typed = time.perf_counter(), (self.pressed[-1][1] if self.pressed else "") + letter
        self.pressed.append((at, typed))
        self.letters.append(Shown(at, typed, ((typed, *_place(self._screen.query_one(QueryInput))),)))

    def _list_shown(self, at: float) -> None:
        """The first line of each row in view that the menu does not lie on, and the facts, which end at the right."""
        left, top = _place(self._list)
        facts = self._screen.query_one("#facts")
        text = str(facts.content).strip()  # type: ignore[attr-defined]
        right, line = facts.region.right, facts.region.y
        pieces = [(text, right - len(text), line)]
        covered = -(-MOST_SHOWN // self._list.row_height)
        for index in range(covered, min(self._list.total, self._list.rows_in_view)):
            row = self._list._rows[index]
            title = self._list.lines_of(row, self._list.size.width - GUTTER - 1)[0].plain.rstrip()
            pieces.append((title, left + GUTTER, top + index * self._list.row_height))
        self.results.append(Shown(at, self._screen.browser.request_shown.query, tuple(pieces)))

    def _page_shown(self, at: float) -> None:
        pane = self._screen.text
        if pane.page is not None:
            left, top = _place(pane)
            pieces = ((pane._head[1].plain.rstrip(), left + pane._left, top + 1),)
            self.articles.append(Shown(at, self._screen.browser.request_shown.query, pieces))


def _place(widget: Widget) -> tuple[int, int]:
    return widget.content_region.x, widget.content_region.y


def waits(pressed: Iterable[tuple[float, str]], wanted: Iterable[Shown]) -> list[tuple[float, str]]:
    """Seconds from each key to the first picture that shows what was wanted for it or for a later one."""
    painted = []
    picture = Picture()
    left = sorted(wanted, key=lambda shown: shown.at)
    for at, data in WRITTEN:
        picture.take(at, data)
        for shown in [shown for shown in left if shown.at <= at]:
            if all(picture.shows(text, x, y, shown.at) for text, x, y in shown.pieces):
                painted.append((at, shown.query))
                left.remove(shown)
    ends = {query: min(at for at, later in painted if later.startswith(query)) for _, query in pressed if painted}
    return [(ends[query] - at, query) for at, query in pressed]


async def run(options: argparse.Namespace, state: Path) -> list[str]:
    locations = Locations(state / "config.toml", options.data, options.cache, state)
    started = time.perf_counter()
    engine = Engine(locations)
    app = MeasuredApp(engine, Config(), index_command=[sys.executable, "-c", "pass"], name="library")
    width, height = map(int, options.size.split("x"))
    times: dict[str, list[tuple[float, str]]] = {"letter": [], "results": [], "article": []}
    async with app.run_test(headless=False, size=(width, height)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        while screen.browser.listing is None or screen._dirty_widgets:
            await asyncio.sleep(0.002)
        first = time.perf_counter() - started
        words = sample(engine, options.words)
        await asyncio.sleep(SETTLED)
        await pilot.press("slash")
        observer = Observer(screen)
        for word in words:
            await pilot.press("end", "ctrl+u")
            await asyncio.sleep(SETTLED)
            WRITTEN.clear()
            observer.begin()
            due = time.perf_counter()
            for letter in word:
                await asyncio.sleep(due - time.perf_counter())
                observer.press(letter)
                app.post_message(Key(letter, letter))
                due += KEY_PAUSE
            while screen.browser.request_shown.query != word:
                await asyncio.sleep(0.002)
            await asyncio.sleep(SETTLED)
            assert screen.query_one(QueryInput).value == word, "a key was lost"
            times["letter"] += waits(observer.pressed, observer.letters)
            times["results"] += waits(observer.pressed, observer.results)
            if screen.text.display:  # a narrow window has no room for it
                times["article"] += waits(observer.pressed, observer.articles)
    lines = [f"first list: {first:.2f} s after the engine was opened"]
    for name, taken in ((name, taken) for name, taken in times.items() if taken):
        p50, p95 = np.percentile([1000 * seconds for seconds, _ in taken], (50, 95))
        slowest = ", ".join(f"{query} {1000 * seconds:.0f}" for seconds, query in sorted(taken)[-4:])
        lines.append(f"{name:8} {len(taken)} keys: p50 {p50:.0f} ms, p95 {p95:.0f} ms; slowest: {slowest} ms")
    return lines


def sample(engine: Engine, count: int) -> list[str]:
    """Words of running text, as often as they are there."""
    chance = random.Random(SEED)
    numbers = chance.sample(engine.shelf().numbers.tolist(), 50)
    words = {word for article in engine.articles(numbers) for word in article.title.lower().split() if word.isalpha()}
    return chance.sample(sorted(words), count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--words", type=int, default=12)
    parser.add_argument("--size", default="120x40", help="of the terminal, COLUMNSxLINES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        print("\n".join(asyncio.run(run(options, Path(state)))))


if __name__ == "__main__":
    main()
