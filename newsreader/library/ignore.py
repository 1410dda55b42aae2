"""Which files a user wants left out: patterns as in .gitignore, configured or in files beside articles."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a library without patterns need not load it
    from pathspec import GitIgnoreSpec

IGNORE_FILE = b".newsreaderignore"

_TOO_MANY_STARS = re.compile(r"(?:\*[^*/]+){4}")
"""In one name: four take a matcher that tries all ways through 255 letters some seconds, three a tenth of one."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns that hold below one directory."""

    directory: bytes
    """Ends with a slash."""
    spec: GitIgnoreSpec


def patterns(directory: bytes, lines: Sequence[str], origin: str, warnings: list[str]) -> Patterns:
    """`warnings` gets a line, naming `origin`, for each pattern that means nothing."""
    from pathspec import GitIgnoreSpec

    good = []
    for line in lines:
        try:
            if _TOO_MANY_STARS.search(line):
                raise ValueError("more than three * in one name")
            GitIgnoreSpec.from_lines([line])
            good.append(line)
        except (ValueError, re.error) as error:
            warning = f"{origin}: the pattern {line[:80]!r} means nothing ({error})"
            if warning not in warnings:
                warnings.append(warning)
    return Patterns(directory.rstrip(b"/") + b"/", GitIgnoreSpec.from_lines(good))


def is_ignored(path: bytes, is_directory: bool, held: Sequence[Patterns]) -> bool:
    """The innermost directory's patterns decide first, and of these the last that matches. `held`: outermost first."""
    for known in reversed(held):
        name = os.fsdecode(path[len(known.directory) :]) + ("/" if is_directory else "")
        verdict = known.spec.check_file(name).include
        if verdict is not None:
            return bool(verdict)
    return False
