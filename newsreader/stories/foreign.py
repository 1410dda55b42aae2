"""Stories whose articles are in several languages: what the grouping made in each, put together where that is sure.

Articles in two languages share little but names and figures, too little for the grouping. An interpreter tells whether
two report one event. It only ever joins stories in different languages: how the articles of one language are grouped
stays as it is, whether there is an interpreter or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Protocol

import numpy as np
import numpy.typing as npt

from newsreader.stories.article_arrays import Articles
from newsreader.stories.corrections import Corrections
from newsreader.stories.grouping import rows_of, unmerged_apart
from newsreader.stories.pairs import CandidatePairs
from newsreader.stories.similarity import DAY, FULL
from newsreader.terms.arrays import Flags, Floats, Ints, run_lengths, run_starts, within

SHARED = round(0.04 * FULL)
"""Similarity (names and figures that both have) from which two articles are shown to the interpreter: of pairs on one
event, texts of five sentences, 95 % have it, of pairs on two events 6 %."""
DAYS = 3.0
"""Articles further apart are not: what one reports of the same people is another event by then."""
SURE = 0.63
"""Likeness from which two stories are one. Each speaks by its articles that are most like any of the other's …"""
SPEAKERS = 3
"""… by so many, or by most of them where they are fewer: a single one may be there by a mistake of the grouping …"""
ABSENT = 0.4
"""… of which those that share too little to be shown to the interpreter count so much."""
LEAST = 0.58
"""Mean likeness of the stories of two groups that are joined through two of them."""


class Interpreter(Protocol):
    """Reads several languages."""

    def languages(self, numbers: Ints) -> npt.NDArray[np.bytes_]:
        """Of articles, by number, the language of each, ISO 639-1; empty where that isn't known. Raises Cancelled."""

    def likeness(self, pairs: Ints) -> Floats:
        """How surely the two articles of each pair of numbers (pairs, 2) report one event, about 0 to 1. Raises
        Cancelled."""


def joined_stories(
    articles: Articles,
    there: Flags,
    stand_in: Ints,
    story: npt.NDArray[np.uint64],
    pairs: CandidatePairs,
    corrections: Corrections,
    interpreter: Interpreter,
) -> list[Ints]:
    """The rows of each story that is made of stories (articles,), or single articles (0), in different languages."""
    language = np.zeros(len(articles), "S2")
    language[there] = interpreter.languages(articles.number[there])
    unit = np.where(story == 0, articles.id[stand_in], story)
    one, other = rows = pairs.rows[pairs.similarity >= SHARED].T.astype(np.int64)
    near = np.abs(articles.published[one] - articles.published[other]) <= DAYS * DAY  # never so without a date
    foreign = (language[one] != language[other]) & (language[rows] != b"").all(axis=0) & (unit[one] != unit[other])
    out = rows_of(articles, there, set(corrections.out)).values()
    rows = rows[:, near & foreign & ~np.isin(rows, list(out)).any(axis=0)]
    if not rows.size:
        return []
    likeness = interpreter.likeness(articles.number[rows.T])
    groups = _Groups(unit, language, there, articles, corrections)
    groups.join(*_of_units(unit, rows, likeness, there & (stand_in == np.arange(len(articles)))))
    return _rows_of_groups(unit, there, list(groups.several()))


def _rows_of_groups(unit: npt.NDArray[np.uint64], there: Flags, groups: Sequence[set[int]]) -> list[Ints]:
    """The rows of the units (articles,) of each group."""
    if not groups:
        return []
    units = np.array([one for group in groups for one in group], np.uint64)
    label = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    order = np.argsort(units)
    units, label = units[order], label[order]
    rows = np.flatnonzero(there & np.isin(unit, units))
    of_rows = label[np.searchsorted(units, unit[rows])]
    rows = rows[np.argsort(of_rows, kind="stable")]
    return np.split(rows, np.cumsum(np.bincount(of_rows))[:-1])


def _of_units(
    unit: npt.NDArray[np.uint64], rows: Ints, likeness: Floats, standing: Flags
) -> tuple[npt.NDArray[np.uint64], Floats]:
    """(2, unit pairs) and the likeness of each, from that of pairs of rows (2, pairs) of a unit (articles,) each."""
    rows = np.where(unit[rows[0]] <= unit[rows[1]], rows, rows[::-1])
    order = np.lexsort((-likeness, *unit[rows[::-1]]))
    rows, likeness = rows[:, order], likeness[order]
    starts = run_starts(*unit[rows])
    pair = np.repeat(np.arange(len(starts)), run_lengths(starts, len(likeness)))
    ids, size = np.unique(unit[standing], return_counts=True)
    found = np.ones(len(starts))
    for side in rows:
        order = np.lexsort((-likeness, side, pair))
        best = order[run_starts(pair[order], side[order])]  # of each article with any of the other unit
        best = best[np.lexsort((-likeness[best], pair[best]))]
        speakers = np.minimum(SPEAKERS, size[np.searchsorted(ids, unit[side[starts]])] // 2 + 1)
        counts = run_lengths(run_starts(pair[best]), len(best))
        best = best[within(counts) < speakers[pair[best]]]
        told = np.bincount(pair[best], likeness[best])
        absent = speakers - np.minimum(counts, speakers)
        found = np.minimum(found, (told + ABSENT * absent) / speakers)
    return unit[rows[:, starts]], found.round(4)


class _Groups:
    """Units (stories and single articles, by id) that are joined, at most one of each language."""

    def __init__(
        self,
        unit: npt.NDArray[np.uint64],
        language: npt.NDArray[np.bytes_],
        there: Flags,
        articles: Articles,
        corrections: Corrections,
    ) -> None:
        self._unit, self._language, self._there = unit, language, there
        apart = unmerged_apart(corrections)
        rows = rows_of(articles, there, {article for pair in apart for article in pair})
        self._apart = {frozenset(int(unit[rows[i]]) for i in pair) for pair in apart if pair <= rows.keys()}
        self._likeness: dict[frozenset[int], float] = {}
        self._group: dict[int, set[int]] = {}
        self._languages: dict[int, set[bytes]] = {}

    def join(self, units: npt.NDArray[np.uint64], likeness: Floats) -> None:
        """The likest first."""
        pairs = units.T.tolist()
        self._likeness = {frozenset(pair): value for pair, value in zip(pairs, likeness.tolist(), strict=True)}
        self._group = {unit: {unit} for pair in pairs for unit in pair}
        concerned = self._there & np.isin(self._unit, list(self._group))
        members = zip(self._unit[concerned].tolist(), self._language[concerned].tolist(), strict=True)
        for unit, language in members:
            self._languages.setdefault(unit, set()).add(language)
        for at in np.lexsort((units[1], units[0], -likeness)).tolist():
            if likeness[at] < SURE:
                break
            one, other = (self._group[unit] for unit in pairs[at])
            if one is not other and self._may_join(one, other):
                one |= other
                self._group.update(dict.fromkeys(other, one))

    def several(self) -> Iterable[set[int]]:
        """The groups of more than one unit, each once."""
        return {id(group): group for group in self._group.values() if len(group) > 1}.values()

    def _may_join(self, one: set[int], other: set[int]) -> bool:
        spoken, also = (set().union(*(self._languages[unit] for unit in group)) for group in (one, other))
        between = [frozenset(pair) for pair in product(one, other)]
        known = [self._likeness[pair] for pair in between if pair in self._likeness]
        alike = round(sum(known) - LEAST * len(known), 6) >= 0  # in whichever order they are added
        return spoken.isdisjoint(also) and self._apart.isdisjoint(between) and alike
