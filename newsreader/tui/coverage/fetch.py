"""Which stories the coverage screen shows and who carried them, looked up through the engine.

Everything here runs in a `Lane`: it is a search and some hundred stories.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from newsreader.article import CancelCheck, StoryId
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled
from newsreader.stories.coverage import Coverage, coverage
from newsreader.tui.search.narrowing import narrowed

MOST_STORIES = 300
"""Rows of the table, the newest stories: 0.2 s in a library of 20,000 articles; a period shows others."""


@dataclass(frozen=True, slots=True)
class CoverageSubject:
    """What a coverage table is about: one story, or what a query finds in a period."""

    story: StoryId | None = None
    query: str = ""
    period: str = ""
    """As `date:` takes it; empty for all time."""


@dataclass(frozen=True, slots=True)
class Covered:
    coverage: Coverage
    total: int
    """Stories there are; the table has at most MOST_STORIES of them."""
    months: tuple[tuple[str, int], ...]
    """Months (YYYY-MM) in which the query finds articles, newest first, with how many."""


def cover(engine: Engine, subject: CoverageSubject, cancelled: CancelCheck) -> Covered:
    """Raises `QueryError`, `StorageError`, `Cancelled`."""
    months: tuple[tuple[str, int], ...] = ()
    if subject.story is not None:
        ids = [subject.story]
    else:
        whole = engine.searching.search(subject.query, cancelled=cancelled)
        months = engine.searching.facets(whole).months if not whole.partial else ()
        if subject.period:
            query = narrowed(subject.query, "date", subject.period, today=date.today())
            whole = engine.searching.search(query, cancelled=cancelled)
        ids = engine.stories.ids(whole) if not whole.partial else []
    if cancelled():
        raise Cancelled("the table is no longer wanted")
    stories = engine.stories.by_ids(ids[:MOST_STORIES])
    return Covered(coverage(stories, engine.shelf().sources), len(ids), months)
