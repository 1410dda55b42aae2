"""Numbers, money, percentages and dates in a sentence, with what they amount to.

English wording; figures, symbols and ISO dates are read in any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Literal

MOST = 40
"""Values that are read of a text of some sentences: more is a table. 40 against 40 take 60 ms."""

ValueKind = Literal["number", "money", "percent", "date"]
Meaning = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text."""

    kind: ValueKind
    unit: str
    """What is counted or measured: only values with the same unit contradict each other. For dates the precision."""
    meanings: Meaning
    """What it can amount to ("Friday": the last and the next one); equal values share a meaning."""
    qualifier: str
    """"about", "above", "below" …; empty when there is none."""
    start: int
    """Code points in the text, with the qualifier, half-open."""
    stop: int

    def equals(self, other: Value) -> bool:
        """Whether both can mean the same, whatever their qualifiers."""
        return self.kind == other.kind and not self.meanings.isdisjoint(other.meanings)


_QUALIFIERS = {
    "about": "about|around|roughly|approximately|some|close to|an estimated|estimated|circa",
    "above": "more than|over|just over|well over|above|upward of|upwards of|exceeding|greater than",
    "below": "nearly|almost|less than|fewer than|just under|under|below|not quite",
    "at least": "at least|no less than|a minimum of|not less than",
    "at most": "up to|as much as|as many as|as high as|at most|no more than|a maximum of",
    "at": "exactly|precisely|only|just",
}
_QUALIFIER_OF = {word: name for name, words in _QUALIFIERS.items() for word in words.split("|")}
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPELLED_NUMBERS = {word: number for number, word in enumerate((*_DIGITS, *_TEENS))}
_TENS = {
    word: 10 * number
    for number, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_SCALES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "bln", "billion"), 10**9),
    **dict.fromkeys(("tn", "trn", "trillion"), 10**12),
    "hundred": 100,
    "dozen": 12,
}
_CURRENCIES = {
    "$": "usd", "us$": "usd", "usd": "usd", "dollar": "usd", "cent": "usd",
    "€": "eur", "eur": "eur", "euro": "eur",
    "£": "gbp", "gbp": "gbp", "pound": "gbp", "pence": "gbp",
    "¥": "jpy", "jpy": "jpy", "yen": "jpy",
    "a$": "aud", "c$": "cad", "hk$": "hkd", "nz$": "nzd", "s$": "sgd",
    "yuan": "cny", "rmb": "cny", "rupee": "inr", "rs": "inr", "₹": "inr", "rouble": "rub", "ruble": "rub",
    "franc": "chf", "chf": "chf", "won": "krw", "peso": "peso", "krona": "sek", "crown": "crown", "real": "brl",
}  # fmt: skip
_HUNDREDTHS = {"cent", "pence"}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:[.,]\d{1,6})?"
_COUNTED = "|".join(word for word in _SPELLED_NUMBERS if word not in ("zero", "one"))
_ONE = r"one(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|percent|per cent)\b)"  # else it is a pronoun
_SPELLED = rf"(?:{'|'.join(_TENS)})(?:-(?:one|{_COUNTED}))?|{_COUNTED}|{_ONE}"
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen)|\s?(?:k|mn|mln|mio|bn|bln|tn|trn)|[mb])\b"
_AMOUNT = rf"(?:{_FIGURE}|\b(?:{_SPELLED})\b)(?:{_SCALE})?"
_SYMBOL = r"(?:(?:US|HK|NZ|A|C|S)?\$|[€£¥₹]|(?:USD|EUR|GBP|JPY|CHF|Rs)\b\.?)\s?"
_CURRENCY = (
    r"(?:dollars?|cents?|euros?|pounds?|pence|yen|yuan|rmb|rupees?|roubles?|rubles?|francs?|won|pesos?"
    r"|kron[ae]r?|crowns?|reals?|USD|EUR|GBP|JPY|CHF)\b"
)
_PERCENT = r"(?:%|(?:percent|per cent|pct)\b(?:age)?|percentage points?\b|basis points?\b)"

_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month1>{_MONTH})\s(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d)(?:,?\s(?P<year1>\d{{4}})\b)?"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{_MONTH})(?:,?\s(?P<year2>\d{{4}})\b)?"
    rf"|(?P<month3>{_MONTH}),?\s(?P<year3>(?:19|20)\d\d)\b"
    rf"|(?:(?i:in|since|until|by|of|last|next|this|from|early|late|mid)[ -])(?P<month4>{_MONTH})(?!\w|\s?\d)"
    rf"|(?P<which>(?i:last|next|this|previous|coming)\s)?(?P<weekday>{'|'.join(d.title() for d in _WEEKDAYS)})\b"
    r"|(?i:(?P<relative>last|next|this|previous)\s(?P<period>week|month|year|quarter)\b(?!-))"
    r"|(?i:(?P<day>today|yesterday|tomorrow))\b"
    r"|(?i:(?P<quarter>first|second|third|fourth)[ -]quarter)\b|\bQ(?P<q>[1-4])\b"
    r"|(?P<year>(?:19|20)\d\d)(?![\d,.]\d|\w|[ -]?(?:percent|per cent|%|million|billion)))"
)
_QUANTITY = re.compile(
    rf"(?:\b(?:(?P<between>between)|from)\s)?(?P<symbol>{_SYMBOL})?(?P<low>{_AMOUNT})"
    rf"(?:\s?(?(between)and|(?:to|[-–—]))\s?(?P<symbol2>{_SYMBOL})?(?P<high>{_AMOUNT}))?"
    rf"(?:\s?(?P<percent>{_PERCENT})|[ -](?P<currency>{_CURRENCY}))?",
    re.IGNORECASE,
)
_AMOUNT_PARTS = re.compile(rf"({_FIGURE}|[a-z]+(?:-[a-z]+)??)({_SCALE})?", re.IGNORECASE)
_QUALIFIER = re.compile(
    rf"\b(?:{'|'.join(sorted(('|'.join(_QUALIFIERS.values())).split('|'), key=len, reverse=True))})\s(?:the\s)?$",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"\b\w*[A-Z]\w*\s$")
_GOES_ON = re.compile(r"[^\W_]|\.[A-Za-z]|['’]s|-[A-Z]")
_NEXT_WORD = re.compile(r"[ -]([A-Za-z]{2,})")


def values(text: str, published: datetime | None) -> list[Value]:
    """The first `MOST` values in a text, in order, disjoint. Relative dates are counted from `published`."""
    dates = islice(_DATE.finditer(text), MOST)
    found = [value for match in dates if (value := _date(match, text, published))]
    taken = [(value.start, value.stop) for value in found]
    for match in islice(_QUANTITY.finditer(text), MOST):
        if _stands_alone(text, match) and all(match.end() <= a or match.start() >= b for a, b in taken):
            value = _quantity(match, text)
            if value is not None:
                found.append(value)
    return sorted(found, key=lambda value: value.start)[:MOST]


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Not a part of a name or code: MP3, 600104.SS, 3-D."""
    before = text[match.start() - 1] if match.start() else " "
    return not (before.isalnum() or before in "._/#'’-") and not _GOES_ON.match(text, match.end())


def _quantity(match: re.Match[str], text: str) -> Value | None:
    symbol = match["symbol"] or match["symbol2"]
    currency = (symbol or match["currency"] or "").strip().strip(".").lower()
    kind: ValueKind
    if match["percent"]:
        kind, unit = "percent", "points" if "point" in match["percent"].lower() else "percent"
        factor = Decimal("0.01") if "basis" in match["percent"].lower() else Decimal(1)
    elif currency:
        word = currency if currency in _CURRENCIES else currency.rstrip("s")
        kind, unit = "money", "money"
        factor = Decimal("0.01") if word in _HUNDREDTHS else Decimal(1)
        currency = _CURRENCIES.get(word, word)
    else:
        following = _NEXT_WORD.match(text, match.end())
        if following is None and _CAPITALISED.search(text[max(0, match.start() - 20) : match.start()]):
            return None  # iPhone 4
        kind, unit, factor = "number", following[1].lower()[:5] if following else "", Decimal(1)
    low, low_scale = _amount(match["low"])
    bounds = [low * low_scale * factor]
    if match["high"]:
        high, high_scale = _amount(match["high"])
        if low_scale == 1 and high_scale > 1 and low < 1000:
            bounds[0] *= high_scale  # 13 to 14 million
        bounds.append(high * high_scale * factor)
    start, qualifier = _qualified(text, match.start())
    measure = {"money": currency, "percent": unit, "number": ""}[kind]
    meaning = (measure, *(bound.normalize() for bound in bounds))
    return Value(kind, unit, frozenset({meaning}), qualifier, start, match.end())


def _amount(text: str) -> tuple[Decimal, Decimal]:
    """A written amount and the scale word after it."""
    match = _AMOUNT_PARTS.fullmatch(text)
    assert match is not None
    scale = _SCALES.get((match[2] or "").strip(" -").lower(), 1)
    word = match[1].lower()
    if word[0].isdigit():
        plain = re.sub(r",(?=\d{3}(?:\D|$))", "", word).replace(",", ".")
        return Decimal(plain), Decimal(scale)
    tens, _, ones = word.partition("-")
    return Decimal(_TENS.get(tens, _SPELLED_NUMBERS.get(tens, 0)) + _SPELLED_NUMBERS.get(ones, 0)), Decimal(scale)


def _qualified(text: str, start: int) -> tuple[int, str]:
    """Where the qualifier before a value begins, and which it is."""
    before = text[max(0, start - 25) : start]
    match = _QUALIFIER.search(before)
    if match is None:
        return start, ""
    return start - len(match[0]), _QUALIFIER_OF[" ".join(match[0].lower().removesuffix("the ").split())]


def _date(match: re.Match[str], text: str, published: datetime | None) -> Value | None:
    today = published.date() if published is not None else None
    kind, meanings = _date_meanings(match, today)
    if not meanings:
        return None
    start, qualifier = _qualified(text, match.start())
    return Value("date", kind, frozenset(meanings), qualifier, start, match.end())


def _date_meanings(match: re.Match[str], today: date | None) -> tuple[str, set[tuple[object, ...]]]:
    """The precision of a date, and the days, weeks, months, quarters or years that it may be."""
    get = match.groupdict()
    try:
        if get["iso"]:
            return "day", {("day", date.fromisoformat(get["iso"]))}
        for n in ("1", "2"):
            if get[f"month{n}"]:
                month, day = _month(get[f"month{n}"]), int(get[f"day{n}"])
                years = [int(get[f"year{n}"])] if get[f"year{n}"] else _around(today, month)
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
            offset = {"last": -1, "previous": -1, "this": 0, "next": 1}[get["relative"].lower()]
            return _period(get["period"].lower(), offset, today)
    except (ValueError, OverflowError):  # 31 February, year 0
        return "", set()
    if get["quarter"] or get["q"]:
        number = int(get["q"] or 1 + ("first", "second", "third", "fourth").index(get["quarter"].lower()))
        return "quarter", {("quarter", number)}
    return "year", {("year", int(get["year"]))}


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
