"""What commands print as CSV: the coverage of stories and the matrix of one.

The cells hold texts of strangers, and a spreadsheet runs a cell that looks like a formula: none leaves here as one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from newsreader.compare.matrix_model import StoryMatrix
from newsreader.stories.coverage import Carried, Coverage, StoryCoverage
from newsreader.text.clean import escape_harmful

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet runs a cell that begins so."""


def coverage(value: Coverage) -> str:
    """A line per story and outlet, those that did not carry it too."""
    rows: list[Sequence[object]] = [
        ("story", "title", "outlet", "carried", "articles", "published", "first", "behind_seconds", "behind_precision")
    ]
    rows += [
        (row.story.id, row.story.title, outlet, *_values(row, row.of(outlet)))
        for row in value.stories
        for outlet in value.outlets
    ]
    return _table(rows)


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


def story_matrix(value: StoryMatrix) -> str:
    """A line per statement: what it is, and for each outlet how it says it."""
    rows: list[Sequence[object]] = [
        ("statement", "reach", "outlets", "contested", *(column.name for column in value.columns))
    ]
    contested = value.contested()
    for number, statement in enumerate(value.statements):
        words = ["" for _ in value.columns]
        for mention in statement.mentions:
            for n in value.columns_of([mention.article]):
                words[n] = words[n] or value.found.wording(mention)
        said = len(value.columns_of(statement.articles))
        yes = "yes" if number in contested else "no"
        rows.append((value.text(statement), value.reach(number), said, yes, *words))
    return _table(rows)


def _table(rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_harmless(str(cell)) for cell in row] for row in rows)
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula, and that holds nothing unprintable."""
    return escape_harmful(f"'{cell}" if cell.startswith(FORMULA) else cell)
