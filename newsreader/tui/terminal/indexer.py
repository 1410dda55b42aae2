"""A run of the indexer as another process: the very command that cron calls, so nothing here is slowed by it."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from newsreader.errors import LibraryLocked, StorageError
from newsreader.indexing.pace import Pace
from newsreader.text.clean import visible
from newsreader.text.json_value import load

LOCKED = 75
"""The command's exit code when another run holds the lock."""
LONGEST_LINE = 1 << 24
"""Bytes of the report, which names every file that failed."""


class Update(NamedTuple):
    """What a run did."""

    summary: str
    warnings: Sequence[str]
    """What it could not do: folders that are away, above all."""


async def run_indexer(command: Sequence[str], on_progress: Callable[[str], None]) -> Update:
    """Run it; returns what it did in words. Raises `LibraryLocked`, `StorageError`. Cancelling ends the process."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, limit=LONGEST_LINE
        )
    except OSError as error:
        raise StorageError(f"{command[0]}: the indexer can't be started ({error.strerror or error})") from error
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        report, last = await asyncio.gather(process.stdout.read(), _follow(process.stderr, on_progress))
        code = await process.wait()
    except BaseException:
        if process.returncode is None:
            process.terminate()
        raise
    if code == LOCKED:
        raise LibraryLocked("another run is indexing the library already")
    if code != 0:
        raise StorageError(last or f"the indexer ended with {code}")
    done = _json(report.decode("utf-8", "replace"))
    return Update(_summary(done), [visible(str(warning)) for warning in done.get("warnings") or ()])


async def _follow(stream: asyncio.StreamReader, on_progress: Callable[[str], None]) -> str:
    """Report progress lines, `{"progress": "reading", "done": 3, "total": 10}`; returns the last other line."""
    last, pace = "", Pace()
    while line := await stream.readline():
        text = line.decode("utf-8", "replace").strip()
        progress = _json(text)
        if "progress" in progress:
            done, total = progress.get("done"), progress.get("total")
            known = isinstance(done, int) and isinstance(total, int)
            on_progress(pace.words(visible(str(progress["progress"])), *((done, total) if known else (0, 0))))
        elif text:
            last = visible(text.removeprefix("newsreader: "))
    return last


def _summary(done: dict[str, Any]) -> str:
    parts = [f"{done[name]:,} {name}" for name in ("added", "updated", "moved", "removed") if done.get(name)]
    failed = done.get("failed") or []
    if failed:
        parts.append(f"{len(failed):,} could not be read (`newsreader index -v` names them)")
    return ", ".join(parts) if parts else "nothing new"


def _json(text: str) -> dict[str, Any]:
    try:
        loaded = load(text)
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}
