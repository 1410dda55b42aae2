"""Dates as article files state them, read strictly: a whole date or nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime

LONGEST_DATE = 64
"""Code points; longer strings are no dates, and dateutil takes seconds on long runs of digits."""

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_TIME = (
    r"(?:(?:[Tt]|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:\s*[ap]\.?m\b\.?)?"
    r"(?:\s*(?:Z\b|UTC|GMT|[+-]\d{2}:?\d{2}))?)?"
)
_LEADING = re.compile(
    r"(?:"
    r"\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{8}(?=[T\s]|$)|\d{1,2}[./]\d{1,2}[./]\d{4}"
    rf"|{_DAY_NAME}\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}"
    rf"|{_DAY_NAME}{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"){_TIME}(?=\s|$)",
    re.IGNORECASE,
)
_HAS_TIME = re.compile(r"\d:\d\d|\dT\d\d", re.IGNORECASE)
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


def day_number(moment: datetime) -> int:
    """The calendar day as the outlet printed it (in the date's own zone), as YYYYMMDD."""
    return moment.year * 10000 + moment.month * 100 + moment.day
