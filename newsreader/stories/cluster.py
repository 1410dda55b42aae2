"""From pairs to stories: connected components, and average linkage inside each.

Average linkage (UPGMA, Sokal and Michener 1958) joins two groups only if their articles are alike on average, so
a round-up that resembles two stories does not weld them. All sums are of whole numbers and ties go to the
smallest rows, so the result depends on nothing but the similarities and the order of the rows, which the caller
takes from the articles' ids.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from newsreader.terms.arrays import Ints

NEVER = -(1 << 50)
"""The similarity of articles that must not come together: no sum of others outweighs it."""


def components(count: int, pairs: Ints) -> Ints:
    """For each of `count` nodes the smallest node it is connected with, by pairs (edges, 2)."""
    label = np.arange(count)
    while len(pairs):
        low = label[pairs].min(axis=1)
        np.minimum.at(label, label[pairs[:, 0]], low)
        np.minimum.at(label, label[pairs[:, 1]], low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        pairs = pairs[label[pairs[:, 0]] != label[pairs[:, 1]]]
    return label


def _all_alike(similarity: Ints, threshold: int) -> bool:
    """Whether every average will reach the threshold: that of most small components does."""
    return int((similarity < threshold).sum()) == int((similarity.diagonal() < threshold).sum())


def agglomerate(similarity: Ints, threshold: int, bound: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Groups of rows of a symmetric matrix, which is used up: first the pairs in `bound`, in their order, then
    the most alike groups as long as their average similarity reaches the threshold.

    A pair of `bound` is passed over if it would bring rows together that are NEVER so.
    """
    if _all_alike(similarity, threshold):
        return [list(range(len(similarity)))] if len(similarity) else []
    total = similarity
    size = np.ones(len(total))
    groups: dict[int, list[int]] = {row: [row] for row in range(len(total))}
    home = list(range(len(total)))

    def join(i: int, j: int) -> None:
        total[i] += total[j]
        total[:, i] += total[:, j]
        total[j] = total[:, j] = NEVER
        size[i] += size[j]
        for row in groups[j]:
            home[row] = i
        groups[i] += groups.pop(j)

    for a, b in bound:
        i, j = sorted((home[a], home[b]))
        if i != j and total[i, j] >= 0:
            join(i, j)
    np.fill_diagonal(total, NEVER)
    average = total / (size * size[:, None])
    best = average.argmax(axis=1)
    while len(groups) > 1:
        i = int(average[np.arange(len(total)), best].argmax())
        j = int(best[i])
        if average[i, j] < threshold:
            break
        i, j = min(i, j), max(i, j)
        join(i, j)
        total[i, i] = NEVER
        average[i] = average[:, i] = total[i] / (size[i] * size)
        average[j] = average[:, j] = NEVER
        value = average[np.arange(len(total)), best]
        best = np.where((average[i] > value) | ((average[i] == value) & (i < best)), i, best)
        for row in np.flatnonzero((best == j) | (best == i)):
            best[row] = average[row].argmax()
    return [sorted(rows) for rows in groups.values()]
