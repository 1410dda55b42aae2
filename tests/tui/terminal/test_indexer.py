"""The indexer's process: its progress, its report and its failures in words."""

from __future__ import annotations

import sys

import pytest

from newsreader.errors import LibraryLocked, StorageError
from newsreader.tui.terminal.indexer import run_indexer


async def test_the_indexers_progress_and_report_become_words() -> None:
    script = (
        "import sys, json\n"
        "print(json.dumps({'progress': 'reading', 'done': 1200, 'total': 5000}), file=sys.stderr)\n"
        "print(json.dumps({'added': 3, 'updated': 0, 'removed': 1, 'failed': [{'path': 'x', 'reason': 'y'}],"
        " 'warnings': ['/a: the folder is missing']}))\n"
    )
    said: list[str] = []
    done = await run_indexer([sys.executable, "-c", script], said.append)
    assert said == ["reading 1,200 of 5,000"]
    assert done.summary.startswith("3 added, 1 removed, 1 could not be read")
    assert done.warnings == ["/a: the folder is missing"]
    with pytest.raises(LibraryLocked):
        await run_indexer([sys.executable, "-c", "raise SystemExit(75)"], said.append)
    with pytest.raises(StorageError, match=r"^on fire"):
        await run_indexer([sys.executable, "-c", "raise SystemExit('newsreader: on fire')"], said.append)
    with pytest.raises(StorageError, match="can't be started"):
        await run_indexer(["/no/such/program"], said.append)
