"""A story with all that its page says of it, read through the engine.

Everything here runs in a `Lane`: it takes several queries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from newsreader.article import Article, ArticleId, StoryId
from newsreader.engine.core import Engine
from newsreader.engine.histogram import histogram
from newsreader.engine.results import Histogram
from newsreader.errors import NotFoundError
from newsreader.stories.chronology import duration
from newsreader.stories.corrections import Corrections
from newsreader.stories.coverage import StoryCoverage, coverage
from newsreader.stories.story import Story, StoryMember
from newsreader.text.dates import day_number
from newsreader.text.plural import counted
from newsreader.tui.content import story_facts
from newsreader.tui.marks.changes import articles_of

ALONE = StoryId("")
"""The id of an article that stands alone, as a story of one."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    story: Story
    agency: Mapping[ArticleId, float]
    """Share of each article that is agency copy, 0 to 1."""
    coverage: StoryCoverage
    said: Mapping[ArticleId, str]
    """What the user has said about articles, in a few words."""

    @property
    def articles(self) -> list[Article]:
        """Earliest first."""
        return [member.article for member in self.story.members]


def read_page(engine: Engine, story: StoryId, articles: Sequence[ArticleId]) -> StoryPage:
    """A story's page. When there is no such story (any more: corrections and new articles may give it another id), that
    of the first of these articles that has one; else that of an article alone. Raises `NotFoundError`."""
    found = find_story(engine, story, articles)
    said = said_about(engine.stories.corrections(), [member.article.id for member in found.members])
    shares = engine.stories.agency_shares(found) if len(found.members) > 1 else {}
    return StoryPage(found, shares, coverage([found], found.sources).stories[0], said)


def find_story(engine: Engine, story: StoryId, articles: Sequence[ArticleId]) -> Story:
    """Raises `NotFoundError`."""
    here = articles_of(engine, articles)
    for wanted in [story, *(article.story for article in here if article.story)]:
        if wanted != ALONE and (found := engine.stories.by_ids([wanted])):
            return found[0]
    if not here:
        raise NotFoundError("there is no story of that name any more")
    alone = here[0]
    return Story(ALONE, alone.title, (StoryMember(alone, "first", 1.0),), (alone.source,) if alone.source else ())


def said_about(corrections: Corrections, articles: list[ArticleId]) -> dict[ArticleId, str]:
    """The user's word on each of these articles."""
    said = {}
    merged = set().union(*corrections.merged)
    apart = set().union(*corrections.apart)
    for article in articles:
        parts = [
            "taken out" if article in corrections.out else "",
            "merged" if article in merged else "",
            "kept apart" if article in apart else "",
        ]
        if words := " and ".join(part for part in parts if part):
            said[article] = f"{words} by you"
    return said


def when_published(page: StoryPage, most: int) -> Histogram:
    """On which days the articles were published, or in which months or years where these are more bars than `most`."""
    days = [day_number(article.published.date()) if article.published else 0 for article in page.articles]
    return histogram(np.array(days, np.int64), most=most)


def page_facts(page: StoryPage, today: date) -> list[str]:
    """What stands below the headline, weightiest first."""
    story, verdict = page.story, page.coverage
    first = ""
    if len(story.sources) > 1 and len(verdict.first) == 1:
        first = f"first {verdict.first[0]}" + (f", by {duration(verdict.lead)}" if verdict.lead is not None else "")
    return [
        "stands alone" if story.id == ALONE else counted(len(story.members), "article"),
        *story_facts(story, today),
        first,
    ]
