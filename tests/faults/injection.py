"""Runs of `index` and of `doctor` that are killed, or whose disk fails, at each of their writes in turn: a program of
its own, because the process that forks must have no threads. Prints one JSON document; `test_crash.py` judges it.

A "write" is whatever Python tells its audit hooks before it opens a file for writing, renames, removes or makes one,
every statement by which SQLite changes something, and every few pages that it copies.
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
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from newsreader.doctor import check
from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.indexing.options import IndexOptions
from newsreader.userdata.dump import dump
from newsreader.userdata.store import Store
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library, locations

Mode = Literal["kill", "fail"]
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.link", "shutil.rmtree"}
_STATEMENTS = ("BEGIN", "COMMIT", "INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "PRAGMA USER", "PRAGMA JOURNAL")
NUMBERED = tuple(enumerate(("Alder", "Birch", "Moor")))
QUERIES = ("heard0", "heard2", "council", "ferry", "frost", "date:2021", "is:tagged")


def prepare(home: Path) -> None:
    """A library that was indexed and then changed in every way, and tagged."""
    library = Library(home)
    library.write("edited.txt", BUDGET)
    library.write("copy.txt", BUDGET.replace("Six members", "Five members"))
    library.write("gone.txt", ORCHARD)
    library.write("old name.txt", HARBOUR)
    exported = [f"2021-06-0{n + 1} Notes of {town}\n\nWhat {town} heard{n} of {town}hall{n}." for n, town in NUMBERED]
    for number, text in enumerate(exported):
        library.write(f"00{number}.txt", text)
    library.index()
    for name in ("edited.txt", "gone.txt", "old name.txt", *(f"00{number}.txt" for number in range(len(exported)))):
        library.engine.marking.tag([library.id(name)], [f"tag of {name}"])
    library.engine.marking.set_note(library.id("edited.txt"), "a note")
    library.close()
    library.write("edited.txt", BUDGET.replace("swimming hall", "public library"))
    (library.folder / "gone.txt").unlink()
    (library.folder / "old name.txt").rename(library.folder / "new name.txt")
    library.write("new.txt", HARBOUR.replace("Captain", "Engineer"))
    library.write("empty.txt", "")
    for number, text in enumerate([ORCHARD.replace("frost", "hail"), exported[1], exported[0], *exported[2:]]):
        library.write(f"00{number}.txt", text)  # numbered anew, and two exchanged
    for name in ("cur", "new", "tmp"):
        (library.folder / name).mkdir()
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
    """One run, as `faulted`."""
    return faulted(lambda: Engine(locations(home)).index(), mode, at)


def doctor(home: Path, mode: Mode | None = None, at: int = -1) -> dict[str, Any]:
    """One check with all that it mends, as `faulted`."""
    return faulted(lambda: list(check(Engine(locations(home)))), mode, at)


def faulted(work: Callable[[], Any], mode: Mode | None, at: int) -> dict[str, Any]:
    """Work in this process, which gets the fault at its `at`th write; a disk that fails goes on failing."""
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

    class Connection(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, *, pages: int = -1, progress: Any = None, **options: Any) -> None:
            def step(*told: int) -> None:
                if mode != "fail":
                    fault("backup")
                if progress is not None:
                    progress(*told)

            super().backup(target, pages=pages, progress=step, **options)

    def connect(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = real_connect(*arguments, factory=Connection, **options)
        connection.set_trace_callback(statement)
        return connection

    real_connect, sqlite3.connect = sqlite3.connect, connect  # type: ignore[assignment]
    sys.addaudithook(audit)
    try:
        work()
    except NewsreaderError as error:
        return {"writes": count, "said": str(error), "what": what}
    return {"writes": count, "said": None, "what": what}


def prepare_rescue(home: Path, damage: str) -> None:
    """User data that were dumped, changed, and damaged: `page`, one page of many; `header`, the file is no database any
    more; `catalogue`, only the cache is. The last change stands in the write-ahead log alone, as after a crash."""
    library = Library(home)
    for name, text in (("budget.txt", BUDGET), ("ferry.txt", HARBOUR), ("frost.txt", ORCHARD)):
        library.write(name, text)
    library.index()
    budget, ferry = library.id("budget.txt"), library.id("ferry.txt")
    library.engine.marking.tag([budget], ["dumped", "removed"])
    library.engine.marking.set_note(budget, "old note")
    library.engine.searching.save_search("ferries", "ferry")
    library.index()
    library.engine.marking.tag([budget], ["since"], ["removed"])
    library.engine.marking.set_note(budget, "new note")
    library.close()
    path = locations(home).userdata
    with closing(sqlite3.connect(path)) as database:
        ((root,),) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'searches'")
    engine = Engine(locations(home))
    engine.marking.tag([ferry], ["last"])
    files = {end: path.with_name(f"{path.name}{end}").read_bytes() for end in ("", "-wal")}
    engine.close()
    data, start = files[""], (root - 1) * 4096
    if damage == "header":
        files = {"": b"\xff" * 4000, "-wal": b"\xff" * 1000}
    elif damage == "page":
        files[""] = data[:start] + b"\xa5" * 4096 + data[start + 4096 :]
    else:
        locations(home).catalogue.write_bytes(b"\xff" * 4000)
    for end, content in files.items():
        path.with_name(f"{path.name}{end}").write_bytes(content)
        path.with_name(f"{path.name}{end}").chmod(0o600)
    for part in ("data", "cache"):
        shutil.copytree(home / part, home / "kept" / part)


def said(home: Path) -> Any:
    """All that the user said, as a dump has it; whether the damaged file was kept; what is left of the work."""
    places = locations(home)
    store = Store.open(places.userdata)
    lines = list(dump(store, folders=True))
    store.close()
    left = [path.name for path in places.data.iterdir() if "restored" in path.name and ".partial" not in path.name]
    return {"lines": lines, "kept": any(places.data.glob("*.damaged-*")), "left": left}


def rescue(home: Path, mode: Mode, most: int, damage: str) -> None:
    prepare_rescue(home, damage)
    _, whole = apart(lambda: doctor(home))
    after, outcomes = apart(lambda: said(home))[1], []
    for at in spread(whole["writes"], most):
        restore(home)
        code, ended = apart(lambda at=at: doctor(home, mode, at))
        apart(lambda: index(home))  # the next start, before anyone calls the doctor again
        second = apart(lambda: doctor(home))[1]
        third = apart(lambda: [(one.level, one.what) for one in check(Engine(locations(home)))])[1]
        outcomes.append({
            "at": at, "what": whole["what"][at - 1], "code": code, "said": ended, "second": second, "third": third,
            "found": apart(lambda: said(home))[1],
        })  # fmt: skip
    json.dump({"writes": whole["writes"], "after": after, "outcomes": outcomes}, sys.stdout)


def spread(writes: int, most: int) -> Sequence[int]:
    """At most so many of the writes, from the first to the last."""
    if most >= writes:
        return range(1, writes + 1)
    return sorted({1 + round(i * (writes - 1) / (most - 1)) for i in range(most)})


def main(home: Path, mode: Mode, most: int) -> None:
    prepare(home)
    before, before_marks = apart(lambda: state(home))[1], apart(lambda: marks(home))[1]
    restore(home)
    _, whole = apart(lambda: index(home))
    after, after_marks = apart(lambda: state(home))[1], apart(lambda: marks(home))[1]
    writes = whole["writes"]
    outcomes = []
    for at in spread(writes, most):
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
    if len(sys.argv) > 4:
        rescue(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])  # type: ignore[arg-type]
    else:
        main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))  # type: ignore[arg-type]
