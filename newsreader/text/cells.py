"""How wide text is in a terminal, by Python's own table of Unicode.

The reader draws with Rich's table, which commands must not wait to load; what is counted here is never less, so that a
line which fits by this count fits on the screen.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Signs of Arabic, Syriac and Kaithi over a number: format characters that are seen."""
_WIDE_SINCE_16 = (range(0x2630, 0x2638), range(0x268A, 0x2690), range(0x4DC0, 0x4E00), range(0x1D300, 0x1D377))
"""Trigrams, hexagrams and counting rods: Unicode 16 made them wide, which the tables of older Pythons don't know."""


def cells(text: str) -> int:
    """Cells that a terminal needs for sanitized text on one line: two for the wide letters of East Asia and for most
    pictures (Unicode's annex 11), none for marks. Marks that take room of their own count as one, as in terminals that
    don't join them: better a short line than one that is broken twice."""
    return len(text) if text.isascii() else sum(map(cell_size, text))


@lru_cache(4096)
def cell_size(character: str) -> int:
    """Cells of one character: 0, 1 or 2."""
    if character in _VISIBLE_FORMATS:
        return 1
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    if category == "Cn":  # of a later Unicode than Python's: a picture or a letter of East Asia, more often than not
        return 2
    is_wide = unicodedata.east_asian_width(character) in "WF" or any(ord(character) in some for some in _WIDE_SINCE_16)
    return 2 if is_wide else 1


def padded(text: str, columns: int) -> str:
    """At least so many cells, with blanks behind."""
    return text + " " * (columns - cells(text))
