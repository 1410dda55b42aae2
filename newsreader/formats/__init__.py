"""Bytes of a file → articles. Each reader is loaded when the first file of its kind is read."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import cast

from newsreader.article import ParsedArticle
from newsreader.formats.base import Format, Unreadable

READERS: Mapping[str, str] = {
    "": "plain",
    ".txt": "plain",
    ".text": "plain",
    ".md": "markdown",
    ".markdown": "markdown",
}
"""The module that reads files of each suffix (lower case)."""

__all__ = ["READERS", "Unreadable", "parse"]


def parse(data: bytes, suffix: str) -> Sequence[ParsedArticle]:
    """The articles of a file with this suffix (a key of `READERS`). Raises `Unreadable`."""
    reader = cast(Format, importlib.import_module(f"newsreader.formats.{READERS[suffix]}"))
    return reader.parse(data)
