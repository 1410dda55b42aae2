"""Lists in which copies stand behind the first article of their text.

An agency's report that twenty outlets print would fill a page. A near-copy by the same outlet is its new version of the
text and may hold news, so it stands for itself; so does a near-copy where an outlet is not known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from newsreader.library.rows import CopyRecord
from newsreader.terms.arrays import Ints


@dataclass(frozen=True, slots=True)
class Folded:
    """A list with its copies folded. Articles are catalogue numbers."""

    rows: Ints
    """Places, in the list as it was, of the articles that are shown, in their order."""
    copies: Mapping[int, int] = field(default_factory=dict)
    """Article: how many copies of it the list has, for those that are shown and have any."""
    beneath: frozenset[int] = frozenset()
    """Copies that are shown, beneath their first article."""


class Folds:
    """Which articles fold under which, in a whole library. Immutable."""

    def __init__(self, copies: Iterable[CopyRecord], source_of: Mapping[int, str | None]) -> None:
        under: dict[int, int] = {}
        times: dict[int, int] = {}
        for copy in copies:
            one, other = source_of.get(copy.number), source_of.get(copy.original)
            if copy.is_whole or (one and other and one != other):
                under[copy.number] = copy.original
                times[copy.number] = copy.sort_time
        heads = _roots(under)
        self._numbers: Ints = np.array(sorted(heads), np.int64)
        self._heads: Ints = np.array([heads[number] for number in self._numbers.tolist()], np.int64)
        self._times: Ints = np.array([times[number] for number in self._numbers.tolist()], np.int64)
        self._members: dict[int, list[int]] = {}
        for number, head in heads.items():
            self._members.setdefault(head, [head]).append(number)

    def head(self, number: int) -> int:
        """The article that one folds under, for most that itself."""
        rows, at = self._copies(np.array([number], np.int64))
        return int(self._heads[at[0]]) if len(rows) else number

    def together(self, number: int) -> list[int]:
        """The articles that fold together with one, itself too."""
        return self._members.get(self.head(number), [number])

    def fold(self, numbers: Ints, opened: Collection[int] = ()) -> Folded:
        """A list of articles with its copies folded, but for those of the heads in `opened`: they stand beneath. Where
        the first article is not in the list, the earliest of the copies stands for it."""
        rows, at = self._copies(numbers)
        if not len(rows):
            return Folded(np.arange(len(numbers)))
        order = np.lexsort((rows, self._times[at], self._heads[at]))
        rows, heads = rows[order], self._heads[at[order]]
        starts = np.flatnonzero(np.concatenate(([True], heads[1:] != heads[:-1])))
        keys, sizes = heads[starts], np.diff(starts, append=len(heads))
        first, absent = rows[starts], np.ones(len(keys), np.bool_)
        here = np.flatnonzero(np.isin(numbers, keys))
        group_here = np.searchsorted(keys, numbers[here])
        first[group_here], absent[group_here] = here, False
        below = np.ones(len(rows), np.bool_)
        below[starts[absent]] = False
        group = np.repeat(np.arange(len(keys)), sizes)
        is_open = np.isin(keys, np.fromiter(opened, np.int64, len(opened)))[group]

        shown = np.ones(len(numbers), np.bool_)
        shown[rows[below & ~is_open]] = False
        lower = np.flatnonzero(below & is_open)
        place = np.arange(len(numbers))
        if len(lower):  # they stand with their first article, in the order of time
            depth = np.zeros(len(numbers), np.int64)
            place[rows[lower]], depth[rows[lower]] = first[group[lower]], lower + 1
            place = np.lexsort((depth, place))
        counts = zip(numbers[first].tolist(), (sizes - absent).tolist(), strict=True)
        return Folded(
            place[shown[place]],
            {number: count for number, count in counts if count},
            frozenset(numbers[rows[lower]].tolist()),
        )

    def _copies(self, numbers: Ints) -> tuple[Ints, Ints]:
        """Where in a list articles stand that fold under another, and which of all those each is."""
        if not len(self._numbers):
            return self._numbers, self._numbers
        at = np.minimum(np.searchsorted(self._numbers, numbers), len(self._numbers) - 1)
        rows = np.flatnonzero(self._numbers[at] == numbers)
        return rows, at[rows]


def _roots(under: Mapping[int, int]) -> dict[int, int]:
    """Of each copy the first of its chain; a damaged chain that goes in a circle ends where it was entered. Every step
    is gone once: a story may be a chain of thousands."""
    roots: dict[int, int] = {}
    for number in under:
        path: dict[int, None] = {}
        at = number
        while at in under and at not in roots and at not in path:
            path[at] = None
            at = under[at]
        roots.update(dict.fromkeys(path, roots.get(at, at)))
    return {number: root for number, root in roots.items() if number != root}
