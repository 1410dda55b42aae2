"""Which of two articles appeared first, and by how much, as far as their dates tell.

Many state only a day, some none: compared as moments, an article of "Tuesday" would be first by hours that nobody
knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import inf

from newsreader.article import Article, ArticleId

LONE_DAYS = 365
"""So long before all other articles of its story, a date says nothing of who was first: no story is silent for a year.
Archives and converters give such dates to what has none (1970-01-01, 1999-01-01)."""
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


def story_order(published: float | None, article: ArticleId, since: float) -> tuple[bool, float, ArticleId]:
    """Sorts a story's articles by time, the smallest id of several first; behind them those whose date is before
    `since` (`trusted_since`), then those without one."""
    moment = inf if published is None else published
    return moment < since or published is None, moment, article


@dataclass(frozen=True, slots=True, order=True)
class Lag:
    """By how much an article appeared after another."""

    time: timedelta
    exact: bool
    """False when one of the two states only a day: then `time` is whole days, and 0 means the same day."""


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


def stated(article: Article) -> datetime | None:
    """When an article says it appeared; its file's date tells only when it was saved."""
    return None if article.date_from == "file" else article.published


def is_before(earlier: Article, later: Article) -> bool:
    """Whether it is sure that one appeared before the other."""
    found = lag(earlier, later)
    return found is not None and found.time > timedelta()
