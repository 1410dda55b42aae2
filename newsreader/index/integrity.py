"""Whether an index's files are those of its last commit: a glance at each, for every run.

A run with nothing to do must notice damage too, and must not load Whoosh for that. Reading all of an index is the
doctor's work.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from zlib import crc32

HEAD = 1 << 16
"""Bytes of each file whose checksum is taken: all of a table of contents, and of a segment the list of its arrays."""

_TABLE = re.compile(r"_MAIN_(\d+)\.toc")


def inventory(directory: Path) -> str:
    """The newest table of contents and all segments, with their sizes and checksums. Raises OSError."""
    names = {path.name: path for path in directory.iterdir()}
    tables = [name for name in names if _TABLE.fullmatch(name)]
    wanted = [*sorted(tables, key=_generation)[-1:], *(name for name in sorted(names) if name.endswith(".arrays"))]
    return json.dumps({name: _glance(names[name]) for name in wanted})


def is_whole(directory: Path, noted: str) -> bool:
    """Whether the files are those that an `inventory` names, or of a later commit that nobody has noted: a run was
    killed behind it."""
    try:
        now, then = json.loads(inventory(directory)), json.loads(noted)
    except (OSError, ValueError):
        return False
    later = max(map(_generation, now)) > max(map(_generation, then))
    return later or all(now.get(name) == glance for name, glance in then.items())


def _generation(name: str) -> int:
    table = _TABLE.fullmatch(name)
    return int(table[1]) if table else -1


def _glance(path: Path) -> tuple[int, int]:
    with path.open("rb") as file:
        return path.stat().st_size, crc32(file.read(HEAD))
