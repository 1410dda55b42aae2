"""Mailboxes in one file (mbox, mboxrd): one article per message, and those attached to it.

A `From ` line parts messages only if it has a date as mail programs write it and a header field follows: "From here on"
in a body parts nothing (the standard library's `mailbox` cuts there).
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from newsreader.article import ParsedArticle
from newsreader.formats.base import LARGEST_FILE, Unreadable
from newsreader.formats.mail.message import numbered, parse_in_mailbox
from newsreader.formats.pieces import pieces
from newsreader.text.clean import visible

BLOCK = 4 * 2**20
"""Bytes read at a time."""
MOST_TEXT = 48 * 2**20
"""Code points of articles that are read from a mailbox, some 10,000 long newsletters: with their postings they take
530 MB (Cyrillic: 700) of the GiB that a reading process has. The oldest are left out, and told."""
WIDE_WEIGHT = 8
"""So many count for a letter of scripts without blanks: each makes words, and takes up to ten times the memory."""
MOST_MESSAGES = 2**20
"""Messages whose places are kept."""
LONGEST_SEPARATOR = 400
"""Bytes that a separator and the start of the header below it may have."""

_DATE = (
    rb"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]?\d"
    rb"|\d?\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[^\r\n]{0,40}\d\d:\d\d[^\r\n]{0,40}"
)
_SEPARATOR = re.compile(rb"From [^\r\n]{0,200}?\b(" + _DATE + rb")\r?\n(?=[!-9;-~]{1,80}[ \t]*:|>From |\r?\n)")
"""Followed by a field, by an old program's `>From ` line, or by nothing: a message without header."""
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_EXPUNGED = re.compile(rb"^X-Mozilla-Status:\s*[0-9a-f]{3}[89a-f]", re.MULTILINE | re.IGNORECASE)
"""Bit 8 of Thunderbird's status: deleted, though still in the file."""
_FOLDER_DATA = re.compile(rb"^Subject:[^\r\n]*FOLDER INTERNAL DATA", re.MULTILINE)
"""A message that IMAP servers keep their own notes in."""
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """The articles of a mailbox in memory. Raises `Unreadable` when there is none."""
    return parse_file(BytesIO(data))


def parse_file(file: BinaryIO) -> Sequence[ParsedArticle]:
    """The articles of a mailbox, which is read in blocks: the largest message, not the file, is what memory must hold.

    Raises `Unreadable` when there is no article, OSError when the file can't be read.
    """
    mailbox = _Mailbox(file)
    found = numbered(pair for pairs in mailbox.articles() for pair in pairs)
    if not found:
        raise Unreadable("a mailbox without a readable message" if mailbox.count else "no mailbox (no `From ` line)")
    trouble = mailbox.trouble()
    return [replace(found[0], warning=trouble), *found[1:]] if trouble else found


def separators(data: bytes, at: int = 0) -> Iterator[re.Match[bytes]]:
    """The lines from `at` on that part messages; group 1 is the date. A search for each: an expression that begins with
    `^` is ten times slower than `find`."""
    while (at := data.find(b"From ", at)) >= 0:
        if (at == 0 or data[at - 1] == 10) and (line := _SEPARATOR.match(data, at)):
            yield line
        at += 5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a message is in the file."""

    posted: str
    """The separator's date."""
    start: int
    end: int


class _Mailbox:
    """Reads the messages of an open file, and counts what it leaves out."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.count = 0
        self._empty = self._too_large = self._unread = 0
        self._text = 0
        self._first_left: str | None = None

    def articles(self) -> list[Sequence[tuple[str, ParsedArticle]]]:
        """Those of each message, in the order of the file. Read from its end on: a mailbox grows there, and if not all
        can be read, the latest are wanted."""
        places = deque(self._places(), MOST_MESSAGES)
        self._unread = self.count - self._too_large - len(places)
        found = deque[Sequence[tuple[str, ParsedArticle]]]()
        for place in pieces(self._latest_first(places), _name, _size):
            self._file.seek(place.start)
            found.appendleft(self._of_message(place.posted, self._file.read(_size(place))))
        return list(found)

    def _latest_first(self, places: deque[_Place]) -> Iterator[_Place]:
        while places and self._text <= MOST_TEXT:
            yield places.pop()
        self._unread += len(places)

    def _places(self) -> Iterator[_Place]:
        """Of each message that is no larger than LARGEST_FILE: others are passed over, without ever being in memory."""
        posted, start = "", -1
        for at, end, date in self._separators():
            if start >= 0:
                yield from self._place(posted, start, at)
            self.count += 1
            posted, start = date, end
        if start >= 0:
            yield from self._place(posted, start, self._file.tell())

    def _place(self, posted: str, start: int, end: int) -> Iterator[_Place]:
        if end - start > LARGEST_FILE:
            self._too_large += 1
        else:
            yield _Place(posted, start, end)

    def _separators(self) -> Iterator[tuple[int, int, str]]:
        """(where it begins, where the message below begins, its date) of each."""
        held, offset, unsure = b"", 0, 0
        ended = False
        while not ended:
            block = self._file.read(BLOCK)
            ended = not block
            held += block
            for line in separators(held, unsure):
                if not ended and line.end() + LONGEST_SEPARATOR > len(held):
                    break  # the next block may complete it
                yield offset + line.start(), offset + line.end(), line.group(1).decode("ascii", "replace")
                unsure = line.end()
            unsure = max(unsure, len(held) - 3 * LONGEST_SEPARATOR)
            kept = max(0, unsure - 1)  # with the line feed before
            held, offset, unsure = held[kept:], offset + kept, unsure - kept

    def _of_message(self, posted: str, data: bytes) -> Sequence[tuple[str, ParsedArticle]]:
        end = _HEADER_END.search(data)
        header = data[: end.start() if end else len(data)]
        if _EXPUNGED.search(header) or _FOLDER_DATA.search(header):
            return ()
        if b">From " in data:
            data = _QUOTED_FROM.sub(rb"\1", data)
        found, left = parse_in_mailbox(data, posted)
        self._text += sum(_weight(paragraph) for _, article in found for paragraph in article.paragraphs)
        self._first_left = self._first_left or left
        self._empty += not found
        return found

    def trouble(self) -> str | None:
        told = [self._first_left] if self._first_left else []
        if self._too_large:
            told.append(f"messages of more than {LARGEST_FILE // 2**20} MiB: {self._too_large}, left out")
        if self._empty:
            told.append(f"messages without subject and text: {self._empty}")
        if self._unread:
            told.append(
                f"more than {MOST_TEXT // 2**20} million letters: its oldest {self._unread:,} messages were not read"
            )
        return visible("; ".join(told)) or None


def _name(place: _Place) -> str:
    return f"the message of {place.posted}"


def _size(place: _Place) -> int:
    return place.end - place.start


def _weight(text: str) -> int:
    return len(text) if text.isascii() else len(text) + (WIDE_WEIGHT - 1) * len(_WIDE.findall(text))
