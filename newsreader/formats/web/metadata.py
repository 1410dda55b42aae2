"""What a web page says of its article, and where it says so. Each convention in use is tried in turn: linked data
(schema.org), Open Graph and its article namespace, Dublin Core, Highwire and publishers' own meta names, microdata."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from newsreader.formats.base import LONGEST_HEADLINE
from newsreader.formats.language import language_code
from newsreader.formats.metadata import Metadata
from newsreader.formats.web.linked_data import LinkedArticle, linked_article
from newsreader.formats.web.shown_date import is_about_others, shown_date
from newsreader.formats.web.tree import PageTree
from newsreader.text.clean import fold, one_line, shorten
from newsreader.text.dates import parse_date

SHORTEST_HEADLINE = 15
"""Code points from which a second-level heading that is in the page's title is taken for the headline."""
LONGEST_NAME = 200
"""Code points of an author or source; what is longer is a biography or a list of links."""
LONGEST_ADDRESS = 2_000
"""Code points of an address."""
MOST_HEADINGS = 10
"""First-level headings that are looked at: the article's is among the first."""
MOST_TAGS = 25
"""Tags kept of one page: some pages state hundreds of keywords for search engines."""
MOST_SUMMARIES = 3
LONGEST_TAG = 60
"""Code points of a tag; what is longer is a sentence."""

Found = tuple[str, str]
"""(value, where it was found)."""

_TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title",
               "sailthru.title", "headline", "title")  # fmt: skip
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
_BY = re.compile(r"^(?:by|von|par|por|di|door|av|od|words by|written by)[ :]\s*", re.IGNORECASE)
_PERSONS_PAGE = re.compile(r" [(<\[]?https?://\S+$")
_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[/-]?([01]\d)[/-]?([0-3]\d)(?=[/-]|$)")
_SEPARATOR = re.compile(
    r" [-–—|·•:»«/] | [-|]{2} | ?[|»«] ?|: |(?<=[\u3040-\u9fff\uac00-\ud7a3])[-_－—：](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
_STRONG_SEPARATOR = re.compile(r" ?[|»«] ?| [-|:]{2} ")
_BYLINE_CLASSES = frozenset(("byline", "author", "author-name", "byline__name", "article-author", "p-author"))
_MASTHEAD = re.compile(r"logo|brand|site-?(?:title|name)|menu-title|masthead", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


def page_metadata(page: PageTree, address: str | None = None) -> Metadata:
    """Read the metadata of a page whose `address` may be known from outside. Never raises for what a page may hold."""
    facts = _Facts(page, address)
    title = _first(_titles(facts), lambda found: shorten(found, LONGEST_HEADLINE))
    dated = _first(_dates(facts), _moment)
    author = _first(_authors(facts), name_in_byline)
    source = _first(_sources(facts), _outlet)
    language = _first(_languages(facts), language_code)
    tags, tags_from = _tags(facts)
    stated = {
        "title": title, "date": dated, "author": author, "source": source, "url": facts.address, "language": language,
    }  # fmt: skip
    origins = [(field, found[1]) for field, found in stated.items() if found is not None]
    if tags:
        origins.append(("tags", tags_from))
    moment, has_time = dated[0] if dated else (None, False)
    return Metadata(
        title[0] if title else None,
        source[0] if source else None,
        author[0] if author else None,
        facts.address[0] if facts.address else None,
        language[0] if language else None,
        moment,
        has_time,
        tags,
        tuple(origins),
        summaries=tuple(dict.fromkeys(text for text, _ in facts.stated(_SUMMARY_META)))[:MOST_SUMMARIES],
    )


class _Facts:
    """What the fields are read from: the page's statements, gathered in one walk over the tree."""

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
        self.address = _first(self._addresses(address), lambda found: found)

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
            self.html_title = _text(element)
        elif tag == "h1" and len(self.headings) + len(self.site_names) < MOST_HEADINGS:
            if heading := _text(element):
                (self.site_names if _is_masthead(element) else self.headings).append(heading)
        elif tag in ("h2", "h3") and len(self.subheadings) < MOST_HEADINGS:
            self.subheadings.append(_text(element))
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
        for name in names:
            for content in self.meta.get(name, ()):
                yield content, f"meta {name}"

    def _addresses(self, address: str | None) -> Iterator[Found]:
        outside = next((a for a in (self.page.saved_from, address) if a and _is_address(a)), None)
        candidates = [
            (self.canonical, "link canonical"),
            *((content, "meta og:url") for content in self.meta.get("og:url", ())),
            (self.linked.url, "JSON-LD url"),
        ]
        homes: list[Found] = []
        for candidate, origin in candidates:
            if candidate and outside:
                candidate = _joined(outside, candidate)
            if candidate and _is_address(candidate):
                if _path(candidate):
                    yield candidate, origin
                homes.append((candidate, origin))
        if outside:
            yield outside, "saved address"
        yield from homes  # a front page is the article's address by mistake


def _first(candidates: Iterable[Found], read: Callable[[str], Any]) -> tuple[Any, str] | None:
    """The first candidate that makes sense, as read, with its origin."""
    for text, origin in candidates:
        if value := read(text):
            return value, origin
    return None


def _titles(facts: _Facts) -> Iterator[Found]:
    names = _site_names(facts)
    headings = frozenset(fold(heading) for heading in facts.headings)
    candidates: list[Found] = []
    if facts.linked.title:
        candidates.append((facts.linked.title, "JSON-LD headline"))
    candidates.extend(facts.stated(_TITLE_META))
    candidates.extend((_text(element), "itemprop headline") for element in facts.props.get("headline", ())[:1])
    if headline := _lower_headline(facts):
        candidates.append((headline, "h2"))
    if len(facts.headings) == 1:
        candidates.append((facts.headings[0], "h1"))
    if facts.html_title:
        candidates.append((facts.html_title, "title"))
    candidates.extend((heading, "h1") for heading in facts.headings)
    for title, origin in [(shorten(stated, 4 * LONGEST_HEADLINE), origin) for stated, origin in candidates]:
        bare = _without_site(title, names, headings, guess=origin == "title")
        if bare and fold(bare) not in names and bare.lower() not in ("untitled", "home", "news", "article"):
            yield _without_site(_uncut(bare, (other for other, _ in candidates)), names, headings, guess=False), origin


def _lower_headline(facts: _Facts) -> str | None:
    """The headline of pages whose first-level heading is the section's or the site's: their title has it too."""
    title = _LETTERS.sub("", fold(facts.html_title))
    if any(_LETTERS.sub("", fold(heading)) in title for heading in facts.headings):
        return None
    lower = (heading for heading in facts.subheadings if len(heading) >= SHORTEST_HEADLINE)
    return next((heading for heading in lower if _LETTERS.sub("", fold(heading)) in title), None)


def _uncut(title: str, others: Iterable[str]) -> str:
    """Headlines that were cut for search engines or social networks, from where they stand whole."""
    stem = title.rstrip(".… ")
    if stem == title or len(stem) < 20:
        return title
    return next((other for other in others if other.startswith(stem) and not other.endswith(("…", "..."))), title)


def _site_names(facts: _Facts) -> frozenset[str]:
    """What the page's outlet may be called at the end of a title, folded."""
    names = [facts.linked.publisher, facts.linked.site, *facts.meta.get("og:site_name", ())]
    names.extend((*facts.site_names, *facts.meta.get("application-name", ())))
    if facts.address:
        host = _host(facts.address[0])
        names.extend((host, host.rsplit(".", 1)[0]))
    return frozenset(fold(name) for name in names if name)


def _without_site(title: str, names: frozenset[str], headings: Collection[str], *, guess: bool) -> str:
    """A title without the outlet's name before or after it. With `guess`, a short last part behind a bar is taken as
    the name of an outlet that names itself nowhere else."""
    letters = {_LETTERS.sub("", name) for name in names}
    while fold(title) not in headings:
        for rest, part, separator in _cuts(title):
            if (
                _LETTERS.sub("", fold(part)) in letters
                or fold(rest) in headings
                or (guess and _STRONG_SEPARATOR.fullmatch(separator) and len(part.split()) <= 4 <= len(rest.split()))
            ):
                title, guess = rest, False
                break
        else:
            return title
    return title


def _cuts(title: str) -> Iterator[tuple[str, str, str]]:
    """(what may be the headline, what may be the outlet, what parts them)."""
    cuts = list(_SEPARATOR.finditer(title))
    for cut in reversed(cuts[-2:]):
        yield title[: cut.start()].strip(), title[cut.end() :], cut.group()
    for cut in cuts[:1]:
        yield title[cut.end() :].strip(), title[: cut.start()], ""


def _dates(facts: _Facts) -> Iterator[Found]:
    if facts.linked.published:
        yield facts.linked.published, "JSON-LD datePublished"
    yield from facts.stated(_DATE_META[:4])
    yield from facts.stated(("datepublished",))
    for element in facts.props.get("datePublished", ()):
        for value in (element.get("datetime"), element.get("content"), element.get("title"), _text(element)):
            if value:
                yield one_line(value), "itemprop datePublished"
    yield from facts.stated(_DATE_META[4:])
    for element in sorted(facts.times[:20], key=lambda time: not _says_published(time)):
        if not _is_aside(element):
            yield one_line(element.get("datetime") or ""), "time element"
            yield _text(element), "time element"
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


def _authors(facts: _Facts) -> Iterator[Found]:
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
        if person := name_in_byline(named.get("content") or _text(named)):
            people.append(person)
    if people:
        yield ", ".join(dict.fromkeys(people)), "itemprop author"
    for element in facts.bylines[:5]:
        if not _is_aside(element):
            yield _text(element), "rel author" if element.get("rel") else f"class {element.get('class').split()[0]}"


def _is_masthead(heading: Any) -> bool:
    own = (heading, *islice(heading.iterancestors(), 2))
    return any(_MASTHEAD.search(f"{element.get('class') or ''} {element.get('id') or ''}") for element in own)


def _is_byline(classes: str) -> bool:
    return not _BYLINE_CLASSES.isdisjoint(classes.split())


def name_in_byline(text: str) -> str | None:
    """A name as a byline has it; None for addresses, handles and whole sentences."""
    text = _PERSONS_PAGE.sub("", _BY.sub("", one_line(text))).strip(" ,;|")
    if (
        not text
        or len(text) > LONGEST_NAME
        or "://" in text
        or text.startswith("@")
        or ("@" in text and " " not in text)
    ):
        return None
    if not any(c.isalpha() for c in text) or text.lower() in ("admin", "administrator", "none", "null", "undefined"):
        return None
    return text


def _sources(facts: _Facts) -> Iterator[Found]:
    publisher = facts.linked.publisher
    for name, origin in facts.stated(_SOURCE_META):
        if not (publisher and len(publisher) < len(name) and fold(name).startswith(fold(publisher))):
            yield name, origin  # else the name with the outlet's motto behind it
    if publisher:
        yield publisher, "JSON-LD publisher"
    for element in facts.props.get("publisher", ())[:1]:
        inner = element.find(".//*[@itemprop='name']")
        yield (inner.get("content") or _text(inner)) if inner is not None else _text(element), "itemprop publisher"
    yield from facts.stated(_LATER_SOURCE_META[:5])
    if facts.linked.site:
        yield facts.linked.site, "JSON-LD organization"
    yield from facts.stated(_LATER_SOURCE_META[5:])
    if facts.address:
        yield _host(facts.address[0]), "host name"


def _outlet(text: str) -> str | None:
    text = one_line(text)
    if "://" in text:
        text = _host(text)
    return text if text and len(text) <= LONGEST_NAME and any(c.isalnum() for c in text) else None


def _languages(facts: _Facts) -> Iterator[Found]:
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


def _tags(facts: _Facts) -> tuple[tuple[str, ...], str]:
    groups: list[tuple[Iterable[str], str]] = [(facts.linked.tags, "JSON-LD keywords")]
    for name in _TAG_META:
        contents = facts.meta.get(name, ())
        groups.append(([part for c in contents for part in re.split("[,;]", c)], f"meta {name}"))
    groups.append(((_text(e) for e in facts.props.get("keywords", ())[:MOST_TAGS]), "itemprop keywords"))
    for tags, origin in groups:
        kept = {fold(tag): tag for t in tags if (tag := t.strip().lstrip("#")) and len(tag) <= LONGEST_TAG}
        if kept:
            return tuple(kept.values())[:MOST_TAGS], origin
    return (), ""


def _text(element: Any) -> str:
    return one_line("".join(element.itertext())[: 4 * LONGEST_HEADLINE])


def _is_address(text: str) -> bool:
    """Whether text is a whole web address without anything that could act on a terminal or deceive."""
    if len(text) > LONGEST_ADDRESS or any(c.isspace() or not c.isprintable() for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "." in (parts.hostname or "")
    except ValueError:
        return False


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _path(address: str) -> str:
    parts = urlsplit(address)
    return parts.path.strip("/") + parts.query


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
