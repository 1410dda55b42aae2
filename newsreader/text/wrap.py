"""Plain text broken into lines of terminal cells.

Commands print such lines and the reader draws them, with highlights at places in the text: so lines are places, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.text.cells import cell_size, cells

Line = tuple[int, int]
"""The code points of one line, half-open; the blanks that a line was broken at belong to none."""
NARROWEST = 2
"""Cells of a line at least: a wide letter fits."""


def wrap(text: str, width: int, *, first: int | None = None, break_words: bool = True) -> tuple[Line, ...]:
    """Lines of at most `width` cells, the first of at most `first`. At least one line; linear time.

    Broken at blanks and around wide letters, for scripts of these have no blanks; inside a word only where it is
    longer than a line, and not even there unless `break_words`: addresses stay whole.
    """
    width = max(width, NARROWEST)
    room = width if first is None else max(first, NARROWEST)
    is_narrow = text.isascii() or all(cell_size(character) == 1 for character in set(text))
    return tuple((_narrow if is_narrow else _mixed)(text, room, width, break_words))


def wrapped(text: str, columns: int, first: str = "", others: str = "", *, break_words: bool = True) -> list[str]:
    """Lines of at most `columns` cells, the first with `first` before it and the others with `others`; none for blank
    text."""
    if not text.strip():
        return []
    lines = wrap(text.rstrip(), columns - cells(others), first=columns - cells(first), break_words=break_words)
    return [f"{others if number else first}{text[start:stop]}" for number, (start, stop) in enumerate(lines)]


def _narrow(text: str, room: int, width: int, break_words: bool) -> Iterator[Line]:
    """Every character is one cell."""
    start, length = 0, len(text)
    while length - start > room:
        stop = text.rfind(" ", start, start + room + 1)
        if stop <= start:
            stop = start + room if break_words else text.find(" ", start + room)
            if stop < 0:
                break
        yield start, _before_blanks(text, start, stop)
        start, room = _behind_blanks(text, stop), width
    yield start, length


def _mixed(text: str, room: int, width: int, break_words: bool) -> Iterator[Line]:
    """Characters of no, one or two cells."""
    start = used = 0  # of this line: where it begins, its cells so far
    stop: int | None = None  # where it may end, so far
    used_at_stop = 0
    was_wide = False
    for at, character in enumerate(text):
        if at < start:  # blanks that a line was broken at
            continue
        size = cell_size(character)
        if at > start and (character == " " or (size and (size == 2 or was_wide))):
            stop, used_at_stop = at, used
        while used + size > room and at > start:
            if stop is None:
                if not break_words:
                    break
                stop, used_at_stop = at, used
            yield start, _before_blanks(text, start, stop)
            begin = _behind_blanks(text, stop)
            used = max(0, used - used_at_stop - (begin - stop))
            start, room, stop = begin, width, None
        if at >= start:
            used += size
        was_wide = size == 2 if size else was_wide
    yield start, len(text)


def _before_blanks(text: str, start: int, stop: int) -> int:
    while stop > start + 1 and text[stop - 1] == " ":
        stop -= 1
    return stop


def _behind_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] == " ":
        at += 1
    return at
