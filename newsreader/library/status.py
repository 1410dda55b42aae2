"""Whether something is there, told apart from whether that can be seen.

`Path.exists` and `Path.is_dir` say no where a disk is away or a folder may not be looked into (on some versions of
Python; on others they raise). A catalogue that was taken for missing then would be built anew.
"""

from __future__ import annotations

import os
from pathlib import Path


def status(path: Path) -> os.stat_result | None:
    """None where nothing is. Raises OSError where that can't be seen."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
