"""What a reader of one kind of file has to offer, and what all of them need: the error, and titles of texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import BinaryIO, Protocol

from newsreader.article import ParsedArticle
from newsreader.formats.fields import Names
from newsreader.text.clean import shorten

LARGEST_FILE = 32 * 2**20
"""Bytes of a file, packed or not, or of a mailbox's message: more are no article, and reading them would need hundreds
of megabytes."""
LONGEST_TITLE = 200
"""Code points a first paragraph may have to be taken as the title, and what longer titles are cut to."""
LONGEST_HEADLINE = 500
"""Code points of a stated title that are kept."""

_CLOSING_STOP = re.compile(r"[.。．।。؟]['\"’”»)\]]*$")
_NO_CLOSING_STOP = re.compile(r"(?:\.\.\.|\b(?:[A-Z]\.){2,}|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|No|vs|etc)\.)$")
_SENTENCE_END = re.compile(r"[.!?。！？]['\"’”»)\]]*(?=\s+[\"'“‘«(\[]?[^\Wa-z])|[。！？]")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Gov|Gen|Rep|Lt|Col|Prof|No|vs|Inc|Corp|Co|Ltd)\.$"
)


class Unreadable(Exception):
    """Bytes that are no article of this format; the text says why, without the path."""


class Format(Protocol):
    """A reader: bytes of one file in, its articles out."""

    def parse(self, data: bytes) -> Sequence[ParsedArticle]:
        """Raises `Unreadable`. Text of the result is sanitized."""
        ...


class StreamedFormat(Protocol):
    """A reader of files of any size."""

    def parse_file(self, file: BinaryIO) -> Sequence[ParsedArticle]:
        """As `Format.parse`, of a file that is open at its start."""
        ...


class FormatWithFields(Protocol):
    """A reader of files whose fields have names, to which the user can add."""

    def parse(self, data: bytes, names: Names) -> Sequence[ParsedArticle]:
        """Raises `Unreadable`. Text of the result is sanitized."""
        ...


def title_from(paragraphs: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Split off the title: (title, the paragraphs that remain as text).

    A short first paragraph without closing full stop is the title itself. Otherwise the title is the first
    sentence, cut at a word, and the text keeps the whole first paragraph.
    """
    if not paragraphs:
        return "", ()
    first = paragraphs[0]
    closed = _CLOSING_STOP.search(first) and not _NO_CLOSING_STOP.search(first)
    if len(first) <= LONGEST_TITLE and not closed:
        return first, tuple(paragraphs[1:])
    end = len(first)
    for match in _SENTENCE_END.finditer(first[: 4 * LONGEST_TITLE]):
        if not _ABBREVIATION.search(first[max(0, match.end() - 8) : match.end()]):
            end = match.end()
            break
    return shorten(first[:end].strip(), LONGEST_TITLE), tuple(paragraphs)


def title_is_lede(title: str, paragraphs: Sequence[str]) -> bool:
    """Whether the title only repeats the start of the first paragraph."""
    return bool(paragraphs) and bool(title) and paragraphs[0].startswith(title.removesuffix("…"))
