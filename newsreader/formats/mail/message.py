"""Mails and newsletters as files (`.eml`, Maildir): one article each, and one for every message or document attached.

Each has a key of its own, by which tags stay with it when others come to the file or go.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from newsreader import formats
from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.mail.body import without_notes
from newsreader.formats.mail.content import Content
from newsreader.formats.mail.headers import Headers
from newsreader.formats.mail.metadata import mail_metadata
from newsreader.formats.mail.mime import Part, read_message
from newsreader.formats.parts import digest
from newsreader.formats.pieces import pieces
from newsreader.text.clean import one_line

HEAD = 4_096
"""Bytes in which something without any header field is seen to be no text."""
OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How compound files of Microsoft begin."""
LONGEST_NAME = 80
"""Code points by which an attachment is named where it could not be read."""

_DOCUMENTS = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf"))
"""Attachments that are articles, if there is a reader for them."""


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """The article of a message, and those attached to it. Raises `Unreadable` when there is no text in it."""
    if data.startswith(OUTLOOK):
        raise Unreadable("an Outlook message (.msg): save it as .eml")
    message, left = read_message(data)
    if not message.headers and b"\x00" in data[:HEAD]:
        raise Unreadable("not a mail (it holds NUL bytes)")
    found = numbered(_articles(message, ""))
    if not found:
        raise Unreadable("empty" if not message.headers else "a mail without text")
    return [replace(found[0], warning=left), *found[1:]] if left else found


def parse_in_mailbox(data: bytes, posted: str = "") -> tuple[list[tuple[str, ParsedArticle]], str | None]:
    """The articles of one message of a mailbox, each with the key that tells it from others; what was left unread.

    `posted` is the date of the mailbox's separator line, for messages without a date of their own.
    """
    message, left = read_message(data)
    return _articles(message, None, posted), left


def numbered(keyed: Iterable[tuple[str, ParsedArticle]]) -> list[ParsedArticle]:
    """Articles with `part` set to their keys; of the same key, the second has `/2` added, and so on."""
    seen: Counter[str] = Counter()
    found = []
    for key, article in keyed:
        seen[key] += 1
        found.append(replace(article, part=key if seen[key] == 1 else f"{key}/{seen[key]}"))
    return found


def _articles(message: Part, key: str | None, posted: str = "") -> list[tuple[str, ParsedArticle]]:
    """The message's own article, which a mail of attachments has not, then those of what is attached."""
    content = Content(message)
    article = _own_article(message.headers, content, posted)
    attached = [
        *chain.from_iterable(_articles(inner, None) for inner in pieces(content.messages, _message_name)),
        *_documents(content.documents, article, len(content.messages)),
    ]
    if article is not None and (article.paragraphs or not attached):
        return [(_key(message.headers, article) if key is None else key, article), *attached]
    return attached


def _own_article(headers: Headers, content: Content, posted: str) -> ParsedArticle | None:
    meta = mail_metadata(headers, content, posted)
    title, origins, paragraphs = meta.title, meta.origins, without_notes(content.paragraphs)
    if title is None:
        title, paragraphs = title_from(paragraphs)
        origins = (("title", "first paragraph"), *origins)
    if not title:
        return None
    if content.kinds:
        origins += (("text", ", ".join(dict.fromkeys(content.kinds))),)
    return meta.article(title, paragraphs, origins, None, date_from="header")


def _key(headers: Headers, article: ParsedArticle) -> str:
    """What tells a message from others of its file: its Message-ID, else what it says and when."""
    stated = headers.text("message-id")
    content = stated or "\n".join((article.title, str(article.published), *article.paragraphs))
    return digest(content)


def _message_name(part: Part) -> str:
    return f"an attached message, {one_line(part.headers.text('subject') or '')[:LONGEST_NAME] or 'without subject'}"


def _document_name(part: Part) -> str:
    return f"an attachment, {one_line(part.file_name[-LONGEST_NAME:]) or part.kind}"


def _size(part: Part) -> int:
    return len(part.body)


def _documents(parts: Sequence[Part], mail: ParsedArticle | None, first: int) -> Iterator[tuple[str, ParsedArticle]]:
    """The articles of attached documents. Those without a date have their mail's."""
    for part in pieces(parts, _document_name, _size, first):
        name = one_line(part.file_name[-200:])
        suffix = "." + name.rpartition(".")[2].casefold() if "." in name else ""
        if part.kind == "text/html" and suffix not in _DOCUMENTS:
            suffix = ".html"
        if suffix not in _DOCUMENTS or suffix not in formats.READERS:
            continue
        try:
            found = formats.parse(part.content(), suffix)
        except Unreadable:
            continue
        for article in found:
            origins = (("attachment", name), *article.origins)
            if article.published is None and mail is not None and mail.published is not None:
                article = replace(article, published=mail.published, has_time=mail.has_time, date_from="header")
                origins += (("published", "header Date"),)
            content = "\n".join((name, article.title, *article.paragraphs, article.part))
            yield digest(content), replace(article, origins=origins)
