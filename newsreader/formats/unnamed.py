"""Files without suffix: mailboxes (`INBOX`), mails (MH folders number them) and plain text, told by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsreader.article import ParsedArticle
from newsreader.formats import mail, mbox, plain

LONGEST_START = 16_384
"""Bytes of the first header block that are looked at."""

_NAMED = re.compile(rb"^([!-9;-~]{2,60}):", re.MULTILINE)
_CERTAIN = frozenset((b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"))
_USUAL = _CERTAIN | {b"from", b"to", b"subject", b"date"}


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """Raises `Unreadable`."""
    if is_mailbox(data[:LONGEST_START]):
        return mbox.parse(data)
    return mail.parse(data) if is_mail(data) else plain.parse(data)


def is_mailbox(start: bytes) -> bool:
    """Whether a file that starts so is a mailbox."""
    return start.startswith(b"From ") and next(mbox.separators(start), None) is not None


def is_mail(data: bytes) -> bool:
    """Whether a file begins with a mail's header: three fields that mails have, one of which nothing else has."""
    block = re.split(rb"\r?\n\r?\n", data[:LONGEST_START], maxsplit=1)[0]
    names = {name.lower() for name in _NAMED.findall(block)}
    return bool(_NAMED.match(block)) and len(names & _USUAL) >= 3 and bool(names & _CERTAIN)
