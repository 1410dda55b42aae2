"""When the articles of a result were published: how many on each day, or in each month or year.

One pass over an array of days, so that it can follow the typing. A bar counts what the query finds with the bar's
`date:` added: else a click on it would show another number of articles than it promised.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import cast

import numpy as np

from newsreader.engine.results import UNITS, Bar, Histogram, Unit
from newsreader.terms.arrays import Ints

MOST_BARS = 62
"""Bars that are chosen at most, where nobody says how much room there is: two months of days, five years of months."""
_1970 = date(1970, 1, 1).toordinal()


def histogram(days: Ints, unit: Unit | None = None, most: int = MOST_BARS) -> Histogram:
    """The histogram of these days (YYYYMMDD each, 0 for none). Without a `unit`, the finest with no more than `most`
    bars; years where there is none."""
    dated = days[days > 0]
    undated = len(days) - len(dated)
    if not len(dated):
        return Histogram(unit or "day", (), undated)
    ends = np.array([dated.min(), dated.max()])
    fitting = (finest for finest in UNITS if np.ptp(_places(ends, finest)) < most)
    chosen = unit if unit is not None else next(fitting, UNITS[-1])
    start = int(_places(ends, chosen)[0])
    counts = np.bincount(_places(dated, chosen) - start).tolist()
    return Histogram(chosen, tuple(_bar(chosen, at, count) for at, count in enumerate(counts, start)), undated)


def _places(days: Ints, unit: Unit) -> Ints:
    """The number of the day, month or year, one more than that of the one before."""
    if unit == "year":
        return days // 10000
    months = days // 10000 * 12 + days // 100 % 100 - 1
    if unit == "month":
        return months
    firsts = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return cast("Ints", firsts + days % 100 - 1 + _1970)


def _bar(unit: Unit, place: int, count: int) -> Bar:
    if unit == "day":
        return Bar(day := date.fromordinal(place), day, count)
    if unit == "year":
        return Bar(date(place, 1, 1), date(place, 12, 31), count)
    first = date(place // 12, place % 12 + 1, 1)
    return Bar(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), count)
