"""Handing texts to a command of the user's, which has the terminal until it ends.

Texts of articles are hostile: they reach the command on its standard input only. In the command line itself, which a
shell reads, an article could run whatever it says.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from textual.app import App, SuspendNotSupported

from newsreader.errors import UsageError
from newsreader.tui.terminal.editor import deaf_to_interrupts, terminal_as_it_was


def pipe(app: App[Any], command: str, text: str, facts: Mapping[str, str]) -> int:
    """Run the command line in the user's shell with `text` on its input and `facts` in its environment; returns its
    exit status. What it prints stays until the user presses enter. Raises `UsageError`."""
    shell = os.environ.get("SHELL") or "/bin/sh"
    try:
        with app.suspend(), deaf_to_interrupts():
            with terminal_as_it_was():
                done = subprocess.run(
                    [shell, "-c", command],
                    input=text.encode("utf-8", "replace"),
                    env={**os.environ, **{name: fact.replace("\x00", "") for name, fact in facts.items()}},
                    check=False,
                )
            _wait_for_enter(done.returncode)
    except SuspendNotSupported as error:
        raise UsageError("a command needs a terminal of its own, and this is none") from error
    except (OSError, ValueError) as error:  # a NUL in the command line is the latter
        raise UsageError(f"{shell}: {getattr(error, 'strerror', None) or error}") from error
    return done.returncode


def _wait_for_enter(status: int) -> None:
    said = f"exit status {status}, " if status else ""
    with suppress(EOFError):
        input(f"\n[{said}enter goes back to newsreader] ")
