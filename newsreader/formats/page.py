"""Saved web pages: the article without navigation, advertisements and related links, and what the page says of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.encoding import decode
from newsreader.formats.html_text import html_paragraphs
from newsreader.formats.linked_data import linked_article
from newsreader.formats.page_metadata import page_metadata
from newsreader.formats.page_tree import PageTree, page_tree
from newsreader.text import fold, one_line, words

HEAD = 8_192
"""Bytes in which a page declares its encoding. The standard says 1,024; programs that save pages put notes before."""
TOO_FEW_WORDS = 40
"""Words below which an extraction is not trusted: the page's linked data or all its paragraphs may have more."""

_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` when there is no text in the page."""
    declared = _CHARSET.search(data[:HEAD])
    charset = (declared.group(1) or declared.group(2)).decode("ascii", "replace") if declared else None
    return [read_page(decode(data, charset))]


def read_page(markup: str, address: str | None = None) -> ParsedArticle:
    """The article of a page that is known to be from `address`. Raises `Unreadable`."""
    page = page_tree(markup)
    if page is None:
        raise Unreadable("no markup in it")
    meta = page_metadata(page, address)
    paragraphs, warning = _text_of(page, markup)
    title, origins = meta.title, meta.origins
    if title is None:
        title, paragraphs = title_from(paragraphs)
        origins = (("title", "text"), *origins)
    elif paragraphs and fold(paragraphs[0]) == fold(title):
        paragraphs = paragraphs[1:]
    if not paragraphs:
        raise Unreadable("no article text found")
    return ParsedArticle(
        title,
        paragraphs,
        source=meta.source,
        author=meta.author,
        url=meta.url,
        language=meta.language,
        published=meta.published,
        has_time=meta.has_time,
        date_from="file" if meta.published is None else "meta",
        tags=meta.tags,
        warning=warning,
        origins=origins,
    )


def _text_of(page: PageTree, markup: str) -> tuple[tuple[str, ...], str | None]:
    """(the article's paragraphs, a warning if they may hold more than that)."""
    if page.cut:
        return html_paragraphs(markup), "so large that the page was read whole, with navigation"
    found = _extracted(page)
    if _length(found) >= TOO_FEW_WORDS:
        return found, None
    body = linked_article(page.json_ld).body
    others = (html_paragraphs(body) if body else (), _all_paragraphs(page.root))
    return max((found, *others), key=_length), None


def _length(paragraphs: Sequence[str]) -> int:
    return sum(len(words(text)) for text in paragraphs)


def _extracted(page: PageTree) -> tuple[str, ...]:
    for name in ("trafilatura", "htmldate", "justext", "courlan"):  # no handler: they would write to the terminal
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    from trafilatura import bare_extraction

    document = bare_extraction(page.root, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    return () if body is None else tuple(_blocks(body))


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs of trafilatura's tree: p, head, quote, list with item, table with row and cell, code, and lb for line
    breaks."""
    for element in body:
        if element.tag == "list":
            yield from (f"• {text}" for item in element.iter("item") if (text := _line(item)))
        elif element.tag == "table":
            for row in element.iter("row"):
                if cells := [text for cell in row.iter("cell") if (text := _line(cell))]:
                    yield " | ".join(cells)
        elif element.tag == "quote" and len(element) and not (element.text or "").strip():
            yield from _blocks(element)
        elif text := _line(element):
            yield text
        if tail := one_line(element.tail or ""):
            yield tail


def _line(element: Any) -> str:
    return one_line("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    """Text without that of lists inside, whose items are lines of their own."""
    yield element.text or ""
    for child in element:
        if child.tag == "lb":
            yield " "
        elif child.tag != "list":
            yield from _pieces(child)
        yield child.tail or ""


def _all_paragraphs(root: Any) -> tuple[str, ...]:
    return tuple(text for element in root.iter("p") if (text := one_line("".join(element.itertext()))))
