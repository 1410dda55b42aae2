"""A Whoosh codec that keeps a segment as memory-mapped arrays: Whoosh names segments and commits them, no more.

Whoosh's own codec pickles and deflates 128 postings at a time, and reads them one Python object at a time. Here a
segment is one file of arrays, written whole by `writing` and mapped whole for `evaluate`.
"""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from pathlib import Path
from typing import Any

from whoosh.codec import base

from newsreader.errors import StorageError
from newsreader.index.array_files import damaged_arrays, read_arrays
from newsreader.index.postings import FieldPostings, field_from
from newsreader.index.schema import INDEXED_FIELDS
from newsreader.terms.arrays import Array, Ints

EXTENSION = ".arrays"


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Names segments; `writing.ArrayWriter` writes them."""

    def per_document_writer(self, storage: Any, segment: Any) -> _NoWriter:
        return _NoWriter()

    def field_writer(self, storage: Any, segment: Any) -> _NoWriter:
        return _NoWriter()

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        return ArraySegment(indexname)


class _NoWriter:
    """Stands where Whoosh's writer expects its codec's writers: nothing is written piece by piece."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


class ArraySegment(base.Segment):  # type: ignore[misc]
    """One immutable segment file, and which of its documents are deleted (kept in Whoosh's table of contents)."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self._doccount = 0
        self._deleted: set[int] = set()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self._doccount = count

    def doc_count_all(self) -> int:
        return self._doccount

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Set[int]:
        return self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def path(self, storage: Any) -> Path:
        return Path(str(storage.folder), str(self.make_filename(EXTENSION)))

    def data(self, storage: Any) -> SegmentData:
        """The segment's arrays, mapped. Raises `StorageError` when the file is damaged."""
        try:
            return SegmentData(read_arrays(self.path(storage)))
        except ValueError as error:
            raise StorageError(f"{self.path(storage)}: the index is damaged") from error

    def verify(self, storage: Any) -> None:
        """Read all of it and see whether it is what was written. Raises `StorageError`."""
        try:
            damaged = damaged_arrays(self.path(storage))
        except (ValueError, OSError) as error:
            raise StorageError(f"{self.path(storage)}: the index is damaged") from error
        if damaged:
            raise StorageError(f"{self.path(storage)}: the index is damaged ({', '.join(damaged)})")


class SegmentData:
    """The arrays of a segment by what they are."""

    def __init__(self, arrays: dict[str, Array]) -> None:
        self.arrays = arrays

    @cached_property
    def fields(self) -> dict[str, FieldPostings]:
        found = ((name, field_from(name, self.arrays)) for name in INDEXED_FIELDS)
        return {name: field for name, field in found if field is not None}

    @property
    def count(self) -> int:
        """Documents, deleted ones too."""
        return len(self.column("number"))

    def column(self, name: str) -> Ints:
        """A value per document."""
        return self.arrays[f"column/{name}"]
