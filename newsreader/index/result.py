"""What a search answers with: plain values that any part of the program may keep and show.

They load nothing of the index: the interface is there before Whoosh is, and runs that find nothing new need neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # these load numpy, Whoosh and what reads queries
    from newsreader.index.excerpt import Highlighter
    from newsreader.index.query import Query
    from newsreader.terms.arrays import Floats, Ints

Sort = Literal["relevance", "recent", "date", "-date"]
"""`recent` is relevance that fades with age, `date` is oldest first, `-date` newest first."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query with its own hits."""

    start: int
    stop: int
    """Its place in the query: code points, half-open."""
    meaning: str
    hits: int


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A query that is less strict and finds something."""

    label: str
    """What is different, in words."""
    query: str
    hits: int


@dataclass(frozen=True, slots=True)
class Result:
    """All that a query found, best first."""

    query: Query
    numbers: Ints
    """Shape (hits,), int64: catalogue numbers in order."""
    scores: Floats
    """Shape (hits,), float64: 0 where nothing was ranked; or empty."""
    partial: bool
    """No article has all the words: these have some of them."""
    interpretation: str
    suggestion: str | None
    """A query that would find something, when this one found nothing."""
    highlighter: Highlighter
    clauses: tuple[Clause, ...] = ()
    """The parts of the query with their own hits: with `explain`, and when nothing was found."""
    blocker: Clause | None = None
    """The part that empties the result."""
    relaxations: tuple[Relaxation, ...] = ()
    """Less strict queries that find something, when this one did not."""
    seconds: float = 0.0
    """How long it took."""
