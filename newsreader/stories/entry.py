"""What goes into the grouping and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsreader.article import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Entry:
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
class Corrections:
    """The user's word, which goes before any similarity. `merged` goes before `apart`, and `out` before both."""

    merged: tuple[frozenset[ArticleId], ...] = ()
    """Articles of one story."""
    apart: frozenset[frozenset[ArticleId]] = frozenset()
    """Pairs that are never in one story."""
    out: frozenset[ArticleId] = frozenset()
    """Articles of no story."""

    def ids(self) -> set[ArticleId]:
        """The articles that any correction is about."""
        return set(self.out).union(*self.merged, *self.apart)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an update changed."""

    story_of: Mapping[int, StoryId | None]
    """Article number: its story now (None: it stands alone), for every article whose story changed."""


def story_id(first: int) -> StoryId:
    """The id of the story whose first article has this id, as a number."""
    return StoryId("s" + f"{first:016x}"[:12])
