"""Mails and newsletters as files (`.eml`, Maildir): one article each, and one for every message or document attached.

What is taken from where: the title from Subject, without Re:, Fwd: and the mailing list's own mark; the date from Date,
else from the first Received; the author is From's display name; the source the outlet in "Jane Doe from Outlet", else
the discussion list, else From's display name, else its host; the address is the web version's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from itertools import chain

from newsreader.article import ParsedArticle
from newsreader.formats.base import LONGEST_HEADLINE, Unreadable, title_from
from newsreader.formats.mail.body import is_stub, plain_paragraphs, without_notes
from newsreader.formats.mail.headers import Headers, decode_bytes, first_mailbox
from newsreader.formats.mail.mime import MESSAGES, Part, read_message
from newsreader.text.clean import one_line, shorten, words
from newsreader.text.dates import parse_date

LARGEST_TEXT = 8 * 2**20
"""Bytes of a body that are read: newsletters have some hundred thousand."""
HTML_SHARE = 0.7
"""The HTML version is taken when it has so large a share of the plain version's words: its paragraphs are whole and its
links have no addresses in them. Less means that something of it could not be read."""
HEAD = 4_096
"""Bytes in which something without any header field is seen to be no text."""
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files of Microsoft begin."""
LONGEST_LIST_NAME = 40
"""Code points: longer ones are descriptions."""

_PREFIX = re.compile(
    r"\s*(?:re|fwd?|aw|wg|tr|rv|sv|vs|antw|odp|rif|ynt|回复|转发|答复)(?:\[\d{1,3}\])?\s*[:：]\s*", re.IGNORECASE
)
_LIST_MARK = re.compile(r"\s*\[([^\[\]]{1,60})\]\s*")
_PERSON_AT = re.compile(r"(\w[\w.'’-]*(?: \w[\w.'’-]*){1,3}) (?:from|at|@) (\w.{1,60})")
_VIA = re.compile(r"['\"]?(.{1,80}?)['\"]? via (.{1,80})")
_LIST_ID = re.compile(r"([^<>]{0,200})<([^<>]{0,200})>")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[a-z]", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"')\]]{1,2000}")
_LANGUAGE = re.compile(r"([a-z]{2})(?![a-z])", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_DOCUMENTS = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"))
"""Attachments that are articles, if there is a reader for them."""
_ADDRESS_FIELDS = ("archived-at", "x-rss-url", "x-url", "content-location", "content-base")


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """The article of a message, and those attached to it. Raises `Unreadable` when there is no text in it."""
    if data.startswith(OUTLOOK):
        raise Unreadable("an Outlook message (.msg): save it as .eml")
    message, left = read_message(data)
    if not message.headers and b"\x00" in data[:HEAD]:
        raise Unreadable("not a mail (it holds NUL bytes)")
    found = numbered(chain.from_iterable(_articles(message, "")))
    if not found:
        raise Unreadable("empty" if not message.headers else "a mail without text")
    return [replace(found[0], warning=left), *found[1:]] if left else found


def parse_in_mailbox(data: bytes, posted: str = "") -> tuple[list[tuple[str, ParsedArticle]], str | None]:
    """The articles of one message of a mailbox, each with the key that tells it from others; what was left unread.

    `posted` is the date of the mailbox's separator line, for messages without a date of their own.
    """
    message, left = read_message(data)
    return [pair for pairs in _articles(message, None, posted) for pair in pairs], left


def numbered(keyed: Iterable[tuple[str, ParsedArticle]]) -> list[ParsedArticle]:
    """Articles with `part` set to their keys; of the same key, the second has `/2` added, and so on."""
    seen: Counter[str] = Counter()
    found = []
    for key, article in keyed:
        seen[key] += 1
        found.append(replace(article, part=key if seen[key] == 1 else f"{key}/{seen[key]}"))
    return found


def _articles(message: Part, key: str | None, posted: str = "") -> Iterator[list[tuple[str, ParsedArticle]]]:
    """The message's own article, then those of what is attached; lists, as a mail of attachments has none itself."""
    body = _Body(message)
    article = _own_article(message, body, posted)
    attached = [
        *chain.from_iterable(chain.from_iterable(_articles(inner, None) for inner in body.messages)),
        *_documents(body.documents, article),
    ]
    if article is not None and (article.paragraphs or not attached):
        yield [(_key(message.headers, article) if key is None else key, article)]
    yield attached


class _Body:
    """What of a message is its text, and what is attached."""

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
        bodies = [_Body(version) for version in versions]
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
            from newsreader.formats.web.html_text import html_paragraphs

            self.html = self.html or text
            paragraphs = html_paragraphs(text)
        else:
            flowed = part.parameters.get("format", "").strip().casefold() == "flowed"
            delete_space = part.parameters.get("delsp", "").strip().casefold() == "yes"
            paragraphs = plain_paragraphs(text, flowed=flowed, delete_space=delete_space)
        if paragraphs:
            self.paragraphs += paragraphs
            self.kinds.append(part.kind)
            self.language = self.language or _language(part.headers)


def _size(body: _Body) -> int:
    return sum(len(words(_LINK.sub("", paragraph))) for paragraph in body.paragraphs)


def _is_richer(html: _Body, plain: _Body) -> bool:
    return is_stub(plain.paragraphs) or _size(html) >= HTML_SHARE * _size(plain)


def _text_of(part: Part) -> str:
    data = part.content()[:LARGEST_TEXT]
    charset = part.parameters.get("charset", "")
    if not charset and part.kind == "text/html" and (meta := re.search(rb"charset=[\"']?([\w-]{2,40})", data[:2048])):
        charset = meta.group(1).decode("ascii", "replace")
    return decode_bytes(data, charset)


def _own_article(message: Part, body: _Body, posted: str) -> ParsedArticle | None:
    headers = message.headers
    origins: list[tuple[str, str]] = []

    def found(field: str, place: str) -> None:
        origins.append((field, place))

    paragraphs = without_notes(body.paragraphs)
    title = _title(headers)
    if title:
        found("title", "header Subject")
    else:
        title, paragraphs = title_from(paragraphs)
        if title:
            found("title", "first paragraph")
    if not title:
        return None
    sender = _sender(headers)
    dated = _date(headers, posted)
    url = _address(headers, body)
    language = _language(headers) or body.language
    for field, place in (
        ("author", sender.author and "header From"),
        ("source", sender.source and sender.source_from),
        ("published", dated and dated.place),
        ("url", url and url[1]),
        ("language", language and "header Content-Language"),
        ("text", ", ".join(dict.fromkeys(body.kinds))),
    ):
        if place:
            found(field, place)
    return ParsedArticle(
        shorten(title, LONGEST_HEADLINE),
        paragraphs,
        source=sender.source,
        author=sender.author,
        url=url[0] if url else None,
        language=language,
        published=dated.moment if dated else None,
        has_time=dated.has_time if dated else False,
        date_from="header" if dated else "file",
        origins=tuple(origins),
    )


def _title(headers: Headers) -> str:
    """The subject without marks of replies, forwards and the list; with them, if nothing else is there."""
    whole = title = headers.text("subject") or ""
    list_names = (headers.text("list-id") or "").casefold()
    for _ in range(10):
        prefix = _PREFIX.match(title)
        rest = title[prefix.end() :] if prefix else title
        mark = _LIST_MARK.match(rest)
        if mark and mark.group(1).strip().casefold() in list_names:
            rest = rest[mark.end() :]
        if rest == title:
            break
        title = rest
    return title.strip() or whole


@dataclass(frozen=True, slots=True)
class _Sender:
    author: str | None
    source: str | None
    source_from: str


def _sender(headers: Headers) -> _Sender:
    name, address = first_mailbox(headers.raw("from") or headers.raw("sender") or headers.raw("reply-to") or "")
    author = name
    if name is not None and (split := _VIA.fullmatch(name) or _person_at(name)):
        return _Sender(split.group(1).strip("'\" "), split.group(2).strip("'\" "), "header From")
    listed = _LIST_ID.search(headers.text("list-id") or "")
    phrase = listed.group(1).strip("\"' ") if listed else ""
    if not phrase or len(phrase) > LONGEST_LIST_NAME or any(map(_is_code, phrase.split())):
        phrase = ""
    if listed and "mailto:" in (headers.raw("list-post") or "").casefold():  # people write to it: not one outlet
        return _Sender(author, phrase or listed.group(2).strip().split(".")[0] or name, "header List-Id")
    if name is not None:
        return _Sender(author, name, "header From")
    if phrase:
        return _Sender(None, phrase, "header List-Id")
    host = (address or "").rpartition("@")[2].casefold().strip(".[]")
    return _Sender(None, host or None, "header From")


def _is_code(word: str) -> bool:
    """Whether letters and digits are mixed, as in what machines make up."""
    return bool(_DIGIT.search(word) and _LETTER.search(word))


def _person_at(name: str) -> re.Match[str] | None:
    split = _PERSON_AT.fullmatch(name)
    return split if split and all(word[0].isupper() for word in split.group(1).split()) else None


@dataclass(frozen=True, slots=True)
class _Dated:
    moment: datetime
    has_time: bool
    place: str


def _date(headers: Headers, posted: str) -> _Dated | None:
    received = [value.rpartition(";")[2] for value in headers.every("received")]
    stated = [
        *((value, "header Date") for value in headers.every("date")),
        *((value, "header Resent-Date") for value in headers.every("resent-date")),
        *((value, "header Received") for value in reversed(received)),
        (posted, "line From"),
    ]
    for value, place in stated:
        if parsed := parse_date(_COMMENT.sub("", one_line(value[:200]))):
            return _Dated(*parsed, place)
    return None


def _address(headers: Headers, body: _Body) -> tuple[str, str] | None:
    """(the web version's address, where it was found)."""
    for name in _ADDRESS_FIELDS:
        if link := _LINK.search(headers.text(name) or ""):
            return link.group(), f"header {name.title()}"
    if body.html:
        from newsreader.formats.mail.web_version import web_version

        if address := web_version(body.html):
            return address, "link to the web version"
    if link := _LINK.search(headers.text("list-archive") or ""):
        return link.group(), "header List-Archive"
    return None


def _language(headers: Headers) -> str | None:
    match = _LANGUAGE.match((headers.text("content-language") or "").strip())
    return match.group(1).casefold() if match else None


def _key(headers: Headers, article: ParsedArticle) -> str:
    """What tells a message from others of its file: its Message-ID, else what it says and when."""
    stated = headers.text("message-id")
    content = stated or "\n".join((article.title, str(article.published), *article.paragraphs))
    return blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _documents(parts: Sequence[Part], mail: ParsedArticle | None) -> Iterator[tuple[str, ParsedArticle]]:
    """The articles of attached documents. Those without a date have their mail's."""
    from newsreader.formats import READERS, parse

    for part in parts:
        name = one_line(part.file_name[-200:])
        suffix = "." + name.rpartition(".")[2].casefold() if "." in name else ""
        if part.kind == "text/html" and suffix not in _DOCUMENTS:
            suffix = ".html"
        if suffix not in _DOCUMENTS or suffix not in READERS:
            continue
        try:
            found = parse(part.content(), suffix)
        except Unreadable:
            continue
        for article in found:
            origins = (("attachment", name), *article.origins)
            if article.published is None and mail is not None and mail.published is not None:
                article = replace(article, published=mail.published, has_time=mail.has_time, date_from="header")
                origins += (("published", "header Date"),)
            content = "\n".join((name, article.title, *article.paragraphs, article.part))
            key = blake2b(content.encode("utf-8", "replace"), digest_size=8).hexdigest()
            yield key, replace(article, origins=origins)
