"""How this program is started once more: by the reader, which indexes in another process, and by a table of jobs.

`python -m newsreader` looks for every module in the directory that it is started in first: whoever can put a `click.py`
there, as into a folder of downloads, would have it run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import newsreader


def own_process() -> Sequence[str]:
    """The very program that is running, whatever lies in the current directory, and whether or not it is installed."""
    return [sys.executable, "-P", os.path.abspath(Path(newsreader.__file__).with_name("__main__.py"))]


def for_a_job() -> Sequence[str]:
    """For where there is no PATH: the script that was installed, where there is one."""
    started = Path(sys.argv[0])
    beside = Path(sys.executable).with_name("newsreader")
    for script in (started, beside):
        if script.name == "newsreader" and script.is_file() and os.access(script, os.X_OK):
            return [os.path.abspath(script)]
    return own_process()
