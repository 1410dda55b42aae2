"""Dates as people type them in queries: a day, a month, a year, a range, or something like `last week`.

All become whole days, the same for the index, the line of explanation and completion.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_WEEKDAYS = [name.lower() for name in calendar.day_name]
_MONTHS = [name.lower() for name in calendar.month_name]
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AGE = re.compile(r"(\d{1,5})\s*(d|days?|w|weeks?|m|months?|y|years?)(?:\s+ago)?")
_MONTH_YEAR = re.compile(r"([a-z]{3,9})\.?(?:\s+(\d{4}))?")
_NAMED_DAY = re.compile(r"(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})|([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_MONTH_NAME = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_SEVERAL_WORDS = (
    rf"(?:(?:this|last)\s+(?:week|month|year)|last\s+(?:{'|'.join(_WEEKDAYS)})"
    r"|\d{1,3}\s*(?:days?|weeks?|months?|years?|[dwmy])(?:\s+ago)?"
    rf"|\d{{1,2}}\.?\s+{_MONTH_NAME}\s+\d{{4}}|{_MONTH_NAME}\s+\d{{1,2}},?\s+\d{{4}}|{_MONTH_NAME}\s+\d{{4}})"
)
_DAY_OR_MORE = rf"(?:{_SEVERAL_WORDS}|[\w/-]+(?:\.[\w/-]+)*)"
DATE_PHRASE = re.compile(
    rf"(?:[<>]=?\s*{_DAY_OR_MORE}|{_DAY_OR_MORE}?\.\.{_DAY_OR_MORE}?|{_DAY_OR_MORE}\s+\.\.\s+{_DAY_OR_MORE}"
    rf"|{_SEVERAL_WORDS})(?=[\s()\"“”„«»]|$)",
    re.IGNORECASE,
)
"""What may be a date of several words, and needs no quotes in a query: `last week`, `3 days ago`, `26 march 2021`, and
these after a sign or around `..`. A number of four digits is a year and no age: `date:2021 days` is the word *days*."""
EXAMPLES = "2021-03-26, 2021-03, 2021, 2021-03-01..2021-03-26, yesterday, monday, last week"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days, both ends included; None is open."""

    first: date | None
    last: date | None

    def __contains__(self, other: Period) -> bool:
        """Whether all days of the other are among these."""
        starts = self.first is None or (other.first is not None and other.first >= self.first)
        return starts and (self.last is None or (other.last is not None and other.last <= self.last))

    def __str__(self) -> str:
        first, last = self.first, self.last
        if first is None or last is None:
            return f"since {_day(first)}" if first else f"until {_day(last)}" if last else "at any time"
        if first == last:
            return f"on {_day(first)}"
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return f"in {first.year}" if first.year == last.year else f"from {first.year} to {last.year}"
        if first.day == 1 and last == _month_end(last):
            if (first.year, first.month) == (last.year, last.month):
                return f"in {first:%B} {first.year}"
            return f"from {first:%B} {first.year} to {last:%B} {last.year}"
        return f"from {_day(first)} to {_day(last)}"


def parse_period(text: str, today: date) -> Period:
    """Read a `date:` value. Raises ValueError with what is wrong."""
    text = " ".join(text.lower().split())
    for sign, open_end in ((">=", False), ("<=", True), (">", False), ("<", True)):
        if text.startswith(sign):
            unit = _unit(text[len(sign) :].strip(), today)
            if len(sign) == 2:
                return Period(None, unit.last) if open_end else Period(unit.first, None)
            if open_end:
                return Period(None, _shift(unit.first, -1))
            return Period(_shift(unit.last, 1), None)
    if match := re.fullmatch(r"[\[{](.*?)\s+to\s+(.*?)[\]}]", text):
        return _between(match.group(1), match.group(2), today)
    if ".." in text:
        first, _, last = text.partition("..")
        return _between(first, last, today)
    return _unit(text, today)


def parse_age(text: str, today: date) -> date:
    """Read a `newer:`/`older:` value, an age or a day: the first day that is newer. Raises ValueError."""
    text = " ".join(text.lower().split())
    if match := _AGE.fullmatch(text):
        count, unit = int(match.group(1)), match.group(2)[0]
        try:
            if unit in "dw":
                return today - timedelta(days=count * (7 if unit == "w" else 1))
            return _months_before(today, count * (12 if unit == "y" else 1))
        except (OverflowError, ValueError):
            raise ValueError(f"{text!r} is too long ago") from None
    first = _unit(text, today).first
    assert first is not None
    return first


def _between(first: str, last: str, today: date) -> Period:
    start = _unit(first.strip(), today).first if first.strip(" *") else None
    stop = _unit(last.strip(), today).last if last.strip(" *") else None
    if start and stop and start > stop:
        raise ValueError(f"{_day(start)} is after {_day(stop)}")
    return Period(start, stop)


def _unit(text: str, today: date) -> Period:
    try:
        return _iso(text) or _relative(text, today) or _named(text, today)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no date") from None


def _iso(text: str) -> Period | None:
    match = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if match is None:
        return None
    year, month, day = (None if group is None else int(group) for group in match.groups())
    assert year is not None
    if month is not None and day is not None:
        return Period(date(year, month, day), date(year, month, day))
    if month is not None:
        return Period(date(year, month, 1), _month_end(date(year, month, 1)))
    return Period(date(year, 1, 1), date(year, 12, 31))


def _relative(text: str, today: date) -> Period | None:
    day = timedelta(days=1)
    monday = today - today.weekday() * day
    first_of_month = today.replace(day=1)
    last_month = _months_before(first_of_month, 1)
    named = {
        "today": (today, today),
        "now": (today, today),
        "yesterday": (today - day, today - day),
        "this week": (monday, monday + 6 * day),
        "last week": (monday - 7 * day, monday - day),
        "this month": (first_of_month, _month_end(today)),
        "last month": (last_month, _month_end(last_month)),
        "this year": (date(today.year, 1, 1), date(today.year, 12, 31)),
        "last year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    if text in named:
        return Period(*named[text])
    if text.removeprefix("last ") in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(text.removeprefix("last "))) % 7
        found = today - (back or (7 if text.startswith("last ") else 0)) * day
        return Period(found, found)
    if match := _AGE.fullmatch(text):
        found = parse_age(match.group(), today)
        return Period(found, found)
    return None


def _named(text: str, today: date) -> Period:
    if match := _NAMED_DAY.fullmatch(text):
        day, month, year = match.group(1, 2, 3) if match.group(1) else match.group(5, 4, 6)
        found = date(int(year), _month(month), int(day))
        return Period(found, found)
    match = _MONTH_YEAR.fullmatch(text)
    if match is None:
        raise ValueError(text)
    month = _month(match.group(1))
    year = int(match.group(2)) if match.group(2) else today.year - (month > today.month)
    return Period(date(year, month, 1), _month_end(date(year, month, 1)))


def _month(name: str) -> int:
    matches = [number for number, month in enumerate(_MONTHS) if month and month.startswith(name)]
    if len(matches) != 1:
        raise ValueError(name)
    return matches[0]


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, _month_end(first).day))


def _shift(day: date | None, days: int) -> date | None:
    try:
        return None if day is None else day + timedelta(days=days)
    except OverflowError:
        raise ValueError(f"there is no day beyond {_day(day)}") from None


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else "…"
