"""From keystroke to painted results, in the reader itself.

    python tests/benchmarks/bench_tui.py DATA CACHE [--words N]

DATA and CACHE are the directories of an indexed library (`newsreader dirs`). The app runs headless; queries are typed
key by key, and a key's time ends when the list shows the answer to what is typed by then and the screen is painted.
Keys that are overtaken by the next one (typing goes on at 8 keys a second) count from their own press all the same.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from textual.events import Key

from newsreader.config import Config
from newsreader.engine import Engine
from newsreader.locations import Locations
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.screens.main import MainScreen

KEY_PAUSE = 0.125
"""Seconds between keys: a fast typist."""
SEED = 7


async def run(options: argparse.Namespace, state: Path) -> None:
    locations = Locations(state / "config.toml", options.data, options.cache, state)
    started = time.perf_counter()
    engine = Engine(locations)
    app = NewsreaderApp(engine, Config(), index_command=[sys.executable, "-c", "pass"], name="library")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.screen
        assert isinstance(screen, MainScreen)
        await until(lambda: screen.browser.listing is not None)
        print(f"first list: {time.perf_counter() - started:.2f} s after the engine was opened")
        words = [word for word in sample(engine, options.words) if word.isalpha()]
        await pilot.press("slash")
        waits: list[float] = []
        for word in words:
            await pilot.press("end", "ctrl+u")
            await until(lambda: answered(screen, ""))
            for at, letter in enumerate(word, 1):
                pressed = time.perf_counter()
                screen.focused.post_message(Key(letter, letter))  # Pilot's own settling would be measured too
                await until(lambda wanted=word[:at]: answered(screen, wanted))
                taken = time.perf_counter() - pressed
                waits.append(taken)
                await asyncio.sleep(max(0.0, KEY_PAUSE - taken))
        p50, p95 = (1000 * np.percentile(waits, share) for share in (50, 95))
        print(f"{len(waits)} keys: p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {1000 * max(waits):.0f} ms")


def answered(screen: MainScreen, wanted: str) -> bool:
    listing = screen.browser.listing
    return listing is not None and listing.request.query == wanted and not screen._dirty_widgets


async def until(ready: object) -> None:
    assert callable(ready)
    while not ready():
        await asyncio.sleep(0.002)


def sample(engine: Engine, count: int) -> list[str]:
    """Words of running text, as often as they are there."""
    chance = random.Random(SEED)
    numbers = chance.sample(engine.shelf().numbers.tolist(), 50)
    words = {word for article in engine.articles(numbers) for word in article.title.lower().split()}
    return chance.sample(sorted(words), count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--words", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as state:
        asyncio.run(run(options, Path(state)))


if __name__ == "__main__":
    main()
