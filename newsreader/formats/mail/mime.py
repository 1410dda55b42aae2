"""The tree of a mail message (RFC 5322, RFC 2045–2049), read in bounded time.

The standard library's parser goes line by line in nested generators: 3,000 levels end in RecursionError and 200,000
parts take a minute. This one looks for each boundary in one pass and stops at the limits below. Parameters of header
fields are left to the library.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value
from itertools import islice

from newsreader.formats.mail.headers import Headers, from_base64, split_headers

MOST_PARTS = 1_000
DEEPEST = 50
"""Levels of parts inside parts: forwarded forwards reach about ten."""
LONGEST_BOUNDARY = 250
"""Bytes; the standard allows 70."""
LONGEST_PARAMETERS = 4_096
"""Code points of a Content-Type or Content-Disposition field that are looked at."""
MESSAGES = ("message/rfc822", "message/global")
"""Kinds of parts that are messages themselves."""

_KIND = re.compile(r"\s*([\w.+-]{1,80}/[\w.+-]{1,80})(?=[\s;,]|\Z)")
_ENCODING = re.compile(r"[\s\"']*([\w-]{1,40})")
"""Without what mailers write behind it, against the standard: semicolons, comments, "printable" as a second word."""
_OWN_BOUNDARY = re.compile(rb"\s*--([^\r\n]{1,%d})\r?\n(?=Content-[\w-]{1,40}:)" % LONGEST_BOUNDARY, re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """A message, or a part of one. Never raises for what its bytes may hold."""

    headers: Headers
    kind: str
    """The content type, lower case, as in `text/html`."""
    parameters: dict[str, str]
    """Of the content type, by lower-case name."""
    body: bytes = b""
    """As it was sent: still in its transfer encoding. Empty for what has parts."""
    parts: list[Part] = field(default_factory=list)

    @property
    def disposition(self) -> str:
        """`attachment`, `inline`, or empty."""
        return (self.headers.raw("content-disposition") or "").partition(";")[0].strip().casefold()

    @property
    def file_name(self) -> str:
        """As the sender calls it; empty when it has no name. Not sanitized: only its suffix is of use."""
        stated = _parameters(self.headers.raw("content-disposition") or "").get("filename")
        return stated or self.parameters.get("name", "")

    def named_start(self, parts: Iterable[Part]) -> Part | None:
        """Of parts within this one, the one that it says the others belong to; None when it names none of them."""
        start = self.parameters.get("start", "").strip("<> ")
        named = (part for part in parts if (part.headers.raw("content-id") or "").strip("<> ") == start)
        return next(named, None) if start else None

    def content(self) -> bytes:
        """The body out of its transfer encoding, as far as it can be decoded."""
        stated = _ENCODING.match(self.headers.raw("content-transfer-encoding") or "")
        encoding = stated.group(1).casefold() if stated else ""
        if encoding == "base64":
            return from_base64(self.body)
        if encoding.startswith("quoted"):
            return binascii.a2b_qp(self.body)
        if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
            return _from_uuencode(self.body)
        return self.body


class _Budget:
    """How many more parts may be read."""

    def __init__(self) -> None:
        self.left = MOST_PARTS
        self.exceeded = False

    def take(self) -> bool:
        if self.left == 0:
            self.exceeded = True
            return False
        self.left -= 1
        return True


def read_message(data: bytes) -> tuple[Part, str | None]:
    """(the message, what of it was left unread)."""
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    budget = _Budget()
    budget.take()
    message = _read(data, 0, len(data), 0, budget, "text/plain")
    left = f"mail: more than {MOST_PARTS:,} parts, or parts more than {DEEPEST} deep" if budget.exceeded else None
    return message, left


def _read(data: bytes, start: int, end: int, depth: int, budget: _Budget, default_kind: str) -> Part:
    headers, start = split_headers(data, start, end)
    content_type = headers.raw("content-type") or ""
    stated = _KIND.match(content_type)
    kind = stated.group(1).casefold() if stated else "text/plain" if content_type else default_kind
    part = Part(headers, kind, _parameters(content_type))
    if depth >= DEEPEST and kind.startswith(("multipart/", *MESSAGES)):
        budget.exceeded = True
        return part
    if kind.startswith("multipart/"):
        places = list(islice(_split(data, start, end, part.parameters.get("boundary", "")), MOST_PARTS + 1))
        if not places and (own := _OWN_BOUNDARY.match(data, start, end)):  # another than the header says
            places = list(islice(_split(data, start, end, own.group(1)), MOST_PARTS + 1))
        for first, last in places:
            if not budget.take():
                break
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            part.parts.append(_read(data, first, last, depth + 1, budget, inner))
        if not part.parts and not budget.exceeded:  # a boundary that never comes: what is there is text, most likely
            part.kind, part.body = "text/plain", data[start:end]
    elif kind in MESSAGES and budget.take():
        part.body = data[start:end]
        inside = part.content()
        part.body = b""
        part.parts.append(_read(inside, 0, len(inside), depth + 1, budget, "text/plain"))
    else:
        part.body = data[start:end]
    return part


def _split(data: bytes, start: int, end: int, boundary: str | bytes) -> Iterator[tuple[int, int]]:
    """Where the parts are. A last part without closing boundary goes to the end."""
    wanted = boundary.rstrip() if isinstance(boundary, bytes) else boundary.rstrip().encode("utf-8", "surrogateescape")
    if not wanted or len(wanted) > LONGEST_BOUNDARY:
        return
    first = None
    line_end = re.compile(rb"(--)?[ \t]*\r?(?:\n|\Z)")
    at = start
    while (at := data.find(b"--" + wanted, at, end)) >= 0:
        line = line_end.match(data, at + 2 + len(wanted), end) if at == start or data[at - 1] == 10 else None
        if line is not None:
            if first is not None:
                yield first, at
            if line.group(1):
                return
            first = line.end()
        at += 2
    if first is not None:
        yield first, end


def _parameters(value: str) -> dict[str, str]:
    holder = Message()
    with suppress(Exception):  # the library's reading of RFC 2231 lets IndexError, ValueError and UnicodeError out
        holder["Content-Type"] = value[:LONGEST_PARAMETERS]
        found = holder.get_params(failobj=[], header="content-type")
        return {str(name).casefold(): collapse_rfc2231_value(text, "replace") for name, text in found or []}
    return {}


def _from_uuencode(data: bytes) -> bytes:
    lines = []
    for line in data.splitlines():
        if not line.startswith((b"begin ", b"end")):
            with suppress(binascii.Error):
                lines.append(binascii.a2b_uu(line))
    return b"".join(lines)
