"""How much of an article is new, and who said the rest, in words and styles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from newsreader.article import Article
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.text.spans import Span
from newsreader.tui import signs
from newsreader.tui.content import (
    ACCENT,
    EMPTY,
    HEADLINE,
    MATCH,
    MUTED,
    highlighted,
    link_with_key,
    long_date,
    plain,
    share_text,
    short_date,
)
from newsreader.tui.reading.newness import Newness

MOSTLY = 0.7
"""Share of a sentence's letters from which it is another sentence: marking that would mark everything."""


def outlet_and_time(article: Article, beside: Article) -> str:
    """Outlet, and the time where it is the day of the article beside it, else the day."""
    outlet = article.source or visible(article.path.name)
    if article.published is None:
        return outlet
    if beside.published is not None and article.published.date() == beside.published.date() and article.has_time:
        return f"{outlet}, {article.published:%H:%M}"
    today = beside.published.date() if beside.published is not None else date.today()
    return f"{outlet}, {short_date(article.published, today)}"


def newness_line(newness: Newness | None, article: Article, key: str) -> list[Content]:
    """How much is new, and who said most of the rest."""
    if newness is None or not newness.earlier:
        return []
    share = plain(("at most " if not newness.complete else "") + share_text(newness.share), ACCENT)
    if not newness.sources:
        return [share]
    others = len(newness.sources) - 1
    more = f", and {counted(others, 'other')}" if others else ""
    said = plain(f"said before in {outlet_and_time(newness.sources[0], article)}{more}", MUTED)
    return [share, link_with_key(said, "screen.said_before", key)]


def source_line(article: Article) -> Content:
    """Outlet, date and headline of the article that said it first."""
    when = plain("  " + long_date(article.published, article.has_time), MUTED) if article.published else EMPTY
    name = plain(article.source or visible(article.path.name), HEADLINE)
    return name + when + plain("  ") + plain(article.title, "italic")


def wording(text: str, changed: Sequence[Span], *, brackets: bool) -> Content:
    """A sentence, with what the later one says otherwise marked, unless that is most of it."""
    if sum(span.stop - span.start for span in changed) > MOSTLY * len(text):
        changed = ()
    if not brackets:
        return highlighted(text, changed)
    pieces, at = [], 0
    for span in changed:
        pieces += [plain(text[at : span.start]), plain(text[span.start : span.stop].join(signs.DIFFERENT), MATCH)]
        at = span.stop
    return Content("").join([*pieces, plain(text[at:])])
