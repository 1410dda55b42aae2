"""How long the reader stops, for everything that a user does in it.

    python -m tests.benchmarks.stalls DATA CACHE [--only WORD] [--size 120x40] [--why MS] [--run COMMAND]

DATA and CACHE are the directories of an indexed library (`newsreader dirs`); the user data are copied, the cache is
only read. The whole reader runs in this process, keys come as a terminal sends them, eight or thirty a second, and do
not wait for each other. For every action it prints:

- `stop`: the longest time in which the event loop came to nothing, in milliseconds;
- `held`: the longest time in which one thread kept all others from running, as C code does that holds the interpreter;
- `gc`: the longest search for garbage;
- `done`: from the last key until all that the action set off was over;
- `slow`: how much longer the processor took for a fixed piece of work just before than when it was fastest.

Other programs on the machine must not count: of each pause only so much is taken as this process had of the processor.
They slow the processor itself down all the same, which `slow` tells.
`--run` is a command that changes the library meanwhile, as cron does, at the end. With `--why` it says for each pause
of so many milliseconds what all threads were doing then.
"""

from __future__ import annotations

import newsreader.tui  # noqa: F401 - before Textual, which it tells how often to paint

# isort: split
import argparse
import asyncio
import gc
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from textual.events import Key, Resize
from textual.geometry import Size
from textual.pilot import Pilot

from newsreader.config import Config
from newsreader.engine.core import Engine
from newsreader.library.garbage_collection import spare_collector
from newsreader.library.locations import Locations
from newsreader.tui.commands import keys_of
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.trail import StoryStop
from tests.benchmarks.bench_tui import WRITTEN, MeasuredApp
from tests.tui.waiting import under_way

BEAT = 0.002
"""Seconds between two beats."""
TYPED, HELD = 0.125, 0.033
"""Seconds between keys: of a fast typist, and of a key that is held down."""
AFTER = 0.6
"""Seconds after which what begins when the user rests is under way too."""
LONGEST = 120.0
"""Seconds that an action may take."""
SHOWN_FRAMES = 4


@dataclass
class Clock:
    """The longest pause between two beats of one kind."""

    longest: float = 0.0
    _wall: float = field(default_factory=time.perf_counter)
    _used: float = field(default_factory=time.process_time)

    def begin(self) -> None:
        self.longest = 0.0
        self._wall, self._used = time.perf_counter(), time.process_time()

    def beat(self) -> float:
        """Seconds since the last one, of which this process had the processor."""
        wall, used = time.perf_counter(), time.process_time()
        pause = min(wall - self._wall, used - self._used)
        self._wall, self._used = wall, used
        self.longest = max(self.longest, pause)
        return pause


class Observer:
    """Beats on the event loop, in a thread of its own, and at every search for garbage."""

    def __init__(self, why: float | None) -> None:
        """`why`: seconds of a pause from which it is said what the threads were doing."""
        self._why = why
        self.loop, self.thread = Clock(), Clock()
        self.garbage = 0.0
        self.reasons: list[str] = []
        self._main = threading.get_ident()
        self._last_beat = time.perf_counter()
        self._collecting = 0.0
        self._stop = threading.Event()
        self._collections = 0

    def begin(self) -> None:
        self.loop.begin()
        self.thread.begin()
        self.garbage, self.reasons = 0.0, []

    async def beat(self) -> None:
        while True:
            self._last_beat = time.perf_counter()
            self.loop.beat()
            await asyncio.sleep(BEAT)

    def watch(self) -> None:
        """In a thread of its own."""
        told = 0.0
        while not self._stop.wait(BEAT):
            held = self.thread.beat()
            if self._why is None:
                continue
            last = self._last_beat
            overdue = time.perf_counter() - last
            if held >= self._why:
                self.reasons.append(f"held {1000 * held:.0f} ms; then: {self._doing()}")
            elif overdue >= self._why and told != last:
                told = last
                self.reasons.append(f"stopped {1000 * overdue:.0f} ms: {self._doing()}")

    def _doing(self) -> str:
        """The innermost frames of all threads that do something."""
        lines = []
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        for ident, frame in sys._current_frames().items():
            frames = traceback.extract_stack(frame)
            if ident == threading.get_ident() or frames[-1].name in ("wait", "_worker", "select"):
                continue
            shown = [f for f in frames if "newsreader" in f.filename][-SHOWN_FRAMES:] + frames[-2:]
            place = " > ".join(f"{Path(f.filename).stem}.{f.name}:{f.lineno}" for f in shown)
            lines.append(f"\n      {names.get(ident, '?')}: {place}")
        return "".join(lines)

    def collecting(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting = time.thread_time()
        else:
            took = time.thread_time() - self._collecting
            self.garbage = max(self.garbage, took)
            if self._why is not None and took >= self._why:
                what = f"generation {info['generation']}, {info['collected']:,} objects thrown away"
                self.reasons.append(f"garbage {1000 * took:.0f} ms, {what}")

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.beat())
        thread = threading.Thread(target=self.watch, name="heartbeat", daemon=True)
        gc.callbacks.append(self.collecting)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            task.cancel()
            gc.callbacks.remove(self.collecting)
            thread.join()


def say(text: str) -> None:
    """On the real output: Textual takes what is printed while it runs."""
    print(text, file=sys.__stdout__, flush=True)


def fixed_work() -> float:
    """Seconds of the processor for it, the best of a few."""
    taken = []
    for _ in range(5):
        began = time.thread_time()
        sum(number * number for number in range(20_000))
        taken.append(time.thread_time() - began)
    return min(taken)


class Session:
    """One reader, its keyboard, and what was measured."""

    def __init__(self, app: MeasuredApp, pilot: Pilot[Any], observer: Observer) -> None:
        self.app = app
        self._pilot = pilot
        self._observer = observer
        self._fastest = fixed_work()

    # the keyboard

    async def keys(self, *names: str, pause: float = TYPED) -> None:
        for name in names:
            character = name if len(name) == 1 else CHARACTERS.get(name)
            self.app.post_message(Key(name, character))
            await asyncio.sleep(pause)

    async def command(self, name: str, times: int = 1, pause: float = TYPED) -> None:
        """Press a command's key."""
        await self.keys(*[keys_of(name, {})[0]] * times, pause=pause)

    async def type(self, text: str) -> None:
        await self.keys(*[NAMES.get(letter, letter) for letter in text])

    async def settle(self, longest: float = LONGEST) -> None:
        until = time.perf_counter() + longest
        while time.perf_counter() < until:
            await asyncio.sleep(0.01)
            if not [*under_way(self._pilot)]:
                return

    async def home(self) -> None:
        """All articles, nothing selected, no screen on top."""
        while len(self.app.screen_stack) > 1:
            self.app.screen.dismiss(None)
            await self.settle()
        main = self.main
        main._articles.select(())
        await self.command("clear")
        await self.settle()
        main.action_view("all")
        await self.settle()
        main.action_top()
        await self.settle()
        await asyncio.sleep(AFTER)

    @property
    def main(self) -> MainScreen:
        main = self.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    # measuring

    async def measure(self, name: str, action: Callable[[], Awaitable[None]], rest: float = AFTER) -> None:
        WRITTEN.clear()
        work = fixed_work()
        self._fastest = min(self._fastest, work)
        self._observer.begin()
        try:
            await action()
        except Exception as error:  # the others are to be measured too
            say(f"{name:44} failed: {type(error).__name__}: {error}")
        acted = time.perf_counter()
        await self.settle()
        done = time.perf_counter()
        await asyncio.sleep(rest)
        seen = self._observer
        say(
            f"{name:44} {1000 * seen.loop.longest:6.0f} {1000 * seen.thread.longest:6.0f} {1000 * seen.garbage:6.0f}"
            f" {1000 * (done - acted):7.0f} {work / self._fastest:4.1f} {self._where()}",
        )
        for reason in seen.reasons:
            say(f"    {reason}")

    def _where(self) -> str:
        screen = self.app.screen
        listing = self.main.browser.listing
        return f"  {type(screen).__name__} {listing.total if listing is not None else '-'}"


NAMES = {
    " ": "space", ":": "colon", '"': "quotation_mark", "-": "minus", "*": "asterisk", "~": "tilde", ".": "full_stop",
    "+": "plus", ",": "comma",
}  # fmt: skip
CHARACTERS = {name: letter for letter, name in NAMES.items()} | {
    "slash": "/", "backslash": "\\", "number_sign": "#", "question_mark": "?", "right_square_bracket": "]",
    "left_square_bracket": "[", "right_curly_bracket": "}", "left_curly_bracket": "{", "ampersand": "&",
    "exclamation_mark": "!", "vertical_line": "|", "greater_than_sign": ">", "less_than_sign": "<",
}  # fmt: skip


def actions(session: Session, index: Callable[[], Awaitable[None]]) -> dict[str, Callable[[], Awaitable[None]]]:
    """All that a user does, in the order of a day; each begins on the list of all articles. Names that end with a dot
    go on where the one before them left off."""
    s = session

    def pressed(*names: str, pause: float = TYPED) -> Callable[[], Awaitable[None]]:
        return lambda: s.keys(*names, pause=pause)

    def held(command: str, times: int = 60) -> Callable[[], Awaitable[None]]:
        return lambda: s.command(command, times, HELD)

    def done(*commands: str) -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            for command in commands:
                await s.command(command)
                await s.settle()

        return go

    def searched(query: str, then: str = "enter") -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            await s.command("search")
            await s.type(query)
            await s.keys(then)

        return go

    async def tag(text: str) -> None:
        await s.command("tag")
        await s.type(text)
        await s.keys("enter")
        await s.settle()
        if len(s.app.screen_stack) > 1:
            await s.command("done")

    async def story_of_many() -> None:
        """The page of the largest story."""
        sizes = s.app.engine.shelf().story_sizes
        story = max(sizes, key=lambda name: sizes[name])
        s.app.open(StoryStop(story, None))

    async def resize() -> None:
        for width in (80, 60, 100, 160, 120):
            size = Size(width, 40)
            s.app.post_message(Resize(size, size, size))
            await asyncio.sleep(0.05)

    return {
        "rest": lambda: asyncio.sleep(2),
        "down, held": held("down"),
        "page down, held": held("page_down"),
        "half page down, held.": held("half_page_down"),
        "to the end": done("bottom"),
        "up, held, from the end.": held("up"),
        "to the top.": done("top"),
        "type a common word": searched("market"),
        "type two words": searched("oil price"),
        "type one letter": searched("a"),
        "type a phrase": searched('"crude oil"'),
        "type with a field": searched("source:1987-03"),
        "type a prefix": searched("s*"),
        "type fuzzily": searched("markat~"),
        "type what nothing has": searched("zzzz qqqq market"),
        "type is:unread": searched("is:unread"),
        "type NOT": searched("-market"),
        "type a date": searched("date:2010..2015"),
        "type similar": searched("similar:zz"),
        "unread": done("view_unread"),
        "starred": done("view_starred"),
        "stories": done("view_stories"),
        "stories, held.": held("down"),
        "stories, to the end.": done("bottom"),
        "stories of a query.": searched("bank"),
        "sort, all": done("sort", "sort"),
        "sort, a query": lambda: _in_turn(searched("bank")(), s.settle(), done("sort", "sort", "sort", "sort")()),
        "all copies": done("fold_all", "fold_all"),
        "facets": done("facets"),
        "facets, chosen.": pressed("down", "enter"),
        "tags": done("tag_list"),
        "tags, chosen.": pressed("down", "enter"),
        "next unread": held("next_unread", 10),
        "next story": held("next_story", 10),
        "star": done("star"),
        "star back.": done("undo"),
        "read": done("toggle_read"),
        "star, held": held("star", 20),
        "tag one": lambda: tag("benchmark"),
        "tag one, undone.": done("undo"),
        "select": held("select", 20),
        "select all of a query": lambda: _in_turn(searched("market")(), s.settle(), done("select_all")()),
        "star those.": done("star"),
        "star those, undone.": done("undo"),
        "tag those.": lambda: tag("benchmark"),
        "tag those, undone.": done("undo"),
        "select all": done("select_all"),
        "read all.": done("toggle_read"),
        "read all, undone.": done("undo"),
        "tag all.": lambda: tag("benchmark"),
        "tag all, undone.": done("undo"),
        "open": done("open"),
        "scroll, held.": held("down"),
        "matches.": held("next_match", 10),
        "note": done("note"),
        "story page": done("story"),
        "story page, held.": held("down", 20),
        "the largest story": story_of_many,
        "the largest story, held.": held("down", 30),
        "coverage": done("coverage"),
        "coverage, held.": held("down"),
        "coverage, columns.": held("next_outlet", 20),
        "coverage, period.": done("period"),
        "coverage of a query": lambda: _in_turn(searched("bank")(), s.settle(), done("coverage")()),
        "matrix": done("matrix"),
        "matrix, held.": held("down"),
        "the largest story's matrix": lambda: _in_turn(story_of_many(), s.settle(), done("matrix")()),
        "the largest story's coverage": lambda: _in_turn(story_of_many(), s.settle(), done("coverage")()),
        "compare": done("compare"),
        "compare, held.": held("down"),
        "compare, order, swap.": done("order", "swap"),
        "history": done("history"),
        "dossier": done("dossier"),
        "palette": lambda: _in_turn(done("command_palette")(), s.type("story")),
        "help": done("help"),
        "help, held.": held("down", 20),
        "resize": resize,
        "focus": done("next_pane", "next_pane", "next_pane"),
        "a run elsewhere": index,
    }


async def _in_turn(*steps: Awaitable[None]) -> None:
    for step in steps:
        await step


async def run(options: argparse.Namespace, home: Path) -> None:
    shutil.copytree(options.data, home / "data")
    locations = Locations(home / "config.toml", home / "data", options.cache, home / "state")
    started = time.perf_counter()
    engine = Engine(locations)
    app = MeasuredApp(engine, Config(), index_command=[sys.executable, "-c", "pass"], name="library")
    observer = Observer(options.why / 1000 if options.why else None)
    width, height = map(int, options.size.split("x"))
    say(f"{'action':44} {'stop':>6} {'held':>6} {'gc':>6} {'done':>7} slow   ms")
    spare_collector()  # as the command does
    async with observer.at_work():
        observer.begin()
        async with app.run_test(headless=False, size=(width, height)) as pilot:
            session = Session(app, pilot, observer)

            async def first_list() -> None:
                while session.main.browser.listing is None:
                    await asyncio.sleep(0.005)
                say(f"{'first list, from the opening of the engine':44} {time.perf_counter() - started:.2f} s")

            await first_list()
            await session.settle()
            await asyncio.sleep(2)
            say(
                f"{'start':44} {1000 * observer.loop.longest:6.0f} {1000 * observer.thread.longest:6.0f}"
                f" {1000 * observer.garbage:6.0f}"
            )
            for reason in observer.reasons:
                say(f"    {reason}")

            async def index() -> None:
                process = await asyncio.create_subprocess_shell(options.run or "true")
                await process.wait()
                await asyncio.sleep(1.5)  # until it has been noticed

            for name, action in actions(session, index).items():
                if options.only and not any(word in name for word in options.only):
                    continue
                if not name.endswith("."):
                    await session.home()
                await session.measure(name, action)
            await session.home()
            app.exit()
    engine.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--only", nargs="*", help="actions whose names have one of these words")
    parser.add_argument("--size", default="120x40", help="of the terminal, COLUMNSxLINES")
    parser.add_argument("--run", metavar="COMMAND", help="what changes the library meanwhile")
    parser.add_argument("--why", type=float, metavar="MS", help="say what was being done in pauses of so long")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        asyncio.run(run(options, Path(home)))


if __name__ == "__main__":
    main()
