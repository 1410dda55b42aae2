"""The headline of a page, out of the many places that have it.

Most have it with the outlet's name before or behind it, or cut; the list of articles would show the outlet twice.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from newsreader.formats.base import LONGEST_HEADLINE
from newsreader.formats.web.address import host_of
from newsreader.formats.web.article import letters
from newsreader.formats.web.facts import Found, PageFacts, element_text
from newsreader.text.clean import fold, shorten

SHORTEST_HEADLINE = 15
"""Code points from which a second-level heading that is in the page's title is taken for the headline."""

_TITLE_META = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title",
               "sailthru.title", "headline", "title")  # fmt: skip
_SEPARATOR = re.compile(
    r" [-–—|·•:»«/] | [-|]{2} | ?[|»«] ?|: |(?<=[\u3040-\u9fff\uac00-\ud7a3])[-_－—：](?=[\u3040-\u9fff\uac00-\ud7a3])"
)
_STRONG_SEPARATOR = re.compile(r" ?[|»«] ?| [-|:]{2} ")


def headlines(facts: PageFacts) -> Iterator[Found]:
    """What may be the headline, without the outlet's name, the best first."""
    names = _site_names(facts)
    headings = frozenset(fold(heading) for heading in facts.headings)
    candidates: list[Found] = []
    if facts.linked.title:
        candidates.append((facts.linked.title, "JSON-LD headline"))
    candidates.extend(facts.stated(_TITLE_META))
    candidates.extend((element_text(element), "itemprop headline") for element in facts.props.get("headline", ())[:1])
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


def _lower_headline(facts: PageFacts) -> str | None:
    """The headline of pages whose first-level heading is the section's or the site's: their title has it too."""
    title = letters(facts.html_title)
    if any(letters(heading) in title for heading in facts.headings):
        return None
    lower = (heading for heading in facts.subheadings if len(heading) >= SHORTEST_HEADLINE)
    return next((heading for heading in lower if letters(heading) in title), None)


def _uncut(title: str, others: Iterable[str]) -> str:
    """Headlines that were cut for search engines or social networks, from where they stand whole."""
    stem = title.rstrip(".… ")
    if stem == title or len(stem) < 20:
        return title
    return next((other for other in others if other.startswith(stem) and not other.endswith(("…", "..."))), title)


def _site_names(facts: PageFacts) -> frozenset[str]:
    """What the page's outlet may be called at the end of a title, folded."""
    names = [facts.linked.publisher, facts.linked.site, *facts.meta.get("og:site_name", ())]
    names.extend((*facts.site_names, *facts.meta.get("application-name", ())))
    if facts.address:
        host = host_of(facts.address[0])
        names.extend((host, host.rsplit(".", 1)[0]))
    return frozenset(fold(name) for name in names if name)


def _without_site(title: str, names: frozenset[str], headings: Collection[str], *, guess: bool) -> str:
    """A title without the outlet's name before or after it. With `guess`, a short last part behind a bar is taken as
    the name of an outlet that names itself nowhere else."""
    outlets = {letters(name) for name in names}
    while fold(title) not in headings:
        for rest, part, separator in _cuts(title):
            if (
                letters(part) in outlets
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
