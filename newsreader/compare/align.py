"""Which sentences of two texts belong beside each other: equal ones first, then the most probable pairs.

Likeness alone would pair sentences that share a name; so neighbours that say the same count as well. Which of the
pairs surely say the same, and which are only related, is told by `sameness`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from newsreader.compare import features
from newsreader.compare.credits import credits_among
from newsreader.compare.features import Pairs, Profile
from newsreader.compare.matching import best_matching
from newsreader.compare.meaning import Encoder, paired_by_meaning
from newsreader.compare.model import PairedKind
from newsreader.compare.sameness import Sameness
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
"""Probability from which two sentences may say the same: F1 of all links is flat from .2 to .35."""
JOIN = 0.5
"""Probability from which a sentence without a partner joins a row that its partner already has."""
RELATED = 0.15
"""Probability from which two sentences left over are shown beside each other …"""
JOIN_RELATED = 0.25
"""… and one joins a row whose sides are only related. In 20 pairs of articles on one event, aligned by two readers, 41
of 66 such links are ones that a reader draws; from .1 it would be 46 of 85."""
MANY = 5_000
"""Sentences of a side that are compared beyond equality: 100,000 words."""
PASSAGE = 3
"""Rows that follow each other in both texts, sentence by sentence, from which a passage was taken over …"""
LIKE = 0.35
"""… if every one is as like as that (cosine): plagdet on PAN 2013 gains .004, 1 of 320 judged rows is partly wrong."""
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
    of probabilities, by a logistic model of `features` and of the neighbours' probabilities; then sentences left over
    join a row if they match its other side (merged and split sentences); last, what is less probable is related. With
    `titles`, the first sentences are titles and matched with each other only; `profiles` are those of the two texts,
    made here without. Texts in different languages are given with an `encoder`, whose pairs take the place of those of
    the model. Symmetric. Raises `Cancelled`.
    """
    exact = _equal(left_keys, right_keys)
    done = {i for i, _ in exact}, {j for _, j in exact}
    credited = [side.credits for side in profiles] if profiles else [credits_among(left), credits_among(right)]
    free = [
        [number for number in range(len(texts)) if number not in paired and number not in skipped][:MANY]
        for texts, paired, skipped in zip((left, right), done, credited, strict=True)
    ]
    groups = [SentenceGroup((i,), (j,), "same", 1.0) for i, j in exact]
    complete = not clock.expired()
    if complete and all(free) and encoder is not None:
        found, complete = paired_by_meaning((left, right), (free[0], free[1]), encoder, clock=clock, titles=titles)
        groups += [SentenceGroup(pair.left, pair.right, pair.kind, pair.similarity) for pair in found]
    elif complete and all(free):
        profiles = profiles or (Profile(left, credited=credited[0]), Profile(right, credited=credited[1]))
        complete = not clock.expired()
        if complete:
            pairs = features.compare_all(*profiles, (free[0], free[1]))
            if titles:
                pairs = pairs.only((pairs.left == 0) == (pairs.right == 0))
            complete = pairs.complete and max(map(len, free)) < MANY
            sameness = Sameness(*profiles, pairs)
            groups += _near(pairs, probabilities(pairs, exact), sameness)
            groups = _taken_over(groups, sameness)
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


def _near(pairs: Pairs, probability: Floats, sameness: Sameness) -> list[SentenceGroup]:
    """The groups of sentences that are not equal: first what may say the same, then, of the rest, what is related."""
    groups = _Groups(pairs, probability, sameness)
    groups.match(ROW)
    groups.join(JOIN, related=False)
    groups.let_go()
    groups.match(RELATED)
    groups.join(JOIN_RELATED, related=True)
    return groups.finished()


def _taken_over(groups: Sequence[SentenceGroup], sameness: Sameness) -> list[SentenceGroup]:
    """The groups, with what is related in a passage that was taken over as the same, but for what is turned round."""
    alike = {(g.left[0], g.right[0]): g for g in groups if g.similarity >= LIKE}
    following = {place: (g.left[-1] + 1, g.right[-1] + 1) for place, g in alike.items()}
    passages: set[SentenceGroup] = set()
    for begin in alike.keys() - set(following.values()):
        run, place = [], begin
        while place in alike:
            run.append(alike[place])
            place = following[place]
        if len(run) >= PASSAGE:
            passages.update(run)
    return [
        replace(group, kind="reworded")
        if group.kind == "related" and group in passages and not sameness.opposed(group.left, group.right)
        else group
        for group in groups
    ]


_Members = tuple[list[int], list[int]]


class _Groups:
    """Sentences put together by how probable it is that they say the same; each is in one group at most."""

    def __init__(self, pairs: Pairs, probability: Floats, sameness: Sameness) -> None:
        edges = zip(pairs.left.tolist(), pairs.right.tolist(), probability.tolist(), strict=True)
        self._edges = sorted(edges, key=lambda e: (-e[2], e[0] + e[1], abs(e[0] - e[1])))
        self._sameness = sameness
        self._of: tuple[dict[int, _Members], dict[int, _Members]] = ({}, {})
        self._sure: dict[tuple[tuple[int, ...], tuple[int, ...]], bool] = {}

    def match(self, least: float) -> None:
        """Make pairs of sentences that are in no group: the choice with the greatest sum of probabilities."""
        free = [(i, j, p - least) for i, j, p in self._edges if i not in self._of[0] and j not in self._of[1]]
        for i, j, _ in best_matching(sorted(free)):
            self._of[0][i] = self._of[1][j] = ([i], [j])

    def join(self, least: float, *, related: bool) -> None:
        """Put sentences that are in no group into their partner's: merged and split sentences. With `related`, only
        into groups that are not sure."""
        for i, j, p in self._edges:
            if p < least:
                break
            for side, (own, partner) in enumerate(((i, j), (j, i))):
                group = self._of[1 - side].get(partner)
                if group is None or own in self._of[side] or len(group[side]) >= LARGEST_ROW:
                    continue
                if not (related and self._is_sure(group)):
                    group[side].append(own)
                    self._of[side][own] = group

    def let_go(self) -> None:
        """Keep of a group only the pair that it began with, where that says the same and the whole does not."""
        for group in self._all():
            if not self._is_sure(group) and self._is_sure((group[0][:1], group[1][:1])):
                for side, members in enumerate(group):
                    for sentence in members[1:]:
                        del self._of[side][sentence]
                    members[1:] = []

    def finished(self) -> list[SentenceGroup]:
        """Which of them say the same, and which are related."""
        return [
            SentenceGroup(
                tuple(sorted(left)),
                tuple(sorted(right)),
                "reworded" if self._is_sure((left, right)) else "related",
                self._sameness.similarity(left, right),
            )
            for left, right in self._all()
        ]

    def _all(self) -> list[_Members]:
        return [group for left, group in self._of[0].items() if left == group[0][0]]

    def _is_sure(self, group: _Members) -> bool:
        members = tuple(group[0]), tuple(group[1])
        if members not in self._sure:
            self._sure[members] = self._sameness.surely(*group)
        return self._sure[members]
