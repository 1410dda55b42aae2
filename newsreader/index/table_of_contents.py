"""Whoosh's files, opened so that none of them can run code: its table of contents is a pickle.

Unpickling calls whatever the file names. Whoever can write one file into the cache could else run programs as its
reader; here a table of contents can name segments and nothing else.
"""

from __future__ import annotations

import pickle
import re
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from newsreader.index.codec import ArraySegment

_SEGMENT_ID = re.compile("[0-9a-z]{1,64}")


class IndexStorage(FileStorage):  # type: ignore[misc]
    """A directory of Whoosh's."""

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        return _Untrusted(open(self._fpath(name), "rb"), name=name, **kwargs)


class _Untrusted(StructFile):  # type: ignore[misc]
    def read_pickle(self) -> list[ArraySegment]:
        """The segments of a table of contents: the only pickle that is read, as the schema is always ours. Raises
        `pickle.UnpicklingError` for anything else."""
        found = _SegmentsOnly(self.file).load()
        if type(found) is not list:
            raise pickle.UnpicklingError("no list of segments")
        return [_checked(segment) for segment in found]


class _SegmentsOnly(pickle.Unpickler):
    def find_class(self, module_name: str, global_name: str) -> type[ArraySegment]:
        if (module_name, global_name) != (ArraySegment.__module__, ArraySegment.__qualname__):
            raise pickle.UnpicklingError(f"{module_name}.{global_name} in a table of contents")
        return ArraySegment


def _checked(found: object) -> ArraySegment:
    """The same, made anew of plain values: attributes of a pickled object may be anything."""
    if type(found) is not ArraySegment:
        raise pickle.UnpicklingError("something else than a segment")
    state = vars(found)
    name, identifier, count, deleted = (state.get(key) for key in ("indexname", "segid", "_doccount", "_deleted"))
    if type(name) is not str or type(identifier) is not str or type(count) is not int or type(deleted) is not set:
        raise pickle.UnpicklingError("a segment of other values")
    if not (name.isalpha() and _SEGMENT_ID.fullmatch(identifier) and all(type(number) is int for number in deleted)):
        raise pickle.UnpicklingError("a segment of other values")
    segment = ArraySegment(name)
    segment.segid = identifier
    segment.set_doc_count(count)
    for number in deleted:
        segment.delete_document(number)
    return segment
