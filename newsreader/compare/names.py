"""The names in sentences, and whether another text mentions them.

A name counts as missing only if the other text has none of its words, nor its abbreviation: outlets call one person by
the full name, the last name or the office.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import dropwhile

from newsreader.compare.content_words import CALENDAR, HEADING
from newsreader.compare.credits import is_credit
from newsreader.compare.features import POSSESSIVE, without_dateline
from newsreader.text.clean import fold, words

SMALL_IN_HEADINGS = 4
"""Letters of a word that may be written small in a heading."""

_WORD = r"(?<!\w)(?:(?:Rep|Sen|Gov|Gen|Sgt|Lt|Col|Capt|Dr|Mr|Mrs|Ms|St)\.|[^\W\d_a-z]\w*(?:[-'’](?!s\b)\w+)*)"
_BETWEEN = r"(?:de|van|von|der|bin|al|el|la|da|di|of|of the|for|&)"
_NAME = re.compile(rf"{_WORD}(?:\s(?:[A-Z]\.\s?)*(?:{_BETWEEN}\s){{0,2}}{_WORD})+(?!\w|\.\w)")
"""Two capitalised words or more."""
_NOTE = re.compile(r"\([^()]{1,1000}\)")
_BEGINS = re.compile(r"(?:^|[.!?:“”\"‘(]\s*|[-–—]\s)$")
_STARTERS = (
    "the a an in on at by for from to but and or as if when while after before since with it he she they we you his "
    "her their its our this that these those there what who why how not no one two three some many most all both "
    "such more meanwhile however also still even so then now last next mr mrs ms dr"
)
_COMMON = frozenset(
    ("inc", "corp", "co", "ltd", "llc", "llp", "plc", "ag", "sa", "the", "of", "for", "and", "mr", "mrs")
)
_NO_BEGINNING = CALENDAR | frozenset(_STARTERS.split())
"""Words that begin a sentence with a capital, and no name."""


def names(text: str, small: set[str]) -> list[str]:
    """The names in a text, in order, each once; `small` are the words known to be written small: where they begin a
    sentence they begin no name."""
    found = words(text)
    capitals = sum(word[0].isupper() for word in found)
    if capitals > HEADING * len(found) and all(len(w) <= SMALL_IN_HEADINGS for w in found if w[0].islower()):
        return []
    if "(" in text:
        text = _NOTE.sub(lambda note: " " * len(note[0]) if is_credit(note[0]) else note[0], text)
    names: dict[str, None] = {}
    for match in _NAME.finditer(text, len(text) - len(without_dateline(text))):
        parts = match[0].split()
        if len(parts[0]) > 2 and all(part.isupper() for part in parts[:2]):  # a crosshead
            parts = [*dropwhile(str.isupper, parts)]
        first = bool(_BEGINS.search(text[max(0, match.start() - 3) : match.start()]))
        begin = next((n for n, part in enumerate(parts) if not _begins_none(part, small if first else ())), len(parts))
        parts = parts[begin:]
        for at, part in enumerate(parts):
            if fold(part) in CALENDAR:
                parts = parts[:at]
                break
        while parts and not parts[-1][0].isupper():
            parts.pop()
        if sum(part[0].isupper() for part in parts) > 1 and len(parts[-1]) > 1:
            names[" ".join(parts)] = None
    return list(names)


def _begins_none(word: str, small: Collection[str]) -> bool:
    return not word[0].isupper() or fold(word) in _NO_BEGINNING or word.lower() in small


def name_words(texts: Sequence[str]) -> frozenset[str]:
    """The folded words that some texts mention, without possessives and the points of abbreviations; of a word with
    hyphens the parts as well, for al-Hassan may be Al Hassan."""
    found = {POSSESSIVE.sub("", fold(word)).replace(".", "") for text in texts for word in words(text)}
    return frozenset(found.union(*(word.split("-") for word in found if "-" in word)))


def abbreviations(texts: Sequence[str]) -> frozenset[str]:
    """The abbreviations in some texts, folded, without points: FBI, U.S."""
    found = (word.replace(".", "") for text in texts for word in words(text))
    return frozenset(fold(word) for word in found if len(word) > 1 and word.isupper())


def telling_words(name: str) -> frozenset[str]:
    """The words of a name by which it is known, folded: without those that many firms have, unless it has no others."""
    found = name_words([name])
    return found - _COMMON or found


def last_word(name: str) -> frozenset[str]:
    """The last of them, by which a name is repeated."""
    told = telling_words(name)
    return next((found for word in reversed(words(name)) if (found := name_words([word]) & told)), told)


def initials(name: str) -> str:
    """How a name may be abbreviated, folded: United States, us."""
    return fold("".join(word[0] for word in words(name) if word[0].isupper()))
