"""The besieged files as they are meant to be: articles that change, some that last, and poisonous ones."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.soak.articles import FORMATS, MAILDIR, Article, Format, Newsroom
from tests.faults.test_parsers import BOMBS

MOST_POISON = 6
"""Poisonous files at a time: each may take ten seconds of a run."""
POISON = 0.0015
"""Of the changes: so many bring such a file, or take one away."""


@dataclass
class ArticleFile:
    format: Format
    articles: list[Article]
    lasting: bool = False
    """Never edited or removed: what is said of its articles has to stay."""


class Files:
    def __init__(self, folder: Path, dice: random.Random, wanted: int) -> None:
        self.folder = folder
        self._dice = dice
        self.newsroom = Newsroom(dice)
        self._wanted = wanted
        self.known: dict[Path, ArticleFile] = {}
        self._paths: list[Path] = []
        """Those of `known`, to draw from; some may be gone."""
        self.poison: list[Path] = []
        self.ever_poisonous: set[Path] = set()
        self.counts: Counter[str] = Counter()
        self._number = 0

    def fill(self) -> list[Article]:
        """Write the first files, a third of them lasting; returns the articles of these."""
        for number in range(self._wanted):
            self._new(lasting=number % 3 == 0)
        return [article for file in self.known.values() if file.lasting for article in file.articles]

    def change(self) -> None:
        """One of the files, in one of the ways that files change."""
        if self._dice.random() < POISON:
            self._poison()
            return
        path = self._dice.choice(self._paths)
        if path not in self.known:
            self._paths = [*self.known]
            return
        # the library keeps its size
        swapped = "new" if len(self.known) < self._wanted else "remove"
        what = self._dice.choice([swapped, swapped, "edit", "edit", "edit", "rename"])
        file = self.known[path]
        if what == "new":
            self._new()
        elif what == "rename":
            self._rename(path, file)
        elif file.lasting:
            return
        elif what == "edit":
            self._edit(path, file)
        else:
            path.unlink()
            del self.known[path]
        self.counts[what] += 1

    def remove_poison(self) -> None:
        for path in self.poison:
            path.unlink()
        self.poison.clear()

    # ways to change

    def _new(self, *, lasting: bool = False) -> None:
        dice = self._dice
        (form,) = dice.choices(FORMATS, [form.share for form in FORMATS])
        self._number += 1
        folder = self.folder / f"outlet {dice.randrange(12)}"
        if form is MAILDIR:
            for name in ("cur", "new", "tmp"):
                (folder / "Maildir" / name).mkdir(parents=True, exist_ok=True)
            path = folder / "Maildir" / "new" / f"{1_616_000_000 + self._number}.M{self._number}P9.tarn"
        else:
            folder.mkdir(exist_ok=True)
            path = folder / f"{self._number}{form.suffix}"
        articles = [self.newsroom.article() for _ in range(dice.randint(1, form.most))]
        self._write(path, ArticleFile(form, articles, lasting))
        self._paths.append(path)

    def _edit(self, path: Path, file: ArticleFile) -> None:
        """Some articles are edited, some replaced; feeds lose and get some."""
        dice, written = self._dice, []
        for article in file.articles:
            chance = dice.random()
            if chance < 0.5:
                written.append(self.newsroom.changed(article))
            else:
                written.append(self.newsroom.article() if chance < 0.7 else article)
        if file.format.most > 1:
            if len(written) > 1 and dice.random() < 0.5:
                written.pop(dice.randrange(len(written)))
            if len(written) < file.format.most:
                written.insert(0, self.newsroom.article())
        self._write(path, ArticleFile(file.format, written))

    def _rename(self, path: Path, file: ArticleFile) -> None:
        if file.format is MAILDIR:  # it was read, or gets another flag
            stem, _, flags = path.name.partition(":2,")
            target = path.parent.parent / "cur" / f"{stem}:2,{flags}{self._dice.choice('FRS')}"
        else:
            folder = self.folder / f"outlet {self._dice.randrange(12)}"
            folder.mkdir(exist_ok=True)
            target = folder / f"moved-{path.name}"
        if target in self.known or len(target.name) > 80:
            return
        path.rename(target)
        self.known[target] = self.known.pop(path)
        self._paths.append(target)

    def _poison(self) -> None:
        if len(self.poison) >= MOST_POISON or (self.poison and self._dice.random() < 0.4):
            self.poison.pop(self._dice.randrange(len(self.poison))).unlink()
            return
        name = self._dice.choice([*BOMBS, *SPOILT])
        data = SPOILT[name](self) if name in SPOILT else BOMBS[name]
        self._number += 1
        folder = self.folder / f"outlet {self._dice.randrange(12)}"
        folder.mkdir(exist_ok=True)
        stem, suffix = name.split(".", 1)
        path = folder / f"poison {stem} {self._number}.{suffix}"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        self.poison.append(path)
        self.ever_poisonous.add(path)
        self.counts["poison"] += 1

    def spoilt(self, suffix: str, spoil: Callable[[bytes], bytes]) -> bytes:
        """A file of a format, damaged. Its articles are not to be found by any marker."""
        form = next(form for form in FORMATS if form.suffix == suffix)
        article = Article("poisonous", self.newsroom.article().published, ("spoilt",) * 60)
        return spoil(form.data([article] * form.most))

    def _write(self, path: Path, file: ArticleFile) -> None:
        beside = path.with_name(".partial")
        beside.write_bytes(file.format.data(file.articles))
        os.replace(beside, path)
        self.known[path] = file


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _zeros(data: bytes) -> bytes:
    return data[: len(data) // 3] + bytes(4_096) + data[len(data) // 3 :]


SPOILT: dict[str, Callable[[Files], bytes]] = {
    "half.html.gz": lambda files: files.spoilt(".html.gz", _half),
    "half.jsonl.gz": lambda files: files.spoilt(".jsonl.gz", _half),
    "half.jsonl": lambda files: files.spoilt(".jsonl", _half),
    "half.pdf": lambda files: files.spoilt(".pdf", _half),
    "half.json": lambda files: files.spoilt(".json", _half),
    "half.mhtml": lambda files: files.spoilt(".mhtml", _half),
    "zeros.xml": lambda files: files.spoilt(".xml", _zeros),
    "zeros.mbox": lambda files: files.spoilt(".mbox", _zeros),
    "zeros.csv": lambda files: files.spoilt(".csv", _zeros),
    "zeros.txt": lambda files: files.spoilt(".txt", _zeros),
}
