"""`python -m tests.benchmarks.soak [MINUTES] [FILES]`: a library under siege, in a temporary folder.

While article files of all formats are written, edited, renamed and removed, `index` runs and is killed with -9 at
random, and several processes tag, search and look at histories, some of them killed as well. At the end, after one run
in peace: every tag whose command said that it was done is there, searches find what a scan of the files finds, no
process is left, and the memory of the runs did not grow. Prints one JSON document; ends with 1 if something of that is
not so.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.builders import Library

MARKERS = [f"marker{number}q" for number in range(40)]
"""Words of which every article has some: what searches are asked for."""
TAGGERS = 3
KILLED_RUNS = 0.6
"""Of the runs of `index`."""
KILLED_COMMANDS = 0.2
PROSE = """the council said on friday that the harbour ferry between tarn and lowland will sail again after repairs of
eleven weeks while growers in the valley expect half of last year's apples and the mayor called the plan reckless"""


@dataclass(frozen=True)
class Article:
    name: str
    """A word that no other article has."""
    words: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"Report {self.name} from the {self.words[0]}"

    @property
    def paragraphs(self) -> list[str]:
        return [" ".join(self.words[start : start + 25]).capitalize() + "." for start in range(0, len(self.words), 25)]


def plain(articles: list[Article]) -> str:
    return f" date 2021-03-26 {articles[0].title}\n\n" + "\n\n".join(articles[0].paragraphs) + "\n"


def markdown(articles: list[Article]) -> str:
    return f'---\ntitle: "{articles[0].title}"\ndate: 2021-03-27\n---\n' + "\n\n".join(articles[0].paragraphs) + "\n"


def page(articles: list[Article]) -> str:
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in articles[0].paragraphs)
    title = articles[0].title
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


def mail(articles: list[Article]) -> str:
    article = articles[0]
    return (
        f"From: Iris Holm <iris@tarn.example>\nSubject: {article.title}\nDate: Fri, 26 Mar 2021 09:14:00 +0100\n"
        f"Message-ID: <{article.name}@tarn.example>\nContent-Type: text/plain; charset=utf-8\n\n"
        + "\n\n".join(article.paragraphs)
        + "\n\n"
    )


def mailbox(articles: list[Article]) -> str:
    return "".join(f"From iris@tarn.example Fri Mar 26 09:14:00 2021\n{mail([article])}" for article in articles)


def feed(articles: list[Article]) -> str:
    items = "".join(
        f"<item><title>{a.title}</title><guid>{a.name}</guid><pubDate>Fri, 26 Mar 2021 09:14:00 +0100</pubDate>"
        f"<description>{html.escape(' '.join(f'<p>{p}</p>' for p in a.paragraphs))}</description></item>"
        for a in articles
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Tarn Post</title>{items}</channel></rss>'


def record(article: Article) -> dict[str, str]:
    return {"id": article.name, "title": article.title, "date": "2021-03-26", "text": "\n\n".join(article.paragraphs)}


def lines(articles: list[Article]) -> str:
    return "".join(json.dumps(record(article)) + "\n" for article in articles)


def table(articles: list[Article]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "title", "date", "text"])
    writer.writeheader()
    writer.writerows(record(article) for article in articles)
    return out.getvalue()


FORMATS: dict[str, tuple[Callable[[list[Article]], str], int]] = {
    ".txt": (plain, 1),
    ".md": (markdown, 1),
    ".html": (page, 1),
    ".eml": (mail, 1),
    ".mbox": (mailbox, 12),
    ".xml": (feed, 8),
    ".jsonl": (lines, 10),
    ".csv": (table, 6),
    ".txt.gz": (plain, 1),
}
"""How each is written, and how many articles it may hold."""


@dataclass
class Siege:
    """The files as they are meant to be, and what was asked of the program."""

    library: Library
    dice: random.Random
    files: dict[Path, list[Article]] = field(default_factory=dict)
    lasting: list[Article] = field(default_factory=list)
    """Articles that are never edited or removed: what is said of them has to stay."""
    tagged: list[tuple[Article, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    memory: list[int] = field(default_factory=list)
    """Of the runs of `index` that ended by themselves, KiB, in order."""
    trouble: list[str] = field(default_factory=list)
    _number: int = 0

    def article(self) -> Article:
        self._number += 1
        dice = self.dice
        words = [*dice.choices(PROSE.split(), k=90), *dice.sample(MARKERS, 5), f"name{self._number}q"]
        dice.shuffle(words)
        return Article(f"name{self._number}q", tuple(words))

    def write(self, path: Path, articles: list[Article]) -> None:
        suffix = "".join(path.suffixes)
        data = FORMATS[suffix][0](articles).encode()
        beside = path.with_name(".partial")
        beside.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
        beside.replace(path)
        self.files[path] = articles

    def new_file(self, *, lasting: bool = False) -> None:
        suffix = self.dice.choice([*FORMATS])
        folder = self.library.folder / f"outlet {self.dice.randrange(9)}"
        folder.mkdir(exist_ok=True)
        articles = [self.article() for _ in range(self.dice.randint(1, FORMATS[suffix][1]))]
        self.write(folder / f"{'lasting-' if lasting else ''}{self._number}{suffix}", articles)
        if lasting:
            self.lasting += articles

    def change(self) -> None:
        """One of the files, in one of the ways that files change."""
        path = self.dice.choice([*self.files])
        what = self.dice.choice(["new", "edit", "edit", "rename", "remove"])
        if what == "new":
            self.new_file()
        elif what == "rename":
            target = path.with_name(f"moved-{path.name}" if len(path.name) < 60 else path.name[-40:])
            if target not in self.files:
                path.rename(target)
                self.files[target] = self.files.pop(path)
        elif path.name.find("lasting-") >= 0:
            return
        elif what == "edit":
            self.write(path, [self.article() if self.dice.random() < 0.5 else a for a in self.files[path]])
        else:
            path.unlink()
            del self.files[path]
        self.counts[f"files: {what}"] += 1

    def commands(self) -> Iterator[tuple[list[str], tuple[Article, str] | None]]:
        """Commands for ever; with what a tagging one is to have done."""
        while True:
            article = self.dice.choice(self.lasting)
            tag = f"t{self.counts['tags asked for']}"
            kind = self.dice.random()
            if kind < 0.6:
                self.counts["tags asked for"] += 1
                yield ["tag", f"+{tag}", "--", article.name], (article, tag)
            elif kind < 0.8:
                yield ["search", self.dice.choice(MARKERS), "--format", "json"], None
            elif kind < 0.9:
                yield ["history", str(self.dice.choice([*self.files]))], None
            else:
                yield ["stories", "--format", "json"], None

    # processes

    def ended(self, run: Running) -> bool:
        """Whether it is over by now; kills it when its time has come."""
        if run.dies_at is not None and time.monotonic() > run.dies_at:
            os.kill(run.process.pid, signal.SIGKILL)  # `Popen.send_signal` would wait for it, and lose what it used
            run.dies_at = None
        pid, status, usage = os.wait4(run.process.pid, os.WNOHANG)
        if pid == 0:
            return False
        code = run.process.returncode = os.waitstatus_to_exitcode(status)
        name = run.arguments[0]
        self.counts[f"{name}: {'killed' if code == -signal.SIGKILL else f'ended with {code}'}"] += 1
        run.errors.seek(0)
        said = run.errors.read().decode("utf-8", "replace")
        if "Traceback" in said or code not in (0, 1, 75, -signal.SIGKILL):
            self.trouble.append(f"{run.arguments}: {code}: {said[-1500:]}")
        if code == 0 and run.promise is not None:
            self.tagged.append(run.promise)
        if code == 0 and name == "index":
            self.memory.append(usage.ru_maxrss)
        run.errors.close()
        return True

    def start(self, arguments: list[str], promise: tuple[Article, str] | None, dies_within: float | None) -> Running:
        errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        command = [sys.executable, "-m", "newsreader", *self.library.arguments(), *arguments]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
        dies_at = None if dies_within is None else time.monotonic() + self.dice.uniform(0, dies_within)
        return Running(arguments, process, errors, promise, dies_at)


@dataclass
class Running:
    arguments: list[str]
    process: subprocess.Popen[bytes]
    errors: Any
    promise: tuple[Article, str] | None
    dies_at: float | None


def besiege(siege: Siege, seconds: float) -> None:
    commands = siege.commands()
    running: list[Running] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or running:
        running = [run for run in running if not siege.ended(run)]
        if time.monotonic() < until:
            for _ in range(siege.dice.randint(0, 4)):
                siege.change()
            if not any(run.arguments[0] == "index" for run in running):
                killed = siege.dice.random() < KILLED_RUNS
                running.append(siege.start(["index", "--quiet"], None, 12.0 if killed else None))
            while sum(run.arguments[0] != "index" for run in running) < TAGGERS:
                arguments, promise = next(commands)
                killed = siege.dice.random() < KILLED_COMMANDS
                running.append(siege.start(arguments, promise, 4.0 if killed else None))
        time.sleep(0.2)


def check(siege: Siege) -> None:
    """After the siege: one run in peace, and everything has to be right."""
    library, trouble = siege.library, siege.trouble
    time.sleep(3.0)
    if left := processes_of(library.home):
        trouble.append(f"processes left: {left}")
    report = library.index(wait=60.0)
    trouble += [f"could not be read: {path}: {reason}" for path, reason in report.failed]
    library.reopen()
    truth = {word: Counter[str]() for word in MARKERS}
    names = {}
    for path, articles in siege.files.items():
        for article in articles:
            names[article.name] = path
            for word in truth.keys() & set(article.words):
                truth[word][str(path)] += 1
    for word, expected in truth.items():
        found = Counter(str(a.path) for a in library.engine.articles(library.engine.search(word).numbers.tolist()))
        if found != expected:
            trouble.append(
                f"{word}: {sum((found - expected).values())} too many, {sum((expected - found).values())} missing"
            )
    if library.engine.counts().all != len(names):
        trouble.append(f"{library.engine.counts().all} articles instead of {len(names)}")
    for article, tag in siege.tagged:
        found_tagged = library.engine.articles(library.engine.search(f'tag:"{tag}"').numbers.tolist())
        if [str(a.path) for a in found_tagged] != [str(names[article.name])]:
            trouble.append(f"tag {tag} of {article.name}: {[str(a.path) for a in found_tagged]}")
    doctor = library.run("doctor")
    if doctor.code != 0:
        trouble.append(f"doctor: {doctor.text}")
    third = len(siege.memory) // 3
    if third >= 3:
        first, last = statistics.median(siege.memory[:third]), statistics.median(siege.memory[-third:])
        if last > 1.3 * first:
            trouble.append(f"memory of runs grew from {first} to {last} KiB")


def processes_of(home: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(home) in line and int(process.name) != os.getpid():
            found.append(line.replace(b"\x00", b" ").decode("utf-8", "replace"))
    return found


def main(minutes: float = 2.0, files: int = 300) -> int:
    home = Path(tempfile.mkdtemp(prefix="newsreader-soak-"))
    seed = int(time.time())
    library = Library(home)
    siege = Siege(library, random.Random(seed))
    try:
        for number in range(files):
            siege.new_file(lasting=number % 3 == 0)
        library.index()
        library.close()
        besiege(siege, minutes * 60)
        check(siege)
        figures = {
            "seed": seed,
            "minutes": minutes,
            "files": len(siege.files),
            "articles": sum(map(len, siege.files.values())),
            "tags that were promised": len(siege.tagged),
            "counts": dict(sorted(siege.counts.items())),
            "memory of runs, MiB": [kib // 1024 for kib in siege.memory],
            "trouble": siege.trouble,
        }
        print(json.dumps(figures, indent=2))
        return 1 if siege.trouble else 0
    finally:
        library.close()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False))))
