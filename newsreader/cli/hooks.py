"""Commands of the user's that a run starts, before and after indexing and with what is new.

They get this library's directories and may call newsreader themselves. Their output goes to stderr: on stdout it would
spoil the one JSON document that a caller reads there.
"""

from __future__ import annotations

import os
import shlex
import subprocess

from newsreader.errors import NewsreaderError
from newsreader.indexing.report import IndexReport
from newsreader.library.locations import Locations
from newsreader.paths import as_environment

NOTIFY_SECONDS = 300.0
"""After so long a hook counts as failed."""
INDEX_SECONDS = 3600.0
"""Fetching mail over a slow line takes a while."""
STDERR = 2


class HookError(NewsreaderError):
    """A hook that had to succeed did not."""


def before_index(command: str, places: Locations) -> None:
    """Run `hooks.pre_index`. Raises `HookError` when it fails: what it was to fetch is not there."""
    if failure := run_hook(command, places, INDEX_SECONDS):
        raise HookError(f"the hook hooks.pre_index failed ({failure}); nothing was indexed")


def after_index(command: str, places: Locations, done: IndexReport) -> None:
    """Run `hooks.post_index`, which finds the run's counts in its environment. Raises `HookError` when it fails."""
    counts = {"ADDED": done.added, "UPDATED": done.updated, "REMOVED": done.removed, "MOVED": done.moved}
    told = {f"NEWSREADER_{name}": str(count) for name, count in counts.items()}
    if failure := run_hook(command, places, INDEX_SECONDS, told=told):
        raise HookError(f"the hook hooks.post_index failed ({failure}); the index is up to date")


def run_hook(
    command: str, places: Locations, seconds: float, *, stdin: bytes = b"", told: dict[str, str] | None = None
) -> str | None:
    """Why it failed; None if it did not. What it prints goes to stderr: stdout is ours.

    Programs of ours that it starts work on the same library.
    """
    environment = {**os.environ, **as_environment(places), **(told or {})}
    try:
        done = subprocess.run(
            shlex.split(command), input=stdin, stdout=STDERR, env=environment, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return f"not done after {seconds:.0f} s"
    except OSError as error:
        return f"{error.filename or command}: {error.strerror}"
    return f"exit code {done.returncode}" if done.returncode else None
