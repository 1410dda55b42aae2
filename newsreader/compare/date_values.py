"""Dates in a sentence: days, months, quarters and years, as written or counted from the day of publication.

Without the day of publication "Friday" and "last month" of two articles could not be told apart. A word of the calendar
in a name is no date: "This Week", "USA Today", "Black Friday".
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import islice

from newsreader.compare.qualifiers import qualified
from newsreader.compare.value import MOST, Value

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:(?=,?\s\d)|(?<=\d\s...)(?![\w.])|(?<=\d\sSept)(?![\w.])))"
)
"""Abbreviated without a point only beside a figure: Jan is a name, too."""
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month1>{MONTH})\s(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)"
    rf"(?:,?\s(?:of\s)?(?P<year1>{_YEAR})\b|\s(?P<which1>last|this|next)\syear\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{MONTH})(?!\s\d{{1,2}}\b)"
    rf"(?:,?\s(?:of\s)?(?P<year2>{_YEAR})\b|\s(?P<which2>last|this|next)\syear\b)?"
    rf"|(?P<month3>{MONTH}),?\s(?:of\s)?(?P<year3>{_YEAR})\b"
    rf"|(?:(?i:in|since|until|by|of|last|next|this|from|early|late|mid)[ -])(?P<month4>{MONTH})"
    r"(?!\w|\s?\d|,?\s(?:of\s)?\d)"
    rf"|(?P<which>(?i:last|next|this|previous|coming)\s)?(?P<weekday>{'|'.join(d.title() for d in _WEEKDAYS)})\b"
    r"|(?i:(?P<relative>last|next|this|previous))\s(?P<period>week|month|year|quarter)\b(?!-)"
    r"|(?P<day>(?i:today|yesterday|tomorrow))\b"
    r"|(?i:(?P<quarter>first|second|third|fourth)[ -]quarter)\b|\bQ(?P<q>[1-4])\b"
    rf"|(?P<year>{_YEAR})(?![\d,.]\d|\w|[ -]?(?:percent|per cent|%|million|billion)))"
)
_BEGINS = re.compile(r"(?:^|[.!?:;“\"'‘(]\s?|[-—–]\s)$")
"""Before the first word of a sentence: a capital there makes no name."""
_NAMED_DAY = re.compile(r"\b(?:Black|Good|Super|Bloody|Ash|Cyber|Palm|Easter|Holy|Whit)\s$")
_PAPER = re.compile(r"\s(?:Times|Night|Telegraph|Mail|Express|Mirror|Herald|Post|Live|Morning|Show|Independent)\b")
_ITS_DATE = re.compile(rf",\s(?:{MONTH}\s\d|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH})")
"""After a weekday: the date says all."""
_SEPTEMBER_11 = re.compile(r"Sept(?:ember|\.)? 11")
_COUNTED = re.compile(r"(?:\b\d{1,6}\s|\b(?:post|pre)-)$", re.IGNORECASE)
_NOUN = re.compile(
    r"\s(?!(?:and|or|to|at|in|on|as|by|for|of|from|with|when|after|before|that|is|was|were|has|had)\b)[a-z]"
)

Spans = list[tuple[int, int]]


def read_dates(text: str, published: datetime | None) -> tuple[list[Value], Spans]:
    """The first `MOST` dates of a text, in order; and what of it is a date, or a part of a name that looks like one.

    Relative dates are counted from `published`.
    """
    today = published.date() if published is not None else None
    found: list[Value] = []
    taken: Spans = []
    for match in islice(_DATE.finditer(text), MOST):
        taken.append(match.span())
        precision, meanings = ("", set()) if _is_named(match, text) else _meanings(match, today)
        if meanings:
            start, qualifier = qualified(text, match.start())
            found.append(Value("date", precision, frozenset(meanings), qualifier, start, match.end(), match.end()))
    return found, taken


def _is_named(match: re.Match[str], text: str) -> bool:
    """Whether it is a part of a name (USA Today, Black Friday, the Sept. 11 attacks) or of a date that follows."""
    before = text[max(0, match.start() - 12) : match.start()]
    if match["day"]:
        return match["day"][0].isupper() and not _BEGINS.search(before)
    if match["weekday"]:
        return bool(_NAMED_DAY.search(before) or _PAPER.match(text, match.end()) or _ITS_DATE.match(text, match.end()))
    if match["day1"] and not (match["year1"] or match["which1"]):
        event = _SEPTEMBER_11.fullmatch(match[0]) and _NOUN.match(text, match.end())
        return bool(event or _COUNTED.search(before))
    return False


def _meanings(match: re.Match[str], today: date | None) -> tuple[str, set[tuple[object, ...]]]:
    """The precision of a date, and the days, weeks, months, quarters or years that it may be."""
    get = match.groupdict()
    try:
        if get["iso"]:
            return "day", {("day", date.fromisoformat(get["iso"]))}
        for n in ("1", "2"):
            if get[f"month{n}"]:
                month, day = _month(get[f"month{n}"]), int(get[f"day{n}"])
                years = _years(get[f"year{n}"], get[f"which{n}"], today, month)
                return "day", {("day", date(year, month, day)) for year in years} or {("day", month, day)}
        if get["month3"]:
            return "month", {("month", int(get["year3"]), _month(get["month3"]))}
        if get["month4"]:
            month = _month(get["month4"])
            return "month", {("month", year, month) for year in _around(today, month)} or {("month", month)}
        if get["weekday"]:
            number = _WEEKDAYS.index(get["weekday"].lower())
            if today is None:
                return "day", {("weekday", number)}
            last = today - timedelta((today.weekday() - number) % 7)
            weeks = (-7, 0, 7) if get["which"] else (0, 7)
            return "day", {("day", last + timedelta(days)) for days in weeks}
        if get["day"]:
            offset = {"yesterday": -1, "today": 0, "tomorrow": 1}[get["day"].lower()]
            return "day", {("day", today + timedelta(offset) if today else offset)}
        if get["relative"]:
            return _period(get["period"], _OFFSETS[get["relative"].lower()], today)
    except (ValueError, OverflowError):  # 31 February, year 0
        return "", set()
    if get["quarter"] or get["q"]:
        number = int(get["q"] or 1 + ("first", "second", "third", "fourth").index(get["quarter"].lower()))
        return "quarter", {("quarter", number)}
    return "year", {("year", int(get["year"]))}


_OFFSETS = {"last": -1, "previous": -1, "this": 0, "next": 1}


def _years(year: str | None, which: str | None, today: date | None, month: int) -> list[int]:
    """The years that a day and month can be of."""
    if year:
        return [int(year)]
    if which and today:
        return [today.year + _OFFSETS[which]]
    return _around(today, month)


def _period(period: str, offset: int, today: date | None) -> tuple[str, set[tuple[object, ...]]]:
    if today is None or period == "quarter":
        return period, {(period, "relative", offset)}
    if period == "week":
        year, week, _ = (today + timedelta(7 * offset)).isocalendar()
        return period, {(period, year, week)}
    if period == "month":
        months = today.year * 12 + today.month - 1 + offset
        return period, {(period, months // 12, months % 12 + 1)}
    return period, {(period, today.year + offset)}


def _month(text: str) -> int:
    return 1 + _MONTHS.index(text[:3].lower())


def _around(today: date | None, month: int) -> list[int]:
    """The years in which a month without a year may lie: the last and the next one."""
    if today is None:
        return []
    return [today.year - 1, today.year] if month > today.month else [today.year, today.year + 1]
