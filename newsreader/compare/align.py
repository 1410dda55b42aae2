"""Which sentences of two texts belong beside each other: equal ones first, then the most probable pairs.

Likeness alone would pair sentences that share a name; so neighbours that say the same count as well. Which of the
pairs surely say the same, and which are only related, is told by `sameness`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newsreader.compare import features
from newsreader.compare.credits import is_credit
from newsreader.compare.features import Pairs, Profile
from newsreader.compare.matching import best_matching
from newsreader.compare.meaning import Encoder, paired_by_meaning
from newsreader.compare.model import PairedKind
from newsreader.compare.sameness import surely_same
from newsreader.compare.time_budget import Clock
from newsreader.terms.arrays import Floats

MODEL = (8.74, 0.89, 1.22, 1.47, -0.69, -0.90, -1.97)
"""Log-odds that two sentences say the same, by `features.COLUMNS`, fitted to hand-aligned news: the 10 development
pairs and, with half the weight, 18 pairs that we aligned ourselves, 7 of them of two events; and, with a fiftieth, to
PAN 2013 passages (240 pairs). Leave-one-pair-out F1 of the links is .78 on the development pairs."""
CONTEXT = (1.83, 2.86)
"""Log-odds by the support of the better and of the worse neighbour."""
BIAS = -2.72
ALONE = (10.21, 0.86, 1.19, 1.48, -0.66, -1.03, -0.03)
"""The same without neighbours: what a pair's own support is reckoned from."""
ALONE_BIAS = -2.51
REACH = 3
"""Sentences before and after that give support; 1 instead of 3 costs .01 of plagdet."""
FADE = 0.7
"""Support left per sentence of distance."""
FAINT = 0.05
"""Probability below which a pair supports no other."""
ROW = 0.25
"""Probability from which two sentences are one row: F1 is flat from .2 to .35."""
JOIN = 0.5
"""Probability from which a sentence without a partner joins a row that its partner already has."""
MANY = 5_000
"""Sentences of a side that are compared beyond equality: 100,000 words."""
LARGEST_ROW = 3
"""Sentences of one side in a row."""


@dataclass(frozen=True, slots=True)
class SentenceGroup:
    """Sentences of both sides that belong together: indices, ascending."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    kind: PairedKind
    """`same`: their keys are equal."""
    similarity: float


@dataclass(frozen=True, slots=True)
class Alignment:
    groups: tuple[SentenceGroup, ...]
    """Sorted by their first left sentence."""
    complete: bool
    """False when time or other limits left pairs out."""


def align(
    left: Sequence[str],
    right: Sequence[str],
    left_keys: Sequence[str],
    right_keys: Sequence[str],
    *,
    clock: Clock,
    titles: bool = False,
    profiles: tuple[Profile, Profile] | None = None,
    encoder: Encoder | None = None,
) -> Alignment:
    """Pair the sentences of two texts.

    Sentences with equal keys first, in order, which is all for credits; then the choice of pairs with the greatest sum
    of probabilities, by a logistic model of `features` and of the neighbours' probabilities; last, sentences left over
    join a row if they match its other side (merged and split sentences). With `titles`, the first sentences are titles
    and matched with each other only; `profiles` are those of the two texts, made here without. Texts in
    different languages are given with an `encoder`, whose pairs take the place of those of the model. Symmetric. Raises
    `Cancelled`.
    """
    exact = _equal(left_keys, right_keys)
    done = {i for i, _ in exact}, {j for _, j in exact}
    free = [
        [number for number, text in enumerate(texts) if number not in paired and not is_credit(text)][:MANY]
        for texts, paired in zip((left, right), done, strict=True)
    ]
    groups = [SentenceGroup((i,), (j,), "same", 1.0) for i, j in exact]
    complete = not clock.expired()
    if complete and all(free) and encoder is not None:
        found, complete = paired_by_meaning((left, right), (free[0], free[1]), encoder, clock=clock, titles=titles)
        groups += [SentenceGroup(pair.left, pair.right, pair.kind, pair.similarity) for pair in found]
    elif complete and all(free):
        profiles = profiles or (Profile(left), Profile(right))
        complete = not clock.expired()
        if complete:
            pairs = features.compare_all(*profiles, (free[0], free[1]))
            if titles:
                pairs = pairs.only((pairs.left == 0) == (pairs.right == 0))
            complete = pairs.complete and max(map(len, free)) < MANY
            groups += _near(pairs, probabilities(pairs, exact))
    return Alignment(tuple(sorted(groups, key=lambda group: (group.left, group.right))), complete)


def _equal(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of sentences with equal keys: the n-th of one side with the n-th of the other."""
    places: dict[str, list[int]] = {}
    for j in range(len(right) - 1, -1, -1):
        places.setdefault(right[j], []).append(j)
    return [(i, places[key].pop()) for i, key in enumerate(left) if places.get(key)]


def probabilities(pairs: Pairs, exact: Sequence[tuple[int, int]]) -> Floats:
    """How probable it is that each pair says the same, 0..1."""
    alone = _logistic(pairs.features @ np.array(ALONE) + ALONE_BIAS)
    support = context(pairs, exact, alone) @ np.array(CONTEXT)
    return np.round(_logistic(pairs.features @ np.array(MODEL) + support + BIAS), 6)


def _logistic(log_odds: Floats) -> Floats:
    return 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))


def context(pairs: Pairs, exact: Sequence[tuple[int, int]], first: Floats) -> Floats:
    """For each pair the support of its neighbours: the better and the worse of the two directions.

    The support of a direction is the highest probability of a pair up to `REACH` sentences on in both texts,
    times `FADE` for each sentence after the first.
    """
    steps = [(a, b, FADE ** (max(a, b) - 1)) for a in range(1, REACH + 1) for b in range(1, REACH + 1)]
    support = {pair: [0.0, 0.0] for pair in _tuples(pairs)}
    chances = [*zip(_tuples(pairs), first.tolist(), strict=True), *((pair, 1.0) for pair in exact)]
    for (i, j), chance in chances:
        if chance < FAINT:
            continue
        for a, b, fade in steps:
            for way, neighbour in enumerate(((i + a, j + b), (i - a, j - b))):
                if neighbour in support:
                    support[neighbour][way] = max(support[neighbour][way], chance * fade)
    return np.sort(np.array(list(support.values())).reshape(-1, 2))[:, ::-1]


def _tuples(pairs: Pairs) -> list[tuple[int, int]]:
    return list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))


def _near(pairs: Pairs, probability: Floats) -> list[SentenceGroup]:
    """The rows of sentences that are not equal."""
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
    similarity = dict(zip(_tuples(pairs), pairs.similarity.tolist(), strict=True))
    groups = []
    for a, b in rows:
        likeness = max(similarity.get((i, j), 0.0) for i in a for j in b)
        kind: PairedKind = "reworded" if surely_same(likeness) else "related"
        groups.append(SentenceGroup(tuple(sorted(a)), tuple(sorted(b)), kind, likeness))
    return groups
