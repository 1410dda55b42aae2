"""Whether values of two sentences are about the same thing: the words right beside them tell.

Two sentences of one story are full of figures, and most of them are about different things. Words anywhere in the
sentences, or within a number of letters, made three of four contradictions wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812

from newsreader.compare.compatible import close, comparable, compatible
from newsreader.compare.content_words import WITHOUT_CONTENT
from newsreader.compare.features import POSSESSIVE, STEM
from newsreader.compare.value import Meaning, Value
from newsreader.text.clean import fold, words

BESIDE = 4
"""Words on each side of a value that tell what it is about; words of grammar and figures are not counted."""
SHARED = 3
"""Words beside two values that are the same if they are about the same thing."""
SHARED_OF_ALL = 2
"""The same where no other words are beside either: "Its shares rose 2 percent."."""
SURE = 0.5
"""Share of the words beside a value, of the smaller number, that the other one has, where the sentences are surely one
statement. Of 111 values of Reuters stories that a reader judged, 28 contradicting each other, it keeps 16, 15 of them
right; of 39 that it found in 850 other pairs of Reuters, 36 seemed right. From .35 on there are a fifth more, a third
of them wrong."""
SURE_OF_RELATED = 1.0
"""The same where the sentences are only related: then the words beside the values must say it. At .8, 3 of 8 in 400
pairs of ECB+ were wrong."""
SURE_OF_DATES = 0.75
"""The same for dates: one statement has several, of the event, of the report, of what came before. Of 74 that readers
judged, 4 right, it keeps 2, both right."""
COUNTED = 1_000
"""Number below which one without "about" was counted and not rounded: 210 votes and 212."""
MAGNITUDE = 20
"""How many times one of two figures of the same thing is the other at most: beyond, one was read wrong."""

_RISE = (
    "rose rise rises rising risen jumped jump jumps gained gain gains added adds climbed climb climbs up higher surged "
    "surge soared soar increased increase increases increasing grew grow growth grown advanced"
)
_FALL = (
    "fell fall falls falling fallen dropped drop drops declined decline declines down lower slipped slid lost lose "
    "shed sank dipped plunged tumbled decreased decrease decreases shrank"
)
_MOVES = {word: sign for sign, words in (("▲", _RISE), ("▼", _FALL)) for word in words.split()}
"""Words for the same movement are the same: "shares jumped", "shares were up"."""
_BOTH_WAYS = frozenset("▲▼")
_SAYING = re.compile(
    r"\b(?:said|says|told|announced|reported|comments?|commented|wrote|tweeted|added|stated"
    r"|published|posted|updated|edited|released)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"\b(?:another|an additional|a further|the other|the remaining)\s$", re.IGNORECASE)
_ASKED = ("analy", "econo")
"""What polls of forecasts count: every firm's has others."""
_STAMP = re.compile(r"\W{0,3}(?:last |first )?(?:updated|published|posted|edited)\b", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|most|half|some|many) (?:\w+ )?(?:out )?"
    r"of (?:the )?(?:last |past |its |their )?$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"[ -](?:second|minute|hour|day|week|month|year|decade)s? (?:ago|later|earlier|before|after|since|from|into)\b"
)
_TO = re.compile(r"\bto\s$", re.IGNORECASE)
_BY = re.compile(rf"\b(?:by|{'|'.join(_MOVES)})\s$", re.IGNORECASE)
_COMPARED_WITH = re.compile(
    r"\b(?:from|on|over|than|in) (?:a|the|last|this|its) (?:same |previous |year-ago )?(month|quarter|year)\b"
    r"|\b(month|quarter|year)-(?:on|over)-(?:month|quarter|year)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"\b(?:world|nation)wide\b|\b(?:globally|overall|altogether|in total|in all)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:an?|per|each|every) (second|minute|hour|night|day|week|month|quarter|year|share|barrel|ton|head|person)\b"
    r"(?! (?:ago|earlier|later|before|after)\b)",
    re.IGNORECASE,
)
_CONTRARY = tuple(
    frozenset(group.split())
    for group in (
        "north south east west",
        "northern southern eastern western",
        "men women boys girls",
        "before after",
        "including excluding",
        "imports exports",
        "quarter year",
    )
)
"""Words of which one is never said of what another one is said of."""
_NEXT = 40
"""Code points beside a value that tell what it is compared with, or that it is of all."""
_RELATIVE = re.compile(r"\b(?:last|next|this|previous|coming)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_MARKET = frozenset(("share", "stock", "index", "futur", "bond", "bonds", "yield", "crude", "dow", "nasda"))
"""What has another price every day."""
_UNITS = frozenset(("percent", "percentage", "cent", "pct", "hundred", "thousand", "million", "billion", "trillion"))
"""Words of other amounts, which are beside many."""


@dataclass(frozen=True, slots=True)
class Place:
    """A value where it stands."""

    value: Value
    sentence: str
    start: int
    """Code points of the value within the sentence, half-open."""
    stop: int
    days: Meaning
    """All that the dates of the sentence may be."""

    @property
    def written(self) -> str:
        return self.sentence[self.start : self.stop]

    @property
    def before(self) -> str:
        return self.sentence[: self.start]


def surely_contradict(one: Place, other: Place, *, same_statement: bool, same_day: bool) -> bool:
    """Whether two values are surely about the same thing, and can't both be true. Symmetric.

    `same_statement` is whether the two sentences surely say the same, `same_day` whether both articles were published
    on one day.
    """
    if not comparable(one.value, other.value) or compatible(one.value, other.value):
        return False
    if one.value.kind == "date":
        return same_statement and _dates_contradict(one, other, same_day)
    if (
        any(_is_relative(place) for place in (one, other))
        or _are_of_others(one, other)
        or _are_of_other_days(one, other)
        or _are_other_measures(one, other)
    ):
        return False
    low, high = sorted((abs(one.value.bounds[-1]), abs(other.value.bounds[-1])))
    if high > MAGNITUDE * low:
        return False
    if not (same_day or one.days & other.days) and any(_MARKET & _beside(place) for place in (one, other)):
        return False  # another day, another price
    return _are_beside_the_same(one, other, SURE if same_statement else SURE_OF_RELATED)


def surely_agree(one: Place, other: Place) -> bool:
    """Whether two values that are written differently surely are the same one, rounded or qualified."""
    fits = comparable(one.value, other.value) and compatible(one.value, other.value) and close(one.value, other.value)
    if fits and all(_is_counted(place.value) for place in (one, other)):
        return one.value.equals(other.value)
    return fits and _are_beside_the_same(one, other, SURE)


def _is_counted(value: Value) -> bool:
    return value.kind == "number" and not value.qualifier and value.bounds[-1] < COUNTED


def _is_relative(place: Place) -> bool:
    """Whether it is a part (seven of the last eight, another three), tells when (eight days ago) or of a poll, or is
    in degrees of a scale that is not named."""
    if place.value.kind == "number" and (place.value.unit.startswith(_ASKED) or place.value.unit == "degrees"):
        return True
    part = _SHARE_OF.search(place.before) or _FURTHER.search(place.before)
    return bool(part or _WHEN.match(place.sentence, place.stop))


def _are_of_others(one: Place, other: Place) -> bool:
    """Whether each has a name beside it that does not stand beside the other value."""
    a, b = (
        {
            stem
            for word, stem in (*_content(place.before)[-BESIDE:], *_content(place.sentence[place.stop :])[:BESIDE])
            if word[0].isupper()
        }
        for place in (one, other)
    )
    return bool(a - _beside(other)) and bool(b - _beside(one))


def _are_other_measures(one: Place, other: Place) -> bool:
    """Whether one is reached and the other the way there (to 5, by 2), one is of all (worldwide), each is of another
    part (the north, the south) or time (a month, a year), or they are compared with other times (from a month ago)."""
    if any(_TO.search(a.before) and _BY.search(b.before) for a, b in ((one, other), (other, one))):
        return True
    following = [place.sentence[place.stop : place.stop + _NEXT] for place in (one, other)]
    if bool(_IN_ALL.search(following[0])) != bool(_IN_ALL.search(following[1])):
        return True
    near = [
        {
            part
            for word in words(place.sentence[max(0, place.start - _NEXT) : place.stop + _NEXT])
            for part in fold(word).split("-")
        }
        for place in (one, other)
    ]
    if any(group & near[0] and group & near[1] and not group & near[0] & near[1] for group in _CONTRARY):
        return True
    if set(_RATE.findall(following[0])) != set(_RATE.findall(following[1])):
        return True
    then = [{a or b for a, b in _COMPARED_WITH.findall(text)} for text in following]
    return one.value.kind == "percent" and then[0] != then[1]


def _are_of_other_days(one: Place, other: Place) -> bool:
    """Whether both sentences say when, and not the same: "2,400 on Monday", "2,500 on Wednesday"."""
    when = [{kind: {m for m in place.days if m[0] == kind} for kind, *_ in place.days} for place in (one, other)]
    return any(when[0][kind].isdisjoint(when[1][kind]) for kind in when[0].keys() & when[1].keys())


def _dates_contradict(one: Place, other: Place, same_day: bool) -> bool:
    for place in (one, other):
        if _RELATIVE.search(place.written) or _SAYING.search(place.before) or _STAMP.match(place.sentence, place.stop):
            return False
        if not same_day and place.value.unit == "day" and not _DIGIT.search(place.written):
            return False  # nobody knows which day, or each tells of its own
    if _without_year(one.value) & _without_year(other.value):
        return False
    return _are_beside_the_same(one, other, SURE_OF_DATES)


def _without_year(date: Value) -> set[tuple[object, ...]]:
    """The days or months that a date may be, whatever the year: "in December" may mean the next one but one."""
    found: set[tuple[object, ...]] = set()
    for _, *when in date.meanings:
        if date.unit == "day" and isinstance(when[0], Day):
            found.add((when[0].month, when[0].day))
        elif date.unit == "month":
            found.add((when[-1],))
    return found


def _are_beside_the_same(one: Place, other: Place, share: float) -> bool:
    a, b = _beside(one), _beside(other)
    ways = _way(one), _way(other)
    if all(ways) and ways[0] != ways[1]:
        return False
    shared = len(a & b)
    if a == b:
        return shared >= SHARED_OF_ALL
    return shared >= SHARED and shared >= share * min(len(a), len(b))


def _beside(place: Place) -> set[str]:
    before, after = _around(place)
    return {*before, *after}


def _around(place: Place) -> tuple[list[str], list[str]]:
    """What stands before and after a value, as far as it tells what it is about."""
    before, after = _content(place.before), _content(place.sentence[place.stop :])
    return [stem for _, stem in before[-BESIDE:]], [stem for _, stem in after[:BESIDE]]


def _way(place: Place) -> str:
    """The movement that a value measures: of the nearest word for one before it, else behind it; nothing without."""
    before, after = _around(place)
    return next((stem for stem in (*reversed(before), *after) if stem in _BOTH_WAYS), "")


def _content(text: str) -> list[tuple[str, str]]:
    """The words of a text but for grammar and figures: as written, and the stem or the sign of a movement."""
    found = []
    for written in words(text):
        word = POSSESSIVE.sub("", fold(written))
        if word in _MOVES:
            found.append((written, _MOVES[word]))
        elif word and word not in WITHOUT_CONTENT and word not in _UNITS and not word[0].isdigit():
            found.append((written, word[:STEM]))
    return found
