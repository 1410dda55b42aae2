"""The best one-to-one choice among weighted pairs.

Taking the best pair first would often spoil two good ones; so groups of pairs are solved exactly up to a size.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsreader.terms.arrays import Floats
from newsreader.terms.disjoint_sets import DisjointSets

LARGEST = 120
"""Ends, on the smaller side, of the problems solved exactly: 20 ms at this size, cubic. More is a text of near-equal
sentences."""

TIE = 1e-9
"""What order is worth: less than any difference of gains (rounded to 1e-6) in a group of `LARGEST`."""

Edge = tuple[int, int, float]
"""(left, right, gain)"""


def best_matching(edges: Sequence[Edge]) -> list[Edge]:
    """The edges, no two of which share an end, with the greatest sum of gains; edges without a gain are left out.

    Exact in every connected group of up to `LARGEST` ends on the smaller side, greedy in larger ones. Among equal
    sums it prefers the order of the texts; the choice is the same when left and right are swapped.
    """
    chosen: list[Edge] = []
    gain_of = {(left, right): value for left, right, value in edges}
    for group in _components([edge for edge in edges if edge[2] > 0]):
        lefts, rights = sorted({e[0] for e in group}), sorted({e[1] for e in group})
        if len(group) == 1:
            chosen += group
        elif min(len(lefts), len(rights)) > LARGEST:
            chosen += _greedy(group)
        else:
            row, column = {n: k for k, n in enumerate(lefts)}, {n: k for k, n in enumerate(rights)}
            end = max(lefts[-1], rights[-1]) + 1
            gain = np.zeros((len(lefts), len(rights)))
            for left, right, value in group:
                # The product is greatest when early ones meet early ones, whichever side is called left.
                gain[row[left], column[right]] = value + TIE * (1 - left / end) * (1 - right / end)
            swapped = gain.shape[0] > gain.shape[1]
            partner = _assign(-gain.T if swapped else -gain)
            for a, b in enumerate(partner):
                r, c = (b, a) if swapped else (a, b)
                if gain[r, c] > 0:
                    chosen.append((lefts[r], rights[c], gain_of[lefts[r], rights[c]]))
    return sorted(chosen)


def _greedy(edges: Sequence[Edge]) -> list[Edge]:
    chosen: list[Edge] = []
    lefts: set[int] = set()
    rights: set[int] = set()
    for edge in sorted(edges, key=lambda e: (-e[2], e[0] + e[1], abs(e[0] - e[1]))):
        if edge[0] not in lefts and edge[1] not in rights:
            lefts.add(edge[0])
            rights.add(edge[1])
            chosen.append(edge)
    return chosen


def _components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """The edges by connected group."""
    sets = DisjointSets()
    for left, right, _ in edges:
        sets.join(2 * left, 2 * right + 1)
    groups: dict[int, list[Edge]] = {}
    for edge in edges:
        groups.setdefault(sets.root(2 * edge[0]), []).append(edge)
    return list(groups.values())


def _assign(cost: Floats) -> list[int]:
    """The column of each row in the cheapest assignment; rows <= columns.

    Hungarian method by shortest augmenting paths with potentials (Kuhn 1955, Jonker and Volgenant 1987).
    """
    rows, columns = cost.shape
    row_potential, column_potential = np.zeros(rows), np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)
    for row in range(rows):
        owner[columns] = row
        column = columns
        distance = np.full(columns, np.inf)
        came_from = np.full(columns, columns)
        done = np.zeros(columns + 1, dtype=bool)
        while owner[column] >= 0:
            done[column] = True
            current = owner[column]
            reduced = cost[current] - row_potential[current] - column_potential[:columns]
            open_ = ~done[:columns]
            better = open_ & (reduced < distance)
            distance[better] = reduced[better]
            came_from[better] = column
            following = int(np.where(open_, distance, np.inf).argmin())
            delta = distance[following]
            row_potential[owner[done]] += delta
            column_potential[done] -= delta
            distance[open_] -= delta
            column = following
        while column != columns:
            owner[column] = owner[came_from[column]]
            column = int(came_from[column])
    result = [-1] * rows
    for column in range(columns):
        if owner[column] >= 0:
            result[owner[column]] = column
    return result
