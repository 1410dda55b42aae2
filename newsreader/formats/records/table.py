"""CSV and its kin: a header row, then an article per row.

The delimiter is the one by which the header has most names that we know; counting characters would be led astray by
the commas of long texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from newsreader.article import ParsedArticle
from newsreader.formats.base import Unreadable
from newsreader.formats.encoding import decode
from newsreader.formats.fields import FIELDS, Names, Record
from newsreader.formats.records.articles import read_records
from newsreader.text.clean import one_line, shorten

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_FIELD = 64 * 1024 * 1024
"""Code points: beyond any file that is read. The module's own limit is 128 kB, which articles exceed."""
_HEADER_SAMPLE = 65_536


def parse(data: bytes, names: Names = FIELDS) -> Sequence[ParsedArticle]:
    """One article per row. Raises `Unreadable` when no column is called title, text or url."""
    csv.field_size_limit(_LONGEST_FIELD)
    text = decode(data).removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    if len(first) < 10 and first.strip().casefold().startswith("sep="):  # written by Excel
        text = rest
    text = text.lstrip("\r\n")
    delimiter, header = _header(text, names)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    troubles: list[str] = []
    try:
        records = list(_records(rows, header, delimiter, troubles))
    except csv.Error as error:
        raise Unreadable(f"not CSV: {error} (line {rows.line_num})") from None
    if not records:
        raise Unreadable("a table without rows")
    return read_records(records, names, place="column", what="a table", troubles=troubles)


def _header(text: str, names: Names) -> tuple[str, list[str]]:
    """The delimiter by which the first row has the most names that we know, and that row."""
    best: tuple[int, int, str, list[str]] = (0, 0, ",", [])
    for place, delimiter in enumerate(_DELIMITERS):
        try:
            row = next(csv.reader(io.StringIO(text[:_HEADER_SAMPLE], newline=""), delimiter=delimiter), [])
        except csv.Error:
            continue
        record = Record({name: name for name in row})
        known = sum(record.has(theirs) for theirs in names.values())
        if any(record.has(names[field]) for field in ("title", "text", "url")):
            best = max(best, (known, -place, delimiter, row))
    if not best[0]:
        start = shorten(one_line(text[:200]), 80)
        raise Unreadable(
            "no column is called title, text or url ([fields] in the configuration says what else they may be called):"
            f" {start}"
        )
    return best[2], best[3]


def _records(
    rows: Any, header: Sequence[str], delimiter: str, troubles: list[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    next(rows)
    start = rows.line_num
    for row in rows:
        where, start = f"line {start + 1}", rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            troubles.append(f"{where}: {len(row)} cells in {len(header)} columns")
            row = [*row[: len(header) - 1], delimiter.join(row[len(header) - 1 :])]  # most likely not quoted
        elif len(row) < len(header):
            troubles.append(f"{where}: {len(row)} of {len(header)} cells")
        yield where, dict(zip(header, row, strict=False))
