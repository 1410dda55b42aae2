"""What the lists need of the engine's values: widgets are given them and don't know the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from newsreader.article import Article, StoryId
from newsreader.stories.chronology import Lag
from newsreader.text.spans import HighlightedText


class Hit(Protocol):
    """An article in a list."""

    @property
    def article(self) -> Article: ...

    @property
    def excerpt(self) -> HighlightedText: ...

    @property
    def title(self) -> HighlightedText: ...


class ListedHit(Hit, Protocol):
    """An article in a list where copies fold."""

    @property
    def fold(self) -> int | None:
        """Names the articles that fold together, where there are several in the list."""

    @property
    def copies(self) -> int:
        """How many copies of this article the list has."""

    @property
    def unfolded(self) -> bool:
        """Whether they are shown."""

    @property
    def beneath(self) -> bool:
        """Whether this is such a copy."""


class Member(Protocol):
    """An article in a story."""

    @property
    def article(self) -> Article: ...


class Placed(Member, Protocol):
    """An article in a story's time line."""

    @property
    def relation(self) -> str: ...

    @property
    def detail(self) -> str | None: ...


class Story(Protocol):
    """A story in a list."""

    @property
    def id(self) -> StoryId: ...

    @property
    def title(self) -> str: ...

    @property
    def members(self) -> Sequence[Member]: ...

    @property
    def sources(self) -> Sequence[str]: ...

    @property
    def first(self) -> datetime | None: ...

    @property
    def last(self) -> datetime | None: ...


class Carried(Protocol):
    """That an outlet carried a story."""

    @property
    def behind(self) -> Lag | None: ...


class CoveredStory(Protocol):
    """A row of the coverage table."""

    @property
    def story(self) -> Story: ...

    @property
    def carried(self) -> Sequence[Carried]: ...

    def of(self, outlet: str) -> Carried | None: ...


class Coverage(Protocol):
    """Stories by outlets."""

    @property
    def outlets(self) -> tuple[str, ...]: ...

    @property
    def stories(self) -> Sequence[CoveredStory]: ...
