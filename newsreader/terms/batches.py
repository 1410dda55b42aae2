"""Long sequences and streams cut into pieces: what Python has as `itertools.batched` from 3.12 on.

Statements of SQL take so many values, worker processes so many texts: without this each of them cuts for itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")


def batched(items: Iterable[_Item], size: int) -> Iterator[tuple[_Item, ...]]:
    """The items in order, `size` at a time; the last piece may be shorter. No items are no pieces."""
    remaining = iter(items)
    while batch := tuple(islice(remaining, size)):
        yield batch
