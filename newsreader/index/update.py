"""Writing the index. The caller holds the library's lock: Whoosh's own does not guard creation."""

from __future__ import annotations

import shutil
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from whoosh import index as whoosh_index
from whoosh.index import FileIndex

from newsreader.errors import StorageError
from newsreader.index.schema import Document, document_fields, make_schema
from newsreader.index.version import SCHEMA_VERSION

WRITER_MEMORY = 128
"""MiB of postings that a writer collects before it sorts them to disk."""
OPEN_ATTEMPTS, OPEN_PAUSE = 20, 0.05
"""Opening while another process commits can fail for a moment, as files change places; seconds between attempts."""


def index_directory(directory: Path) -> Path:
    """Where the index of this version lives below the cache's index directory."""
    return directory / f"v{SCHEMA_VERSION}"


def open_index(directory: Path) -> FileIndex | None:
    """The index, or None when there is none. Raises `StorageError` when it can't be read."""
    where = index_directory(directory)
    for attempt in range(OPEN_ATTEMPTS):
        try:
            return whoosh_index.open_dir(where) if whoosh_index.exists_in(where) else None
        except FileNotFoundError:
            time.sleep(OPEN_PAUSE)
        except Exception as error:  # a damaged index raises anything, from struct.error to MemoryError
            if attempt == OPEN_ATTEMPTS - 1 or not isinstance(error, OSError):
                raise StorageError(f"{where}: the index is damaged ({type(error).__name__})") from error
            time.sleep(OPEN_PAUSE)
    raise StorageError(f"{where}: the index can't be opened")


def create_index(directory: Path) -> FileIndex:
    """An empty index in the place of whatever is there."""
    shutil.rmtree(directory, ignore_errors=True)
    where = index_directory(directory)
    where.mkdir(parents=True, mode=0o700)
    return whoosh_index.create_in(where, make_schema())


def write(index: FileIndex, add: Iterable[Document], delete: Collection[int]) -> None:
    """Add and delete in one commit. An exception leaves the index as it was."""
    writer = index.writer(limitmb=WRITER_MEMORY, timeout=10.0)
    try:
        for number in delete:
            writer.delete_by_term("key", str(number))
        for document in add:
            writer.add_document(**document_fields(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


def optimize(index: FileIndex) -> None:
    """Merge all segments into one."""
    index.writer(limitmb=WRITER_MEMORY, timeout=10.0).commit(optimize=True)
