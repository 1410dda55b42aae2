"""Finds the passages of two texts that stand in the same order in both; what is outside of them has moved.

Of all passages in common it takes the set in order that holds the most text. So when two passages changed places, the
shorter one counts as moved; a comparison that kept the shorter one would show most of an article as moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def heaviest_chain(rows: Sequence[tuple[int, int, int]]) -> set[int]:
    """The rows (left place, right place, weight) that stay in order: the heaviest set in which both places ascend.

    Returns indices into `rows`. Places are distinct on each side. O(n log n) by a Fenwick tree of best sums.
    """
    by_right = sorted(row[1] for row in rows)
    tree: list[tuple[int, int]] = [(0, -1)] * (len(rows) + 1)
    before: dict[int, int] = {}
    for index in sorted(range(len(rows)), key=lambda k: rows[k][0]):
        place = bisect_left(by_right, rows[index][1]) + 1
        best, at = (0, -1), place - 1
        while at > 0:
            best = max(best, tree[at])
            at &= at - 1
        before[index] = best[1]
        entry = (best[0] + rows[index][2], index)
        while place < len(tree):
            tree[place] = max(tree[place], entry)
            place += place & -place
    chain: set[int] = set()
    last = max(tree)[1]
    while last >= 0:
        chain.add(last)
        last = before[last]
    return chain
