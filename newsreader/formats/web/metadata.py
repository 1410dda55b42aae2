"""What a web page says of its article, and where it says so.

Each convention in use is tried in turn: linked data (schema.org), Open Graph and its article namespace, Dublin Core,
Highwire and publishers' own meta names, microdata, what readers see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from newsreader.formats.base import LONGEST_HEADLINE
from newsreader.formats.language import language_code
from newsreader.formats.metadata import Metadata
from newsreader.formats.web.address import host_of
from newsreader.formats.web.byline import LONGEST_NAME, name_in_byline
from newsreader.formats.web.facts import Found, PageFacts, element_text
from newsreader.formats.web.headline import headlines
from newsreader.formats.web.shown_date import is_about_others, shown_date
from newsreader.formats.web.tree import PageTree
from newsreader.text.clean import fold, one_line, shorten
from newsreader.text.dates import parse_date

MOST_TAGS = 25
"""Tags kept of one page: some pages state hundreds of keywords for search engines."""
MOST_SUMMARIES = 3
LONGEST_TAG = 60
"""Code points of a tag; what is longer is a sentence."""


_DATE_META = ("article:published_time", "og:published_time", "article:published", "og:article:published_time",
              "citation_publication_date", "citation_online_date", "citation_date", "parsely-pub-date",
              "sailthru.date", "cxenseparse:recs:publishtime", "dcterms.issued", "dc.date.issued", "dcterms.created",
              "dc.date.created", "dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date", "publish_date",
              "publication_date", "publication-date", "published", "published_at", "date_published",
              "originalpublicationdate", "article.published", "date")  # fmt: skip
_CHANGE_META = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
                "last-modified", "revised")  # fmt: skip
_AUTHOR_META = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author", "parsely-author",
                "sailthru.author", "byl", "og:article:author", "dc.contributor", "twitter:data1")  # fmt: skip
_SOURCE_META = ("og:site_name",)
_LATER_SOURCE_META = ("dc.publisher", "dcterms.publisher", "citation_journal_title", "citation_publisher", "publisher",
                      "application-name", "apple-mobile-web-app-title")  # fmt: skip
_LANGUAGE_META = ("og:locale", "content-language", "dc.language", "dcterms.language", "citation_language", "language")
_TAG_META = ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "dc.subject",
             "dcterms.subject", "citation_keywords", "keywords")  # fmt: skip
_SUMMARY_META = ("og:description", "description", "twitter:description")
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?([01]\d)[/-]?([0-3]\d)(?=[/-]|$)")


def page_metadata(page: PageTree, address: str | None = None) -> Metadata:
    """Read the metadata of a page whose `address` may be known from outside. Never raises for what a page may hold."""
    facts = PageFacts(page, address)
    stated: dict[str, tuple[Any, str] | None] = {
        "title": _first(headlines(facts), lambda found: shorten(found, LONGEST_HEADLINE)),
        "date": _first(_dates(facts), _moment),
        "author": _first(_authors(facts), name_in_byline),
        "source": _first(_sources(facts), _outlet),
        "url": facts.address,
        "language": _first(_languages(facts), language_code),
        "tags": _tags(facts),
    }
    known = {field: found for field, found in stated.items() if found is not None}
    values = {field: value for field, (value, _) in known.items()}
    moment, has_time = values.pop("date", (None, False))
    return Metadata(
        **values,
        published=moment,
        has_time=has_time,
        origins=tuple((field, origin) for field, (_, origin) in known.items()),
        summaries=tuple(dict.fromkeys(text for text, _ in facts.stated(_SUMMARY_META)))[:MOST_SUMMARIES],
    )


def _first(candidates: Iterable[Found], read: Callable[[str], Any]) -> tuple[Any, str] | None:
    """The first candidate that makes sense, as read, with its origin."""
    for text, origin in candidates:
        if value := read(text):
            return value, origin
    return None


def _dates(facts: PageFacts) -> Iterator[Found]:
    if facts.linked.published:
        yield facts.linked.published, "JSON-LD datePublished"
    yield from facts.stated(_DATE_META[:4])
    yield from facts.stated(("datepublished",))
    for element in facts.props.get("datePublished", ()):
        for value in (element.get("datetime"), element.get("content"), element.get("title"), element_text(element)):
            if value:
                yield one_line(value), "itemprop datePublished"
    yield from facts.stated(_DATE_META[4:])
    for element in sorted(facts.times[:20], key=lambda time: not _says_published(time)):
        if not _is_aside(element):
            yield one_line(element.get("datetime") or ""), "time element"
            yield element_text(element), "time element"
    if facts.address and (match := _DATE_IN_ADDRESS.search(urlsplit(facts.address[0]).path)):
        yield "-".join(match.groups()), "address"
    if not facts.page.cut and (shown := shown_date(facts.page.root)):
        yield shown, "text of the page"
    yield from facts.stated(_CHANGE_META)


def _says_published(element: Any) -> bool:
    words = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}".lower()
    return element.get("pubdate") is not None or "publish" in words or "entry-date" in words


def _is_aside(element: Any) -> bool:
    """Whether a date stands in a list of other articles, a sidebar or the page's frame."""
    return any(ancestor.tag == "li" or is_about_others(ancestor) for ancestor in element.iterancestors())


def _moment(text: str) -> tuple[datetime, bool] | None:
    dated = parse_date(text)
    if dated is None and len(text) > 10 and text[4:5] == "-":
        dated = parse_date(text[:10])  # a time that nobody can read does not spoil its day
    return dated if dated and datetime(1800, 1, 1, tzinfo=UTC) < dated[0] else None


def _authors(facts: PageFacts) -> Iterator[Found]:
    if facts.linked.author:
        yield facts.linked.author, "JSON-LD author"
    for name in _AUTHOR_META:
        if name == "twitter:data1" and not any("by" in c.lower().split() for c in facts.meta.get("twitter:label1", ())):
            continue
        people = [person for content in facts.meta.get(name, ()) if (person := name_in_byline(content))]
        if people:
            yield ", ".join(dict.fromkeys(people)), f"meta {name}"
    people = []
    for element in facts.props.get("author", ())[:10]:
        inner = element.find(".//*[@itemprop='name']")
        named = element if inner is None else inner
        if person := name_in_byline(named.get("content") or element_text(named)):
            people.append(person)
    if people:
        yield ", ".join(dict.fromkeys(people)), "itemprop author"
    for element in facts.bylines[:5]:
        if not _is_aside(element):
            yield (
                element_text(element),
                "rel author" if element.get("rel") else f"class {element.get('class').split()[0]}",
            )


def _sources(facts: PageFacts) -> Iterator[Found]:
    publisher = facts.linked.publisher
    for name, origin in facts.stated(_SOURCE_META):
        if not (publisher and len(publisher) < len(name) and fold(name).startswith(fold(publisher))):
            yield name, origin  # else the name with the outlet's motto behind it
    if publisher:
        yield publisher, "JSON-LD publisher"
    for element in facts.props.get("publisher", ())[:1]:
        inner = element.find(".//*[@itemprop='name']")
        yield (
            (inner.get("content") or element_text(inner)) if inner is not None else element_text(element),
            "itemprop publisher",
        )
    yield from facts.stated(_LATER_SOURCE_META[:5])
    if facts.linked.site:
        yield facts.linked.site, "JSON-LD organization"
    yield from facts.stated(_LATER_SOURCE_META[5:])
    if facts.address:
        yield host_of(facts.address[0]), "host name"


def _outlet(text: str) -> str | None:
    text = one_line(text)
    if "://" in text:
        text = host_of(text)
    return text if text and len(text) <= LONGEST_NAME and any(c.isalnum() for c in text) else None


def _languages(facts: PageFacts) -> Iterator[Found]:
    root = facts.page.root
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if value := root.get(name):
            yield value, "html lang"
    if facts.linked.language:
        yield facts.linked.language, "JSON-LD inLanguage"
    yield from facts.stated(_LANGUAGE_META)
    body = root.find("body")
    if body is not None and body.get("lang"):
        yield body.get("lang"), "body lang"


def _tags(facts: PageFacts) -> tuple[tuple[str, ...], str] | None:
    groups: list[tuple[Iterable[str], str]] = [(facts.linked.tags, "JSON-LD keywords")]
    for name in _TAG_META:
        contents = facts.meta.get(name, ())
        groups.append(([part for c in contents for part in re.split("[,;]", c)], f"meta {name}"))
    groups.append(((element_text(e) for e in facts.props.get("keywords", ())[:MOST_TAGS]), "itemprop keywords"))
    for tags, origin in groups:
        kept = {fold(tag): tag for t in tags if (tag := t.strip().lstrip("#")) and len(tag) <= LONGEST_TAG}
        if kept:
            return tuple(kept.values())[:MOST_TAGS], origin
    return None
