"""Web pages that a browser saved as one file (MHTML, RFC 2557): a MIME message of the page and its images."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable
from newsreader.formats.mail.mime import Part, read_message
from newsreader.formats.web.page import page_text, read_page
from newsreader.text.clean import one_line

_PAGES = frozenset(("text/html", "application/xhtml+xml"))


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """The article of the page that was saved, not of its frames. Raises `Unreadable`."""
    message, _ = read_message(data)
    pages = [part for part in _leaves(message) if part.kind in _PAGES]
    if not pages:
        raise Unreadable("no web page in it")
    address = _address(message, "snapshot-content-location") or _address(message, "content-location")
    page = message.named_start(pages) or next(
        (part for part in pages if address and _address(part, "content-location") == address), pages[0]
    )
    address = _address(page, "content-location") or address
    return [read_page(page_text(page.content(), page.parameters.get("charset")), address)]


def _leaves(part: Part) -> Iterator[Part]:
    if not part.parts:
        yield part
    for inner in part.parts:
        yield from _leaves(inner)


def _address(part: Part, field: str) -> str | None:
    """A header's address; long ones are folded over several lines."""
    value = part.headers.raw(field)
    return "".join(one_line(value).split()) if value else None
