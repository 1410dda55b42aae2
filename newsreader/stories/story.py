"""A story as it is shown: its articles in time order, and what each of them is to the others.

The story book keeps numbers; lists, the story page, coverage and exports all want the same few facts with articles in
them, and would each put them together in their own way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from newsreader.article import Article, ArticleId, StoryId
from newsreader.library.rows import Relation
from newsreader.stories.chronology import stated, trusted_since


@dataclass(frozen=True, slots=True)
class StoryMember:
    article: Article
    relation: Relation
    similarity: float
    """0 to 1, with the earlier article it is most like (the first: with the next)."""
    is_update: bool = False
    """Whether its outlet had an earlier article of the story, of which this is no copy."""
    is_rewrite: bool = False
    """Whether it is no copy, but says substantially what the closest one says, in other words."""
    closest: ArticleId | None = None
    """The earlier article that it is most like; None for the first."""

    @property
    def detail(self) -> Literal["update", "rewrite"] | None:
        """What there is to say beside the relation."""
        return "update" if self.is_update else "rewrite" if self.is_rewrite else None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report the same event."""

    id: StoryId
    title: str
    """The most central headline."""
    members: tuple[StoryMember, ...]
    """Earliest first."""
    sources: tuple[str, ...]

    @property
    def dates_count_since(self) -> float:
        """Seconds since the epoch: what appeared before, by its date, is behind the others in `members`."""
        return trusted_since(_stated(member) for member in self.members)

    @property
    def first(self) -> datetime | None:
        return self.members[0].article.published

    @property
    def last(self) -> datetime | None:
        since = self.dates_count_since
        counting = [member for member in self.members if (when := _stated(member)) is None or when >= since]
        return counting[-1].article.published


def _stated(member: StoryMember) -> float | None:
    when = stated(member.article)
    return None if when is None else when.timestamp()
