"""What processes and directories take, from /proc and from the file system."""

from __future__ import annotations

import os
import sqlite3
import statistics
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from newsreader.library.locations import Locations

PROC = Path("/proc")


class Memory(NamedTuple):
    """MiB."""

    resident: float
    proportional: float
    """Pages that several processes share count in parts."""
    own: float
    """Without what is mapped from files."""


def memory(pid: int) -> Memory | None:
    """None for a process that is gone."""
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return None
    kib = {name: int(rest.split()[0]) for name, rest in (line.split(":", 1) for line in lines)}
    return Memory(kib["Rss"] / 1024, kib["Pss"] / 1024, kib["Anonymous"] / 1024)


def peak(pid: int) -> float | None:
    """The most that the process itself has ever had resident, MiB."""
    try:
        status = (PROC / str(pid) / "status").read_text()
    except OSError:
        return None
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) / 1024 if found else None


def family(pid: int) -> list[int]:
    """The process and all that it has started, by what they are now."""
    children: dict[int, list[int]] = {}
    for entry in PROC.glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for process in found:
        found.extend(children.get(process, ()))
    return found


def family_memory(pid: int) -> float:
    """Proportional, MiB, of the process and all that it has started."""
    return sum(found.proportional for process in family(pid) if (found := memory(process)) is not None)


class Handles(NamedTuple):
    open: int
    threads: int
    mapped: int
    """Files mapped into memory."""
    deleted: int
    """Of those, files that are removed but still held."""


def handles(pid: int) -> Handles | None:
    home = PROC / str(pid)
    try:
        maps = {line.split(maxsplit=5)[5] for line in (home / "maps").read_text().splitlines() if "/" in line}
        deleted = sum(name.endswith("(deleted)") for name in maps)
        return Handles(len(os.listdir(home / "fd")), len(os.listdir(home / "task")), len(maps), deleted)
    except OSError:
        return None


def size(path: Path) -> int:
    """Bytes of a file, or of all files below a directory; what vanishes meanwhile counts for nothing."""
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue
    try:
        return total or (path.stat().st_size if path.is_file() else 0)
    except OSError:
        return 0


def sizes(places: Locations) -> dict[str, float]:
    """MB by part of the library's own directories."""

    databases = (places.userdata, places.catalogue)
    parts = {
        "user data": size(places.userdata),
        "dumps": size(places.dumps),
        "catalogue": size(places.catalogue),
        "write-ahead logs": sum(size(path.with_name(f"{path.name}-wal")) for path in databases),
        "index": size(places.index),
        "stories": size(places.stories),
        "state": size(places.state),
    }
    parts["all of cache"] = size(places.cache)
    parts["all of data"] = size(places.data)
    return {name: round(size / 1e6, 2) for name, size in parts.items()}


def listed(places: Locations) -> int | None:
    """How many articles the library has: poisonous feeds may be twenty thousand more. None while that can't be told."""
    try:
        with closing(sqlite3.connect(f"{places.catalogue.as_uri()}?mode=ro", uri=True)) as catalogue:
            (count,) = catalogue.execute("SELECT count(*) FROM articles").fetchone()
            return int(count)
    except sqlite3.Error:
        return None


def thirds(values: Sequence[float]) -> dict[str, float] | None:
    """Medians of the first and the last third, in order of time."""
    third = len(values) // 3
    if third < 3:
        return None
    first, last = statistics.median(values[:third]), statistics.median(values[-third:])
    return {"first third": round(first, 1), "last third": round(last, 1), "most": round(max(values), 1)}


def of_home(home: Path) -> list[str]:
    """The command lines of processes that have something to do with a folder, but for this one."""
    found = []
    for process in PROC.glob("[0-9]*"):
        try:
            line = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(home) in line and int(process.name) != os.getpid():
            found.append(line.replace(b"\x00", b" ").decode("utf-8", "replace"))
    return found
