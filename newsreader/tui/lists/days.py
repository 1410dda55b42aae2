"""Under which days the rows of a list stand that is in the order of time, and which of them tell one story.

A morning's list is read by days: what came today, what was yesterday's. What lies longer back stands under its month; a
heading for each of its days would take as many lines as the headlines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from newsreader.article import StoryId
from newsreader.terms.arrays import Ints

DAYS_BACK = 14
"""For which every day has a heading."""
FEWEST_ROWS = 6
"""With headings: fewer are seen at once, each with its date."""
ROWS_EACH = 1.5
"""On average under a heading: with fewer, headings part nothing."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a row."""

    index: int
    label: str
    rows: int
    """How many stand under it."""


def headings(days: Ints, today: date, *, newest_first: bool = True) -> tuple[Heading, ...]:
    """For a list whose articles have these days (YYYYMMDD, 0 for none) and are in the order of time. An article that a
    zone puts on the day before or after stays with its neighbours."""
    if len(days) < FEWEST_ROWS:
        return ()
    since = _day(today - timedelta(days=DAYS_BACK))
    keys = np.where(days > since, days, days // 100 * 100)
    keys = np.minimum.accumulate(keys) if newest_first else np.maximum.accumulate(keys)
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    if len(starts) < 2 or len(starts) * ROWS_EACH > len(days):
        return ()
    rows = np.diff(starts, append=len(days)).tolist()
    found = zip(starts.tolist(), keys[starts].tolist(), rows, strict=True)
    return tuple(Heading(index, _label(key, today), count) for index, key, count in found)


def beside_siblings(numbers: Ints, story_of: Mapping[int, StoryId], parts: tuple[Heading, ...]) -> tuple[Ints, Ints]:
    """Order and siblings. The order, as places in the list: under each heading the articles of a story stand together,
    where its first one was. Siblings are the numbers of those that follow another one of their story."""
    part = np.zeros(len(numbers), np.int64)
    part[[heading.index for heading in parts if heading.index]] = 1
    groups: dict[tuple[int, StoryId], int] = {}
    first = np.arange(len(numbers))
    for place, (number, heading) in enumerate(zip(numbers.tolist(), np.cumsum(part).tolist(), strict=True)):
        if (story := story_of.get(number)) is not None:
            first[place] = groups.setdefault((heading, story), place)
    order: Ints = np.argsort(first, kind="stable")
    siblings: Ints = numbers[first != np.arange(len(numbers))]
    return order, siblings


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _label(key: int, today: date) -> str:
    year, month, day = key // 10_000, key // 100 % 100, key % 100
    if not key:
        return "No date"
    if not day:
        return f"{date(year, month, 1):%B %Y}"
    moment = date(year, month, day)
    if moment in (today, today - timedelta(days=1)):
        return "Today" if moment == today else "Yesterday"
    return f"{moment:%a} {day} {moment:%b}" + (f" {year}" if year != today.year else "")
