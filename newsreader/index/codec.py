"""A Whoosh codec that keeps a segment as memory-mapped arrays.

Whoosh's own codec pickles and deflates 128 postings at a time, and its matchers walk them one Python object at a
time. Here postings are arrays: Whoosh's matchers can walk them too, and `evaluate` works on them whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from newsreader.errors import StorageError
from newsreader.index.postings import FieldPostings, TermList, damaged_arrays, field_from, read_arrays
from newsreader.index.schema import COLUMNS, FIELDS, RANKED
from newsreader.terms.arrays import Array, Ints

EXTENSION = ".arrays"


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Reads and names segments; they are written by `update.ArrayWriter`, whole."""

    length_stats = False

    def per_document_writer(self, storage: Any, segment: Any) -> _NoWriter:
        return _NoWriter()

    def field_writer(self, storage: Any, segment: Any) -> _NoWriter:
        return _NoWriter()

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.data(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment.data(storage), segment)

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

    def codec(self, **_: Any) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, count: int) -> None:
        self._doccount = count

    def doc_count_all(self) -> int:
        return self._doccount

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        return iter(self._deleted)

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
        found = ((name, field_from(name, self.arrays)) for name in FIELDS)
        return {name: field for name, field in found if field is not None}

    def column(self, name: str) -> Ints:
        """A value per document."""
        return self.arrays[f"column/{name}"]


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of a segment."""

    def __init__(self, data: SegmentData) -> None:
        self.data = data

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        field = self.data.fields.get(fieldname)
        place = -1 if field is None else field.terms.find(text)
        if field is None or place < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, place

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.data.fields.get(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self.data.fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name in sorted(self.data.fields) for term in self.data.fields[name].terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in sorted(self.data.fields):
            if name >= fieldname:
                terms = self.data.fields[name].terms
                start = terms.prefix_range(prefix)[0] if name == fieldname else 0
                yield from ((name, terms[i]) for i in range(start, len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, place = self._find(fieldname, text)
        start, stop = int(field.starts[place]), int(field.starts[place + 1])
        weights = field.weights[start:stop]
        return TermInfo(
            weight=float(weights.sum(dtype=np.int64)),
            df=stop - start,
            minlength=1,
            maxlength=1,
            maxweight=float(weights.max()),
            minid=int(field.docs[start]),
            maxid=int(field.docs[stop - 1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> int:
        field, place = self._find(fieldname, text)
        return int(field.weights[field.starts[place] : field.starts[place + 1]].sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            field, place = self._find(fieldname, text)
        except TermNotFound:
            return 0
        return int(field.starts[place + 1] - field.starts[place])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        field, place = self._find(fieldname, text)
        return ArrayMatcher(field, place, (fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        field = self.data.fields.get(fieldname)
        return _Cursor(TermList.of(()) if field is None else field.terms, fieldobj)

    def close(self) -> None:
        pass


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks a field's terms in order."""

    def __init__(self, terms: Any, fieldobj: Any) -> None:
        self._terms, self._fieldobj, self._at = terms, fieldobj, 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:
        self._at = self._terms.prefix_range(term.encode() if isinstance(term, str) else term)[0]
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Whoosh's way through one term's postings."""

    def __init__(self, field: FieldPostings, place: int, term: tuple[str, bytes], format_: Any, scorer: Any) -> None:
        self._field, self._place, self._term = field, place, term
        self.format, self.scorer = format_, scorer
        start, stop = field.starts[place], field.starts[place + 1]
        self._docs, self._weights = field.docs[start:stop], field.weights[start:stop]
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> ArrayMatcher:
        twin = ArrayMatcher(self._field, self._place, self._term, self.format, self.scorer)
        twin._at = self._at
        return twin

    def id(self) -> int:
        return int(self._docs[self._at])

    def weight(self) -> float:
        return float(self._weights[self._at])

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :].tolist())

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, docnum: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._docs[self._at :], docnum))

    def value_as(self, astype: str) -> Any:
        if astype != "positions":
            return self.weight()
        return self._field.positions(self._place, np.array([self._at]))[1].tolist()

    def replace(self, minquality: float = 0) -> ArrayMatcher:
        return self


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """What a segment holds per document."""

    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self.data, self._segment = data, segment

    def doc_count(self) -> int:
        return self._segment.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted_count())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: Any) -> _Column:
        return _Column(self.data.column(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self.data.column("length")[docnum]) if fieldname == RANKED else default

    def field_length(self, fieldname: str) -> int:
        return int(self.data.column("length").sum()) if fieldname == RANKED else 0

    def min_field_length(self, fieldname: str) -> int:
        return 1

    max_field_length = min_field_length

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}

    def close(self) -> None:
        pass


class _Column(ColumnReader):  # type: ignore[misc]
    def __init__(self, values: Ints) -> None:
        self._values = values

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __len__(self) -> int:
        return len(self._values)

    def load(self) -> Ints:
        return self._values
