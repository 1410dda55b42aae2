"""Plain text broken into lines of terminal cells."""

from __future__ import annotations

from rich.cells import cell_len, get_character_cell_size

Line = tuple[int, int]
"""The code points of one line, half-open; the blank that a line was broken at belongs to none."""


def wrap(text: str, width: int) -> tuple[Line, ...]:
    """Break at blanks, inside a word only where it is longer than a line. Always at least one line; linear time."""
    width = max(width, 2)
    if not text:
        return ((0, 0),)
    if text.isascii() or (cell_len(text) == len(text) and all(get_character_cell_size(c) == 1 for c in set(text))):
        return tuple(_narrow(text, width))
    return tuple(_wide(text, width))


def _narrow(text: str, width: int) -> list[Line]:
    """Every character is one cell."""
    lines: list[Line] = []
    start, length = 0, len(text)
    while length - start > width:
        blank = text.rfind(" ", start, start + width + 1)
        if blank <= start:
            lines.append((start, start + width))
            start += width
        else:
            lines.append((start, blank))
            start = blank + 1
    lines.append((start, length))
    return lines


def _wide(text: str, width: int) -> list[Line]:
    """Characters of no, one or two cells; scripts of wide characters break anywhere."""
    lines: list[Line] = []
    start = used = 0
    chance: tuple[int, int] | None = None  # where the line may end, where the next one would begin
    used_at_chance = 0
    for at, character in enumerate(text):
        size = get_character_cell_size(character)
        if character == " ":
            chance, used_at_chance = (at, at + 1), used + size
        elif size == 2 and at > start:
            chance, used_at_chance = (at, at), used
        while used + size > width and at > start:
            if chance is None or chance[0] <= start:
                chance, used_at_chance = (at, at), used
            lines.append((start, chance[0]))
            start, used = chance[1], max(used - used_at_chance, 0)
            if start > at:  # the blank itself did not fit
                used, size = 0, 0
            chance = None
        used += size
    lines.append((start, len(text)))
    return lines
