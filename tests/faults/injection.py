"""Runs of `index` that are killed, or whose disk fails, at each of their writes in turn: a program of its own, because
the process that forks must have no threads. Prints one JSON document; `test_crash.py` judges it.

A "write" is whatever Python tells its audit hooks before it opens a file for writing, renames, removes or makes one,
and every statement by which SQLite changes something.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.indexing.options import IndexOptions
from newsreader.userdata.store import Store
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library, locations

Mode = Literal["kill", "fail"]
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.link", "shutil.rmtree"}
_STATEMENTS = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "PRAGMA USER", "PRAGMA JOURNAL")
QUERIES = ("council", "ferry", "frost", "date:2021", "is:tagged")


def prepare(home: Path) -> None:
    """A library that was indexed and then changed in every way, and tagged."""
    library = Library(home)
    library.write("edited.txt", BUDGET)
    library.write("copy.txt", BUDGET.replace("Six members", "Five members"))
    library.write("gone.txt", ORCHARD)
    library.write("old name.txt", HARBOUR)
    library.index()
    for name in ("edited.txt", "gone.txt", "old name.txt"):
        library.engine.marking.tag([library.id(name)], [f"tag of {name}"])
    library.engine.marking.set_note(library.id("edited.txt"), "a note")
    library.close()
    library.write("edited.txt", BUDGET.replace("swimming hall", "public library"))
    (library.folder / "gone.txt").unlink()
    (library.folder / "old name.txt").rename(library.folder / "new name.txt")
    library.write("new.txt", HARBOUR.replace("Captain", "Engineer"))
    library.write("empty.txt", "")
    for part in ("data", "cache"):
        shutil.copytree(home / part, home / "kept" / part)


def restore(home: Path) -> None:
    for part in ("data", "cache"):
        shutil.rmtree(home / part, ignore_errors=True)
        shutil.copytree(home / "kept" / part, home / part)


def state(home: Path) -> dict[str, Any]:
    """What a user sees of the library, and the marks of all articles ever seen."""
    engine = Engine(locations(home))
    articles = engine.articles([int(n) for n in engine.searching.search("").numbers])
    names = {a.id: a.path.name for a in articles}

    def names_of(query: str) -> list[str]:
        return sorted(names[a.id] for a in engine.articles([int(n) for n in engine.searching.search(query).numbers]))

    seen = {
        "articles": sorted((a.path.name, a.id, a.title, a.tags) for a in articles),
        "stories": sorted(
            sorted(names[m.article.id] for m in story.members) for story in engine.stories.by_ids(engine.stories.ids())
        ),
        "found": {query: names_of(query) for query in QUERIES},
        "failed": sorted(str(path) for path, _ in engine.index(IndexOptions(dry_run=True)).failed),
    }  # fmt: skip
    engine.close()
    return seen


def marks(home: Path) -> Any:
    store = Store.open(locations(home).userdata)
    found = [sorted(map(str, store.read(f"SELECT * FROM {table}"))) for table in ("tags", "marks")]
    store.close()
    return found


def apart(work: Callable[[], Any]) -> tuple[int, Any]:
    """Do it in a process of its own: (how that ended, what came out)."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(theirs)
        os.set_inheritable(ours, False)
        try:
            result = json.dumps(work())
        except BaseException:
            result = json.dumps({"trouble": traceback.format_exc()})
        os.write(ours, result.encode())
        os._exit(0)
    os.close(ours)
    with open(theirs, "rb") as answer:
        text = answer.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return code, json.loads(text) if text else None


def index(home: Path, mode: Mode | None = None, at: int = -1) -> dict[str, Any]:
    """One run in this process, which gets the fault at its `at`th write; a disk that fails goes on failing."""
    me, count, what = os.getpid(), 0, []

    def fault(name: str) -> None:
        nonlocal count
        count += 1
        what.append(name)
        if mode is None or count < at or os.getpid() != me:
            return
        if mode == "kill":
            os.kill(me, signal.SIGKILL)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def statement(text: str) -> None:
        if text.upper().startswith(_STATEMENTS) and mode != "fail":  # SQLite takes no errors from here
            fault(f"SQL {text[:30]}")

    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, how, flags = arguments
            writes = flags & _WRITING if isinstance(flags, int) else isinstance(how, str) and set(how) & set("wax+")
            if writes and path != os.devnull and "/" in os.fsdecode(path if isinstance(path, str | bytes) else ""):
                fault(f"open {os.path.basename(os.fsdecode(path))}")
        elif event in _CHANGES:
            fault(event)

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = real_connect(*arguments, **options)
        connection.set_trace_callback(statement)
        return connection

    real_connect, sqlite3.connect = sqlite3.connect, connect  # type: ignore[assignment]
    sys.addaudithook(audit)
    engine = Engine(locations(home))
    try:
        engine.index()
    except NewsreaderError as error:
        return {"writes": count, "said": str(error), "what": what}
    return {"writes": count, "said": None, "what": what}


def main(home: Path, mode: Mode, most: int) -> None:
    prepare(home)
    before, before_marks = apart(lambda: state(home))[1], apart(lambda: marks(home))[1]
    restore(home)
    _, whole = apart(lambda: index(home))
    after, after_marks = apart(lambda: state(home))[1], apart(lambda: marks(home))[1]
    writes = whole["writes"]
    points = (
        sorted({1 + round(i * (writes - 1) / (most - 1)) for i in range(most)})
        if most < writes
        else range(1, writes + 1)
    )
    outcomes = []
    for at in points:
        restore(home)
        code, said = apart(lambda at=at: index(home, mode, at))
        seen, seen_marks = apart(lambda: state(home))[1], apart(lambda: marks(home))[1]
        second, mended = apart(lambda: index(home))[1], apart(lambda: state(home))[1]
        outcomes.append({
            "at": at, "what": whole["what"][at - 1], "code": code, "said": said, "seen": seen, "marks": seen_marks,
            "second": second, "mended": mended, "marks after": apart(lambda: marks(home))[1],
        })  # fmt: skip
    json.dump({
        "before": before, "after": after, "marks": [before_marks, after_marks], "writes": writes, "outcomes": outcomes,
    }, sys.stdout)  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))  # type: ignore[arg-type]
