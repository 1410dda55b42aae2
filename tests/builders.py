"""Libraries, articles and runs of the program, as tests want them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from newsreader.article import Article, ArticleId
from newsreader.engine.core import Engine
from newsreader.errors import StorageError
from newsreader.indexing.options import IndexOptions
from newsreader.indexing.report import IndexReport
from newsreader.library.locations import Locations
from tests import in_process

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "assets" / "samples"

BUDGET = """\
 date 2021-03-26 Council passes budget after long night

The council of Northgate passed its budget on Friday after a debate of nine hours. Six members voted against it.

The mayor said that 4.2 million crowns will go to schools, and that the swimming hall stays open until autumn.

Opponents called the plan reckless and announced a complaint to the court in Alder.
"""
HARBOUR = """\
 date 2021-03-27 Harbour ferry returns to service

The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks and cost far more.

Captain Iris Holm said that both engines were replaced and that the timetable of last summer holds again.
"""
REWRITE = """\
 date 2021-03-28 Ferry sails again between Tarn and Lowland

After repairs that took eleven weeks and cost far more, the ferry between Tarn and Lowland sails again on Saturday.

Captain Iris Holm said that both engines were replaced and that the timetable of last summer holds again.
"""

ORCHARD = """\
 date 2021-04-02 Late frost hits orchards

Growers in the valley expect half of last year's apples after three nights of frost, their union said on Friday.

The minister of agriculture promised loans, which the union called a beginning and no more than that.
"""

DAMAGED = {"garbage": b"no database at all " * 100, "bad pages": b"SQLite format 3\x00" + b"\xff" * 4000}
"""What a database file may hold after a disk failed."""


def locations(home: Path) -> Locations:
    return Locations(home / "config.toml", home / "data", home / "cache", home / "state")


class Library:
    """A folder of article files with an engine on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "articles"
        self.folder.mkdir()
        self.locations = locations(home)
        self.engine = Engine(self.locations)

    def close(self) -> None:
        self.engine.close()

    def reopen(self) -> None:
        """As another process would see it."""
        self.engine.close()
        self.engine = Engine(self.locations)

    def write(self, name: str, text: str | bytes, *, age: float = 60.0) -> Path:
        """A file last changed `age` seconds ago: younger ones are read again by the next run."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        set_age(path, age)
        return path

    def index(self, **how: Any) -> IndexReport:
        self.engine.add_folders([self.folder])
        return self.index_only(**how)

    def index_only(self, **how: Any) -> IndexReport:
        """A run of the library as it is: the folder may be gone."""
        asked = {option.name: how.pop(option.name) for option in fields(IndexOptions) if option.name in how}
        return self.engine.index(IndexOptions(**asked), **how)

    def another(self) -> Library:
        """The same library, opened a second time."""
        twin = object.__new__(Library)
        twin.home, twin.folder, twin.locations = self.home, self.folder, self.locations
        twin.engine = Engine(self.locations)
        return twin

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def id(self, name: str) -> ArticleId:
        return self.engine.article(self.path(name)).article.id

    def ids(self) -> dict[str, ArticleId]:
        """File name (below the folder) → id, of the whole library."""
        return {os.path.relpath(a.path, self.folder): a.id for a in self._found("")}

    def tags(self, name: str) -> tuple[str, ...]:
        return self.engine.article(self.path(name)).article.tags

    def found(self, query: str) -> set[str]:
        """The names of the files that a query finds."""
        return {os.path.relpath(a.path, self.folder) for a in self._found(query)}

    def ids_by_title(self) -> dict[str, ArticleId]:
        """Of a file of many articles, say."""
        return {article.title: article.id for article in self._found("")}

    def tags_by_title(self) -> dict[str, tuple[str, ...]]:
        """Of those that have any."""
        return {article.title: article.tags for article in self._found("is:tagged")}

    def _found(self, query: str) -> Sequence[Article]:
        return self.engine.articles([int(n) for n in self.engine.searching.search(query).numbers])

    def found_or_trouble(self, query: str) -> set[str] | None:
        """None where a damaged index answers with an error."""
        try:
            return self.found(query)
        except StorageError:
            return None

    # the program

    def arguments(self) -> list[str]:
        """The global options that name this library."""
        places = self.locations
        return [
            "--config", str(places.config), "--data-dir", str(places.data),
            "--cache-dir", str(places.cache), "--state-dir", str(places.state),
        ]  # fmt: skip

    def run(
        self,
        *arguments: str,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
        as_process: bool = False,
    ) -> Ran:
        """A command on this library, see `run`."""
        return run([*self.arguments(), *arguments], stdin=stdin, env=env, as_process=as_process)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """The same as a process that goes on while the test does."""
        command = [sys.executable, "-m", "newsreader", *self.arguments(), *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)


def set_age(path: Path, seconds: float) -> None:
    moment = time.time_ns() - int(seconds * 1e9)
    os.utime(path, ns=(moment, moment))


def out_of_reach(folder: Path) -> Path:
    """A path below that folder that the system says something else of than that nothing is there, as of everything on a
    network disk that is away."""
    return folder / ("away" * 100)


@dataclass(frozen=True)
class Ran:
    """How a run of the program ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        """stdout as the one JSON document that it has to be."""
        return json.loads(self.out)


def run(
    arguments: Sequence[str],
    *,
    stdin: str | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    as_process: bool = False,
) -> Ran:
    """`newsreader` with these arguments, without a terminal. `as_process`: one of its own, which takes half a second
    more, where starting, its locale, its limits or its end are the subject."""
    if not as_process:
        code, out, err = in_process.call(arguments, (stdin or "").encode(), env, cwd)
        return Ran(code, out, err.decode())
    done = subprocess.run(
        [sys.executable, "-m", "newsreader", *arguments],
        input=None if stdin is None else stdin.encode(),
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        env=None if env is None else dict(env),
        cwd=cwd,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())
