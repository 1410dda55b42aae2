"""Links → stories: whole components of linked articles, parted where their articles are not alike on average.

Chains of links would join a library's every article about one subject. Components are therefore grouped by average
linkage (`cluster`), many small ones at a time, and giant ones cut at their weakest links first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from newsreader.article import ArticleId, CancelCheck
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import Articles, id_number
from newsreader.stories.cluster import NEVER, agglomerate, components
from newsreader.stories.corrections import Corrections
from newsreader.stories.similarity import FULL, Comparer, same_event
from newsreader.terms.arrays import Flags, Ints, distinct, run_starts

TOGETHER = round(0.26 * FULL)
"""Similarity from which articles tell the same event, on the average of two groups."""
COMPONENT_LIMIT = 1_500
"""Larger components, which only chains make, are first taken apart at higher similarities: linkage needs the
square of this in memory."""
STRICTER = 1.1
"""… each so many times the one before."""
_CELLS_AT_ONCE = 1 << 17
"""Of the matrices of components whose articles are compared together."""
_SMALL = 64


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of rows that may be in one story."""

    pairs: Ints
    """(links, 2)"""
    similarity: Ints
    bound: Flags
    """Together whatever the similarity: copies, and what the user merged."""

    def where(self, chosen: Flags | Ints | slice) -> Links:
        """Some of the links."""
        return Links(self.pairs[chosen], self.similarity[chosen], self.bound[chosen])


@cache
def _corner(size: int) -> tuple[Ints, Ints]:
    """The indices of the upper triangle of a matrix, for the sizes that come again and again."""
    i, j = np.triu_indices(size, 1)
    return i, j


@dataclass(frozen=True, slots=True)
class _Component:
    """Articles that hang together."""

    rows: Ints
    """Sorted by the articles' ids."""
    links: Links


def corrected_links(links: Links, articles: Articles, there: Flags, stand_in: Ints, corrections: Corrections) -> Links:
    """The links without those of articles taken out, and with those of merged ones, for which others may stand in
    (`SameText.stand_in`)."""
    rows = rows_of(articles, there, {i for ids in (corrections.out, *corrections.merged) for i in ids})
    out = np.zeros(len(articles), np.bool_)
    out[[rows[i] for i in corrections.out if i in rows]] = True
    merged = [
        sorted({int(stand_in[rows[i]]) for i in ids - corrections.out if i in rows}) for ids in corrections.merged
    ]
    more = np.array([pair for group in merged for pair in pairwise(group)], np.int64).reshape(-1, 2)
    links = Links(
        np.concatenate([links.pairs, more]),
        np.concatenate([links.similarity, np.full(len(more), FULL)]),
        np.concatenate([links.bound, np.ones(len(more), np.bool_)]),
    )
    return links.where(~(out[links.pairs[:, 0]] | out[links.pairs[:, 1]]))


def unmerged_apart(corrections: Corrections) -> list[frozenset[ArticleId]]:
    """The pairs to be kept apart that were not merged nevertheless."""
    return [pair for pair in corrections.apart if not any(pair <= ids for ids in corrections.merged)]


def rows_of(articles: Articles, there: Flags, ids: set[ArticleId]) -> dict[ArticleId, int]:
    """The rows of those of the ids that are there."""
    numbers = {id_number(i): i for i in ids}
    rows = np.flatnonzero(there & np.isin(articles.id, np.array(list(numbers), np.uint64))) if ids else ()
    return {numbers[int(articles.id[row])]: int(row) for row in rows}


class Grouping:
    """Stories of the articles in some components."""

    def __init__(self, articles: Articles, there: Flags, comparer: Comparer, corrections: Corrections) -> None:
        self._articles, self._comparer = articles, comparer
        apart = unmerged_apart(corrections)
        rows = rows_of(articles, there, {i for pair in apart for i in pair})
        self._apart = [tuple(rows[i] for i in pair if i in rows) for pair in apart]
        self._guarded = np.zeros(len(articles), np.bool_)
        self._guarded[[row for pair in self._apart for row in pair]] = True
        self._place = np.zeros(len(articles), np.int64)

    def stories(self, links: Links, cancelled: CancelCheck) -> Iterator[Ints]:
        """The rows of each story among the linked articles; the links are those of whole components."""
        return self._stories(self._components(links), cancelled)

    def _stories(self, some: Iterable[_Component], cancelled: CancelCheck) -> Iterator[Ints]:
        """The stories of components, many of which are compared together."""
        waiting: list[_Component] = []
        size = 0
        for component in some:
            rows = component.rows
            if len(rows) == 2 and not self._guarded[rows].any():
                yield rows
                continue
            waiting.append(component)
            size += len(rows) ** 2
            if size >= _CELLS_AT_ONCE:
                yield from self._linked(waiting, cancelled)
                waiting, size = [], 0
        yield from self._linked(waiting, cancelled)

    def _components(self, links: Links) -> Iterator[_Component]:
        """Whole components, their rows sorted by article id."""
        label = components(len(self._articles), links.pairs)
        linked = distinct(links.pairs)
        linked = linked[np.lexsort((self._articles.id[linked], label[linked]))]
        links = links.where(np.argsort(label[links.pairs[:, 0]], kind="stable"))
        starts = run_starts(label[linked])
        link_starts = np.searchsorted(label[links.pairs[:, 0]], label[linked[starts]])
        bounds = pairwise([*starts.tolist(), len(linked)])
        link_bounds = pairwise([*link_starts.tolist(), len(links.pairs)])
        for (start, end), (first, last) in zip(bounds, link_bounds, strict=True):
            yield _Component(linked[start:end], links.where(slice(first, last)))

    def _linked(self, some: list[_Component], cancelled: CancelCheck) -> Iterator[Ints]:
        """The stories of some components."""
        small = [component for component in some if len(component.rows) <= COMPONENT_LIMIT]
        for component, similarity in zip(small, self._similarities([c.rows for c in small]), strict=True):
            if cancelled():
                raise Cancelled("stories: cancelled")
            yield from self._grouped(component, similarity)
        for component in some:
            if len(component.rows) > COMPONENT_LIMIT:
                yield from self._parts(component, cancelled)

    def _similarities(self, groups: list[Ints]) -> Iterator[Ints]:
        """Of each group of rows the matrix of their similarities."""
        if not groups:
            return
        corners = [_corner(len(rows)) if len(rows) <= _SMALL else np.triu_indices(len(rows), 1) for rows in groups]
        pairs = np.concatenate(
            [np.column_stack([rows[i], rows[j]]) for rows, (i, j) in zip(groups, corners, strict=True)]
        )
        published = self._articles.published
        values = same_event(self._comparer.cosines(pairs), published[pairs[:, 0]], published[pairs[:, 1]])
        at = 0
        for rows, (i, j) in zip(groups, corners, strict=True):
            matrix = np.zeros((len(rows), len(rows)), np.int64)
            matrix[i, j] = matrix[j, i] = values[at : at + len(i)]
            at += len(i)
            yield matrix

    def _grouped(self, component: _Component, similarity: Ints) -> Iterator[Ints]:
        """The stories of one component."""
        rows, links = component.rows, component.links
        self._place[rows] = np.arange(len(rows))
        if self._guarded[rows].any():
            inside = set(rows.tolist())
            for a, b in (pair for pair in self._apart if len(pair) == 2 and inside.issuperset(pair)):
                i, j = self._place[[a, b]]
                similarity[i, j] = similarity[j, i] = NEVER
        bound = np.sort(self._place[links.pairs[links.bound]], axis=1)
        for group in agglomerate(similarity, TOGETHER, sorted(map(tuple, bound.tolist()))):
            if len(group) > 1:
                yield rows[group]

    def _parts(self, component: _Component, cancelled: CancelCheck) -> Iterator[Ints]:
        """The stories of a component too large to link: those of its parts when weaker links are cut."""
        rows, links = component.rows, component.links
        self._place[rows] = np.arange(len(rows))
        at_least = float(links.similarity[~links.bound].min(initial=FULL)) * STRICTER
        kept = links.where(links.bound | (links.similarity >= at_least))
        label = components(len(rows), self._place[kept.pairs])
        home = label[self._place[kept.pairs[:, 0]]]
        parts = (_Component(rows[label == part], kept.where(home == part)) for part in distinct(home))
        if links.bound.all():
            yield from (part.rows for part in parts)
        else:
            yield from self._stories(list(parts), cancelled)
