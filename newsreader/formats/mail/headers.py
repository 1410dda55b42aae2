"""The header of a mail message: fields, encoded words, addresses, in linear time and without exceptions.

The standard library's `policy.default` raises IndexError, LookupError and RecursionError on hostile fields, and its
decoded text may hold line feeds and escapes.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from newsreader.formats.base import Unreadable
from newsreader.formats.encoding import decode
from newsreader.text.clean import one_line

MOST_FIELDS = 1_000
LONGEST_FIELD = 16_384
"""Bytes of a field that are read."""

_BASE64_JUNK = re.compile(rb"[^A-Za-z0-9+/]+")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*([^\r\n]*)")
_KNOWN_FIELD = re.compile(
    rb"^(?:from|to|subject|date|message-id|received|content-type|mime-version|return-path|delivered-to|x-[\w-]{1,40}):",
    re.IGNORECASE | re.MULTILINE,
)
_ENCODED_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?]*)\?=")
# Possessive throughout: what two neighbours could share, they would try to divide in every way.
_MAILBOX = re.compile(r'\s*+(?:"((?:[^"\\]|\\.)*+)"[^<>"]*+|([^<>"]*+))<([^<>]*+)>')
_COMMENTED = re.compile(r"\s*+([^\s()<>,@]++@[^\s()<>,]++)\s*+\(([^()]*+)\)")
_GROUP = re.compile(r"[^:\"<>@,;]{0,200}:(?=[^;]*;)")
"""What a group of mailboxes is called (RFC 5322 3.4)."""
_BARE = re.compile(r"\s*+([^\s()<>,:;\"@]++@[^\s()<>,:;\"]++)")
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "unicode-escape", "raw-unicode-escape"}
)
"""Codecs of Python that are no mail's charset; decoding idna takes quadratic time."""
_WIDER = {
    "ascii": "utf-8", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932",
    "euc_kr": "cp949", "iso8859-9": "cp1254",
}  # fmt: skip
"""What mailers write when they mean the larger one."""
_ALIASES = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "unicode-1-1-utf-7": "utf-7",
    "x-unknown": "utf-8",
    "cp-850": "cp850",
}


class Headers:
    """The fields of a header, by lower-case name."""

    def __init__(self, fields: Sequence[tuple[str, bytes]]) -> None:
        self._fields = fields

    def __len__(self) -> int:
        return len(self._fields)

    def raw(self, name: str) -> str | None:
        """The first field of this name as it was sent, unfolded."""
        return next(self.every(name), None)

    def every(self, name: str) -> Iterator[str]:
        return (_eight_bit(value) for known, value in self._fields if known == name)

    def text(self, name: str) -> str | None:
        """The first field of this name, decoded and sanitized, on one line; None when it is missing or empty."""
        value = self.raw(name)
        return (one_line(decode_words(value)) or None) if value is not None else None


def split_headers(data: bytes, start: int, end: int) -> tuple[Headers, int]:
    """(the fields, where the body starts). A line that is no field ends the header, and belongs to the body, unless
    a field that mails have follows on it: then it is a slip, and passed over."""
    fields: list[tuple[str, list[bytes]]] = []
    at, room = start, 0
    while at < end:
        stop = data.find(b"\n", at, end) + 1 or end
        line = data[at : min(stop, at + LONGEST_FIELD)]
        if not line.strip(b"\r\n"):
            at = stop
            break
        if line[0] in b" \t" and fields:
            room -= len(line)
            if room > 0 and fields[-1][1]:
                fields[-1][1].append(line.strip(b"\r\n"))
        elif match := _FIELD.match(line):
            room = LONGEST_FIELD - len(line)
            fields.append((match.group(1).decode("ascii").casefold(), [match.group(2)]))
            if len(fields) > MOST_FIELDS:
                fields.pop()
        elif not (at == start and line.startswith((b"From ", b">From "))) and not (
            fields and _KNOWN_FIELD.match(data, stop, end)
        ):
            break
        at = stop
    return Headers([(name, b"".join(pieces)) for name, pieces in fields]), at


def _eight_bit(value: bytes) -> str:
    if value.isascii():
        return value.decode("ascii")
    with suppress(Unreadable):
        return decode(value)
    return value.decode("utf-8", "replace")


def decode_words(value: str) -> str:
    """The text of a field with RFC 2047 encoded words. White space between two of them does not count; a character
    may be cut in two by them."""
    pieces: list[str] = []
    charset, held = "", b""
    at = 0
    for match in _ENCODED_WORD.finditer(value):
        between = value[at : match.start()]
        name, content = match.group(1).casefold(), _word_bytes(match.group(2), match.group(3))
        if held and (between.strip() or name != charset):
            pieces.append(decode_bytes(held, charset))
            held = b""
        if between.strip() or at == 0:
            pieces.append(between)
        charset, held = name, held + content
        at = match.end()
    if held:
        pieces.append(decode_bytes(held, charset))
    return "".join((*pieces, value[at:]))


def _word_bytes(encoding: str, text: str) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    return from_base64(data)


def from_base64(data: bytes) -> bytes:
    """Everything up to the last whole group of four; characters outside the alphabet are skipped."""
    clean = _BASE64_JUNK.sub(b"", data)
    if len(clean) % 4 == 1:
        clean = clean[:-1]
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def decode_bytes(data: bytes, charset: str) -> str:
    """Text in a charset that may be unknown, misspelt or wrong: then it is guessed. Never raises."""
    encoding = _codec(charset)
    if encoding is not None:
        with suppress(UnicodeError):
            return data.decode(encoding)
        if encoding != "utf-8":
            text = data.decode(encoding, "replace")
            if text.count("\ufffd") * 50 < len(text):
                return text
    try:
        return decode(data.replace(b"\x00", b""), "utf-8" if encoding == "utf-8" else None)
    except Unreadable:
        return data.decode("utf-8", "replace")


def _codec(charset: str) -> str | None:
    name = charset.strip().strip("\"'").casefold()
    name = _ALIASES.get(name, name)
    if not name or not name.isascii() or name in _NO_CHARSETS or len(name) > 40:
        return None
    try:
        info = codecs.lookup(name)
        if info.name in _NO_CHARSETS:
            return None
        b"x".decode(name, "replace")
    except (LookupError, ValueError):  # LookupError also for codecs from bytes to bytes, as hex
        return None
    return _WIDER.get(info.name, info.name)


def first_mailbox(value: str) -> tuple[str | None, str | None]:
    """(name, address) of the first mailbox of a From field as it was sent; None for what is missing."""
    value = _GROUP.sub("", value[:1_000], count=1)
    name, address = "", ""
    if match := _MAILBOX.match(value):
        quoted, plain, address = match.groups()
        name = re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else plain
    elif match := _COMMENTED.match(value):
        address, name = match.groups()
    elif match := _BARE.match(value):
        address = match.group(1)
    name = one_line(decode_words(name)).strip("\"'‘’“” ,")
    address = one_line(address).strip()
    if "@" in name and " " not in name:
        name = ""
    return name or None, address if "@" in address else None
