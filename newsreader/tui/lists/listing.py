"""The values of a list: the request for one, the answer with its rows, and the user's position in it.

`browser` sends requests, `fetch` answers them off the event loop, and the lists draw the rows without the engine: a row
that looked something up while it is drawn would hold up the keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from newsreader.article import Article, StoryId
from newsreader.engine.copies import Folded
from newsreader.engine.results import Hit
from newsreader.index.result import Result, Sort
from newsreader.stories.story import Story
from newsreader.tui.lists.days import Heading

Kind: TypeAlias = Literal["articles", "stories"]


@dataclass(frozen=True, slots=True)
class Request:
    """A list that is wanted."""

    kind: Kind
    query: str
    sort: Sort = "relevance"
    typing: bool = False
    """The last word of the query may be the beginning of one."""
    folded: bool = True
    """Copies stand behind the first article of their text."""
    opened: frozenset[int] = frozenset()
    """The folds whose copies are shown nevertheless."""


@dataclass(frozen=True, slots=True)
class ListPosition:
    """Where the user is in a list, in terms that outlive it."""

    cursor: str | None
    """Id of the article or story under the cursor."""
    anchor: str | None
    """Id of the topmost one in view."""
    after: tuple[str, ...] = ()
    """Ids below the cursor, in order: where to go when the cursor's own is gone."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, and the rows around the user's place in it."""

    request: Request
    total: int
    cursor: int
    anchor: int | None
    """Where the topmost row went; None when there is no place to keep."""
    rows: dict[int, ArticleRow] | dict[int, Story]
    result: Result | None
    """The articles of the list, without folded copies; None for all stories."""
    stories: tuple[StoryId, ...]
    """In order; empty for articles."""
    story_count: int | None = None
    """In how many stories the hits are."""
    found: Result | None = None
    """All that was found, folded copies too."""
    folded: Folded | None = None
    """How `result` came from it."""
    headings: tuple[Heading, ...] = ()
    """Above some of the rows, where they are in the order of time."""
    siblings: frozenset[int] = frozenset()
    """Numbers of the articles that stand with the one above because they are of its story."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the list."""

    hit: Hit
    fold: int | None = None
    """Names the articles that fold together, where there are several in the list."""
    copies: int = 0
    """How many copies of this article the list has."""
    unfolded: bool = False
    """Whether they are shown."""
    beneath: bool = False
    """Whether this is such a copy."""
    sibling: bool = False
    """Whether it stands with the article above because it is of its story."""

    @property
    def moved_in(self) -> bool:
        """Whether it belongs to the row above."""
        return self.beneath or self.sibling

    @property
    def article(self) -> Article:
        return self.hit.article
