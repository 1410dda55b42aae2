"""Saved web pages: the article without navigation, advertisements and related links, and what the page says of it.

trafilatura finds the article. Where it finds too little, wider readings follow, the last with a warning.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from trafilatura import bare_extraction

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable, title_from
from newsreader.formats.encoding import decode
from newsreader.formats.metadata import Metadata
from newsreader.formats.web.article import LONG_TEXT, RECOGNISED, left_behind, prepare, with_standfirst, without_heading
from newsreader.formats.web.html_text import html_paragraphs
from newsreader.formats.web.linked_data import linked_article
from newsreader.formats.web.metadata import page_metadata
from newsreader.formats.web.tree import PageTree, page_tree
from newsreader.text.clean import one_line, paragraphs, words

HEAD = 8_192
"""Bytes in which a page declares its encoding. The standard says 1,024; programs that save pages put notes before."""
LONGEST_PARAGRAPH = 500
"""Code points from which it is checked whether a paragraph is one: newspapers' have 150 to 400."""
TOO_FEW_WORDS = 40
"""Words below which the text in the page's linked data is taken if it is longer: the page itself is but a teaser."""

for _library in ("trafilatura", "htmldate", "justext", "courlan"):  # without handlers, they would write to the terminal
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)

_WORD_START = re.compile(r"(?<!\S)\S")
_BREAKS = frozenset(("lb", "list", "p", "head", "quote", "row", "cell"))
_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)


def parse(data: bytes) -> Sequence[ParsedArticle]:
    """One article. Raises `Unreadable` when there is no text in the page."""
    return [read_page(page_text(data))]


def page_text(data: bytes, charset: str | None = None) -> str:
    """A page's markup out of its bytes, whose encoding is said by `charset` or by the page itself."""
    if charset is None and (declared := _CHARSET.search(data[:HEAD])):
        charset = (declared.group(1) or declared.group(2)).decode("ascii", "replace")
    return decode(data, charset)


def read_page(markup: str, address: str | None = None) -> ParsedArticle:
    """The article of a page that is known to be from `address`. Raises `Unreadable`."""
    page = page_tree(markup)
    if page is None:
        raise Unreadable("no markup in it")
    meta = page_metadata(page, address)
    title, text, warning = _first_with_text(_readings(page, markup), meta)
    if stated := left_behind(text, meta.summaries):
        text = with_standfirst(text, stated, html_paragraphs(markup))
    return meta.article(title, text, meta.origins if meta.title else (("title", "text"), *meta.origins), warning)


def _first_with_text(
    readings: Iterator[tuple[tuple[str, ...], str | None]], meta: Metadata
) -> tuple[str, tuple[str, ...], str | None]:
    """(title, paragraphs, warning)."""
    for found, warning in readings:
        title, text = (meta.title, without_heading(found, meta.title, meta.author)) if meta.title else title_from(found)
        if text:
            return title, text, warning
    raise Unreadable("no article text found")


def _readings(page: PageTree, markup: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """(the article's paragraphs, a warning if they may hold more than that), the best reading first."""
    if page.cut:
        yield html_paragraphs(markup), "so large that the page was read whole, with navigation"
    prepare(page.root)
    found = _as_set(_extracted(page.root), markup)
    if _length(found) < TOO_FEW_WORDS and (stated := linked_article(page.json_ld).body):
        found = max(found, html_paragraphs(stated), key=_length)
    yield found, None
    yield max(_extracted(page.root, favor_recall=True), _marked_paragraphs(page.root), key=_length), None
    long = (block for block in html_paragraphs(markup) if len(block) >= LONG_TEXT)
    yield tuple(long), "no article can be told from the rest, so that all long paragraphs of the page were read"


def _as_set(found: tuple[str, ...], markup: str) -> tuple[str, ...]:
    """Paragraphs as the page sets them. Extraction runs together what is parted by mere divisions, line breaks or
    cells of a table: such text is cut again where a block of the page begins or ends, in one pass over its words."""
    if len(found) > 2 and all(len(text) <= LONGEST_PARAGRAPH for text in found):
        return found
    blocks = {block.removeprefix("• ") for block in html_paragraphs(markup)}
    begins = {block[:RECOGNISED]: block for block in sorted(blocks, key=len) if len(block) >= RECOGNISED}
    result: list[str] = []
    for text in found:
        cuts = {0, len(text)}
        if (len(found) <= 2 or len(text) > LONGEST_PARAGRAPH) and text not in blocks:
            for word in _WORD_START.finditer(text):
                block = begins.get(text[word.start() : word.start() + RECOGNISED])
                if block is not None:
                    cuts.add(word.start() - 2 * text.endswith("• ", 0, word.start()))
                    if text.startswith(block, word.start()):
                        cuts.add(word.start() + len(block))
        places = sorted(cuts)
        result.extend(part for i, j in pairwise(places) if (part := text[i:j].strip()))
    return tuple(result)


def _length(paragraphs: Sequence[str]) -> int:
    return sum(len(words(text)) for text in paragraphs)


def _extracted(root: Any, *, favor_recall: bool = False) -> tuple[str, ...]:
    document = bare_extraction(root, include_comments=False, include_tables=True, favor_recall=favor_recall)
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
                cells = [text for cell in row.iter("cell") if (text := _line(cell))]
                if sum(map(len, cells)) > LONGEST_PARAGRAPH:  # a table that only lays out the page
                    yield from cells
                elif cells:
                    yield " | ".join(cells)
        elif element.tag == "quote" and len(element) and not (element.text or "").strip():
            yield from _blocks(element)
        elif element.tag == "code":
            yield from paragraphs("".join(element.itertext()))
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
        if child.tag in _BREAKS:
            yield " "
        if child.tag not in ("lb", "list"):
            yield from _pieces(child)
        if child.tag in _BREAKS:
            yield " "
        yield child.tail or ""


def _marked_paragraphs(root: Any) -> tuple[str, ...]:
    return tuple(
        text
        for element in root.iter("p", "pre")
        for part in (
            paragraphs("".join(element.itertext())) if element.tag == "pre" else ("".join(element.itertext()),)
        )
        if (text := one_line(part))
    )
