"""newsreader's index beside stock Whoosh, SQLite FTS5 and tantivy, in one run on one machine: rates and ratios.

    python tests/benchmarks/bench_peers.py FOLDER [--limit N] [--whoosh N] [--queries N]

FOLDER holds articles as plain text files (`make_corpus.py` of the evaluation data writes them). Each engine indexes
the same texts; newsreader does everything it does in `newsreader index` (scan, reading, catalogue, index, stories).
Stock Whoosh is slow, so it may be given a part of the articles (`--whoosh`), which flatters its rate (that of 3,000 is
half as high again as that of 20,000) and its queries. The files have been read once before, so that no engine waits for
the disk. tantivy is used if it is installed.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from whoosh import analysis, fields, index, qparser

from newsreader.article import never
from newsreader.engine.core import Engine
from newsreader.library.locations import Locations
from newsreader.library.reading import read_many
from newsreader.library.rules import ReadingRules

SEED = 20260101
Texts = Sequence[tuple[str, str]]
"""(title, body)."""
Search = Callable[[str, Sequence[str]], object]
"""Runs a kind of query on some words."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=20_000, help="articles at most")
    parser.add_argument("--whoosh", type=int, default=20_000, help="articles for stock Whoosh")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        run(options, Path(home))


def run(options: argparse.Namespace, home: Path) -> None:
    files = sorted(options.folder.rglob("*.txt"))[: options.limit]
    folder = options.folder
    if len(files) == options.limit:  # a library of just these
        folder = home / "articles"
        for path in files:
            target = folder / path.relative_to(options.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.hardlink_to(path) if path.stat().st_dev == home.stat().st_dev else shutil.copy(path, target)
    rates, searches = {}, {}
    chunks = read_many([str(path).encode() for path in files], ReadingRules(), len, never)
    texts = [read.records[0].article for chunk in chunks for read in chunk.reads]
    plain = [(article.title, "\n".join(article.paragraphs)) for article in texts]
    rates["newsreader"], searches["newsreader"] = newsreader(folder, home, len(files))
    rates["whoosh"], searches["whoosh"] = stock_whoosh(plain[: options.whoosh], home / "whoosh")
    rates["fts5"], searches["fts5"] = fts5(plain, home / "fts5.sqlite")
    try:
        rates["tantivy"], searches["tantivy"] = tantivy_index(plain, home / "tantivy")
    except ImportError:
        print("tantivy is not installed: left out")
    report(rates, searches, plain, options)


def newsreader(folder: Path, home: Path, count: int) -> tuple[float, Search]:
    engine = Engine(Locations(home / "c", home / "data", home / "cache", home / "state"))
    engine.add_folders([folder])
    started = time.perf_counter()
    engine.index()
    rate = count / (time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    engine.index()
    print(
        f"newsreader: peak {peak:.0f} MB; a run with nothing to do, in process: {time.perf_counter() - started:.3f} s"
    )

    def search(kind: str, words: Sequence[str]) -> object:
        if kind == "any":
            return engine.searching.search(" ".join(words), any_word=True)
        if kind == "prefix":
            return engine.searching.search(words[0][:3] + "*")
        return engine.searching.search((" OR " if kind == "or" else " ").join(words))

    return rate, search


def stock_whoosh(
    plain: Sequence[tuple[str, str]], folder: Path
) -> tuple[float, Callable[[str, Sequence[str]], object]]:
    stemming = analysis.StemmingAnalyzer()
    schema = fields.Schema(title=fields.TEXT(stemming), body=fields.TEXT(stemming))
    folder.mkdir()
    built = index.create_in(folder, schema)
    started = time.perf_counter()
    writer = built.writer()
    for title, body in plain:
        writer.add_document(title=title, body=body)
    writer.commit()
    rate = len(plain) / (time.perf_counter() - started)
    searcher = built.searcher()
    parsers = {
        "and": qparser.MultifieldParser(["title", "body"], schema),
        "or": qparser.MultifieldParser(["title", "body"], schema, group=qparser.OrGroup),
    }

    def search(kind: str, words: Sequence[str]) -> object:
        text = words[0][:3] + "*" if kind == "prefix" else " ".join(words)
        return searcher.search(parsers["or" if kind in ("or", "any") else "and"].parse(text), limit=50)

    return rate, search


def fts5(plain: Texts, path: Path) -> tuple[float, Search]:
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE articles USING fts5(title, body, tokenize = 'porter unicode61')")
    started = time.perf_counter()
    with database:
        database.executemany("INSERT INTO articles VALUES (?, ?)", plain)
    rate = len(plain) / (time.perf_counter() - started)

    def search(kind: str, words: Sequence[str]) -> object:
        quoted = [f'"{word}"' for word in words]
        text = f'"{words[0][:3]}"*' if kind == "prefix" else (" OR " if kind in ("or", "any") else " ").join(quoted)
        return database.execute(
            "SELECT rowid, bm25(articles, 2.0, 1.0) AS rank FROM articles WHERE articles MATCH ?"
            " ORDER BY rank LIMIT 50",
            (text,),
        ).fetchall()

    return rate, search


def tantivy_index(
    plain: Sequence[tuple[str, str]], folder: Path
) -> tuple[float, Callable[[str, Sequence[str]], object]]:
    import tantivy

    builder = tantivy.SchemaBuilder()
    for name in ("title", "body"):
        builder.add_text_field(name, tokenizer_name="en_stem")
    folder.mkdir()
    built = tantivy.Index(builder.build(), path=str(folder))
    started = time.perf_counter()
    writer = built.writer(num_threads=1)
    for title, body in plain:
        writer.add_document(tantivy.Document(title=title, body=body))
    writer.commit()
    rate = len(plain) / (time.perf_counter() - started)
    built.reload()
    searcher = built.searcher()

    def search(kind: str, words: Sequence[str]) -> object:
        text = " ".join(words) if kind in ("or", "any") else " ".join(f"+{word}" for word in words)
        if kind == "prefix":
            return None  # its query parser has none
        return searcher.search(built.parse_query(text, ["title", "body"]), 50)

    return rate, search


def report(
    rates: dict[str, float],
    searches: dict[str, Search],
    plain: Texts,
    options: argparse.Namespace,
) -> None:
    own = rates["newsreader"]
    print(f"\n{len(plain):,} articles          articles/s   newsreader is")
    for name, rate in rates.items():
        print(f"  {name:24} {rate:10.0f}   {own / rate:6.2f} x")
    chance = random.Random(SEED)
    bodies = [body for _, body in chance.sample(plain, min(400, len(plain)))]
    vocabulary = [word for body in bodies for word in body.split() if word.isalpha() and len(word) > 2]
    asked = {
        kind: [chance.sample(vocabulary, chance.randint(1, 3)) for _ in range(options.queries)]
        for kind in ("and", "or", "any", "prefix")
    }
    print(f"\nqueries, p50 / p95 in ms     {'':4}" + "".join(f"{kind:>18}" for kind in asked))
    for name, search in searches.items():
        search("and", ["warm"])
        cells = []
        for kind, queries in asked.items():
            taken = []
            for words in queries:
                started = time.perf_counter()
                search(kind, words)
                taken.append(1000 * (time.perf_counter() - started))
            cells.append(f"{np.percentile(taken, 50):8.1f} /{np.percentile(taken, 95):7.1f}")
        note = f" ({options.whoosh:,} articles)" if name == "whoosh" and options.whoosh < len(plain) else ""
        print(f"  {name + note:30}" + "".join(f"{cell:>18}" for cell in cells))


if __name__ == "__main__":
    main()
