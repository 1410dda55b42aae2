"""The reader on terminals of its own: somebody types at random, and gives tags that have to stay."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.soak.articles import MARKERS, Article, Newsroom
from tests.terminal import Terminal

PATIENCE = 240.0
"""Seconds for an answer: the machine has other work, and may stop everything for a minute."""
BUG = re.compile("Traceback|newsreader has stopped")
SIZES = ((24, 80), (16, 60), (40, 120), (30, 100))
"""Lines and columns."""

ESC, ENTER, UP, DOWN, LEFT, RIGHT, PAGE_UP, PAGE_DOWN = (
    "\x1b", "\r", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C", "\x1b[5~", "\x1b[6~",
)  # fmt: skip
QUIT, SAVE, UPDATE, PALETTE, HALF_DOWN, HALF_UP = "\x11", "\x13", "\x12", "\x10", "\x04", "\x15"
MOVES = ("j", "k", DOWN, DOWN, UP, PAGE_DOWN, PAGE_UP, HALF_DOWN, HALF_UP, "g", "G", "j", "j")


class Reader(threading.Thread):
    """Somebody at a reader, who starts it again when it was left or killed."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        cwd: Path,
        seed: int,
        lasting: Sequence[Article],
        newsroom: Newsroom,
        lives: tuple[float, float] | None,
    ) -> None:
        """`lives`: between how many seconds and how many a reader stays; None for one that stays all the time."""
        super().__init__(name=name, daemon=True)
        self._command, self._cwd, self._lasting, self._newsroom, self._lives = command, cwd, lasting, newsroom, lives
        self._dice = random.Random(seed)
        self._leaving = threading.Event()
        self._terminal: Terminal | None = None
        self.counts: Counter[str] = Counter()
        self.promised: list[tuple[Article, str]] = []
        self.trouble: list[str] = []

    @property
    def pid(self) -> int | None:
        terminal = self._terminal
        return terminal.process.pid if terminal is not None and terminal.process.poll() is None else None

    def stop(self) -> None:
        """It is left as users leave it."""
        self._leaving.set()

    def run(self) -> None:
        while not self._leaving.is_set():
            terminal = self._terminal = Terminal(self._command, self._cwd, self._dice.choice(SIZES))
            self.counts["started"] += 1
            try:
                self._use(terminal)
            finally:
                self._terminal = None
                if terminal.process.poll() is None:
                    terminal.process.kill()
                terminal.process.wait()
                terminal.close()

    def _use(self, terminal: Terminal) -> None:
        leaves_at = None if self._lives is None else time.monotonic() + self._dice.uniform(*self._lives)
        terminal.drain(3.0)
        while terminal.process.poll() is None:
            if self._leaving.is_set() or (leaves_at is not None and time.monotonic() > leaves_at):
                break
            action = self._dice.choices(list(ACTIONS), list(ACTIONS.values()))[0]
            self.counts[action.__name__] += 1
            action(self, terminal)
            if BUG.search(terminal.said):
                break
            if time.monotonic() - terminal.last_said > PATIENCE:
                self.trouble.append(f"{self.name}: nothing painted for {PATIENCE} s, after {action.__name__}")
                return
        if terminal.process.poll() is not None or BUG.search(terminal.said):
            terminal.drain(2.0)
            said = terminal.said[-2_500:]
            self.trouble.append(f"{self.name}: it ended by itself: {terminal.process.poll()}: {said}")
        elif self._lives is not None and not self._leaving.is_set() and self._dice.random() < 0.6:
            terminal.process.kill()
            self.counts["killed"] += 1
        else:
            self._leave(terminal)

    def _leave(self, terminal: Terminal) -> None:
        self.home(terminal)
        terminal.send(QUIT)
        until = time.monotonic() + PATIENCE
        while terminal.process.poll() is None and time.monotonic() < until:
            terminal.drain(0.5)
        code = terminal.process.poll()
        self.counts["left"] += 1
        if code != 0 or BUG.search(terminal.said):
            self.trouble.append(f"{self.name}: left with {code}: {terminal.said[-2_500:]}")

    # typing

    def type(self, terminal: Terminal, *keys: str, pause: float = 0.15) -> None:
        for key in keys:
            terminal.send(key)
            terminal.drain(self._dice.uniform(0.3, 1.0) * pause)

    def wander(self, terminal: Terminal, keys: Sequence[str] = MOVES, most: int = 12) -> None:
        self.type(terminal, *self._dice.choices(keys, k=self._dice.randint(1, most)))
        terminal.drain(self._dice.uniform(0.2, 1.0))

    def home(self, terminal: Terminal) -> None:
        """To the main screen's list. A busy reader takes the last escape and what follows it for one key with alt: that
        may be a key without a meaning."""
        self.type(terminal, *[ESC] * 5, "Z", pause=0.6)

    def find(self, terminal: Terminal, query: str) -> None:
        self.home(terminal)
        self.type(terminal, "1", "/", pause=0.6)
        self.type(terminal, *query, pause=0.08)
        self.type(terminal, ENTER, pause=1.0)

    def appears(self, terminal: Terminal, *texts: str) -> bool:
        until = time.monotonic() + PATIENCE
        while terminal.process.poll() is None and time.monotonic() < until and not self._leaving.is_set():
            said = terminal.said
            if all(text in said for text in texts):
                return True
            terminal.drain(0.3)
        return False

    # what users do

    def search(self, terminal: Terminal) -> None:
        word, other = self._newsroom.word(), self._newsroom.word()
        query = self._dice.choice(
            [word, word[:3] + "*", f"{word} {other}", f"{word} OR {other}", f'"{word} {other}', f"title:{word}",
             self._dice.choice(MARKERS), f"tag:t{self._dice.randint(1, 99)}", "is:unread", f"{word}~", f"-{word}"]
        )  # fmt: skip
        self.find(terminal, query)
        self.wander(terminal)

    def read(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.wander(terminal)
        self.type(terminal, ENTER, pause=1.0)
        self.wander(terminal, [*MOVES, "n", "N", "v", "}", "{", "V", "u", "J", "K", "]", "[", "z", "z"])

    def story(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, self._dice.choice("14"), *self._dice.choices(MOVES, k=4), "S", pause=0.8)
        terminal.drain(1.5)
        self.wander(terminal, [*MOVES, "w", ESC, ENTER, "n", "d", "C", "H"], 8)

    def compare(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, "1", " ", *self._dice.choices(MOVES, k=3), " ", "d", pause=0.6)
        terminal.drain(1.5)
        self.wander(terminal, [*MOVES, "n", "N", "D", "x", "o", "f", "F", "b"], 10)

    def matrix(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, "4", *self._dice.choices(MOVES, k=4), "M", pause=0.8)
        terminal.drain(2.0)
        self.wander(terminal, ["j", "k", LEFT, RIGHT, "f", "o", "O", "a", "A", "n", "J", "K", PAGE_DOWN], 10)

    def coverage(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, "C", pause=1.0)
        terminal.drain(1.5)
        self.wander(terminal, ["j", "k", LEFT, RIGHT, PAGE_DOWN, "G", "g"], 8)

    def views(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.wander(terminal, ["1", "2", "3", "4", "o", "+", "c", ">", "<", "\t", *MOVES], 10)

    def dialogs(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, self._dice.choice(["F", "?", PALETTE, "#"]), pause=1.0)
        self.wander(terminal, [UP, DOWN, PAGE_DOWN], 6)

    def mark(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.wander(terminal)
        self.type(terminal, self._dice.choice("srsr "))
        if self._dice.random() < 0.2:
            self.type(terminal, "m", pause=1.5)
            self.type(terminal, *f"seen {self._newsroom.word()}", SAVE)

    def update(self, terminal: Terminal) -> None:
        self.home(terminal)
        self.type(terminal, UPDATE)
        self.wander(terminal)

    def resize(self, terminal: Terminal) -> None:
        terminal.resize(self._dice.choice(SIZES))
        terminal.drain(1.0)

    def pause(self, terminal: Terminal) -> None:
        """Nothing is typed: the lists follow what is indexed meanwhile."""
        terminal.drain(self._dice.uniform(2, 15))

    def tag(self, terminal: Terminal) -> None:
        """It is promised once the reader has said it."""
        article = self._dice.choice(self._lasting)
        tag = f"{self.name}{self.counts['tag']}"
        self.find(terminal, article.name)
        terminal.drain(1.5)
        terminal.forget()
        self.type(terminal, "t", pause=1.0)
        if not self.appears(terminal, f"Tags of Report {article.name}"):
            self.counts["tag dialog did not come"] += 1
            return
        self.type(terminal, *tag, pause=0.1)
        self.type(terminal, ENTER, pause=0.5)
        terminal.forget()
        self.type(terminal, ENTER)
        if self.appears(terminal, f"+{tag} on 1 article"):
            self.promised.append((article, tag))
        else:
            self.counts["tag was not confirmed"] += 1


ACTIONS: dict[Callable[[Reader, Terminal], None], int] = {
    Reader.search: 20,
    Reader.read: 14,
    Reader.story: 8,
    Reader.compare: 6,
    Reader.matrix: 4,
    Reader.coverage: 3,
    Reader.views: 8,
    Reader.dialogs: 5,
    Reader.mark: 6,
    Reader.update: 2,
    Reader.resize: 2,
    Reader.pause: 8,
    Reader.tag: 14,
}
"""And how often."""
