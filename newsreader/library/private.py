"""Directories that only their owner can look into, whatever mask the process was started with.

What the user tags, notes and searches for is nobody else's business. `Path.mkdir` gives the mode to the last directory
only: under a mask of 0 everybody could write to those above it, and put other files in the place of ours.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def make_private(directory: Path) -> None:
    """Make a directory and what is missing above it. One that is there stays as it is. Raises OSError."""
    try:
        directory.mkdir(mode=0o700)
    except FileNotFoundError:
        if directory.parent == directory:
            raise
        make_private(directory.parent)
        with suppress(FileExistsError):  # another process was faster
            directory.mkdir(mode=0o700)
    except FileExistsError:
        if not directory.is_dir():
            raise
