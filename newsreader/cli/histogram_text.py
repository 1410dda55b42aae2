"""When the articles of a result were published, as bars for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from newsreader.cli.output import style
from newsreader.engine.results import Histogram

_EIGHTHS = " ▏▎▍▌▋▊▉"
MOST_EMPTY = 3
"""Empty bars that are shown one by one; a longer gap is one line."""
NO_DATE = "no date"


def lines(value: Histogram, width: int) -> Iterator[str]:
    """A line per bar, at most `width` cells wide: its date as `date:` takes it, its count, the bar."""
    highest = max((bar.count for bar in value.bars), default=0)
    label = max([len(bar.value) for bar in value.bars[:1]] + [len(NO_DATE)] * bool(value.undated), default=0)
    figures = len(f"{max(highest, value.undated):,}")
    room = max(1, width - label - figures - 4)
    for empty, bars in groupby(value.bars, lambda bar: not bar.count):
        stretch = list(bars)
        if empty and len(stretch) > MOST_EMPTY:
            yield f"{'…':<{label}}  {0:>{figures}}"
            continue
        for bar in stretch:
            drawn = f"  {style(_drawn(bar.count, highest, room), fg='cyan')}" if bar.count else ""
            yield f"{bar.value:<{label}}  {bar.count:>{figures},}{drawn}"
    if value.undated:
        yield f"{NO_DATE:<{label}}  {value.undated:>{figures},}"


def _drawn(count: int, highest: int, room: int) -> str:
    """A single article among thousands can be seen, too."""
    eighths = max(1, round(count * room * 8 / highest))
    whole, rest = divmod(eighths, 8)
    return "█" * whole + _EIGHTHS[rest].strip()
