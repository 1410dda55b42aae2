"""Numbers, money and percentages in a sentence, with what they amount to and what they count.

Times of day, codes and exchange rates are left out: they look like figures, and every second pair of articles would
seem to contradict each other in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from newsreader.compare.date_values import MONTH
from newsreader.compare.features import UNSPACED
from newsreader.compare.qualifiers import qualified
from newsreader.compare.value import MOST, Value, ValueKind

_TEENS = (
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPELLED_NUMBERS = {word: number for number, word in enumerate((*_DIGITS, *_TEENS))}
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

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:[.,]\d{1,6})?"
_COUNTABLE = "|".join(word for word in SPELLED_NUMBERS if word not in ("zero", "one"))
_ONE = r"one(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|percent|per cent)\b)"  # else it is a pronoun
_SPELLED = rf"(?:{'|'.join(_TENS)})(?:-(?:one|{_COUNTABLE}))?|{_COUNTABLE}|{_ONE}"
_SCALE = r"(?:[ -]?(?:hundred|thousand|million|billion|trillion|dozen)|\s?(?:k|mn|mln|mio|bn|bln|tn|trn)|[mb])\b"
_SYMBOL = r"(?:(?:US|HK|NZ|A|C|S)?\$|[€£¥₹]|(?:USD|EUR|GBP|JPY|CHF|Rs)\b\.?)\s?"
_CURRENCY = (
    r"(?:dollars?|cents?|euros?|pounds?|pence|yen|yuan|rmb|rupees?|roubles?|rubles?|francs?|pesos?"
    r"|(?<=\d{3}[ -])won|(?<=illion[ -])won"  # else somebody won
    r"|kron[ae]r?|crowns?|reals|USD|EUR|GBP|JPY|CHF)\b"
)
_PERCENT = r"(?:%|(?:percent|per cent|pct)\b(?:age)?|percentage points?\b|basis points?\b)"
_QUANTITY = re.compile(
    rf"(?P<symbol>{_SYMBOL})?(?P<amount>{_FIGURE}|\b(?:{_SPELLED})\b)(?P<scale>{_SCALE})?"
    rf"(?:\s?(?P<percent>{_PERCENT})|[ -](?P<currency>{_CURRENCY}))?",
    re.IGNORECASE,
)
_TO = re.compile(r"\s?(?:to|[-–—])\s?", re.IGNORECASE)
_AND = re.compile(r"\sand\s", re.IGNORECASE)
_LISTED = re.compile(r",?\s(?:and|or)\s|,\s")
_BETWEEN = re.compile(r"\bbetween\s$", re.IGNORECASE)
_CODE = re.compile(
    r"\b(?:Nos?\.?|[Nn]umber|page|[Ff]light|[Rr]oom|[Rr]oute|[Aa]rticle|[Ss]ection|[Cc]hapter|[Ll]ine|[Tt]itle|[Pp]hase"
    r"|[Tt]ype|[Cc]lass|[Ss]eason|[Ee]pisode)\s?$"
)
_CLOCK = re.compile(r"\d ?[:/] $")
_NAME = re.compile(r"[\w)]\s\w*[A-Z]\w*\s$")
"""A capitalised word before a number, in mid-sentence."""
_BEFORE = frozenset("._/#'’-:")
"""Characters that a part of a name, a code, a fraction or a time of day follows: MP3, 9/11, 8:51."""
_GOES_ON = re.compile(
    rf"(?!{UNSPACED.pattern})[^\W_]|\.[A-Za-z]|['’]s|-[A-Z]|[-–]\d|\s?[:/]\s?\d|\s\d/\d"
    r"|\sand (?:a |one |three )?(?:half|quarters?)\b|\s?[ap]\.?m\b|\s(?:o['’]clock|GMT|hrs)\b"
)
"""What makes a number a part of a name, a code, a fraction, a score or a time of day: 600104.SS, 3-D, 4 1/2, 3-1."""
_EXCHANGE = re.compile(r"^\s?=\s?|\s?=\s?$")
"""Beside an amount: $1 = 0.79 euros."""

WIDEST = 10
"""How many times its lower end the upper end of a range is at most."""
REACH = 5
"""Words after a number in which the noun that it counts is looked for."""
_NOUN = r"[^\W\d_][\w'’-]{0,40}(?![\w'’-])"
"""Of some length, for scripts without blanks would have whole paragraphs for one."""
_NEXT_WORD = re.compile(
    rf"[ -](?:of (?:(?:the|its|his|her|their|all|those|these) )?|{MONTH} \d{{1,2}} )?"
    rf"((?:[^\W\d_]\.){{2,8}}|{_NOUN})"
)
_SMALL_WORDS = (
    "of and or to in on at by as the a an from for with than that this these those which who were was had has have is "
    "are be been will would could can may might but per after before since when while if so not it he she they we you "
    "i said says say told last next each every more less during against about over under between into out off up down "
    "versus compared also because among where there their his her its our your my both while until"
)
_OF = re.compile(
    r" (?:of (?:(?:the|its|his|her|their|all|those|these) )?"
    r"|in (?=fines|damages|aid|cash|debt|loans|taxes|losses|sales)"
    r"|(?:a|per) (?=share|day|year|month|week|barrel|ton|pound|head|person|hour))"
    rf"({_NOUN})(?: ({_NOUN}))?"
)
"""What money or a share is of: "41 percent of all companies", "$1.82 a share"."""
_NO_NOUN = frozenset(_SMALL_WORDS.split())
"""What ends the words that tell what is counted."""
_SCALE_OF_DEGREES = re.compile(r"\s([CF])(?:elsius|ahrenheit)?\b")
_OF_PEOPLE = frozenset(("dead", "killed", "wounded", "injured", "missing", "police", "staff", "crew", "troops"))
_PLURALS = frozenset(("people", "men", "women", "children", "feet", "cattle", "sheep", "fish"))


def figures(text: str) -> Iterator[Value]:
    """The first numbers, amounts of money and percentages of a text, some `MOST`, in order."""
    found = [_Quantity.of(match) for match in islice(_QUANTITY.finditer(text), 2 * MOST)]
    for number in reversed(range(len(found) - 1)):  # 3, 4 and 5 percent
        one, following = found[number], found[number + 1]
        if one.is_bare and following.percent and _LISTED.fullmatch(text, one.stop, following.start):
            found[number] = replace(one, percent=following.percent)
    while found:
        one = found.pop(0)
        if found and (joined := one.joined(found[0], text)) is not None:
            one = joined
            found.pop(0)
        if (value := one.value(text)) is not None:
            yield value


@dataclass(frozen=True, slots=True)
class _Quantity:
    """An amount as written, or a range of two."""

    start: int
    stop: int
    amounts: tuple[Decimal, ...]
    steps: tuple[Decimal, ...]
    scale: Decimal
    """Of the last amount."""
    percent: str
    currency: str
    prefixed: bool
    """Whether the currency stands before the amount."""
    spelled: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> _Quantity:
        currency = (match["symbol"] or match["currency"] or "").strip().strip(".").lower()
        percent = (match["percent"] or "").lower()
        amount, step = _amount(match["amount"].lower())
        scale = Decimal(_SCALES.get((match["scale"] or "").strip(" -").lower(), 1))
        if "basis" in percent or (currency.rstrip("s") in _HUNDREDTHS or currency in _HUNDREDTHS):
            scale *= Decimal("0.01")
        word = currency if currency in _CURRENCIES else currency.rstrip("s")
        if percent:
            percent, currency = "points" if "point" in percent else "percent", ""
        else:
            currency = _CURRENCIES.get(word, word)
        return cls(
            match.start(),
            match.end(),
            (amount * scale,),
            (step * scale,),
            scale,
            percent,
            currency,
            bool(match["symbol"]),
            not match["amount"][0].isdigit(),
        )

    def joined(self, other: _Quantity, text: str) -> _Quantity | None:
        """The range from this amount to the next one: of the same measure, upwards ("13 to 14 million").

        A fall ("$5.4 million to $200,000") and what is of another size ("up 12 to 13,482") are two values.
        """
        between = bool(_BETWEEN.search(text[max(0, self.start - 8) : self.start]))
        if len(self.amounts) > 1 or not (_AND if between else _TO).fullmatch(text, self.stop, other.start):
            return None
        if self.is_bare:  # 2.5 to 3 percent
            fits = not other.prefixed
        elif other.is_bare:  # $1.47-1.55
            fits = self.prefixed
        else:
            fits = (self.percent, self.currency) == (other.percent, other.currency)
        shares_scale = self.scale == 1 and self.amounts[0] < 1000 and (self.is_bare or self.prefixed)
        factor = other.scale if shares_scale else Decimal(1)
        low = self.amounts[0] * factor
        if not fits or not low <= other.amounts[0] <= WIDEST * low:
            return None
        return _Quantity(
            self.start,
            other.stop,
            (low, other.amounts[0]),
            (self.steps[0] * factor, other.steps[0]),
            other.scale,
            other.percent or self.percent,
            other.currency or self.currency,
            self.prefixed,
            self.spelled and other.spelled,
        )

    @property
    def is_bare(self) -> bool:
        return not self.percent and not self.currency

    def value(self, text: str) -> Value | None:
        """As a value; None for what is none: MP3, 600104.SS, No. 3, 8:51, $1 = 0.79 euros."""
        after, before = text[self.stop : self.stop + 3], text[max(0, self.start - 24) : self.start]
        if not _stands_alone(text, self.start, self.stop) or _EXCHANGE.search(before) or _EXCHANGE.search(after):
            return None
        kind: ValueKind = "percent" if self.percent else "money" if self.currency else "number"
        unit, counted_stop = self.percent or self.currency, self.stop
        if kind == "number":
            if _CODE.search(before) or _CLOCK.search(before):
                return None
            unit, counted_stop, plural = _counted(text, self.stop)
            if not plural and not self.spelled and self.scale == 1 and _NAME.search(before):
                return None  # iPhone 4
        elif (of := _OF.match(text, self.stop)) and of[1].lower() not in _NO_NOUN:
            counted_stop = of.end(2) if of[2] and of[2].lower() not in _NO_NOUN else of.end(1)
        bounds = tuple(amount.normalize() for amount in self.amounts)
        start, qualifier = qualified(text, self.start)
        if len(bounds) > 1 and _BETWEEN.search(before):
            start, qualifier = self.start - len("between "), ""
        return Value(
            kind,
            unit,
            frozenset({(unit if kind != "number" else "", *bounds)}),
            qualifier,
            start,
            self.stop,
            counted_stop,
            bounds,
            max(self.steps),
            self.spelled,
        )


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Not a part of a name, code, fraction, score or time of day."""
    before = text[start - 1] if start else " "
    if before == "–" and text[max(0, start - 2)].isdigit():
        return False
    return not ((before.isalnum() and not UNSPACED.match(before)) or before in _BEFORE) and not _GOES_ON.match(
        text, stop
    )


def _amount(word: str) -> tuple[Decimal, Decimal]:
    """A written amount, and what one more in its last digit that counts amounts to: of a round number of three digits
    or more the third digit from the front and those behind it may be rounded."""
    if not word[0].isdigit():
        tens, _, ones = word.partition("-")
        amount = _TENS.get(tens, SPELLED_NUMBERS.get(tens, 0)) + SPELLED_NUMBERS.get(ones, 0)
        return Decimal(amount), Decimal(1)
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", word).replace(",", ".")
    whole, _, decimals = plain.partition(".")
    if decimals:
        return Decimal(plain), Decimal(1).scaleb(-len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(plain), Decimal(10) ** max(0, min(zeros, len(whole) - 2))


def _counted(text: str, stop: int) -> tuple[str, int, bool]:
    """The stem of the noun that a number counts, where it ends, and whether it is a plural.

    The first plural among the next words ("19 masked men", "two US police officers"), for what is counted is one; else
    what hangs on it ("603,000-unit pace") or is said of people ("24 dead"). Degrees are of the scale that is named.
    """
    at = stop
    for _ in range(REACH):
        found = _NEXT_WORD.match(text, at)
        if found is None or found[1].lower() in _NO_NOUN:
            break
        if found[1].lower() == "degrees":
            scale = _SCALE_OF_DEGREES.match(text, found.end())
            return ("degrees", found.end(), True) if scale is None else (f"°{scale[1]}".lower(), scale.end(), True)
        if _is_plural(found[1]):
            return found[1].lower()[:5], found.end(), True
        at = found.end()
    found = _NEXT_WORD.match(text, stop)
    if found is not None and (text[stop] == "-" or found[1].lower() in _OF_PEOPLE):
        return found[1].lower()[:5], found.end(), False
    return "", stop, False


def _is_plural(word: str) -> bool:
    small = word.lower()
    return small in _PLURALS or (
        len(small) > 3 and small.endswith("s") and not small.endswith(("ss", "us", "is", "'s", "’s"))
    )
