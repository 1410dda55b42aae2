"""Facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FactKind = Literal["number", "money", "percent", "date", "name", "quote"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a row of the comparison holds."""

    kind: FactKind
    left: str | None
    """As written, with its qualifier ("more than 8%"); None when that side lacks it."""
    right: str | None
    row: int
    differs: bool
    """False: both sides say the same, perhaps in other words."""


def compare_facts(
    rows: Sequence[tuple[Sequence[str], Sequence[str]]], left_date: datetime | None, right_date: datetime | None
) -> tuple[Fact, ...]:
    return ()
