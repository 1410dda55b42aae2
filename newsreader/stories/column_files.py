"""Arrays in files to which rows are only ever added, so that keeping one more article writes one more row.

A list of the files, with how many rows of each count, is replaced as a whole: that commits. Rows behind those that
count are what a run that was killed has left; the next ones are written over them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np

from newsreader.library.private import make_private
from newsreader.terms.arrays import Array, bytes_of, checksum

_LIST, _SUFFIX = "book.json", ".column"


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """What a column's rows are."""

    dtype: np.dtype[Any]
    width: int = 0
    """Values in a row; 0: the row is the value."""
    checked: bool = True
    """Whether its checksum is looked at whenever it is opened; else any values must do no harm, and only `damage` looks
    at it: reading all of a large column takes as long as a run with nothing to do."""

    @property
    def row_size(self) -> int:
        """Bytes."""
        return self.dtype.itemsize * max(1, self.width)


@dataclass(frozen=True, slots=True)
class Extent:
    """How far columns had come."""

    lengths: Mapping[str, int]
    checks: Mapping[str, int]


class Columns:
    """The column files of a folder. One process at a time may have them open."""

    def __init__(self, folder: Path, kinds: Mapping[str, ColumnKind]) -> None:
        """Columns without rows. Nothing is written, and nothing that is there replaced, before the first `commit`."""
        self._folder, self._kinds = folder, kinds
        self._mark = token_hex(4)
        self._lengths = dict.fromkeys(kinds, 0)
        self._checks = dict.fromkeys(kinds, 0)
        self._committed = dict(self._lengths)
        self._written: set[str] = set()
        """Columns whose files have only rows that count, and those added since."""

    @classmethod
    def open(cls, folder: Path, kinds: Mapping[str, ColumnKind], version: int) -> tuple[Columns, dict[str, Any]]:
        """The columns that were last committed, with what was noted with them.

        Raises OSError, ValueError, LookupError, TypeError or AttributeError if there are none, damaged ones, or those
        of another version.
        """
        columns = cls(folder, kinds)
        listed = json.loads((folder / _LIST).read_bytes())
        if listed["version"] != version or listed["columns"].keys() != kinds.keys():
            raise ValueError(f"{folder}: not of this version")
        columns._mark = str(listed["mark"])
        for name, (length, check) in listed["columns"].items():
            columns._lengths[name], columns._checks[name] = int(length), int(check)
            if columns._path(name).stat().st_size < columns._lengths[name] * kinds[name].row_size:
                raise ValueError(f"{columns._path(name)}: cut short")
            if kinds[name].checked and not columns._is_sound(name):
                raise ValueError(f"{columns._path(name)}: damaged")
        columns._committed = dict(columns._lengths)
        return columns, listed["noted"]

    @classmethod
    def damage(cls, folder: Path, kinds: Mapping[str, ColumnKind], version: int) -> str | None:
        """What is wrong with the columns that were last committed, by all their checksums; None where nothing is, where
        there are none, or those of another version. Raises OSError."""
        try:
            if json.loads((folder / _LIST).read_bytes())["version"] != version:
                return None
            columns, _ = cls.open(folder, kinds, version)
        except FileNotFoundError as error:
            return None if error.filename == str(folder / _LIST) else f"{error.filename}: missing"
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            return str(error) if str(folder) in str(error) else f"{folder / _LIST}: damaged"
        wrong = (columns._path(name) for name in kinds if not columns._is_sound(name))
        return next((f"{path}: damaged" for path in wrong), None)

    def _is_sound(self, name: str) -> bool:
        return checksum(self[name]) == self._checks[name]

    def __getitem__(self, name: str) -> Array:
        """All rows of a column, also those that are not committed."""
        kind, length = self._kinds[name], self._lengths[name]
        shape = (length, kind.width) if kind.width else (length,)
        if not length:
            return np.zeros(shape, kind.dtype)
        return np.memmap(self._path(name), kind.dtype, "r", shape=shape).view(np.ndarray)

    def append(self, name: str, rows: Array) -> None:
        """Add rows to a column. OSError if they can't be written."""
        kind = self._kinds[name]
        data = np.ascontiguousarray(rows, kind.dtype)
        make_private(self._folder)
        with self._path(name).open("r+b" if self._path(name).exists() else "w+b") as file:
            if name not in self._written:
                file.truncate(self._lengths[name] * kind.row_size)
                self._written.add(name)
            file.seek(0, os.SEEK_END)
            file.write(bytes_of(data))
        self._lengths[name] += len(data)
        self._checks[name] = checksum(data, self._checks[name])

    def extent(self) -> Extent:
        """Where `undo` goes back to."""
        return Extent(dict(self._lengths), dict(self._checks))

    def undo(self, extent: Extent) -> None:
        """Forget the rows that were added since."""
        self._lengths, self._checks = dict(extent.lengths), dict(extent.checks)
        self._written.clear()

    @property
    def size(self) -> int:
        """Bytes of all rows."""
        return sum(self._lengths[name] * kind.row_size for name, kind in self._kinds.items())

    def commit(self, version: int, noted: Mapping[str, Any]) -> None:
        """All rows count from now on, and what is noted; after a failure (OSError) or a crash none that was added.
        Files of columns that these have replaced are removed."""
        make_private(self._folder)
        for name in self._kinds:
            with self._path(name).open("ab") as file:
                if self._lengths[name] != self._committed[name]:
                    os.fsync(file.fileno())
        columns = {name: (self._lengths[name], self._checks[name]) for name in self._kinds}
        path, new = self._folder / _LIST, self._folder / f"{_LIST}.new"
        with new.open("w", encoding="ascii") as file:
            json.dump({"version": version, "mark": self._mark, "columns": columns, "noted": noted}, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        self._committed = dict(self._lengths)
        self._remove_others((path, *map(self._path, self._kinds)))

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}-{self._mark}{_SUFFIX}"

    def _remove_others(self, ours: Iterable[Path]) -> None:
        keep = set(ours)
        for path in self._folder.iterdir():
            if path not in keep:
                path.unlink(missing_ok=True)
