"""The words of a sentence that say what happened.

Names of people, places and firms, the dateline, weekdays, "said" and the small words of grammar say who, where and
when: two sentences of one story share those whatever they report. Counted, they made the news of every second later
article look like what had been said before.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection

from newsreader.compare.features import POSSESSIVE, stems, without_dateline
from newsreader.terms.common_stems import FUNCTION_WORDS
from newsreader.text.clean import WORD, fold

HEADING = 0.6
"""Share of capitalised words from which a sentence is a heading, whose capitals make no names by themselves."""
_GRAMMAR = """
a about above across after again against ago all almost alone along already also although always am amid among an
and another any anyone anything are around as at away back be became because become been before began behind being
below between both but by can cannot could did do does doing done down due during each either else enough even ever
every everyone everything few for from further get gets getting go goes going gone got had has have having he her
here hers herself him himself his how however i if in including instead into is it its itself just last later least
less let like made make makes making many may me meanwhile might more most much must my myself near nearly neither
next nor now of off often on once one only onto or other others our ours out over own part per perhaps put quite
rather really same second several shall she should since so some someone something soon still such take takes taken
than that the their theirs them then there these they thing things this those though three through thus time times
to today together told tomorrow tonight too took toward towards two under until up upon us use used using very via
want wants was way we week weeks well went were what whatever when where whether which while who whom whose why will
with within without would year years yes yesterday yet you your yours month months day days hour hours morning
afternoon evening night early earlier late recent recently currently previously
according say says said saying tell tells told telling report reports reported reporting statement spokesman
spokeswoman spokesperson spokespeople comment comments commented add adds added adding interview news press
conference reporter reporters source sources familiar matter announce announces announced announcing mr mrs ms dr
"""
"""English words of grammar, of time and of who said it. "No", "not" and "never" are missing, for they say what
happened."""
CALENDAR = frozenset(
    fold(name) for names in (calendar.day_name, calendar.day_abbr, calendar.month_name) for name in names if name
)
"""Folded names of days and months."""
WITHOUT_CONTENT = (
    frozenset(_GRAMMAR.split())
    | frozenset(FUNCTION_WORDS.split()) - {"nicht", "nao", "no", "ne", "non", "niet", "pas"}
    | CALENDAR
)
_COMMON_ABBREVIATIONS = frozenset(
    ("atm", "ceo", "cfo", "coo", "cto", "dna", "dvd", "gdp", "gnp", "hiv", "ipo", "pc", "pmi", "suv", "tv", "vat")
)
"""Folded words in capitals that name nobody."""
_GERMAN = frozenset(
    (
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "ein",
        "eine",
        "einen",
        "ist",
        "mit",
        "nicht",
        "sich",
        "und",
        "von",
        "zu",
    )
)
_TICKER = re.compile(r"\(\s*[\w.]{1,10}\s*\)|\b[A-Z]{2,6}\.[A-Z]{1,2}\b")
"""An abbreviation or a code of an exchange behind a name: "( GM.N )", "(ECB)"."""
_BEGINS = re.compile(r"(?:^|[.!?:;]['\"”’)]*\s|[\"“„«(])\W*$")
"""What stands before a word that has a capital because something begins with it."""

_ASIDE = re.compile(r",\s(?:who|which|whose|whom|where)\b[^,;]*(?=,)")
_SPEAKER_BEFORE = re.compile(r"\A[^“\"]{0,120}?\bsaid\b(?=\s\w+\s\w)")
_SPEAKER_BEHIND = re.compile(
    r"(?:,[”\"]?|[”\"])\s(?:[^,“\"]{1,80}\ssaid\b(?:\s(?:on|in|at|late|early)\b[^,“\"]*)?\W*|said\s(?:the\s)?[A-Z][^“\"]*)\Z"
)


def reported(text: str) -> str:
    """A sentence without who says it, and without clauses put in between: "The engineer, Ole Tamm, said he had been
    wrong", "Mara Lund, whose family owns a third, signed"."""
    text = _ASIDE.sub(" ", text)
    rest = _SPEAKER_BEHIND.sub(" ", text)
    return rest if rest != text else _SPEAKER_BEFORE.sub(" ", text)


def content_words(text: str, small: Collection[str] = ()) -> list[str]:
    """What a sentence says happened: `features.stems` of its words, in order, without names, the dateline and words of
    grammar, time and attribution. Figures stay."""
    return names_apart(text, small)[0]


def names_apart(text: str, small: Collection[str] = ()) -> tuple[list[str], list[str]]:
    """The `content_words` of a sentence, and the stems of its names, each in order.

    Names are known by their capitals. A word that begins the sentence, or is part of a heading, is one unless it is in
    `small`, the `small_words` of the texts that are compared. German sentences write all nouns with capitals: there
    only words in capitals throughout and two capitalised words in a row are names. Scripts without capitals lose no
    names.
    """
    text = _TICKER.sub(" ", without_dateline(text))
    found = list(WORD.finditer(text))
    plain = [POSSESSIVE.sub("", fold(word[0])) for word in found]
    capital = [word[0][0].isupper() for word in found]
    is_heading = sum(capital) > HEADING * len(found)
    is_german = not is_heading and sum(word[0] in _GERMAN for word in found) >= 2
    may_be_name = [
        is_capital and word not in WITHOUT_CONTENT and word not in _COMMON_ABBREVIATIONS
        for word, is_capital in zip(plain, capital, strict=True)
    ]
    content: list[str] = []
    names: list[str] = []
    for number, word in enumerate(found):
        if not may_be_name[number]:
            is_name = False
        elif is_german:
            beside = may_be_name[max(0, number - 1) : number] + may_be_name[number + 1 : number + 2]
            is_name = any(beside) or (len(word[0]) > 1 and word[0].isupper())
        else:
            first = is_heading or _BEGINS.search(text, max(0, word.start() - 6), word.start())
            is_name = not (first and plain[number] in small)
        if plain[number] not in WITHOUT_CONTENT:
            (names if is_name else content).extend(stems(word[0]))
    return content, names
