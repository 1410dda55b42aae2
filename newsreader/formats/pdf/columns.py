"""Lines of a PDF page in reading order.

Programs that lay out newspapers write column by column, as people read; others write line by line across all columns,
and only the places of the pieces tell that there are any.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from statistics import fmean, median
from typing import Any

FEWEST_ROWS = 6
"""Rows with text in all columns from which these are columns."""
NARROWEST = 18
"""Letters that half of a column's lines have at least: what is narrower is a table, which is read row by row."""
SAME_PLACE = 4.0
"""Points by which beginnings of a column's lines may differ."""
SAME_ROW = 2.0
"""Points by which baselines of one row may differ."""
LARGEST_PAGE = 5_000
"""Points: pypdf sets a page as it looks with a blank for each letter's width that is empty."""
FOOT = 4
"""Empty lines below the columns from which what follows belongs to none."""

_SHOWING = frozenset((b"Tj", b"TJ", b"'", b'"'))
_CELL = re.compile(r"\S+(?: {1,2}\S+)*")


def page_lines(page: Any) -> list[str]:
    """The lines of one of pypdf's pages, with an empty one where it leaves room. Raises what pypdf does."""
    places: list[tuple[float, float]] = []

    def note(operator: bytes, _operands: Any, _cm: Any, tm: Sequence[float]) -> None:
        if operator in _SHOWING:
            places.append((tm[4], tm[5]))

    text: str = page.extract_text(visitor_operand_before=note)
    columns = _columns(places)
    in_order = None
    if columns > 1 and all(abs(x) < LARGEST_PAGE and abs(y) < LARGEST_PAGE for x, y in places):
        with suppress(Exception):  # pypdf's second way of reading fails where its first did not
            in_order = _in_order(page.extract_text(extraction_mode="layout").split("\n"), columns)
    return in_order or text.split("\n")


def _columns(places: Sequence[tuple[float, float]]) -> int:
    """How many columns a page is written across: rows go on at the same place, again and again."""
    rows: list[list[tuple[float, float]]] = []
    for place in places:
        if rows and abs(rows[-1][-1][1] - place[1]) <= SAME_ROW:
            rows[-1].append(place)
        else:
            rows.append([place])
    resumed = Counter(x for row in rows for x in {round(x / SAME_PLACE) for x, _ in row[1:]})
    several = sum(len(row) > 1 for row in rows)
    return 1 + sum(count >= FEWEST_ROWS and 2 * count >= several for count in resumed.values())


def _in_order(rows: Sequence[str], columns: int) -> list[str] | None:
    """The lines of a page that is set as it looks, column by column; None when they are the rows of a table."""
    cells = [[(cell.start(), cell.group()) for cell in _CELL.finditer(row)] for row in rows]
    full = [i for i, row in enumerate(cells) if len(row) == columns]
    if len(full) < FEWEST_ROWS or 3 * sum(len(row) > columns for row in cells) > len(full):
        return None
    if any(median(len(cells[i][column][1]) for i in full) < NARROWEST for column in range(columns)):
        return None
    begins = [fmean(cells[i][column][0] for i in full) for column in range(columns)]
    first = full[0]
    found: list[list[str]] = [[] for _ in range(columns)]
    end, empty = first, 0
    while end < len(cells) and empty < FOOT:
        empty = 0 if cells[end] else empty + 1
        row = [""] * columns
        for place, (start, text) in enumerate(cells[end]):
            at = place if len(cells[end]) == columns else min(range(columns), key=lambda k: abs(begins[k] - start))
            row[at] = f"{row[at]} {text}".strip()
        for column, text in zip(found, row, strict=True):
            column.append(text)
        end += 1
    return [*rows[:first], *(line for column in found for line in ("", *column)), "", *rows[end:]]
