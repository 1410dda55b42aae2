"""Who carried which stories, and when, as tables for the terminal.

A table has as many stories as fit; more of them go below each other, where one wide table would be broken anyhow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from newsreader.cli.output import style
from newsreader.stories.chronology import duration
from newsreader.stories.coverage import Carried, Coverage, StoryCoverage
from newsreader.text.cells import cells, padded
from newsreader.text.clean import escape_harmful, shorten
from newsreader.text.plural import counted

LONGEST_NAME = 24
"""Columns for an outlet's name; longer ones are cut."""
CELL = 9
"""Columns for a story."""


def lines(value: Coverage, width: int) -> Iterator[str]:
    """Tables of outlets × stories, each at most `width` cells wide, with their stories above them."""
    names = {outlet: shorten(escape_harmful(outlet), LONGEST_NAME) for outlet in value.outlets}
    label = max(map(cells, names.values()), default=0)
    columns = max(1, (width - label) // CELL)
    for start in range(0, len(value.stories), columns):
        stories = value.stories[start : start + columns]
        for number, row in enumerate(stories, start + 1):
            yield f"{f'[{number}]':>5} {style(row.story.title, bold=True)}"
            yield f"      {style(row.story.id, fg='yellow')}  {_verdict(row, names)}"
        heads = (f"[{number}]" for number in range(start + 1, start + 1 + len(stories)))
        yield ""
        yield _line("", heads, label)
        for outlet in value.outlets:
            yield _line(names[outlet], (_cell(row.of(outlet)) for row in stories), label)
        yield ""


def _line(name: str, row: Iterable[str], label: int) -> str:
    return f"{padded(name, label)}{''.join(f'{cell:>{CELL}}' for cell in row)}".rstrip()


def _verdict(row: StoryCoverage, names: dict[str, str]) -> str:
    count = counted(len(row.carried), "outlet")
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
    if carried.is_first:
        return "first"
    return f"+{duration(carried.behind)}" if carried.behind.time else "later"
