"""The way that the user has come: one list of places for all screens, gone back and forward as in a browser.

A place is a value for each screen that lay over the others, with cursor, scroll and focus: screens that were closed
meanwhile can be opened there again. Each screen with a way back of its own would forget what was beneath it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from newsreader.article import ArticleId, StoryId

MOST_PLACES = 200
"""Kept in either direction; those that lie longest back are forgotten."""


@dataclass(frozen=True, slots=True)
class MainStop:
    """The main screen: its list, where the user is in it, and the article in the text."""

    query: str = ""
    kind: Literal["articles", "stories"] = "articles"
    sort: str = "relevance"
    typing: bool = False
    """The last word of the query may be the beginning of one."""
    folded: bool = True
    opened: frozenset[int] = frozenset()
    """As in `lists.listing.Request`."""
    cursor: str | None = None
    """Id of the article or story under the cursor."""
    anchor: str | None = field(default=None, compare=False)
    """Id of the topmost one in view."""
    after: tuple[str, ...] = field(default=(), compare=False)
    """Ids below the cursor: where to go when the cursor's own is gone."""
    in_text: bool = False
    """Whether the text has the focus."""
    article: ArticleId | None = None
    """In the text; None while the text is out of the way."""
    text_at: int = 0
    """Code point of the text at the top of the pane, where the text has the focus."""

    @property
    def needs(self) -> Iterable[str]:
        return (self.article,) if self.in_text and self.article is not None else ()


@dataclass(frozen=True, slots=True)
class StoryStop:
    """A story's page."""

    story: StoryId | None
    """Without one: the page of the article alone."""
    article: ArticleId | None
    """Under the cursor."""
    selected: tuple[ArticleId, ...] = ()

    @property
    def needs(self) -> Iterable[str]:
        return (self.article,) if self.article is not None else ()


@dataclass(frozen=True, slots=True)
class CoverageStop:
    """Who carried one story, or those that a query finds."""

    story: StoryId | None = None
    query: str = ""
    period: str = ""
    row: StoryId | None = None
    """Under the cursor, as is the outlet."""
    outlet: str | None = None

    @property
    def needs(self) -> Iterable[str]:
        return ()


@dataclass(frozen=True, slots=True)
class MatrixStop:
    """Who says what."""

    title: str
    """The story's headline."""
    articles: tuple[ArticleId, ...]
    """In the order of the story."""
    facts: bool = False
    rows: tuple[int, int] = (0, 0)
    """Where the cursor is among statements, and among facts."""
    column: int = 0

    @property
    def needs(self) -> Iterable[str]:
        return self.articles


@dataclass(frozen=True, slots=True)
class ComparisonStop:
    """Two texts side by side."""

    left: str
    """An id; `ID@NUMBER` is a former text."""
    right: str
    row: int | None = None
    only_differences: bool = False
    reading_order: bool = False

    @property
    def needs(self) -> Iterable[str]:
        return (self.left.partition("@")[0], self.right.partition("@")[0])


@dataclass(frozen=True, slots=True)
class HistoryStop:
    """What an article said before."""

    article: ArticleId
    cursor: int = 0

    @property
    def needs(self) -> Iterable[str]:
        return (self.article,)


Stop: TypeAlias = MainStop | StoryStop | CoverageStop | MatrixStop | ComparisonStop | HistoryStop
Stops: TypeAlias = tuple[Stop, ...]
"""Where the user is: a stop for each screen of those that lie over each other, the main screen's first."""
_Way: TypeAlias = deque[tuple[Stops, bool]]
"""Places, each with whether it was left only to read on in another article."""


class Trail:
    """The places left behind, and those gone back from."""

    def __init__(self) -> None:
        self._behind: _Way = deque(maxlen=MOST_PLACES)
        self._ahead: _Way = deque(maxlen=MOST_PLACES)
        self.bookmarks: dict[str, Stops] = {}
        """Places that are remembered under letters."""

    def leave(self, here: Stops, reading_on: bool = False) -> None:
        """The user goes on from here to somewhere new, or only `reading_on` to another article."""
        if self._behind and self._behind[-1][0] == here:
            self._behind.pop()
        self._behind.append((here, reading_on))
        self._ahead.clear()

    def leads_back(self, here: Stops) -> bool:
        """Whether there is another place than this one to go back to."""
        return any(there != here for there, _ in self._behind)

    def before(self, here: Stops) -> Stops | None:
        """The place that was left for this one, whatever was read on from there."""
        return next((there for there, reading_on in reversed(self._behind) if there != here and not reading_on), None)

    @property
    def articles(self) -> set[str]:
        """Ids that the places can't do without."""
        places = [there for there, _ in (*self._behind, *self._ahead)] + [*self.bookmarks.values()]
        return {article for there in places for stop in there for article in stop.needs}

    def back(self, here: Stops, gone: Collection[str] = ()) -> Stops | None:
        """The place before this one, which is now the next one forward; those that need an article which is `gone` are
        passed over. None at the end."""
        step = _step(self._behind, self._ahead, here, gone)
        return step and step[0]

    def out(self, here: Stops, gone: Collection[str] = ()) -> Stops | None:
        """The place before this one and all that was read on from there to here; a list has its cursor where reading on
        has brought it."""
        at: Stops = here
        while (step := _step(self._behind, self._ahead, at, gone)) is not None:
            at, reading_on = step
            if not reading_on and at != here:
                return (_read_down(at[0], here[0]), *at[1:])
        return None

    def forward(self, here: Stops, gone: Collection[str] = ()) -> Stops | None:
        """The place that was last gone back from."""
        step = _step(self._ahead, self._behind, here, gone)
        return step and step[0]

    def bookmarked(self, letter: str, here: Stops, gone: Collection[str] = ()) -> Stops | None:
        """The place that is remembered under a letter, as a step on from here; None if what it needs is `gone`."""
        there = self.bookmarks[letter]
        if _lacks(there, gone):
            return None
        if there != here:
            self.leave(here)
        return there


def name_of(there: Stops) -> str:
    """What the line of keys calls a place."""
    match there[-1]:
        case StoryStop():
            return "story"
        case CoverageStop():
            return "coverage"
        case MatrixStop():
            return "who says what"
        case ComparisonStop():
            return "comparison"
        case HistoryStop():
            return "history"
        case MainStop(in_text=True):
            return "text"
        case MainStop(kind="stories"):
            return "stories"
        case MainStop(query=query):
            return "results" if query.strip() else "list"


def _lacks(there: Stops, gone: Collection[str]) -> bool:
    return any(article in gone for stop in there for article in stop.needs)


def _step(ahead: _Way, behind: _Way, here: Stops, gone: Collection[str]) -> tuple[Stops, bool] | None:
    while ahead:
        there, reading_on = ahead.pop()
        if there != here and not _lacks(there, gone):
            behind.append((here, reading_on))
            return there, reading_on
    return None


def _read_down(there: Stop, here: Stop) -> Stop:
    """A list that was left for a text, with the cursor that it has now; everything else is as it was left."""
    if not isinstance(there, MainStop) or not isinstance(here, MainStop) or there.in_text:
        return there
    now = replace(
        there, cursor=here.cursor, anchor=here.anchor, after=here.after, article=here.article, opened=here.opened
    )
    same_list = replace(now, in_text=True, text_at=here.text_at) == here
    return now if same_list and here.cursor != there.cursor else there
