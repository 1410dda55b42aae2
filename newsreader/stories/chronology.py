"""Which of two articles appeared first, and by how much, as far as their dates tell.

Many state only a day, some none: compared as moments, an article of "Tuesday" would be first by hours that nobody
knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from newsreader.article import Article


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
