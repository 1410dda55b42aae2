"""What the file system says of a path: size and times, that nothing is there, or an error.

`Path.exists` and `Path.is_dir` can't tell a missing file from one on a disk that is away or in a folder that may not be
looked into: some versions of Python say no to both. A catalogue taken for missing would be built anew.
"""

from __future__ import annotations

import os
from pathlib import Path


def file_status(path: Path) -> os.stat_result | None:
    """Of what a link points to; None where nothing is. Raises OSError where that can't be seen."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
