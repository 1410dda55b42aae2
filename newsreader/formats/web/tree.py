"""A web page as a tree that is safe to work on: no scripts, styles or embedded files, bounded depth and size.

lxml's own tree of a hostile page takes all memory, and recursive code breaks on its depth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from newsreader.formats.web.html_events import send_events
from newsreader.text.clean import sanitize

DEEPEST = 100
"""Elements inside each other that the tree keeps; blocks below are lifted up to it. Articles have some thirty;
libxml2's own trees silently lose what is deeper than 256, and extraction walks the tree recursively."""
MOST_ELEMENTS = 60_000
"""Elements after which the tree ends. News pages have 1,000 to 8,000, the longest encyclopedia articles 30,000;
extraction takes about 60 microseconds each."""
MOST_TEXT = 1_000_000
"""Code points after which the tree ends: the longest articles have 200,000. Extraction takes the text of every element
with all that is in it, so that its time grows with the depth times the text."""
MOST_ATTRIBUTES = 50
"""Attributes kept of an element: libxml2 takes quadratic time to add them."""
LONGEST_ATTRIBUTE = 4_000
"""Code points; longer values are embedded images and programs' state, not metadata."""

_DROPPED = frozenset(("style", "svg", "canvas", "audio", "video", "object", "embed", "iframe", "applet", "math"))
_BLOCKS = frozenset(("p", "div", "li", "tr", "section", "article", "blockquote", "h1", "h2", "h3", "h4", "pre"))
_FRAME = ("html", "body")
"""Elements that are begun once and end with the page: what follows their end tags, as counters and scripts often do,
still belongs to them. The parser reports it as a second page, of which a tree would be all that is left."""
_NAME = re.compile(r"[A-Za-z_:][\w:.-]*")
"""Names of elements and attributes. The parser reports others too (`<script="async">` is one), which no tree takes."""
_NO_XML = re.compile("[\ufffe\uffff]")
_SAVED_FROM = re.compile(r"saved from url=\(\d{1,6}\)(\S{1,2000})|^[ \t]*url:[ \t]*(\S{1,2000})", re.MULTILINE)
"""The notes of Internet Explorer, Edge and Chrome, and of SingleFile, at the head of a saved page."""


@dataclass(frozen=True, slots=True)
class PageTree:
    """A page, parsed; all text in it is sanitized."""

    root: Any
    """`lxml.html.HtmlElement`."""
    json_ld: tuple[str, ...]
    """The page's blocks of linked data, as they stand in it."""
    saved_from: str | None
    """The address that the browser noted when it saved the page."""
    cut: bool
    """Whether the page has more elements or text than the tree."""


def page_tree(markup: str) -> PageTree | None:
    """Parse a page of any size and depth, in time linear in its length; None when there is no markup in it."""
    builder = _TreeBuilder()
    root = send_events(markup, builder)
    if root is None:
        return None
    return PageTree(root, tuple(builder.json_ld), builder.saved_from, builder.cut)


class _TreeBuilder:
    """Receives the parser's events and passes on what the tree is to have."""

    def __init__(self) -> None:
        self.json_ld: list[str] = []
        self.saved_from: str | None = None
        self.cut = False
        self._elements = 0
        self._size = 0
        self._tree = etree.TreeBuilder(element_factory=lxml_html.html_parser.makeelement)
        self._depth = 0
        self._framed = 0
        """How many of `_FRAME` have begun."""
        self._dropped = 0
        """How many open elements there are from the dropped one on."""
        self._script: list[str] | None = None
        self._lifted: str | None = None
        """The open element that was deeper in the page."""
        self._to_lift: tuple[str, Mapping[str, str]] | None = None
        """The innermost block that is too deep; it becomes an element when there is text in it."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._dropped or tag in _DROPPED:
            self._dropped += 1
        elif tag == "script":
            self._dropped += 1
            if "ld+json" in attributes.get("type", "").lower():
                self._script = []
        elif tag not in _FRAME[: self._framed] or self._depth != self._framed:
            if self._depth == self._framed and tag in _FRAME[self._framed : self._framed + 1]:
                self._framed += 1
            self._depth += 1
            if self._depth <= DEEPEST:
                if not self._open(tag, attributes):
                    self._dropped, self._depth = 1, self._depth - 1
            elif tag in _BLOCKS:
                self._close_lifted()
                self._to_lift = tag, attributes

    def _open(self, tag: str, attributes: Mapping[str, str]) -> bool:
        """Whether there was room for one more element."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            self.cut = True
            return False
        self._tree.start(_element_name(tag), _kept(attributes))
        return True

    def _close_lifted(self) -> None:
        self._to_lift = None
        if self._lifted is not None:
            self._tree.end(_element_name(self._lifted))
            self._lifted = None

    def end(self, tag: str) -> None:
        if self._dropped:
            self._dropped -= 1
            if self._script is not None:
                self.json_ld.append("".join(self._script))
                self._script = None
        elif tag not in _FRAME or self._depth != self._framed:
            if self._depth <= DEEPEST:
                self._close_lifted()
                self._tree.end(_element_name(tag))
            elif tag in _BLOCKS:
                self._close_lifted()
            self._depth -= 1

    def data(self, text: str) -> None:
        if self._script is not None:
            self._script.append(text)
        elif not self._dropped and self._depth:
            self._size += len(text)
            if self._size > MOST_TEXT:
                self.cut = True
                return
            if self._to_lift is not None and not text.isspace():
                tag, attributes = self._to_lift
                self._to_lift = None
                if self._open(tag, attributes):
                    self._lifted = tag
            self._tree.data(_clean(text))

    def comment(self, text: str) -> None:
        if self.saved_from is None and (match := _SAVED_FROM.search(text[:LONGEST_ATTRIBUTE])):
            self.saved_from = sanitize(match.group(1) or match.group(2))

    def close(self) -> Any:
        if not self._elements:
            return None
        self._close_lifted()
        for tag in reversed(_FRAME[: self._framed]):
            self._tree.end(tag)
        return self._tree.close()


def _element_name(tag: str) -> str:
    return tag if _NAME.fullmatch(tag) else "span"


def _kept(attributes: Mapping[str, str]) -> dict[str, str]:
    return {
        name: _clean(value)
        for name, value in islice(attributes.items(), MOST_ATTRIBUTES)
        if len(value) <= LONGEST_ATTRIBUTE
        and not name.startswith("on")
        and not value.startswith("data:")
        and _NAME.fullmatch(name)
    }


def _clean(text: str) -> str:
    return _NO_XML.sub("", sanitize(text))
