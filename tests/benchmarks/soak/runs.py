"""Commands of the program, let go or killed, and what became of them."""

from __future__ import annotations

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.soak.articles import MARKERS, Article
from tests.benchmarks.soak.files import Files
from tests.benchmarks.soak.measure import family_memory, peak
from tests.builders import Library

COMMANDS_AT_ONCE = 2
KILLED_RUNS = 0.4
"""Of the runs of `index`."""
KILLED_COMMANDS = 0.2
LONGEST_PAUSE = 6.0
"""Seconds between two runs of `index`: now and then a reader's own comes first."""
EVERY_SECOND = 1.0
"""How often the memory of a run and all its processes is looked at."""
FIRST_RUNS = 10.0
"""Seconds that runs are thought to take before some have ended."""


@dataclass
class Running:
    arguments: list[str]
    process: subprocess.Popen[bytes]
    errors: Any
    promise: tuple[Article, str] | None
    begun: float
    dies_at: float | None
    peak: float = 0.0
    """MiB, of the process itself."""
    family_peak: float = 0.0
    looked: float = 0.0


@dataclass(frozen=True)
class Ended:
    """A run of `index` that came to its end. MiB."""

    minute: float
    seconds: float
    peak: float
    family_peak: float

    def __str__(self) -> str:
        return f"{self.minute:.1f} min: {self.seconds:.1f} s, {self.peak:.0f}, all {self.family_peak:.0f}"


@dataclass
class Runs:
    library: Library
    dice: random.Random
    files: Files
    lasting: list[Article]
    begun: float
    counts: Counter[str] = field(default_factory=Counter)
    promised: list[tuple[Article, str]] = field(default_factory=list)
    """Tags whose command, or reader, said that they are given."""
    ended: list[Ended] = field(default_factory=list)
    killed_peaks: list[float] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    _running: list[Running] = field(default_factory=list)
    _next_index: float = 0.0

    def step(self, *, more: bool) -> None:
        """See who has ended, kill whose time has come, and start others if there are to be `more`."""
        self._running = [run for run in self._running if not self._over(run)]
        now = time.monotonic()
        if not more:
            return
        if not any(run.arguments[0] == "index" for run in self._running) and now >= self._next_index:
            killed = self.dice.random() < KILLED_RUNS
            self._start(["index", "--quiet"], None, 1.2 * self._usual() if killed else None)
            self._next_index = 0.0
        commands = self._commands()
        while sum(run.arguments[0] != "index" for run in self._running) < COMMANDS_AT_ONCE:
            arguments, promise = next(commands)
            self._start(arguments, promise, 4.0 if self.dice.random() < KILLED_COMMANDS else None)

    @property
    def idle(self) -> bool:
        return not self._running

    def _usual(self) -> float:
        """How many seconds runs have taken lately."""
        return statistics.median([run.seconds for run in self.ended[-7:]] or [FIRST_RUNS])

    def _commands(self) -> Iterator[tuple[list[str], tuple[Article, str] | None]]:
        """With what a tagging one is to have done."""
        while True:
            article, kind = self.dice.choice(self.lasting), self.dice.random()
            if kind < 0.6:
                self.counts["tags asked for"] += 1
                tag = f"t{self.counts['tags asked for']}"
                yield ["tag", f"+{tag}", "--", article.name], (article, tag)
            elif kind < 0.75:
                yield ["search", self.dice.choice(MARKERS), "--format", "json"], None
            elif kind < 0.85:
                yield ["history", str(self.dice.choice([*self.files.known]))], None
            elif kind < 0.9:
                yield ["tag", "--dump"], None
            elif kind < 0.98:
                yield ["stories", "--format", "json"], None
            else:
                yield ["doctor"], None

    def _start(self, arguments: list[str], promise: tuple[Article, str] | None, dies_within: float | None) -> None:
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        command = [sys.executable, "-m", "newsreader", *self.library.arguments(), *arguments]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        now = time.monotonic()
        dies_at = None if dies_within is None else now + self.dice.uniform(0, dies_within)
        self._running.append(Running(arguments, process, errors, promise, now, dies_at))

    def _over(self, run: Running) -> bool:
        now, pid, name = time.monotonic(), run.process.pid, run.arguments[0]
        if name == "index":
            run.peak = max(run.peak, peak(pid) or 0.0)
            if now - run.looked > EVERY_SECOND:
                run.looked = now
                run.family_peak = max(run.family_peak, family_memory(pid))
        if run.dies_at is not None and now > run.dies_at:
            os.kill(pid, signal.SIGKILL)
            run.dies_at = None
        code = run.process.poll()
        if code is None:
            return False
        self.counts[f"{name}: {'killed' if code == -signal.SIGKILL else f'ended with {code}'}"] += 1
        run.errors.seek(0)
        said = run.errors.read().decode("utf-8", "replace")
        run.errors.close()
        # without a query's match a command ends with 1; `doctor` may see what a killed run left
        if "Traceback" in said or code not in (0, 1, 75, -signal.SIGKILL):
            self.trouble.append(f"{' '.join(run.arguments)}: {code}: {said[-1500:]}")
        if code == 0 and run.promise is not None:
            self.promised.append(run.promise)
        if name == "index":
            if code == 0:
                self.ended.append(Ended((now - self.begun) / 60, now - run.begun, run.peak, run.family_peak))
            elif code == -signal.SIGKILL:
                self.killed_peaks.append(run.peak)
            self._next_index = now + self.dice.uniform(0, LONGEST_PAUSE)
        return True
