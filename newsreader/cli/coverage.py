"""`newsreader stories --coverage` as text and CSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from newsreader.cli import report
from newsreader.cli.cells import cells, padded
from newsreader.stories.chronology import duration
from newsreader.text.clean import shorten, tame

if TYPE_CHECKING:
    from newsreader.stories.coverage import Carried, Coverage, StoryCoverage

LONGEST_NAME = 24
"""Columns for an outlet's name; longer ones are cut."""
CELL = 9
"""Columns for a story."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so."""


def print_text(value: Coverage) -> None:
    """Tables of outlets × stories, each as wide as the terminal, with their stories above them."""
    names = {outlet: shorten(tame(outlet), LONGEST_NAME) for outlet in value.outlets}
    label = max(map(cells, names.values()), default=0)
    columns = max(1, (report.width() - label) // CELL)
    for start in range(0, len(value.stories), columns):
        stories = value.stories[start : start + columns]
        for number, row in enumerate(stories, start + 1):
            report.write(f"{f'[{number}]':>5} {report.style(row.story.title, bold=True)}\n")
            report.write(f"      {report.style(row.story.id, fg='yellow')}  {_verdict(row, names)}\n")
        heads = (f"[{number}]" for number in range(start + 1, start + 1 + len(stories)))
        report.write("\n" + _line("", heads, label))
        for outlet in value.outlets:
            report.write(_line(names[outlet], (_cell(row.of(outlet)) for row in stories), label))
        report.write("\n")


def _line(name: str, cells: Iterable[str], label: int) -> str:
    return f"{padded(name, label)}{''.join(f'{cell:>{CELL}}' for cell in cells)}".rstrip() + "\n"


def _verdict(row: StoryCoverage, names: dict[str, str]) -> str:
    count = f"{len(row.carried)} outlet{'s' if len(row.carried) != 1 else ''}"
    if not row.first:
        return f"{count}, in an order that no date tells"
    who = ", ".join(names[outlet] for outlet in islice(row.first, 3))
    more = f" and {len(row.first) - 3} more" if len(row.first) > 3 else ""
    return f"{count}, first: {who}{more}" + (f" by {duration(row.lead)}" if row.lead is not None else "")


def _cell(carried: Carried | None) -> str:
    if carried is None:
        return "–"
    if carried.behind is None:
        return "undated"
    return f"+{duration(carried.behind)}" if carried.behind.time else "first"


def print_csv(value: Coverage) -> None:
    """A line per story and outlet, those that did not carry it too."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ("story", "title", "outlet", "carried", "articles", "published", "first", "behind_seconds", "behind_precision")
    )
    for row in value.stories:
        for outlet in value.outlets:
            cells = (row.story.id, row.story.title, outlet, *_values(row, row.of(outlet)))
            writer.writerow([harmless(str(cell)) for cell in cells])
    sys.stdout.write(text.getvalue())
    sys.stdout.flush()


def _values(row: StoryCoverage, carried: Carried | None) -> Sequence[object]:
    if carried is None:
        return ("no", 0, "", "", "", "")
    behind = carried.behind
    published = carried.published.isoformat() if carried.published else ""
    if behind is None:
        return ("yes", len(carried.articles), published, "", "", "")
    first = "yes" if carried.outlet in row.first else "no"
    precision = "time" if behind.exact else "day"
    return ("yes", len(carried.articles), published, first, int(behind.time.total_seconds()), precision)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that holds nothing unprintable."""
    return tame(f"'{cell}" if cell.startswith(FORMULA) else cell)
