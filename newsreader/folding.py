"""Lists in which copies stand behind the first article of their text.

A near-copy by the same outlet is its new version of the text and may hold news, so it stands for itself; so does a
near-copy where an outlet is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Folded:
    """A list with its copies folded. Articles are catalogue numbers."""

    rows: Numbers
    """Places, in the list as it was, of the articles that are shown, in their order."""
    copies: Mapping[int, int] = field(default_factory=dict)
    """Article: how many copies of it the list has, for those that are shown and have any."""
    beneath: frozenset[int] = frozenset()
    """Copies that are shown, beneath their first article."""


class Folds:
    """Which articles fold under which, in a whole library. Immutable."""

    def __init__(self, copies: Iterable[tuple[int, int, bool, int]], source_of: Mapping[int, str | None]) -> None:
        """`copies` are (number, number of the earlier article it is a copy of, whether all of it is, time)."""
        under: dict[int, int] = {}
        self._time: dict[int, int] = {}
        for number, original, exact, time in copies:
            one, other = source_of.get(number), source_of.get(original)
            if exact or (one and other and one != other):
                under[number] = original
                self._time[number] = time
        heads = {number: _root(number, under) for number in under}
        self._numbers: Numbers = np.array(sorted(heads), np.int64)
        self._heads: Numbers = np.array([heads[number] for number in self._numbers.tolist()], np.int64)
        self._members: dict[int, list[int]] = {}
        for number, head in heads.items():
            self._members.setdefault(head, [head]).append(number)

    def heads(self, numbers: Numbers) -> Numbers:
        """For each article the one that it folds under, for most that itself."""
        if not len(self._numbers):
            return numbers
        at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        return np.asarray(np.where(self._numbers[at] == numbers, self._heads[at], numbers))

    def head(self, number: int) -> int:
        """The article that one folds under."""
        return int(self.heads(np.array([number], np.int64))[0])

    def together(self, number: int) -> list[int]:
        """The articles that fold together with one, itself too."""
        return self._members.get(self.head(number), [number])

    def fold(self, numbers: Numbers, opened: Collection[int] = ()) -> Folded:
        """A list of articles with its copies folded, but for those of the heads in `opened`: they stand beneath. Where
        the first article is not in the list, the earliest of the copies stands for it."""
        heads = self.heads(numbers)
        copies = np.flatnonzero(heads != numbers)
        if not len(copies):
            return Folded(np.arange(len(numbers)))
        groups: dict[int, list[int]] = {}
        for row, head in zip(copies.tolist(), heads[copies].tolist(), strict=True):
            groups.setdefault(head, []).append(row)
        rows_of_heads = np.flatnonzero(np.isin(numbers, np.fromiter(groups, np.int64, len(groups))))
        first_of = dict(zip(numbers[rows_of_heads].tolist(), rows_of_heads.tolist(), strict=True))
        number_at = dict(zip(copies.tolist(), numbers[copies].tolist(), strict=True))
        place = np.arange(len(numbers))  # where a row stands; copies that are shown stand with their first article
        depth = np.zeros(len(numbers), np.int64)
        hidden: list[int] = []
        counts: dict[int, int] = {}
        beneath: list[int] = []
        for head, rows in groups.items():
            rows.sort(key=lambda row: (self._time[number_at[row]], row))
            first, number = (first_of[head], head) if head in first_of else (rows[0], number_at[rows.pop(0)])
            if not rows:
                continue
            counts[number] = len(rows)
            if head in opened:
                place[rows], depth[rows] = first, np.arange(1, len(rows) + 1)
                beneath += [number_at[row] for row in rows]
            else:
                hidden += rows
        order = np.lexsort((depth, place)) if beneath else place
        shown = np.ones(len(numbers), np.bool_)
        shown[hidden] = False
        return Folded(order[shown[order]], counts, frozenset(beneath))


def _root(number: int, under: Mapping[int, int]) -> int:
    """The first of a chain of copies; a damaged chain that goes in a circle ends where it began."""
    root = under[number]
    while root != number and root in under:
        root = under[root]
    return root
