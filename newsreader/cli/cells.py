"""How wide text is in a terminal, and lines that fit."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator


def cells(text: str) -> int:
    """Cells that a terminal needs for sanitized text on one line: two for the wide letters of East Asia and for most
    pictures (Unicode's annex 11), none for marks. Marks that take room of their own count as one, as in terminals that
    don't join them: better a short line than one that is broken twice."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """At least so many cells, with blanks behind."""
    return text + " " * (columns - cells(text))


def wrapped(text: str, columns: int, first: str = "", others: str = "", *, break_words: bool = True) -> list[str]:
    """Lines of at most `columns` cells, the first with `first` before it and the others with `others`.

    Broken at blanks and around wide letters; inside a word only where it is longer than a line, and not even there
    unless `break_words`: addresses stay whole.
    """
    if cells(text) == len(text):
        return textwrap.wrap(
            text,
            columns,
            initial_indent=first,
            subsequent_indent=others,
            break_long_words=break_words,
            break_on_hyphens=False,
        )
    lines: list[str] = []
    line, used, is_empty = first, cells(first), True
    for blank, piece in _pieces(text, max(1, columns - cells(others)) if break_words else None):
        size = cells(piece)
        gap = "" if is_empty else blank
        if not is_empty and used + len(gap) + size > columns:
            lines.append(line)
            line, used, gap = others, cells(others), ""
        line, used, is_empty = line + gap + piece, used + len(gap) + size, False
    return lines if is_empty else [*lines, line]


_PIECE = re.compile(r"\S+")


def _pieces(text: str, longest: int | None) -> Iterator[tuple[str, str]]:
    """What may stand on a line of its own, each with the blank before it if there is one: a wide letter with its marks,
    or letters between blanks and wide ones, of at most `longest` cells."""
    for word in _PIECE.findall(text):
        blank, piece, size = " ", "", 0
        was_wide = False
        for character in word:
            width = _cells_of(character)
            is_wide = width == 2
            if piece and width and (is_wide or was_wide or (longest is not None and size + width > longest)):
                yield blank, piece
                blank, piece, size = "", "", 0
            piece, size = piece + character, size + width
            was_wide = is_wide if width else was_wide
        yield blank, piece
