"""Disjoint sets of numbers, joined pair by pair (union-find with path halving; Tarjan and van Leeuwen 1984).

For a few numbers that are met one at a time; `stories.cluster.components` does the same for whole arrays of pairs.
"""

from __future__ import annotations


class DisjointSets:
    """Every number is in a set of its own until it is joined with another."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def root(self, item: int) -> int:
        """The smallest number of the set that the item is in."""
        while (parent := self._parent.setdefault(item, item)) != item:
            self._parent[item] = item = self._parent[parent]
        return item

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def all(self) -> list[list[int]]:
        """The sets of all numbers met so far, each ascending, in the order of their smallest numbers."""
        groups: dict[int, list[int]] = {}
        for item in sorted(self._parent):
            groups.setdefault(self.root(item), []).append(item)
        return list(groups.values())
