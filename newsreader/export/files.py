"""Documents as files that the user names: none is ever written over.

A dossier may hold notes that its reader added later; a second run would take them away. A pipe or device takes a
document as it takes any other output.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from newsreader.errors import UsageError
from newsreader.library.file_status import file_status
from newsreader.library.output_file import is_stream, write_stream, written_beside
from newsreader.text.clean import visible

Form = Literal["markdown", "html"]


def form_of(path: Path) -> Form:
    """What a file of that name holds: HTML by its suffix, else Markdown."""
    return "html" if path.suffix.lower() in (".html", ".htm") else "markdown"


def checked(path: Path, *, streams: bool = False) -> Path:
    """The absolute path of a file that can be made, or with `streams` of a pipe or device. Raises `UsageError`."""
    absolute = Path(os.path.abspath(path.expanduser()))
    try:
        found, folder = file_status(absolute), file_status(absolute.parent)
        if streams and is_stream(absolute):
            return absolute
    except OSError as error:
        raise UsageError(f"{visible(str(path))}: {error.strerror or error}") from error
    if found is not None and stat.S_ISDIR(found.st_mode):
        raise UsageError(f"{visible(str(path))}: that is a folder")
    if os.path.lexists(absolute):
        raise UsageError(f"{visible(str(path))}: there is such a file already, and it is not written over")
    if folder is None or not stat.S_ISDIR(folder.st_mode):
        raise UsageError(f"{visible(str(absolute.parent))}: there is no such folder")
    return absolute


def write_new(path: Path, lines: Iterable[str]) -> None:
    """Write a file that is not there yet, whole or not at all, or to a pipe or device. Raises `UsageError`."""
    absolute = checked(path, streams=True)
    try:
        if is_stream(absolute):
            write_stream(absolute, lines)
            return
        with written_beside(absolute, lines, mode=0o644, errors="backslashreplace") as partial:
            _give_name(partial, absolute)
    except OSError as error:
        raise UsageError(f"{visible(str(path))}: {error.strerror or error}") from error


def _give_name(partial: Path, target: Path) -> None:
    """Rename, but never over a file that came meanwhile. Raises OSError."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # file systems without hard links: nothing else is as sure
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
        os.rename(partial, target)
