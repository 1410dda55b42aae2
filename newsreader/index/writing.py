"""Making, writing, checking and tidying the index's files.

One commit adds and deletes, and merges small segments on the way: queries stay quick, and no run rewrites the whole
index. The caller holds the library's lock, as Whoosh's own does not guard the making of an index.
"""

from __future__ import annotations

import os
import shutil
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh.index import FileIndex
from whoosh.writing import SegmentWriter

from newsreader.errors import DamagedError, StorageError
from newsreader.index.array_files import write_arrays
from newsreader.index.codec import ArrayCodec, ArraySegment
from newsreader.index.inversion import Inverted, TokenizedText, invert_labels, invert_many
from newsreader.index.postings import field_arrays, merge
from newsreader.index.schema import COLUMNS, INDEXED_FIELDS, LABEL_FIELDS, IndexedArticle, Label, make_schema
from newsreader.index.table_of_contents import IndexStorage
from newsreader.index.version import index_directory
from newsreader.library.private import make_private
from newsreader.terms.arrays import Ints
from newsreader.terms.vocabulary import tokenize

OPEN_ATTEMPTS, OPEN_PAUSE = 20, 0.05
"""Opening while another process commits can fail for a moment, as files change places; seconds between attempts."""
LARGEST_MERGE = 16_000
"""Documents that one commit rewrites at most: 2 s of work and 300 MB of memory; 100,000 articles are then ten segments,
and each costs a query about 0.1 ms."""
MERGE_FACTOR = 1
"""A segment is merged into what is written with it when it has at most so many times its documents, as a binary counter
carries: a document is rewritten log2 times of what its segment grows to."""


def open_index(directory: Path) -> FileIndex | None:
    """The index, or None when there is none. Raises `StorageError` when it can't be read."""
    where = index_directory(directory)
    try:
        os.scandir(where).close()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:  # Whoosh takes it for one that is not there
        raise StorageError(f"{where}: {error.strerror or error}") from error
    is_empty = False
    for attempt in range(OPEN_ATTEMPTS):
        try:
            # with our schema the one that is kept, a pickle, is not looked at
            return FileIndex(IndexStorage(where), schema=make_schema())
        except whoosh_index.EmptyIndexError:  # a listing may have neither the former table of contents nor the new one
            is_empty = True
        except FileNotFoundError:
            is_empty = False
        except Exception as error:  # a damaged index raises anything, from struct.error to MemoryError
            if attempt == OPEN_ATTEMPTS - 1 or not isinstance(error, OSError):
                raise DamagedError(f"{where}: the index is damaged ({type(error).__name__})") from error
        time.sleep(OPEN_PAUSE)
    if is_empty:
        return None
    raise StorageError(f"{where}: the index can't be opened")


def create_index(directory: Path) -> FileIndex:
    """An empty index in the place of whatever is there."""
    shutil.rmtree(directory, ignore_errors=True)
    where = index_directory(directory)
    make_private(where.parent)
    where.mkdir(mode=0o700)
    return FileIndex.create(IndexStorage(where), make_schema())


def write(index: FileIndex, add: Iterable[tuple[Inverted, Sequence[Label | None]]], delete: Collection[int]) -> None:
    """Add and delete in one commit: inverted texts, with the label of each; None for one that is left out. An exception
    leaves the index as it was."""
    writer = ArrayWriter(index)
    try:
        try:
            writer.delete_numbers(delete)
            for inverted, labels in add:
                writer.add(inverted, labels)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
    except FileNotFoundError as error:
        raise StorageError(f"{error.filename}: missing, the index is damaged") from error


def inverted_documents(documents: Iterable[IndexedArticle]) -> Iterator[tuple[Inverted, list[Label]]]:
    """Documents as `write` takes them."""
    labels: deque[Label] = deque()

    def texts() -> Iterator[TokenizedText]:
        for document in documents:
            labels.append(document.label)
            yield _text(document)

    for inverted in invert_many(texts()):
        yield inverted, [labels.popleft() for _ in range(inverted.count)]


def _text(document: IndexedArticle) -> TokenizedText:
    return TokenizedText(tokenize(document.title, document.paragraphs), document.language, document.title_is_lede)


def verify(directory: Path) -> None:
    """Read the whole index and see whether it is what was written; without an index there is nothing to see. Raises
    `StorageError`."""
    index = open_index(directory)
    if index is not None:
        for segment in index._segments():
            segment.verify(index.storage)


def remove_leftovers(directory: Path) -> int:
    """Remove what killed runs wrote beside the last commit; the next commit would too. Bytes that were freed. The
    caller holds the library's lock. Raises `StorageError`."""
    index = open_index(directory)
    if index is None:
        return 0
    before = _size(directory)
    whoosh_index.clean_files(index.storage, index.indexname, index.latest_generation(), index._segments())
    return before - _size(directory)


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in index_directory(directory).iterdir())


def optimize(index: FileIndex) -> None:
    """Merge all segments into one."""
    ArrayWriter(index).commit(optimize=True)


class ArrayWriter(SegmentWriter):  # type: ignore[misc]
    """Whoosh's writer (its lock, generations, table of contents) that writes a segment's arrays in one go."""

    docnum: int
    """Documents taken in."""

    def __init__(self, index: FileIndex) -> None:
        super().__init__(index, timeout=10.0, codec=ArrayCodec(), compound=False)
        self._inverted: list[tuple[Inverted, Ints]] = []
        self._labels: list[Label] = []
        self._absorbed: list[ArraySegment] = []

    def add(self, inverted: Inverted, labels: Sequence[Label | None]) -> None:
        """Take in inverted texts with a label each; those without one are left out."""
        self._check_state()
        kept = np.array([label is not None for label in labels], bool)
        numbers = np.where(kept, np.cumsum(kept) - 1 + self.docnum, -1)
        self._inverted.append((inverted, numbers))
        self._labels.extend(label for label in labels if label is not None)
        self.docnum += int(kept.sum())
        self._added = self.docnum > 0

    def delete_numbers(self, numbers: Collection[int]) -> None:
        """Mark the documents with these numbers as deleted."""
        if not numbers:
            return
        wanted = np.fromiter(numbers, np.int64, len(numbers))
        for segment in self.segments:
            for found in np.flatnonzero(np.isin(segment.data(self.storage).column("number"), wanted)).tolist():
                segment.delete_document(found)

    def _merge_segments(self, mergetype: Any, optimize: Any, merge: Any) -> list[ArraySegment]:
        """Choose what to write anew together with the new documents, smallest first: bounded work per commit."""
        total = self.docnum
        kept = []
        for segment in sorted(self.segments, key=lambda s: (s.doc_count(), s.segment_id())):
            count = segment.doc_count()
            small = count <= MERGE_FACTOR * total and total + count <= LARGEST_MERGE
            hollow = segment.deleted_count() > count and total + count <= LARGEST_MERGE
            if optimize or small or hollow:
                self._absorbed.append(segment)
                total += count
            else:
                kept.append(segment)
        if len(self._absorbed) == 1 and not self._added and not self._absorbed[0].deleted_count():
            return [*kept, self._absorbed.pop()]
        self._added = self._added or bool(self._absorbed)
        return kept

    def _flush_segment(self) -> None:
        """Write the new documents, and those of the absorbed segments, as one file. Raises `StorageError` for one
        that is damaged: what is wrong in it would get a checksum that is right."""
        for segment in self._absorbed:
            segment.verify(self.storage)
        old = [segment.data(self.storage) for segment in self._absorbed]
        renumbered, at = [], 0
        for segment in self._absorbed:
            alive = np.ones(segment.doc_count_all(), bool)
            alive[list(segment.deleted_docs())] = False
            renumbered.append(np.where(alive, np.cumsum(alive) - 1 + at, -1))
            at += int(alive.sum())
        columns = self._columns()
        arrays = {
            f"column/{name}": np.concatenate(
                [*(data.column(name)[n >= 0] for data, n in zip(old, renumbered, strict=True)), columns[name]]
            )
            for name in COLUMNS
        }
        labels = {name: invert_labels([getattr(label, name) for label in self._labels]) for name in LABEL_FIELDS}
        for name in INDEXED_FIELDS:
            parts = [(data.fields[name], n) for data, n in zip(old, renumbered, strict=True) if name in data.fields]
            if (label := labels.get(name)) is not None:
                parts.append((label, np.arange(self.docnum) + at))
            parts += [
                (inverted.fields[name], np.where(n >= 0, n + at, -1))
                for inverted, n in self._inverted
                if name in inverted.fields
            ]
            if parts:
                arrays |= field_arrays(name, merge(parts))
        self.docnum += at
        write_arrays(self.newsegment.path(self.storage), arrays)

    def _columns(self) -> dict[str, Ints]:
        """By name: a value per new document."""
        found = {
            name: np.array([getattr(label, name) for label in self._labels], np.int64)
            for name in ("number", "day", "time")
        }
        lengths = [np.zeros(0, np.int64), *(inverted.lengths[n >= 0] for inverted, n in self._inverted)]
        return {**found, "length": np.concatenate(lengths)}
