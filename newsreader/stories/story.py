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

REWRITE = 0.45
"""Share of its runs of five words that an article has from the closest one, from which it is a rewrite: most of the
text was taken over. Of 14 such articles looked at in 5,000 of Reuters, all have more than half of their words in these
runs, and .65 to .9 of them in sentences that say the same; of 17 between .3 and this, three have half of them."""


@dataclass(frozen=True, slots=True)
class StoryMember:
    article: Article
    relation: Relation
    similarity: float
    """0 to 1, with the closest article; 1 for the first of all."""
    is_update: bool = False
    """Whether its outlet had an earlier article of the story, of which this is no copy."""
    is_rewrite: bool = False
    """Whether it is no copy, but has taken over most of what the closest one says, as that says it."""
    closest: ArticleId | None = None
    """The article before it that it is most like; None for the first of all."""
    is_first: bool = False
    """Whether none of the story is known to have appeared earlier: that holds for copies too, as where several outlets
    state but the same day."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What there is to say of its place in the story, in words: the relation, that it is first beside it, and the
        detail."""
        first = ("first",) if self.is_first and self.relation != "first" else ()
        return (*first, self.relation, *((self.detail,) if self.detail else ()))

    @property
    def detail(self) -> Literal["update", "rewrite"] | None:
        """What there is to say beside the relation."""
        return "update" if self.is_update else "rewrite" if self.is_rewrite else None


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that report the same event."""

    id: StoryId
    title: str
    """The headline that speaks for them."""
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
