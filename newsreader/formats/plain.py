"""Plain text: an optional ` date …` header line, then paragraphs parted by blank lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.encoding import decode
from newsreader.formats.metadata import Metadata
from newsreader.text.clean import paragraphs, sanitize
from newsreader.text.dates import leading_date

_HEADER = re.compile(r"\s*date[ \t:]+(?=\S)", re.IGNORECASE)


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` when there is no text."""
    published: datetime | None = None
    has_time = False
    text = sanitize(decode(data))
    header = _HEADER.match(text)
    if header is not None and (dated := leading_date(text[header.end() : header.end() + 100])) is not None:
        published, has_time, length = dated
        text = text[header.end() + length :]
    title, body = title_from(paragraphs(text))
    if not title:
        raise Unreadable("empty")
    origins = [("title", "text"), *([("date", "header line")] if published is not None else [])]
    meta = Metadata(published=published, has_time=has_time)
    return [meta.article(title, body, origins, None, date_from="header")]
