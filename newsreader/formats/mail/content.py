"""What of a mail is its text, and what is attached.

A mail may be a tree: the same text in versions, pictures beside it, other mails and documents. Taken as it comes, the
text would be there twice, or be the one line that says where to read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsreader.formats.mail.body import body_paragraphs, is_stub
from newsreader.formats.mail.headers import Headers, decode_bytes
from newsreader.formats.mail.mime import MESSAGES, Part
from newsreader.text.clean import words

LARGEST_TEXT = 8 * 2**20
"""Bytes of a body that are read: newsletters have some hundred thousand."""
HTML_SHARE = 0.7
"""The HTML version is taken when it has so large a share of the plain version's words: its paragraphs are whole and its
links have no addresses in them. Less means that something of it could not be read."""

_LANGUAGE = re.compile(r"([a-z]{2})(?![a-z])", re.IGNORECASE)
LINK = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")


class Content:
    """The text of a message, as paragraphs, and what is attached to it."""

    def __init__(self, message: Part) -> None:
        self.paragraphs: tuple[str, ...] = ()
        self.messages: list[Part] = []
        self.documents: list[Part] = []
        self.kinds: list[str] = []
        self.html = ""
        self.language: str | None = None
        self._walk(message)

    def _walk(self, part: Part) -> None:
        if part.kind in MESSAGES:
            self.messages.extend(part.parts)
        elif part.kind == "multipart/alternative" and part.parts:
            self._choose(part.parts)
        elif part.kind == "multipart/related" and part.parts:
            self._walk(part.named_start(part.parts) or part.parts[0])
        elif part.parts:
            for inner in part.parts:
                self._walk(inner)
        elif part.kind in ("text/plain", "text/html") and part.disposition != "attachment":
            self._add(part, _text_of(part))
        elif part.kind.startswith(("text/", "application/")):
            self.documents.append(part)

    def _choose(self, versions: Sequence[Part]) -> None:
        """Of the versions of one text, the richest."""
        bodies = [Content(version) for version in versions]
        texts = [body for body in bodies if body.paragraphs]
        plain = max((b for b in texts if "text/html" not in b.kinds), key=_size, default=None)
        html = max((b for b in texts if "text/html" in b.kinds), key=_size, default=None)
        best = html if plain is None or (html is not None and _is_richer(html, plain)) else plain
        if best is not None:
            self.paragraphs += best.paragraphs
            self.kinds += best.kinds
            self.language = self.language or best.language
        for body in bodies:
            self.messages += body.messages
            self.documents += [part for part in body.documents if part.disposition == "attachment"]
            self.html = self.html or body.html

    def _add(self, part: Part, text: str) -> None:
        if part.kind == "text/html":
            from newsreader.formats.web.html_text import html_paragraphs  # loads lxml, which few mails need

            self.html = self.html or text
            paragraphs = html_paragraphs(text)
        else:
            flowed = part.parameters.get("format", "").strip().casefold() == "flowed"
            delete_space = part.parameters.get("delsp", "").strip().casefold() == "yes"
            paragraphs = body_paragraphs(text, flowed=flowed, delete_space=delete_space)
        if paragraphs:
            self.paragraphs += paragraphs
            self.kinds.append(part.kind)
            self.language = self.language or stated_language(part.headers)


def _size(body: Content) -> int:
    return sum(len(words(LINK.sub("", paragraph))) for paragraph in body.paragraphs)


def _is_richer(html: Content, plain: Content) -> bool:
    return is_stub(plain.paragraphs) or _size(html) >= HTML_SHARE * _size(plain)


def _text_of(part: Part) -> str:
    data = part.content()[:LARGEST_TEXT]
    charset = part.parameters.get("charset", "")
    if not charset and part.kind == "text/html" and (meta := re.search(rb"charset=[\"']?([\w-]{2,40})", data[:2048])):
        charset = meta.group(1).decode("ascii", "replace")
    return decode_bytes(data, charset)


def stated_language(headers: Headers) -> str | None:
    """What the field Content-Language says, as ISO 639-1."""
    match = _LANGUAGE.match((headers.text("content-language") or "").strip())
    return match.group(1).casefold() if match else None
