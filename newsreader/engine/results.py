"""What the engine answers with beside articles, stories and search results.

Values, complete in themselves: they may be shown when the library has already changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from newsreader.article import Article, FullArticle
from newsreader.compare.model import Comparison
from newsreader.stories.corrections import Correction, CorrectionKind
from newsreader.text.spans import HighlightedText

if TYPE_CHECKING:  # load numpy: who only shows what was found does without
    from newsreader.compare.novelty import Novelty
    from newsreader.stories.timeline import Reasons


Unit = Literal["day", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
"""Of a histogram; the finest first."""


@dataclass(frozen=True, slots=True)
class Hit:
    article: Article
    score: float
    excerpt: HighlightedText
    title: HighlightedText


@dataclass(frozen=True, slots=True)
class Bar:
    """A day, a month or a year."""

    first: date
    last: date
    """Included."""
    count: int

    @property
    def value(self) -> str:
        """As `date:` takes it."""
        if self.first == self.last:
            return self.first.isoformat()
        return self.first.isoformat()[: 7 if self.first.month == self.last.month else 4]


@dataclass(frozen=True, slots=True)
class Histogram:
    """From the first date to the last."""

    unit: Unit
    bars: tuple[Bar, ...]
    """In order, without a gap: those between the first and the last may be empty. None where nothing has a date."""
    undated: int
    """Articles without a date."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two articles, side by side."""

    left: FullArticle
    right: FullArticle
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Updated:
    """An article, and what it adds to the earlier ones of its story."""

    article: FullArticle
    earlier: tuple[Article, ...]
    """Earliest first: those it was compared with, to which `Said.earlier` counts."""
    novelty: Novelty


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the user said about stories, or took back: on disk by now."""

    said: tuple[Correction, ...]
    taken_back: tuple[Correction, ...]
    """As they were."""
    pending: str | None
    """Why stories are not grouped anew yet: the next run does it. None where they are."""

    @property
    def regrouped(self) -> bool:
        return self.pending is None


@dataclass(frozen=True, slots=True)
class Explained:
    """Why two articles are in one story, or not."""

    left: Article
    right: Article
    reasons: Reasons
    correction: CorrectionKind | None
    """What the user has said of the two, which goes before any reason."""

    @property
    def same_story(self) -> bool:
        return self.left.story is not None and self.left.story == self.right.story
