"""Places in plain text, as half-open ranges of code points: how highlights and changes travel through the program.

Whoever shows a text knows its colours, whoever finds something knows its place: with spans neither needs the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `start <= stop`."""

    start: int
    stop: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"no span: {self.start}..{self.stop}")


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same places as sorted spans that neither touch nor overlap."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].stop:
            merged[-1] = Span(merged[-1].start, max(merged[-1].stop, span.stop))
        elif span.start < span.stop:
            merged.append(span)
    return tuple(merged)


def runs(length: int, changed: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """A text of that length in pieces (start, stop, whether it changed) that cover it."""
    at = 0
    for span in changed:
        if at < span.start:
            yield at, span.start, False
        yield span.start, span.stop, True
        at = span.stop
    if at < length:
        yield at, length, False


@dataclass(frozen=True, slots=True)
class HighlightedText:
    """A text and the sorted, non-overlapping spans of it that deserve attention."""

    text: str
    spans: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        stop = 0
        for span in self.spans:
            if span.start < stop or span.stop > len(self.text):
                raise ValueError(f"spans overlap or leave the text: {self.spans}")
            stop = span.stop
