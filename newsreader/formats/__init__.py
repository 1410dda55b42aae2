"""Bytes of a file to articles: a reader for each kind of file, loaded when the first file of its kind is read.

Readers take bytes that may be broken or hostile. They are bounded in time and memory, and either give sanitized
articles or raise `Unreadable` with the reason: one bad file must not cost a run more than that file.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import BinaryIO, cast

from newsreader.article import ParsedArticle
from newsreader.formats.base import Format, FormatWithFields, StreamedFormat, Unreadable
from newsreader.formats.compressed import inflate
from newsreader.formats.fields import FIELDS, Names

PACKED = ".gz"
_READERS: dict[str, str] = {
    "": "unnamed",
    ".txt": "plain",
    ".text": "plain",
    ".md": "notes.markdown",
    ".markdown": "notes.markdown",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".xml": "feed",
    ".json": "records.json_file",
    ".jsonl": "records.json_lines",
    ".ndjson": "records.json_lines",
    ".csv": "records.table",
    ".tsv": "records.table",
    ".eml": "mail.message",
    ".mbox": "mail.mbox",
    ".html": "web.page",
    ".htm": "web.page",
    ".xhtml": "web.page",
    ".mhtml": "mail.web_archive",
    ".mht": "mail.web_archive",
    ".pdf": "pdf.document",
}
READERS: Mapping[str, str] = _READERS | {f"{suffix}{PACKED}": reader for suffix, reader in _READERS.items()}
"""The module that reads files of each suffix (lower case), packed or not."""

_WITH_FIELDS = frozenset({"notes.markdown", "records.json_file", "records.json_lines", "records.table"})
"""Readers that are given the names of fields."""

_STREAMED = frozenset({"unnamed", "mail.mbox"})
"""Readers of files that may be larger than memory should hold: they have a `parse_file`."""

__all__ = ["READERS", "Unreadable", "is_streamed", "load", "parse", "parse_file"]


def load(suffix: str) -> Format | FormatWithFields:
    """What reads files with this suffix (a key of `READERS`)."""
    return cast(Format | FormatWithFields, importlib.import_module(f"newsreader.formats.{READERS[suffix]}"))


def parse(data: bytes, suffix: str, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """The articles of a file with this suffix (a key of `READERS`); `names` are what its fields may be called.

    Raises `Unreadable`.
    """
    module = load(suffix)
    if suffix.endswith(PACKED):
        data = inflate(data)
    if READERS[suffix] in _WITH_FIELDS:
        return cast(FormatWithFields, module).parse(data, names)
    return cast(Format, module).parse(data)


def is_streamed(suffix: str) -> bool:
    """Whether files with this suffix are for `parse_file`, as they may be larger than memory should hold."""
    return READERS.get(suffix) in _STREAMED and not suffix.endswith(PACKED)


def parse_file(file: BinaryIO, suffix: str) -> Sequence[ParsedArticle]:
    """As `parse`, of an open file that is read in blocks; its suffix `is_streamed`."""
    return cast(StreamedFormat, load(suffix)).parse_file(file)
