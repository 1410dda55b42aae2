"""Files without suffix: mailboxes (`INBOX`), mails (MH folders number them) and plain text, told by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from newsreader.article import ParsedArticle
from newsreader.formats import plain
from newsreader.formats.base import LARGEST_FILE, Unreadable
from newsreader.formats.mail import mbox
from newsreader.formats.mail import message as mail

LONGEST_START = 16_384
"""Bytes of the first header block that are looked at."""

_NAMED = re.compile(rb"^([!-9;-~]{2,60}):", re.MULTILINE)
_CERTAIN = frozenset((b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"))
_USUAL = _CERTAIN | {b"from", b"to", b"subject", b"date"}


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """Raises `Unreadable`."""
    return parse_file(BytesIO(data))


def parse_file(file: BinaryIO) -> Sequence[ParsedArticle]:
    """Of an open file; only a mailbox may be larger than LARGEST_FILE. Raises `Unreadable`, OSError."""
    start = file.read(LONGEST_START)
    file.seek(0)
    if is_mailbox(start):
        return mbox.parse_file(file)
    data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise Unreadable(f"larger than {LARGEST_FILE // 2**20} MiB, and no mailbox")
    return mail.parse(data) if is_mail(data) else plain.parse(data)


def is_mailbox(start: bytes) -> bool:
    """Whether a file that starts so is a mailbox."""
    return start.startswith(b"From ") and next(mbox.separators(start), None) is not None


def is_mail(data: bytes) -> bool:
    """Whether a file begins with a mail's header: three fields that mails have, one of which nothing else has."""
    block = re.split(rb"\r?\n\r?\n", data[:LONGEST_START], maxsplit=1)[0]
    names = {name.lower() for name in _NAMED.findall(block)}
    return bool(_NAMED.match(block)) and len(names & _USUAL) >= 3 and bool(names & _CERTAIN)
