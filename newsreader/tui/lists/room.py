"""How many lines a row of a list has, by the room that the list has.

A headline of sixty letters needs two lines beside the text, and one over the whole width: with as many lines
everywhere, either headlines would be cut or a low window would show five articles.
"""

from __future__ import annotations

from textual.geometry import Size

FEW, MORE = 3, 4
WIDE = 64
"""Cells that hold most headlines on one line."""
LOW, TALL = 14, 30
"""Lines of a list that has never room for more, and of one that always has."""


def lines_of_row(size: Size) -> int:
    """Lines for each row in a list of this size."""
    if size.height < LOW or (size.width >= WIDE and size.height < TALL):
        return FEW
    return MORE
