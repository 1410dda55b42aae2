"""One file of arrays: written once and whole, then mapped; each array is aligned and has a checksum.

    magic 8 bytes · length of the directory u64 · its CRC-32 u64 · directory (JSON) · arrays     (little-endian)

A segment of the index is such a file and never changes. Stories have files of another kind (`stories.column_files`): to
them rows are added, of which a crash may leave more than count.
"""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from zlib import crc32

import numpy as np

from newsreader.terms.arrays import Array, bytes_of, checksum

_MAGIC = b"NRARRAY1"
_ALIGNMENT = 64


def write_arrays(path: Path, arrays: Mapping[str, Array]) -> None:
    """Write arrays to a new file, each with a checksum, and force it to the disk."""
    directory: dict[str, tuple[str, int, int, int]] = {}
    at = 0
    for name, array in arrays.items():
        directory[name] = (array.dtype.str, at, len(array), checksum(array))
        at += -(-array.nbytes // _ALIGNMENT) * _ALIGNMENT
    head = json.dumps(directory).encode()
    with path.open("wb") as file:
        file.write(_MAGIC + len(head).to_bytes(8, "little") + crc32(head).to_bytes(8, "little") + head)
        file.write(b"\0" * (-file.tell() % _ALIGNMENT))
        for array in arrays.values():
            file.write(bytes_of(array))
            file.write(b"\0" * (-array.nbytes % _ALIGNMENT))
        file.flush()
        os.fsync(file.fileno())


def read_arrays(path: Path) -> dict[str, Array]:
    """Map a file's arrays, without a look at what is in them. Raises ValueError when the file's directory is damaged or
    the file cut short, OSError."""
    return {name: array for name, (array, _) in _mapped(path).items()}


def damaged_arrays(path: Path) -> list[str]:
    """The names of the arrays that are not what was written. Reads the whole file. Raises as `read_arrays` does."""
    return [name for name, (array, expected) in _mapped(path).items() if expected not in (None, checksum(array))]


def _mapped(path: Path) -> dict[str, tuple[Array, int | None]]:
    """Arrays with their checksums; files of earlier versions have none."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    length = int.from_bytes(data[8:16], "little")
    head = data[24 : 24 + length]
    if data[:8] != _MAGIC or crc32(head) != int.from_bytes(data[16:24], "little"):
        raise ValueError(f"{path}: damaged")
    base = -(-(24 + length) // _ALIGNMENT) * _ALIGNMENT
    found = {}
    for name, (kind, at, count, *expected) in json.loads(head).items():
        array = np.frombuffer(data, kind, count, base + at)  # ValueError when the file is too short
        found[name] = array, expected[0] if expected else None
    return found
