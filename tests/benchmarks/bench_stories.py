"""Prints quality and speed of story detection: python tests/benchmarks/bench_stories.py EVAL_DIR [--large]

Scores the grouping of the development sets alone and poured among the Reuters articles, near-copies, and time per
article. `--large` pours among 100,000 (the articles of scale/make_corpus.py: two to three minutes).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import importlib.util
import json
import lzma
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from newsreader.article import ArticleId
from newsreader.stories.book import StoryBook
from newsreader.stories.entry import BookEntry
from newsreader.terms.signature import signature

SETS = ("ecbplus-dev", "neus-dev")
_numbers = count(1)


def entry(article: dict[str, Any]) -> BookEntry:
    """An article of a set as the program would see it."""
    day = article.get("date")
    published = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC).timestamp() if day else None
    identity = ArticleId(hashlib.blake2b(article["id"].encode(), digest_size=8).hexdigest())
    blob = signature(article["title"], article["paragraphs"])
    return BookEntry(next(_numbers), identity, article.get("source"), published, False, blob)


def read_lines(path: Path) -> list[dict[str, Any]]:
    content = path.read_bytes()
    text = (lzma.decompress(content) if path.suffix == ".xz" else content).decode()
    return [json.loads(line) for line in text.split("\n") if line]


def made_articles(folder: Path) -> Iterator[dict[str, Any]]:
    """The files that make_corpus.py wrote."""
    for path in sorted(folder.rglob("*.txt"), key=lambda path: path.name):
        first, *paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
        _, day, title = first.split(" ", 2)
        yield {"id": path.name, "date": day, "title": title, "paragraphs": paragraphs}


def timed(label: str, articles: int, work: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{label}: {seconds:.2f} s, {1000 * seconds / max(1, articles):.3f} ms for each of {articles:,} articles")
    return result


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("eval_dir", type=Path)
    options.add_argument("--large", action="store_true")
    given = options.parse_args()
    folder: Path = given.eval_dir
    spec = importlib.util.spec_from_file_location("evaluate", folder / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    evaluate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluate)

    sets = {name: read_lines(folder / f"stories/{name}.jsonl") for name in SETS}
    entries = {name: [entry(article) for article in articles] for name, articles in sets.items()}

    def scores(name: str, book: StoryBook, where: str) -> None:
        timed(f"{name} {where}", len(entries[name]), lambda: book.update(entries[name]))
        found = book.stories()
        book.update(removed=[e.number for e in entries[name]])
        gold = {article["id"]: article["story"] for article in sets[name]}
        pairs = zip(sets[name], entries[name], strict=True)
        result = evaluate.story_scores(gold, {article["id"]: found.get(e.number, e.number) for article, e in pairs})
        print("   B³", *(f"{key[3:]} {result[key]:.3f}" for key in ("b3_f1", "b3_precision", "b3_recall")))

    with tempfile.TemporaryDirectory() as scratch:
        for name in SETS:
            scores(name, StoryBook(Path(scratch)), "alone")
        reuters = read_lines(folder / "scale/reuters-20k.jsonl.xz")
        crowd = timed("signatures", len(reuters), lambda: [entry(article) for article in reuters])
        numbers = {article["id"]: e.number for article, e in zip(reuters, crowd, strict=True)}
        if given.large:
            command = [sys.executable, str(folder / "scale/make_corpus.py"), "100000", scratch]
            subprocess.run(command, check=True)
            crowd += [entry(article) for article in made_articles(Path(scratch)) if article["id"] >= "0020000"]
        book = StoryBook(Path(scratch))
        timed("full grouping", len(crowd) - 100, lambda: book.update(crowd[:-100]))
        timed("save", 1, book.save)
        book = timed("open", 1, lambda: StoryBook.open(Path(scratch)))
        timed("100 more", 100, lambda: book.update(crowd[-100:]))
        story = book.stories()
        with (folder / "stories/reuters-20k-copies.tsv").open(encoding="utf-8") as lines:
            rows = [(float(j), numbers[a], numbers[b]) for j, _, a, b in list(csv.reader(lines, delimiter="\t"))[1:]]
        for least in (0.8, 0.6):
            same = [story.get(a, a) == story.get(b, b) for resemblance, a, b in rows if resemblance >= least]
            print(f"near-copies in one story, Jaccard at least {least}: {sum(same) / len(same):.4f} of {len(same)}")
        for name in SETS:
            scores(name, book, f"among {len(crowd):,}")


if __name__ == "__main__":
    main()
