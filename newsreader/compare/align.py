"""Which sentences of two texts say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from newsreader.article import CancelCheck, never
from newsreader.compare import features
from newsreader.compare.features import Floats, Pairs, Profile
from newsreader.compare.matching import best_matching
from newsreader.errors import Cancelled

MODEL = (4.64, 2.42, 0.30, -1.49, 0.93, -1.94, 2.44, 1.91, -0.95, 0.24)
CONTEXT = (0.94, 0.21)
BIAS = -5.26
ROW = 0.3
"""Probability from which two sentences are one row."""
JOIN = 0.6
"""Probability from which a sentence without a partner joins a row that its partner already has."""
LARGEST_ROW = 3
"""Sentences of one side in a row."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of both sides that say the same: indices, ascending."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    exact: bool
    similarity: float


@dataclass(frozen=True, slots=True)
class Alignment:
    groups: tuple[Group, ...]
    """Sorted by their first left sentence."""
    complete: bool
    """False when time or other limits left pairs out."""


def align(
    left: Sequence[str],
    right: Sequence[str],
    left_keys: Sequence[str],
    right_keys: Sequence[str],
    *,
    titles: bool = False,
    rarity: Callable[[str], float] | None = None,
    deadline: float = float("inf"),
    cancelled: CancelCheck = never,
) -> Alignment:
    """Pair the sentences of two texts.

    Sentences with equal keys first, in order; then the choice of pairs with the greatest sum of probabilities, by
    a logistic model of `features` and of the neighbours' probabilities; last, sentences left over join a row if
    they match its other side (merged and split sentences). With `titles`, the first sentences are titles and
    matched with each other only. Symmetric. `deadline` is a time of `monotonic`; raises `Cancelled`.
    """

    def time_left() -> bool:
        if cancelled():
            raise Cancelled("stopped")
        return monotonic() < deadline

    exact = _equal(left_keys, right_keys)
    done_left, done_right = {i for i, _ in exact}, {j for _, j in exact}
    free = ([i for i in range(len(left)) if i not in done_left], [j for j in range(len(right)) if j not in done_right])
    groups = [Group((i,), (j,), True, 1.0) for i, j in exact]
    complete = time_left()
    if complete and free[0] and free[1]:
        profiles = Profile(left), Profile(right)
        complete = time_left()
        if complete:
            pairs = features.compare_all(*profiles, free, rarity)
            if titles:
                pairs = pairs.only((pairs.left == 0) == (pairs.right == 0))
            complete = time_left() and pairs.complete
            groups += _near(pairs, probabilities(pairs, exact))
    return Alignment(tuple(sorted(groups, key=lambda group: (group.left, group.right))), complete)


def _equal(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of sentences with equal keys: the n-th of one side with the n-th of the other."""
    places: dict[str, list[int]] = {}
    for j in range(len(right) - 1, -1, -1):
        places.setdefault(right[j], []).append(j)
    return [(i, places[key].pop()) for i, key in enumerate(left) if places.get(key)]


def probabilities(pairs: Pairs, exact: Sequence[tuple[int, int]]) -> Floats:
    """How probable it is that each pair says the same."""
    alone = pairs.features @ np.array(MODEL) + BIAS
    first = 1 / (1 + np.exp(-alone))
    return np.round(1 / (1 + np.exp(-(alone + context(pairs, exact, first) @ np.array(CONTEXT)))), 6)


def context(pairs: Pairs, exact: Sequence[tuple[int, int]], first: Floats) -> Floats:
    """For each pair the better and the worse of the probabilities of the pairs just before and just after it."""
    known = dict(zip(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True), first.tolist(), strict=True))
    known.update((pair, 1.0) for pair in exact)
    around = [
        (known.get((i - 1, j - 1), 0.0), known.get((i + 1, j + 1), 0.0))
        for i, j in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)
    ]
    return np.array([(max(two), min(two)) for two in around]).reshape(-1, 2)


def _near(pairs: Pairs, probability: Floats) -> list[Group]:
    """The rows of reworded sentences."""
    every = list(zip(pairs.left.tolist(), pairs.right.tolist(), probability.tolist(), strict=True))
    matched = best_matching([(i, j, p - ROW) for i, j, p in every])
    rows = [([i], [j]) for i, j, _ in matched]
    of_left, of_right = {i: row for row in rows for i in row[0]}, {j: row for row in rows for j in row[1]}
    for i, j, p in sorted(every, key=lambda e: (-e[2], e[0] + e[1], abs(e[0] - e[1]))):
        if p < JOIN:
            break
        if i not in of_left and j in of_right and len(of_right[j][0]) < LARGEST_ROW:
            of_right[j][0].append(i)
            of_left[i] = of_right[j]
        elif j not in of_right and i in of_left and len(of_left[i][1]) < LARGEST_ROW:
            of_left[i][1].append(j)
            of_right[j] = of_left[i]
    similarity = {(i, j): s for i, j, s in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True)}
    return [
        Group(tuple(sorted(a)), tuple(sorted(b)), False, max(similarity.get((i, j), 0.0) for i in a for j in b))
        for a, b in rows
    ]
