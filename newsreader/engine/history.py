"""The former texts of articles, and what changed from one to the next.

The part of the engine that knows `ARTICLE@NUMBER`: wherever an article can be named, a former text of it can.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import cast

from newsreader.article import Article, DateFrom, FullArticle, Version
from newsreader.engine.connections import Connections
from newsreader.engine.lookup import find_article
from newsreader.errors import NotFoundError
from newsreader.userdata.versions import FormerText, Versions

_REFERENCE = re.compile(r"(?P<article>.+)@(?P<number>[1-9][0-9]{0,8})", re.DOTALL)
_LATEST = datetime.max.replace(tzinfo=UTC)
"""Stands for what can't be said as a date."""


@dataclass(frozen=True, slots=True)
class History:
    """An article and all that its file said."""

    now: FullArticle
    former: tuple[FullArticle, ...]
    """Oldest first; `article.version` says when."""

    @property
    def texts(self) -> tuple[FullArticle, ...]:
        """Oldest first, at last the one of now."""
        return (*self.former, self.now)

    def number(self, number: int) -> FullArticle:
        """A former text. Raises `NotFoundError`."""
        known = {text.article.version.number: text for text in self.former if text.article.version is not None}
        if not known:
            raise NotFoundError("the article was never edited: there is only its text as it is now")
        if number not in known:
            there = f"there {'is' if len(known) == 1 else 'are'} {', '.join(map(str, known))}"
            raise NotFoundError(f"there is no version {number}; {there}")
        return known[number]


@dataclass(frozen=True, slots=True)
class Edited:
    """An article of the library whose file said something else before."""

    article: Article
    at: datetime
    """When a run last found it changed."""


class Histories:
    """Any thread may call."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def article(self, reference: str) -> FullArticle:
        """By id, unambiguous id prefix, or path; `ARTICLE@NUMBER` is a former text of it. Raises `NotFoundError`."""
        catalogue = self._connections.catalogue
        try:
            row = find_article(catalogue, reference)
        except NotFoundError:
            if (former := _REFERENCE.fullmatch(reference)) is None:
                raise
            return self.of(former["article"]).number(int(former["number"]))
        assert catalogue is not None
        return FullArticle(self._connections.shelf().articles([row])[0], catalogue.paragraphs(row.number))

    def of(self, reference: str) -> History:
        """An article with its former texts. Raises `NotFoundError`."""
        full = self.article(reference)
        if full.article.version is not None:
            full = self.article(full.article.id)
        kept = Versions(self._connections.store).of(full.article.id)
        return History(full, tuple(_full(full.article, text) for text in kept))

    def edited_articles(self) -> list[Edited]:
        """All articles of the library that were edited, the latest edit first."""
        shelf, catalogue = self._connections.shelf(), self._connections.catalogue
        if catalogue is None:
            return []
        at = Versions(self._connections.store).last_edits()
        known = sorted((article for article in at if article in shelf.number_of), key=lambda a: (-at[a], a))
        articles = shelf.articles(catalogue.rows([shelf.number_of[article] for article in known]))
        return [Edited(article, _moment(at[article.id]) or _LATEST) for article in articles]


def _full(article: Article, text: FormerText) -> FullArticle:
    """A former text with what is known of the article."""
    version = Version(text.number, _moment(text.written), _moment(text.until) or _LATEST)
    return FullArticle(
        replace(
            article,
            title=text.title,
            author=text.author,
            published=datetime.fromisoformat(text.published) if text.published else None,
            has_time=text.has_time,
            date_from=cast(DateFrom, text.date_from),
            words=text.words,
            version=version,
        ),
        text.paragraphs,
    )


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None
