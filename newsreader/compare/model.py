"""What a comparison of two texts is made of: its two sides, their sentences, the rows, blocks and summary.

Only values, no algorithms: the modules that show or export a comparison import these and nothing else of this package.
Were they defined where they are made, showing a comparison would load NumPy, and those modules would import each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Quoted = Literal["shorter", "differently"]
FactKind = Literal["number", "money", "percent", "date", "name", "quote"]
PairedKind = Literal["same", "reworded", "related"]
RowKind = PairedKind | Literal["left-only", "right-only"]


@dataclass(frozen=True, slots=True)
class ComparedText:
    """One side of a comparison."""

    title: str | None
    """None when the title is only the start of the first paragraph: nothing may appear twice."""
    paragraphs: tuple[str, ...]
    language: str | None = None
    """ISO 639-1."""
    published: datetime | None = None
    """What "Friday" and "next week" are counted from."""


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    paragraph: int
    """Index into the document's paragraphs; -1: the title."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """Code points of a sentence that its partner does not have, half-open."""

    sentence: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Row:
    """Sentences that belong beside each other, or those that only one side has. Indices into each side's sentences.

    `same` and `reworded` assert that both sides state the same; `related` only that they are about the same thing: it
    is nothing that the texts share, it cannot have moved, and its words are not compared.
    """

    kind: RowKind
    left: tuple[int, ...]
    right: tuple[int, ...]
    similarity: float
    """0..1; 1 for `same`, 0 for one-sided rows."""
    moved: bool
    """Both sides say it, but not in the order of the rows around it. Rows of a moved passage follow each other."""
    left_changes: tuple[WordChange, ...] = ()
    right_changes: tuple[WordChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Rows by kind."""

    same: int
    reworded: int
    related: int
    left_only: int
    right_only: int
    moved: int
    """Those of the first two that moved."""
    overlap: float
    """Share of the words of both sides that are in rows of the first two kinds, 0..1."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, name or quotation that a row of the comparison holds."""

    kind: FactKind
    left: str | None
    """As written, with its qualifier and what it counts ("more than 40 boats"); None when that side lacks it. A day
    that is not named by its date has it behind it ("today, 14 Sep")."""
    right: str | None
    row: int
    differs: bool
    """False: both sides can mean the same, perhaps in other words."""
    requalified: bool = False
    """The same value, but only one side says "about", "more than", or they say different things of that kind."""
    sure: bool = False
    """The sides contradict each other: they are surely about the same thing, and can't both be true. Without, a fact
    that differs says only that both have something of that kind, or that one side has nothing of it."""
    minor: bool = False
    """Nothing for a short list: small numbers of people, ages, weekdays, what a rarer fact or the same one says."""
    quoted: Quoted | None = None
    """How quotations of both sides that differ stand to each other; they never contradict each other."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that follow each other in both texts, but elsewhere in each."""

    rows: tuple[int, ...]
    """Indices into the comparison's rows, ascending; one-sided rows may lie between."""
    after: int
    """The row below which the right text has it; -1: at its beginning."""


@dataclass(frozen=True, slots=True)
class Comparison:
    left_sentences: tuple[Sentence, ...]
    right_sentences: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    """In the order of the left text, right-only rows where the right text has them; each sentence in one row."""
    facts: tuple[Fact, ...]
    summary: Summary
    complete: bool
    """False: the time or size limits were reached; pairs of reworded sentences, changes and facts may be missing."""
    blocks: tuple[Block, ...] = ()
    """The passages that the moved rows form, and those of related rows that the texts have in another order."""
    languages_differ: bool = False
    by_meaning: bool = False
    """Rows are of what sentences mean, as an encoder tells; else of their words."""
