"""Linked data in web pages (JSON-LD with schema.org's words): what a page says of its article for search engines.

A page has many objects, of other articles too; the one that tells most is taken for its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from newsreader.text.clean import one_line
from newsreader.text.json_value import load

LARGEST_BLOCK = 1_000_000
"""Code points of one block that are read: articles' have some thousand, with the whole text 100,000."""
MOST_NODES = 2_000
"""Objects looked at in all blocks of a page."""

_ARTICLES = frozenset((
    "article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "askpublicnewsarticle", "advertisercontentarticle",
    "satiricalarticle", "blogposting", "liveblogposting", "socialmediaposting", "discussionforumposting",
    "scholarlyarticle", "medicalscholarlyarticle", "techarticle", "apireference", "report", "review", "criticreview",
))  # fmt: skip
_PAGES = frozenset(("webpage", "itempage", "creativework", "videoobject", "podcastepisode"))
_SITES = frozenset(("newsmediaorganization", "website", "organization", "corporation"))
_COMMENT_MARKS = ("<!--", "-->", "//<![CDATA[", "//]]>", "<![CDATA[", "]]>", "/*", "*/")

JsonObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """What the linked data say; each text is sanitized, on one line, None when they say nothing."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    publisher: str | None = None
    """Of the article itself."""
    site: str | None = None
    """An organisation or site that the page names anywhere."""
    url: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    body: str | None = None
    """The article's text as it stands, perhaps with markup; not sanitized."""


def linked_article(blocks: Sequence[str]) -> LinkedArticle:
    """Of all objects in a page's blocks the article, or else the page. Never raises: what is no JSON is passed over."""
    nodes = [node for block in blocks for node in _nodes(_load(block))][:MOST_NODES]
    if not nodes:
        return LinkedArticle()
    named = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    pages = [node for node in nodes if _types(node) & _PAGES]
    main = max(articles, key=_completeness, default=None) or max(pages, key=_completeness, default={})
    page: JsonObject = pages[0] if pages else {}
    sites = (name for node in nodes if _types(node) & _SITES for name in _names(node, named))
    return LinkedArticle(
        title=next(_texts(main.get("headline") or main.get("name")), None),
        author=", ".join(dict.fromkeys(_names(main.get("author") or main.get("creator"), named))) or None,
        published=next(_texts([main.get("datePublished"), page.get("datePublished"), main.get("dateCreated")]), None),
        publisher=next(_names(main.get("publisher"), named), None),
        site=next(sites, None),
        url=next(_addresses(main), None),
        language=next(_texts([_code(main.get("inLanguage")), _code(page.get("inLanguage"))]), None),
        tags=tuple(dict.fromkeys(_keywords(main.get("keywords"), named))),
        body=body if isinstance(body := main.get("articleBody"), str) else None,
    )


def _load(block: str) -> Any:
    text = block.strip()
    for mark in _COMMENT_MARKS:
        text = text.removeprefix(mark).removesuffix(mark).strip()
    if not text or len(text) > LARGEST_BLOCK:
        return None
    try:
        return load(text, strict=False)  # real pages have line feeds inside their strings
    except ValueError:
        return None


def _nodes(loaded: Any) -> Iterator[JsonObject]:
    """The objects at the top, in lists, in graphs and as a page's main entity; depth first, without recursion."""
    waiting = [loaded]
    seen = 0
    while waiting and seen < MOST_NODES:
        seen += 1
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item[:MOST_NODES]))
        elif isinstance(item, dict):
            yield item
            waiting.extend(item[key] for key in ("mainEntity", "mainEntityOfPage", "@graph") if key in item)


def _types(node: JsonObject) -> frozenset[str]:
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else [stated]
    return frozenset(name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str))


def _completeness(node: JsonObject) -> int:
    """How much an object tells: a page's own article tells more than the related ones it lists. The first of equals
    is taken."""
    return sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "publisher", "mainEntityOfPage"))


def _texts(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and (text := one_line(unescape(item))):  # many writers escape them twice
            yield text


def _names(value: Any, named: Mapping[str, JsonObject]) -> Iterator[str]:
    """Names of persons and organisations, given as text, as objects or by reference."""
    for item in value[:50] if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            reference = item.get("@id")
            if not item.get("name") and isinstance(reference, str):
                item = named.get(reference, item)
            item = item.get("name")
        yield from _texts(item)


def _addresses(node: JsonObject) -> Iterator[str]:
    main = node.get("mainEntityOfPage")
    yield from _texts([node.get("url"), main, main.get("@id") if isinstance(main, dict) else None, node.get("@id")])


def _code(value: Any) -> Any:
    return (value.get("alternateName") or value.get("name")) if isinstance(value, dict) else value


def _keywords(value: Any, named: Mapping[str, JsonObject]) -> Iterable[str]:
    for text in _names(value, named):
        for keyword in text.split(",") if isinstance(value, str) else [text]:
            if keyword := keyword.strip():
                yield keyword
