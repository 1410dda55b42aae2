"""Compares the stories before and after an index run: which are new, and which have gained articles.

`newsreader index` tells of them. A story's id changes when an earlier article joins it, so ids alone would
report an old story as a new one; the articles are compared instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsreader.article import ArticleId, StoryId

StoryByArticle = Mapping[ArticleId, StoryId]
"""The story of every article that is in one."""


@dataclass(frozen=True, slots=True)
class GrownStory:
    """A story that a run made or enlarged."""

    id: StoryId
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class Growth:
    new: tuple[GrownStory, ...] = ()
    """None of their articles was in a story before."""
    grown: tuple[GrownStory, ...] = ()
    """They have articles that were not in the story before, or were in another one."""


def grown_stories(before: StoryByArticle, after: StoryByArticle) -> tuple[list[StoryId], list[StoryId]]:
    """(new stories, grown ones). Told by their articles: a story's id changes when an earlier article joins it."""
    came_from: dict[StoryId, set[StoryId | None]] = {}
    for article, story in after.items():
        came_from.setdefault(story, set()).add(before.get(article))
    new = [story for story, origins in came_from.items() if origins == {None}]
    return new, [story for story, origins in came_from.items() if len(origins) > 1]
