"""Dates as article files state them, read strictly: a whole date or nothing.

A guess would put an article on a wrong day, at the wrong end of its story; dateutil alone takes "May" for the fifth
month of this year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

LONGEST_DATE = 64
"""Code points; longer strings are no dates, and dateutil takes seconds on long runs of digits."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_DAY_AFTER = r"(?:,?\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=\s*$|\s+\d\d?:))"
"""As Nexis writes it: March 26, 2021 Friday."""
_TIME = (
    r"(?:(?:[Tt]|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?m\b\.?)?"
    r"(?:\s*(?:Z\b|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_LEADING = re.compile(
    r"(?:"
    r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{8}(?=[T\s]|$)|\d{1,2}[./]\d{1,2}[./]\d{4}"
    rf"|{_DAY_NAME}\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|\d{{1,2}}-{_MONTH}-\d{{4}}"
    rf"|{_DAY_NAME}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}{_DAY_AFTER}?"
    rf"){_TIME}(?=\s|$)",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(r"\d:\d\d|\dT\d\d", re.IGNORECASE)
_COMPACT = re.compile(r"[12]\d{3}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")
_NUMBER = re.compile(r"-?\d{8,17}(?:\.\d{1,9})?")
_EPOCH_UNITS = ((1e8, 3.24e10, 1), (1e11, 3.24e13, 1_000), (1e14, 3.24e16, 1_000_000))
"""(from, below, how many of it are a second): seconds, milli- and microseconds from 1973 to 2996."""
_ZONE_IN_WORDS = re.compile(r"\s*\((?:UTC|GMT)\s?([+-]\d{2}:?\d{2})\)$")
"""As MarkDownload writes it."""
_SECOND_ZONE = re.compile(r"(?<=[\dZz])(?:\s(?:UTC|GMT)|\[[\w/+-]{1,40}\])$")
"""What Go and Java add to an offset."""
_ZONE_NAME = re.compile(r"(?<=[\d\sm])\(?([A-Z]{3,4})\)?$")
_ZONES: Mapping[str, str] = {
    "WET": "+0000", "WEST": "+0100", "CET": "+0100", "CEST": "+0200", "MEZ": "+0100", "MESZ": "+0200", "EET": "+0200",
    "EEST": "+0300", "BST": "+0100", "MSK": "+0300", "SGT": "+0800", "HKT": "+0800", "JST": "+0900", "KST": "+0900",
    "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300", "EST": "-0500", "EDT": "-0400", "CDT": "-0500",
    "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}  # fmt: skip
"""Zone names that mean one offset in the news (RFC 2822 has the American ones). IST is three countries' and CST two's,
but RFC 2822 gives CST to America; other names are not known, and the moment is taken as UTC."""
_DAY_AFTER_YEAR = re.compile(rf"(?<=\d{{4}}){_DAY_AFTER}", re.IGNORECASE)
_ISO = re.compile(r"[\d-]{8,10}(?:[T ][\d:.,]+\s*(?:Z|[+-][\d:]+)?)?", re.IGNORECASE)


def leading_date(text: str) -> tuple[datetime, bool, int] | None:
    """The date that `text` begins with: (aware date-time, whether a time was stated, where the date ends).

    A date without zone is taken as UTC; None when the text does not begin with a real, whole date.
    """
    match = _LEADING.match(text[: LONGEST_DATE + 1])
    if match is None:
        return None
    parsed = parse_date(match.group())
    return None if parsed is None else (*parsed, match.end())


def parse_date(text: str) -> tuple[datetime, bool] | None:
    """Read a string that is one date, with or without a time: (aware date-time, whether a time was stated).

    ISO 8601, RFC 2822 and the written forms that dateutil knows; year, month and day must all be there.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_DATE or not any(c.isdigit() for c in text):
        return None
    text = _DAY_AFTER_YEAR.sub("", text)
    text = _ZONE_NAME.sub(
        lambda match: _ZONES.get(match[1], match[0]), _SECOND_ZONE.sub("", _ZONE_IN_WORDS.sub(r"\1", text))
    )
    has_time = bool(_HAS_TIME.search(text))
    for read in (_iso, _mail_date, _written):
        try:
            moment = read(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            moment.astimezone(UTC)  # offsets that no zone has are accepted by dateutil and fail here
        except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
            continue
        return (moment, has_time) if 1000 <= moment.year <= 2999 else None
    return None


def stated_date(value: object) -> tuple[datetime, bool] | None:
    """Read what a program wrote: as `parse_date`, or a number of seconds, milli- or microseconds since 1970.

    Numbers before March 1973 are none: they may be anything. Digits that spell a date and a time are that.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int) and not 0 <= value < 10**17:  # longer ones may take Python's leave to be written out
        return None
    text = str(value).strip()
    if not _NUMBER.fullmatch(text):
        return parse_date(text)
    if _COMPACT.fullmatch(text):
        return parse_date(f"{text[:8]}T{text[8:]}")
    number = float(text)
    for start, end, unit in _EPOCH_UNITS:
        if start <= number < end:
            return datetime.fromtimestamp(0, UTC) + timedelta(seconds=number / unit), True
    return parse_date(text)


def _iso(text: str) -> datetime:
    if not _ISO.fullmatch(
        text
    ):  # Python takes any character between date and time: 2021-03-26+08:00 is not eight o'clock
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _mail_date(text: str) -> datetime:
    from email.utils import parsedate_to_datetime

    return parsedate_to_datetime(text)


def _written(text: str) -> datetime:
    from dateutil import parser as dateutil_parser

    if not _LEADING.fullmatch(text):
        raise ValueError(text)
    defaults = (datetime(2000, 1, 1), datetime(2001, 2, 2))
    first, second = (dateutil_parser.parse(text, default=default, dayfirst="." in text) for default in defaults)
    if first != second:
        raise ValueError(text)
    return first


def day_number(day: date) -> int:
    """The calendar day as the outlet printed it (in the date's own zone), as YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day
