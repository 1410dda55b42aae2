"""Which of two articles appeared first, and by how much, as far as their dates and their files' dates tell.

Many state only a day, some none: compared as moments, an article of "Tuesday" would be first by hours that nobody
knows. Where nothing tells, neither was first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import inf
from typing import Protocol

from newsreader.article import Article, ArticleId, DateFrom

LONE_DAYS = 365
"""So long before all other articles of its story, a date says nothing of who was first: no story is silent for a year.
Archives and converters give such dates to what has none (1970-01-01, 1999-01-01)."""
SAVED_FROM, SAVED_UNTIL = -12 * 3_600.0, 48 * 3_600.0
"""From when to when, in seconds from the midnight (UTC) that begins an article's day, its file's own date may tell the
hour at which it appeared: files are saved when articles appear, or copied together much later. A day has 12 hours of
time zones before it, and what appeared late is saved on the next one."""
SAVED_APART = 600.0
"""Seconds between two files' dates from which they tell who was first: one run of whoever saves them takes minutes."""
_DAY = 86_400.0
_EPOCH = date(1970, 1, 1).toordinal()


def trusted_since(published: Iterable[float | None]) -> float:
    """From when on the dates of a story's articles (seconds since the epoch) tell who was first: not those of a single
    day, LONE_DAYS before all others, if that is a turn of a year or no more articles have it than later ones."""
    articles = Counter(moment // _DAY for moment in published if moment is not None)
    days = sorted(articles)
    later = articles.total()
    for day, following in pairwise(days):
        later -= articles[day]
        if following - day <= LONE_DAYS or (articles[day] > later and not _is_turn_of_year(day)):
            return day * _DAY
    return days[-1] * _DAY if days else -inf


def _is_turn_of_year(day: float) -> bool:
    """1 January, or the day before where that was west of Greenwich."""
    try:
        found = date.fromordinal(_EPOCH + int(day))
    except (ValueError, OverflowError):
        return True
    return (found.month, found.day) in ((1, 1), (12, 31))


@dataclass(frozen=True, slots=True)
class Appearance:
    """What tells when an article appeared."""

    article: ArticleId
    published: datetime | None
    """What the article itself states, aware."""
    has_time: bool
    """False when it states only a day: then `published` is that day's midnight, UTC."""
    saved: float | None
    """When its file was last written to, seconds since the epoch."""
    words: int

    @property
    def moment(self) -> float | None:
        """What it states, in seconds since the epoch."""
        return None if self.published is None else self.published.timestamp()

    @property
    def told_by_file(self) -> float | None:
        """What the file's date tells of one that states only a day, or none: seconds since the epoch."""
        if self.published is None or self.saved is None:
            return self.saved
        telling = not self.has_time and SAVED_FROM <= self.saved - self.published.timestamp() < SAVED_UNTIL
        return self.saved if telling else None


def story_order(one: Appearance, since: float) -> tuple[bool, float, float, int, ArticleId]:
    """Sorts a story's articles by time; behind them those whose date is before `since` (`trusted_since`), then those
    without one. Of one day, where no file's date tells more, the shorter ones come first, as one that is contained in
    another appeared before it."""
    moment, told = one.moment, one.told_by_file
    return (
        moment is None or moment < since,
        inf if moment is None else moment,
        inf if told is None else told // (_DAY if moment is None else SAVED_APART),
        0 if one.has_time else one.words,
        one.article,
    )


def is_known_before(one: Appearance, other: Appearance, since: float) -> bool:
    """Whether one of a story's articles appeared before another, as far as dates tell; those that `story_order` puts
    behind the others because of their dates are known to be later."""
    if one.published is None or other.published is None:
        if one.published is None and other.published is None:
            return one.saved is not None and other.saved is not None and other.saved - one.saved >= _DAY
        return other.published is None
    if (one.published.timestamp() < since) != (other.published.timestamp() < since):
        return other.published.timestamp() < since
    if one.has_time and other.has_time:
        return one.published < other.published
    if one.published.date() != other.published.date():
        return one.published.date() < other.published.date()
    told, other_told = one.told_by_file, other.told_by_file
    return told is not None and other_told is not None and other_told - told >= SAVED_APART


class Earliest:
    """Of articles in the order of their story those that any other is later than if it is later than one of them."""

    def __init__(self, since: float) -> None:
        self._since = since
        self._by_kind: dict[tuple[bool, bool], Appearance] = {}
        """By whether they have a time of their own, and whether their file's date tells one: only like with like can
        be compared to the hour."""

    def note(self, one: Appearance) -> None:
        self._by_kind.setdefault((one.has_time, one.told_by_file is None), one)

    def before(self, one: Appearance) -> bool:
        """Whether an article that was noted is known to have appeared before another."""
        return any(is_known_before(earlier, one, self._since) for earlier in self._by_kind.values())


@dataclass(frozen=True, slots=True, order=True)
class Lag:
    """By how much an article appeared after another."""

    time: timedelta
    exact: bool
    """False when one of the two states only a day: then `time` is whole days, and 0 means the same day."""


class Dated(Protocol):
    """Whatever has the date of an article."""

    @property
    def published(self) -> datetime | None: ...
    @property
    def date_from(self) -> DateFrom: ...


def lag(earlier: Article, later: Article) -> Lag | None:
    """How much `later` appeared after `earlier` (less than nothing: before it); None if one states no date."""
    one, other = stated(earlier), stated(later)
    if one is None or other is None:
        return None
    if earlier.has_time and later.has_time:
        return Lag(other - one, True)
    return Lag(other.date() - one.date(), False)


def duration(lag: Lag) -> str:
    """Short, in the two largest units; whole days where no more is known."""
    minutes = int(lag.time / timedelta(minutes=1))
    days, hours = minutes // 1440, minutes // 60 % 24
    if not lag.exact:
        return f"{days}d"
    if days:
        return f"{days}d{hours}h" if hours else f"{days}d"
    if hours:
        return f"{hours}h{minutes % 60}m" if minutes % 60 else f"{hours}h"
    return f"{minutes}m" if minutes else "<1m"


def stated(article: Dated) -> datetime | None:
    """When an article says it appeared; its file's date tells only when it was saved."""
    return None if article.date_from == "file" else article.published


def is_before(earlier: Article, later: Article) -> bool:
    """Whether it is sure that one appeared before the other."""
    found = lag(earlier, later)
    return found is not None and found.time > timedelta()
