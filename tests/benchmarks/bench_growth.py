"""How the costs grow with the library: one column of the README's table per folder.

    python tests/benchmarks/bench_growth.py FOLDER… [--keep DIRECTORY] [--queries N]

Each FOLDER holds articles as plain text files (`make_corpus.py N DIR` of the evaluation data writes N of them). Every
step is the command itself, process start included, but for the queries (in process) and the keystrokes (the reader run
headless by `bench_tui.py`). Memory is the proportional set size of all processes of a run together (Linux).
`--keep` uses an index that an earlier call has left there, and leaves it.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from newsreader.engine.core import Engine
from newsreader.library.locations import Locations

SEED = 20260101
ADDED = 100
SAMPLE_SECONDS = 0.25
"""Between looks at the memory."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    for folder in options.folders:
        with _home(options.keep, folder) as home:
            measure(folder.resolve(), home, options.queries)


@contextmanager
def _home(keep: Path | None, folder: Path) -> Iterator[Path]:
    if keep is not None:
        yield keep.resolve() / folder.name
        return
    with tempfile.TemporaryDirectory() as home:
        yield Path(home)


def measure(folder: Path, home: Path, queries: int) -> None:
    places = Locations(home / "config.toml", home / "data", home / "cache", home / "state")
    environment = {
        **os.environ,
        "NEWSREADER_CONFIG": str(places.config),
        "NEWSREADER_DATA_DIR": str(places.data),
        "NEWSREADER_CACHE_DIR": str(places.cache),
        "NEWSREADER_STATE_DIR": str(places.state),
    }
    if not places.catalogue.exists():
        seconds, peak = run(environment, str(folder))
        count = len(Engine(places).shelf().numbers)
        print(f"\n{folder}: {count:,} articles")
        print(f"  full index               {seconds:8.1f} s   {count / seconds:6.0f} articles/s   {peak:6.0f} MB")
    idle = [run(environment)[0] for _ in range(3)]
    print(f"  nothing to do            {min(idle):8.2f} s")
    more = home / "more" / str(time.time_ns())
    added(folder, more)
    seconds, peak = run(environment, str(more))
    print(f"  {ADDED} more articles        {seconds:8.2f} s   {peak:28.0f} MB")
    asked(Engine(places), queries)
    script = Path(__file__).with_name("bench_tui.py")
    subprocess.run([sys.executable, str(script), str(places.data), str(places.cache)], check=True)


def run(environment: Mapping[str, str], *folders: str) -> tuple[float, float]:
    """(seconds, peak memory in MB) of `newsreader index`."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "newsreader", "index", "--quiet", *folders], env=environment)
    peak = 0.0
    while True:
        try:
            process.wait(SAMPLE_SECONDS)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, sum(map(proportional_size, tree(process.pid))))
    if process.returncode:
        raise SystemExit(f"newsreader index ended with {process.returncode}")
    return time.perf_counter() - started, peak


def tree(root: int) -> set[int]:
    """The process and all that come of it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = {root}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def proportional_size(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def added(folder: Path, more: Path) -> None:
    """New articles made of the words of old ones, in another order."""
    chance = random.Random(more.name)
    more.mkdir(parents=True)
    for number, path in enumerate(chance.sample(sorted(folder.rglob("*.txt")), ADDED)):
        words = path.read_text(encoding="utf-8", errors="replace").split()
        chance.shuffle(words)
        (more / f"{number}.txt").write_text(f"{' '.join(words[:8])}\n\n{' '.join(words[8:])}", encoding="utf-8")


def asked(engine: Engine, count: int) -> None:
    chance = random.Random(SEED)
    numbers = chance.sample(engine.shelf().numbers.tolist(), 400)
    texts = [" ".join(engine.article(article.id).paragraphs) for article in engine.articles(numbers)]
    vocabulary = [word for text in texts for word in text.split() if word.isalpha() and len(word) > 2]
    engine.searching.search("warm")
    for kind in ("and", "or", "any", "prefix"):
        taken = []
        for words in [chance.sample(vocabulary, chance.randint(1, 3)) for _ in range(count)]:
            text = {"or": " OR ".join(words), "prefix": f"{words[0][:3]}*"}.get(kind, " ".join(words))
            started = time.perf_counter()
            engine.searching.search(text, any_word=kind == "any")
            taken.append(1000 * (time.perf_counter() - started))
        print(f"  query, {kind:17} {np.percentile(taken, 50):8.1f} ms p50 {np.percentile(taken, 95):8.1f} ms p95")


if __name__ == "__main__":
    main()
