"""What a value in a text is: a number, money, a percentage or a date, with all that it can amount to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ValueKind = Literal["number", "money", "percent", "date"]
Meaning = frozenset[tuple[object, ...]]

MOST = 40
"""Values that are read of a text of some sentences: more is a table. 40 against 40 take 60 ms."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value in a text."""

    kind: ValueKind
    unit: str
    """What is counted or measured: only values with the same unit contradict each other. Of a number the noun that it
    counts, of money the currency, of a percentage "percent" or "points", of a date the precision."""
    meanings: Meaning
    """What it can amount to ("Friday": the last and the next one); equal values share a meaning."""
    qualifier: str
    """"about", "above", "below" …; empty when there is none."""
    start: int
    """Code points in the text, with the qualifier, half-open."""
    stop: int
    counted_stop: int
    """Where the noun that a number counts ends; `stop` where there is none."""
    bounds: tuple[Decimal, ...] = ()
    """The amount, or both ends of a range, ascending; nothing for dates."""
    step: Decimal = Decimal(0)
    """How roughly it is written: what one more in its last digit that counts amounts to. 0 for dates."""
    spelled: bool = False
    """Whether it is written in letters."""

    def equals(self, other: Value) -> bool:
        """Whether both can mean the same, whatever their qualifiers."""
        return self.kind == other.kind and not self.meanings.isdisjoint(other.meanings)
