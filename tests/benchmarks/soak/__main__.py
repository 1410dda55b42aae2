"""`python -m tests.benchmarks.soak [MINUTES] [FILES]`: a library under siege, in a temporary folder.

While article files of all formats are written, edited, renamed and removed, and poisonous ones come and go, `index`
runs and is killed with -9 at random, several processes tag, search and look at histories, and people sit at readers, on
terminals of their own; some of all these are killed as well, one reader stays the whole time. At the end, after one run
in peace: every tag that was said to be given is there, searches find what a scan of the files finds, no process is
left, and memory did not grow. Each minute a line on stderr; at the end one JSON document on stdout. Ends with 1 if
something of that is not so, and then leaves the folder.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from tests.benchmarks.soak.articles import Newsroom
from tests.benchmarks.soak.files import Files
from tests.benchmarks.soak.measure import handles, listed, memory, of_home, sizes, thirds
from tests.benchmarks.soak.readers import Reader
from tests.benchmarks.soak.runs import Runs
from tests.benchmarks.soak.truth import wrongly_found, wrongly_tagged
from tests.builders import Library

READERS: dict[str, tuple[float, float] | None] = {"stays": None, "comes": (40, 240), "goes": (20, 120)}
"""By name: how many seconds each lives at least and at most."""
GROWTH = 1.3
"""Between first and last third: more is trouble."""
WARM_UP = 10.0
"""Minutes in which a reader's caches fill: from 110 to 200 MiB; then they have what they may have."""
CHANGES = 4
"""At most, five times a second."""
SWOLLEN = 1.2
"""Times the good articles that a library may have for its reader's memory to be judged: two poisonous feeds of 20,000
make 33,000 into 73,000, and 145 MiB into 230."""
LEAVING = 180.0
"""Seconds for killed runs' processes to find out, and end."""


class Siege:
    def __init__(self, home: Path, files: int, seed: int) -> None:
        self.library = Library(home)
        self.dice = random.Random(seed)
        self.files = Files(self.library.folder, self.dice, files)
        lasting = self.files.fill()
        self.begun = time.monotonic()
        self.runs = Runs(self.library, self.dice, self.files, lasting, self.begun)
        desk = home / "desk"
        desk.mkdir()
        command = [sys.executable, "-m", "newsreader", *self.library.arguments()]
        self.readers = [
            Reader(name, command, desk, seed + number, lasting, Newsroom(random.Random(number)), lives)
            for number, (name, lives) in enumerate(READERS.items())
        ]
        self.samples: list[dict[str, Any]] = []
        self.trouble: list[str] = []
        self._told = 0
        """Of the troubles."""

    def first_run(self) -> float:
        """Seconds."""
        begun = time.monotonic()
        command = [sys.executable, "-m", "newsreader", *self.library.arguments(), "index", str(self.library.folder)]
        subprocess.run(command, check=True)
        return time.monotonic() - begun

    def last(self, seconds: float) -> None:
        """The siege itself."""
        self.begun = self.runs.begun = time.monotonic()
        for reader in self.readers:
            reader.start()
        minute = 0
        while (passed := time.monotonic() - self.begun) < seconds or not self.runs.idle:
            more = passed < seconds
            if more:
                for _ in range(self.dice.randint(0, CHANGES)):
                    self.files.change()
            self.runs.step(more=more)
            if passed >= 60 * minute:
                self._sample(passed / 60)
                minute += 1
            time.sleep(0.2)
        for reader in self.readers:
            reader.stop()
        for reader in self.readers:
            reader.join()
        self._sample((time.monotonic() - self.begun) / 60)

    def _sample(self, minute: float) -> None:
        sample: dict[str, Any] = {"minute": round(minute, 1), "files": len(self.files.known)}
        sample["articles"] = sum(len(file.articles) for file in self.files.known.values())
        sample["listed"] = listed(self.library.locations)
        if (pid := self.readers[0].pid) is not None and (taken := memory(pid)) and (held := handles(pid)):
            sample["reader, MiB"] = {name: round(value, 1) for name, value in taken._asdict().items()}
            sample["reader holds"] = held._asdict()
        sample["MB"] = sizes(self.library.locations)
        self.samples.append(sample)
        runs = {name: count for name, count in sorted(self.counts().items()) if name.startswith("index")}
        promised = len(self.runs.promised) + sum(len(reader.promised) for reader in self.readers)
        last = str(self.runs.ended[-1]) if self.runs.ended else "none"
        line = {**sample, "runs": runs, "last run": last, "tags": promised, "trouble": len(self.all_trouble())}
        print(json.dumps(line), file=sys.stderr, flush=True)
        for said in self.all_trouble()[self._told :]:
            print(said, file=sys.stderr, flush=True)
        self._told = len(self.all_trouble())

    def counts(self) -> Counter[str]:
        counts = Counter({f"files: {what}": count for what, count in self.files.counts.items()})
        counts.update(self.runs.counts)
        for reader in self.readers:
            counts.update({f"reader: {what}": count for what, count in reader.counts.items()})
        return counts

    def all_trouble(self) -> list[str]:
        return [*self.trouble, *self.runs.trouble, *(said for reader in self.readers for said in reader.trouble)]

    # after it

    def check(self) -> None:
        """After one run in peace, everything has to be right."""
        library, trouble = self.library, self.trouble
        until = time.monotonic() + LEAVING
        while (left := of_home(library.home)) and time.monotonic() < until:
            time.sleep(1.0)
        if left:
            trouble.append(f"processes left: {left}")
        if (log := library.locations.state / "newsreader.log").exists():
            trouble.append(f"the reader's log: {log.read_text()[-3000:]}")
        report = library.index(wait=60.0)
        poison = set(self.files.poison)
        trouble += [f"could not be read: {path}: {reason}" for path, reason in report.failed if path not in poison]
        library.reopen()
        trouble += wrongly_found(library.engine, self.files)
        trouble += wrongly_tagged(library.engine, self.files, self.promised())
        command = [sys.executable, "-m", "newsreader", *library.arguments(), "doctor"]
        doctor = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if doctor.returncode != 0:
            trouble.append(f"doctor: {doctor.stdout}")

    def promised(self) -> list[tuple[Any, str]]:
        return [*self.runs.promised, *(promise for reader in self.readers for promise in reader.promised)]

    def growth(self) -> dict[str, Any]:
        """First third against last; what grew too much is trouble."""
        ended = self.runs.ended
        warm = [s for s in self.samples if "reader, MiB" in s and "reader holds" in s and s["minute"] >= WARM_UP]
        warm = [s for s in warm if (s["listed"] or 0) <= SWOLLEN * s["articles"]]
        readers, holds = [s["reader, MiB"] for s in warm], [s["reader holds"] for s in warm]
        series = {
            "run, MiB": [run.peak for run in ended],
            "run with all its processes, MiB": [run.family_peak for run in ended],
            "run that was killed, MiB": self.runs.killed_peaks,
            "reader, own, MiB": [taken["own"] for taken in readers],
            "reader, resident, MiB": [taken["resident"] for taken in readers],
            "reader, open files": [held["open"] for held in holds],
            "reader, threads": [held["threads"] for held in holds],
            "reader, removed files held": [held["deleted"] for held in holds],
            "cache, MB": [s["MB"]["all of cache"] for s in self.samples],
            "state, MB": [s["MB"]["state"] for s in self.samples],
        }
        grown = {name: thirds(values) for name, values in series.items()}
        for name, third in grown.items():
            judged = name.endswith("MiB") and "killed" not in name
            if judged and third is not None and third["last third"] > GROWTH * third["first third"]:
                self.trouble.append(f"{name}: grew from {third['first third']} to {third['last third']}")
        return grown


def main(minutes: float = 2.0, files: int = 300) -> int:
    home = Path(tempfile.mkdtemp(prefix="newsreader-soak-"))
    seed = int(os.environ.get("SOAK_SEED", time.time()))
    print(f"{home}, seed {seed}", file=sys.stderr, flush=True)
    siege = Siege(home, files, seed)
    try:
        first = siege.first_run()
        siege.last(minutes * 60)
        try:
            siege.check()
        except Exception:  # the figures are worth having nevertheless
            siege.trouble.append(traceback.format_exc())
        growth = siege.growth()
        trouble = siege.all_trouble()
        figures = {
            "seed": seed,
            "minutes": minutes,
            "files": len(siege.files.known),
            "articles": sum(len(file.articles) for file in siege.files.known.values()),
            "first run, seconds": round(first, 1),
            "tags that were promised": len(siege.promised()),
            "counts": dict(sorted(siege.counts().items())),
            "growth": growth,
            "runs that ended, MiB": [str(run) for run in siege.runs.ended],
            "samples": [json.dumps(sample) for sample in siege.samples[:: max(1, len(siege.samples) // 12)]],
            "trouble": trouble,
        }
        print(json.dumps(figures, indent=2))
        if not trouble:
            shutil.rmtree(home, ignore_errors=True)
        return 1 if trouble else 0
    finally:
        siege.library.close()


if __name__ == "__main__":
    sys.exit(main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False))))
