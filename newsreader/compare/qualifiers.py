"""Words before a value that widen it: "about", "more than", "up to"."""

from __future__ import annotations

import re

_QUALIFIERS = {
    "about": "about|around|roughly|approximately|some|close to|an estimated|estimated|circa",
    "above": "more than|over|just over|well over|above|upward of|upwards of|exceeding|greater than",
    "nearly": "nearly|almost|just under|not quite",
    "below": "less than|fewer than|under|below",
    "at least": "at least|no less than|a minimum of|not less than",
    "at most": "up to|as much as|as many as|as high as|at most|no more than|a maximum of",
    "at": "exactly|precisely|only|just",
}
_QUALIFIER_OF = {word: name for name, words in _QUALIFIERS.items() for word in words.split("|")}
_QUALIFIER = re.compile(rf"\b(?:{'|'.join(sorted(_QUALIFIER_OF, key=len, reverse=True))})\s$", re.IGNORECASE)
"""No article after it: who wants "more than the $5.7 billion that he asked for" names what is compared with."""
_OF_A_VERB = re.compile(
    r"(?:\b(?:turn|hand|tak|mov|giv)(?:e[nd]?|s|ing|ed)?\sover|\b(?:revised|moved|went|came|go|going|add)\sup\sto)\s$",
    re.IGNORECASE,
)
"""Words that belong to the verb before them: "turn over eight years of records", "revised up to 590,000"."""
LONGEST = 28
"""Code points before a value that may hold a qualifier."""


def qualified(text: str, start: int) -> tuple[int, str]:
    """Where the qualifier before a value begins, and which it is; `start` and nothing where there is none."""
    before = text[max(0, start - LONGEST) : start]
    match = _QUALIFIER.search(before)
    if match is None or _OF_A_VERB.search(before):
        return start, ""
    return start - len(match[0]), _QUALIFIER_OF[" ".join(match[0].lower().split())]
