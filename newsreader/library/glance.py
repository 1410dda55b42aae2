"""Whether a folder has article files, at a glance: before it is added to the library, where a wrong one would be an
empty list without a word."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from newsreader.formats import READERS
from newsreader.library.scan import suffix_of

MOST_LOOKED_AT = 5_000
"""Files and folders; where none of so many is an article it is not said that there are none."""


@dataclass(frozen=True, slots=True)
class Glance:
    articles: bool
    """Whether a file that may be an article was seen."""
    files: int
    """Others that were seen until then."""
    complete: bool
    """Whether all of it was looked at."""


def glance(folder: Path) -> Glance:
    """Look until the first article file. Raises `OSError` when the folder itself can't be listed."""
    waiting, files, left = deque([os.fsencode(folder)]), 0, MOST_LOOKED_AT
    while waiting:
        directory = waiting.popleft()
        try:
            with os.scandir(directory) as entries:
                for entry in entries:
                    left -= 1
                    if entry.name.startswith(b"."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif suffix_of(entry.path) in READERS:
                        return Glance(True, files, False)
                    else:
                        files += 1
                    if left <= 0:
                        return Glance(False, files, False)
        except OSError:
            if directory == os.fsencode(folder):
                raise
    return Glance(False, files, True)
