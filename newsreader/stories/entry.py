"""What goes into the story book and what comes out of it, as plain values: it knows neither catalogue nor screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsreader.article import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An article as the grouping sees it."""

    number: int
    """The catalogue's row number, never reused for another article."""
    id: ArticleId
    source: str | None
    published: float | None
    """Seconds since the epoch, UTC; None without a date that the article itself states."""
    has_time: bool
    """False when only a day is known: `published` is then that day's midnight."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What an update of the stories changed."""

    story_of: Mapping[int, StoryId | None]
    """Article number: its story now (None: it stands alone), for every article whose story changed."""


def story_id(first: int) -> StoryId:
    """The id of the story whose first article has this id, as a number."""
    return StoryId("s" + f"{first:016x}"[:12])
