"""The pieces of a file of many articles, one after the other: messages, attachments, records, entries.

No parser can be stopped from within, as C code listens to nobody: the process that reads is ended. What is announced
here tells of which piece, so that the next process passes over that one: else one evil letter would cost a mailbox.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

Piece = tuple[int, ...]
"""Its number in the order of reading; of a piece within a piece, the numbers of both. The same for the same bytes."""
NONE: Piece = ()
DEEPEST = 3
"""Numbers of a piece: what lies deeper belongs to the piece around it."""
NAMED = 3
"""Pieces that are named when some were left out, before they are only counted."""

Item = TypeVar("Item")


@dataclass(slots=True)
class PieceByPiece:
    """The reading of one file."""

    announce: Callable[[Piece, int], None]
    """Called with each piece, and its size in bytes, before it is parsed; with `NONE` when the pieces are done."""
    pass_over: Mapping[Piece, str]
    """Pieces that a reader died of, and how."""
    last: Piece
    """Where to stop, as too many were; `NONE`: nowhere."""
    seconds: float
    """Processor time after which no other piece is begun."""
    left_out: list[str] = field(default_factory=list)
    """What was not read, and why, in words."""
    _at: Piece = NONE
    _stopped: bool = False
    _started: float = field(default_factory=time.process_time)

    def each(
        self, items: Iterable[Item], name: Callable[[Item], str], size: Callable[[Item], int] | None, first: int
    ) -> Iterator[Item]:
        around = self._at
        for number, item in enumerate(items, first):
            piece = (*around, number)
            if self._stopped:
                break
            if (died := self.pass_over.get(piece)) is not None:
                self.left_out.append(f"{name(item)}: {died}")
                continue
            if piece == self.last or time.process_time() - self._started > self.seconds:
                self._stopped = True
                self.left_out.append(f"{name(item)} and all that is read after it: there is too much that takes long")
                break
            self._at = piece
            if len(piece) <= DEEPEST:
                self.announce(piece, 0 if size is None else size(item))
            yield item
        self._at = around
        if not around:
            self.announce(NONE, 0)

    def trouble(self) -> str | None:
        """What was left out; None if all was read."""
        if not self.left_out:
            return None
        more = f"; and {len(self.left_out) - NAMED:,} more" if len(self.left_out) > NAMED else ""
        return "not all of it was read: " + "; ".join(self.left_out[:NAMED]) + more


_readings: list[PieceByPiece] = []
"""The file that is being read, if anybody watches: readers are too many layers to hand it on through all of them."""


@contextmanager
def watched(reading: PieceByPiece) -> Iterator[PieceByPiece]:
    """Have what `pieces` is called for within the block announced, and left out where that was said."""
    _readings.append(reading)
    try:
        yield reading
    finally:
        _readings.pop()


def pieces(
    items: Iterable[Item],
    name: Callable[[Item], str],
    size: Callable[[Item], int] | None = None,
    first: int = 0,
) -> Iterator[Item]:
    """The items, each of which is parsed before the next is asked for, without those that are to be left out.

    `name` says in plain words which one it is, `size` its bytes; `first` is the number of the first one.
    """
    return _readings[-1].each(items, name, size, first) if _readings else iter(items)
