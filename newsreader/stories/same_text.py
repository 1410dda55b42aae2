"""Articles of one and the same text, taken together: a thousand copies must count as one text and not as a thousand.

Counted one by one they would make the words of a story common, so that nothing led to its articles any more, and be
compared with each other and with all others. Those of one moment are one thing to the grouping, for which the one with
the smallest id stands; those of several moments are looked up by the first and the last of a month.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newsreader.stories.article_arrays import Articles
from newsreader.stories.similarity import COPY_DAYS, DAY
from newsreader.terms.arrays import (
    Flags,
    Floats,
    Ints,
    distinct,
    ordered,
    ranges,
    run_lengths,
    run_starts,
    search_within,
)


def one_of_each_text(articles: Articles, there: Flags) -> Ints:
    """A row of each text among the articles that are there, by the texts' numbers, ascending."""
    rows = np.flatnonzero(there)
    rows = rows[np.argsort(articles.text[rows], kind="stable")]
    return rows[run_starts(articles.text[rows])]


@dataclass(frozen=True, slots=True)
class SameText:
    """Which articles stand for which."""

    text: npt.NDArray[np.uint64]
    """(articles,): equal for those of one text. One that the user has said something about is by itself."""
    stand_in: Ints
    """(articles,): the row of the article that stands for each: itself, or one of the same text and moment."""
    standing: Flags
    """(articles,): which of those that are there stand for themselves, and perhaps others."""
    copies: Ints
    """(articles,): for how many others each one stands."""

    @classmethod
    def among(cls, articles: Articles, there: Flags, by_themselves: npt.NDArray[np.uint64]) -> SameText:
        """Of the articles that are there; `by_themselves` are ids of articles that neither stand for others nor others
        for them, ascending."""
        text = articles.text[: len(there)]
        if len(by_themselves):
            ids = articles.id[: len(there)]
            text = np.where(np.isin(ids, by_themselves), ids, text)
        stand_in, standing = np.arange(len(there)), there.copy()
        copies = np.zeros(len(there), np.int64)
        rows = np.flatnonzero(there)
        rows = rows[np.argsort(text[rows], kind="stable")]
        times = run_lengths(run_starts(text[rows]), len(rows))
        rows = rows[np.repeat(times, times) > 1]  # of most texts there is one
        moment = moments(articles.published[rows])
        order = np.lexsort((articles.id[rows], moment, text[rows]))
        rows, moment = rows[order], moment[order]
        first = run_starts(text[rows], moment)
        length = run_lengths(first, len(rows))
        stand_in[rows] = np.repeat(rows[first], length)
        standing[rows] = stand_in[rows] == rows
        copies[rows[first]] = length - 1
        return cls(text, stand_in, standing, copies)

    def changed_since(self, before: SameText) -> Flags:
        """(articles,): those of texts that others stand for than before, or that have come or gone."""
        known = len(before.text)
        stays = before.standing & self.standing[:known] & (before.text == self.text[:known])
        gone, came = before.standing & ~stays, self.standing.copy()
        came[:known] &= ~stays
        changed: Flags = np.isin(self.text, np.concatenate([before.text[gone], self.text[came]]))
        return changed

    def regrouped_since(self, before: SameText, there_before: Flags, there: Flags) -> Flags:
        """(articles,): those that stand for others than before."""
        known = len(before.text)
        came = there.copy()
        came[:known] &= ~there_before | (before.stand_in != self.stand_in[:known])
        left = there_before & (~there[:known] | (before.stand_in != self.stand_in[:known]))
        changed = np.zeros(len(there), np.bool_)
        changed[self.stand_in[came]] = True
        changed[before.stand_in[left]] = True
        return changed & there


def moments(published: Floats) -> Floats:
    """When articles appeared, so that it can be compared: those without a date last."""
    found: Floats = np.where(np.isnan(published), np.inf, published)
    return found


class Appearances:
    """The moments at which each text appeared: one for most, many for some."""

    def __init__(self, articles: Articles, same: SameText) -> None:
        self._published = articles.published
        rows = np.flatnonzero(same.standing)
        rows = rows[np.argsort(same.text[rows], kind="stable")]
        times = run_lengths(run_starts(same.text[rows]), len(rows))
        rows = rows[np.repeat(times, times) > 1]
        moment = moments(articles.published[rows])
        order = np.lexsort((moment, same.text[rows]))
        self._rows, self._moment = rows, moment = rows[order], moment[order]
        self._start = run_starts(same.text[rows])
        self._count = run_lengths(self._start, len(rows))
        self._dated = self._count - np.isinf(moment[self._start + self._count - 1])
        self.text_of: Ints = np.full(len(same.text), -1)
        """(articles,): of one whose text appeared more than once the number of that text, else -1."""
        self.text_of[rows] = np.repeat(np.arange(len(self._start)), self._count)
        ends = run_starts(same.text[rows], np.floor(moment / (COPY_DAYS * DAY)))
        self.is_edge = same.standing.copy()
        """(articles,): the first and the last of a text in each stretch of COPY_DAYS. What is near to any between
        the two in time is near to one of them."""
        self.is_edge[rows] = False
        self.is_edge[rows[ends]] = True
        self.is_edge[rows[np.append(ends, len(rows))[1:] - 1]] = True

    def following(self, texts: Ints) -> Ints:
        """(pairs, 2): of some texts those that follow each other in time, no further apart than COPY_DAYS."""
        at = ranges(self._start[texts], np.maximum(0, self._dated[texts] - 1))
        at = at[self._moment[at + 1] - self._moment[at] <= COPY_DAYS * DAY]
        return np.column_stack([self._rows[at], self._rows[at + 1]])

    def meeting(self, one: Ints, other: Ints) -> Ints:
        """(pairs, 2): of the texts of pairs of rows, with dates and never of one text, those between which neither text
        appeared, no further apart than COPY_DAYS. All others are linked with each other through these."""
        of_one = np.concatenate([row[self.text_of[row] < 0] for row in (one, other)])
        single = distinct(of_one)
        rows = np.append(self._rows, single)
        moment = np.append(self._moment, self._published[single])

        def place(row: Ints) -> tuple[Ints, Ints]:
            text = self.text_of[row]
            start = np.where(text < 0, len(self._rows) + np.searchsorted(single, row), self._start[text])
            return start, np.where(text < 0, 1, self._dated[text])

        (start, count), (other_start, other_count) = place(one), place(other)
        # in one order, whichever way round the pair came: else it would be found twice
        fewer = (count < other_count) | ((count == other_count) & (start < other_start))
        start, other_start = np.where(fewer, start, other_start), np.where(fewer, other_start, start)
        count, other_count = np.where(fewer, count, other_count), np.where(fewer, other_count, count)
        order = ordered(start, other_start)
        once = order[run_starts(start[order], other_start[order])]
        start, count, other_start, other_count = start[once], count[once], other_start[once], other_count[once]

        at, pair = ranges(start, count), np.repeat(np.arange(len(start)), count)
        low, high = other_start[pair], (other_start + other_count)[pair]
        later = search_within(moment, low, high, moment[at])
        found = []
        for there, neighbour, step in ((later < high, later, 1), (later > low, later - 1, -1)):
            i, j, of = at[there], neighbour[there], pair[there]
            nearer = i + step  # the next of the first text towards the other one
            inside = (nearer >= start[of]) & (nearer < (start + count)[of])
            beyond = np.where(inside, (moment[np.where(inside, nearer, 0)] - moment[j]) * step, np.inf) > 0
            near = beyond & (np.abs(moment[i] - moment[j]) <= COPY_DAYS * DAY)
            found.append(np.column_stack([rows[i[near]], rows[j[near]]]))
        return np.concatenate(found)
