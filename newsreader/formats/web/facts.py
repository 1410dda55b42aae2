"""What a page states of its article, for programs and readers, as it stands there: each field is chosen elsewhere.

Gathered once, because every field looks at the same elements: a search of the tree for each takes most of the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newsreader.formats.base import LONGEST_HEADLINE
from newsreader.formats.web.address import is_address, joined, path_of
from newsreader.formats.web.linked_data import LinkedArticle, linked_article
from newsreader.formats.web.tree import PageTree
from newsreader.text.clean import one_line

MOST_HEADINGS = 10
"""First-level headings that are looked at: the article's is among the first."""

Found = tuple[str, str]
"""(value, where it was found)."""

_BYLINE_CLASSES = frozenset(("byline", "author", "author-name", "byline__name", "article-author", "p-author"))
_MASTHEAD = re.compile(r"logo|brand|site-?(?:title|name)|menu-title|masthead", re.IGNORECASE)


class PageFacts:
    """The statements of a page, gathered in one walk over its tree."""

    def __init__(self, page: PageTree, address: str | None) -> None:
        self.page = page
        self.linked: LinkedArticle = linked_article(page.json_ld)
        self.meta: dict[str, list[str]] = {}
        """Contents of meta elements by name or property, lower case, with points for Dublin Core's colons."""
        self.html_title = ""
        self.headings: list[str] = []
        self.subheadings: list[str] = []
        self.site_names: list[str] = []
        """Headings that are the outlet's name at the top of its pages."""
        self.props: dict[str, list[Any]] = {}
        """Elements of microdata by their property."""
        self.times: list[Any] = []
        self.bylines: list[Any] = []
        self.canonical: str | None = None
        for element in page.root.iter():
            self._note(element)
        self.address: Found | None = next(self._addresses(address), None)
        """The page's own, if it is known."""

    def _note(self, element: Any) -> None:
        tag = element.tag
        if tag == "meta":
            content = one_line(element.get("content") or element.get("value") or "")
            if content:
                for attribute in ("property", "name", "http-equiv", "itemprop"):
                    for name in (element.get(attribute) or "").lower().split():
                        name = re.sub(r"^(dc|dcterms):", r"\1.", name)
                        self.meta.setdefault(name, []).append(content)
        elif tag == "title" and not self.html_title:
            self.html_title = element_text(element)
        elif tag == "h1" and len(self.headings) + len(self.site_names) < MOST_HEADINGS:
            if heading := element_text(element):
                (self.site_names if _is_masthead(element) else self.headings).append(heading)
        elif tag in ("h2", "h3") and len(self.subheadings) < MOST_HEADINGS:
            self.subheadings.append(element_text(element))
        elif tag == "link" and self.canonical is None:
            if "canonical" in (element.get("rel") or "").lower().split():
                self.canonical = one_line(element.get("href") or "")
        elif tag == "time":
            self.times.append(element)
        if tag != "meta" and (itemprop := element.get("itemprop")):
            for name in itemprop.split():
                self.props.setdefault(name, []).append(element)
        if "author" in (element.get("rel") or "").split() or _is_byline(element.get("class") or ""):
            self.bylines.append(element)

    def stated(self, names: Iterable[str]) -> Iterator[Found]:
        """What the meta elements of these names hold, in the order of the names."""
        for name in names:
            for content in self.meta.get(name, ()):
                yield content, f"meta {name}"

    def _addresses(self, address: str | None) -> Iterator[Found]:
        outside = next((a for a in (self.page.saved_from, address) if a and is_address(a)), None)
        candidates = [
            (self.canonical, "link canonical"),
            *((content, "meta og:url") for content in self.meta.get("og:url", ())),
            (self.linked.url, "JSON-LD url"),
        ]
        homes: list[Found] = []
        for candidate, origin in candidates:
            if candidate and outside:
                candidate = joined(outside, candidate)
            if candidate and is_address(candidate):
                if path_of(candidate):
                    yield candidate, origin
                homes.append((candidate, origin))
        if outside:
            yield outside, "saved address"
        yield from homes  # a front page is the article's address by mistake


def _is_masthead(heading: Any) -> bool:
    own = (heading, *islice(heading.iterancestors(), 2))
    return any(_MASTHEAD.search(f"{element.get('class') or ''} {element.get('id') or ''}") for element in own)


def _is_byline(classes: str) -> bool:
    return not _BYLINE_CLASSES.isdisjoint(classes.split())


def element_text(element: Any) -> str:
    """The text of an element on one line, as far as any field needs it."""
    return one_line("".join(element.itertext())[: 4 * LONGEST_HEADLINE])
