"""What the header of a mail says of its article.

The title is Subject, without Re:, Fwd: and the mailing list's own mark; the date Date, else the first Received; the
author From's display name; the source the outlet in "Jane Doe from Outlet", else the discussion list, else From's
display name, else its host; the address is the web version's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from newsreader.formats.mail.content import LINK, Content, stated_language
from newsreader.formats.mail.headers import Headers, first_mailbox
from newsreader.formats.metadata import Metadata
from newsreader.text.clean import one_line
from newsreader.text.dates import parse_date

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
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESS_FIELDS = ("archived-at", "x-rss-url", "x-url", "content-location", "content-base")


def mail_metadata(headers: Headers, content: Content, posted: str) -> Metadata:
    """The metadata of a message; `posted` is the date of the mailbox's separator line."""
    title = _title(headers) or None
    sender = _sender(headers)
    (published, has_time), date_from = _date(headers, posted)
    url, url_from = _address(headers, content.html)
    language = stated_language(headers) or content.language
    stated = (
        ("title", title, "header Subject"),
        ("author", sender.author, "header From"),
        ("source", sender.source, sender.source_from),
        ("published", published, date_from),
        ("url", url, url_from),
        ("language", language, "header Content-Language"),
    )
    return Metadata(
        title,
        sender.source,
        sender.author,
        url,
        language,
        published,
        has_time,
        origins=tuple((field, place) for field, value, place in stated if value),
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


def _date(headers: Headers, posted: str) -> tuple[tuple[datetime | None, bool], str]:
    """(the date as `parse_date` gives it, where it was found)."""
    received = [value.rpartition(";")[2] for value in headers.every("received")]
    stated = [
        *((value, "header Date") for value in headers.every("date")),
        *((value, "header Resent-Date") for value in headers.every("resent-date")),
        *((value, "header Received") for value in reversed(received)),
        (posted, "line From"),
    ]
    for value, place in stated:
        if parsed := parse_date(_COMMENT.sub("", one_line(value[:200]))):
            return parsed, place
    return (None, False), ""


def _address(headers: Headers, html: str) -> tuple[str | None, str]:
    """(the web version's address, where it was found)."""
    for name in _ADDRESS_FIELDS:
        if link := LINK.search(headers.text(name) or ""):
            return link.group(), f"header {name.title()}"
    if html:
        from newsreader.formats.mail.web_version import web_version  # loads lxml, which few mails need

        if address := web_version(html):
            return address, "link to the web version"
    if link := LINK.search(headers.text("list-archive") or ""):
        return link.group(), "header List-Archive"
    return None, ""
