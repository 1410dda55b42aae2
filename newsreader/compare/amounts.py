"""The values of a text: its figures and dates in order. Two that overlap would be counted twice."""

from __future__ import annotations

from datetime import datetime

from newsreader.compare.date_values import read_dates
from newsreader.compare.figures import figures
from newsreader.compare.value import MOST, Value


def values(text: str, published: datetime | None) -> list[Value]:
    """The first `MOST` values in a text, in order, disjoint. Relative dates are counted from `published`."""
    dates, taken = read_dates(text, published)
    found = [v for v in figures(text) if all(v.stop <= start or v.start >= stop for start, stop in taken)]
    return sorted([*dates, *found], key=lambda value: value.start)[:MOST]
