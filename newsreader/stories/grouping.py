"""Components of linked articles → stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from newsreader.article import ArticleId, CancelCheck
from newsreader.corrections import Corrections
from newsreader.errors import Cancelled
from newsreader.stories.articles import Articles, id_number
from newsreader.stories.cluster import NEVER, agglomerate, components
from newsreader.stories.similarity import FULL, Comparer, same_event

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

TOGETHER = round(0.26 * FULL)
"""Similarity from which articles tell the same event, on the average of two groups."""
COMPONENT_LIMIT = 1_500
"""Larger components, which only chains make, are first taken apart at higher similarities: linkage needs the
square of this in memory."""
STRICTER = 1.1
"""… each so many times the one before."""


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of rows that may be in one story."""

    pairs: Ints
    """(links, 2)"""
    similarity: Ints
    bound: Flags
    """Together whatever the similarity: copies, and what the user merged."""

    def where(self, chosen: npt.NDArray[np.bool_] | Ints) -> Links:
        """Some of the links."""
        return Links(self.pairs[chosen], self.similarity[chosen], self.bound[chosen])


def corrected_links(links: Links, articles: Articles, corrections: Corrections) -> Links:
    """The links without those of articles taken out, and with those of merged ones."""
    rows = rows_of(articles, {i for ids in (corrections.out, *corrections.merged) for i in ids})
    out = np.zeros(len(articles), np.bool_)
    out[[rows[i] for i in corrections.out if i in rows]] = True
    merged = [sorted(rows[i] for i in ids - corrections.out if i in rows) for ids in corrections.merged]
    more = np.array([pair for group in merged for pair in pairwise(group)], np.int64).reshape(-1, 2)
    links = Links(
        np.concatenate([links.pairs, more]),
        np.concatenate([links.similarity, np.full(len(more), FULL)]),
        np.concatenate([links.bound, np.ones(len(more), np.bool_)]),
    )
    return links.where(~(out[links.pairs[:, 0]] | out[links.pairs[:, 1]]))


def rows_of(articles: Articles, ids: set[ArticleId]) -> dict[ArticleId, int]:
    """The rows of those of the ids that are there."""
    numbers = {id_number(i): i for i in ids}
    rows = np.flatnonzero(np.isin(articles.id, np.array(list(numbers), np.uint64)))
    return {numbers[int(articles.id[row])]: int(row) for row in rows}


class Grouping:
    """Stories of the articles in some components."""

    def __init__(self, articles: Articles, comparer: Comparer, corrections: Corrections) -> None:
        self._articles, self._comparer = articles, comparer
        apart = [pair for pair in corrections.apart if not any(pair <= ids for ids in corrections.merged)]
        rows = rows_of(articles, {i for pair in apart for i in pair})
        self._apart = [tuple(rows[i] for i in pair if i in rows) for pair in apart]
        self._guarded = np.zeros(len(articles), np.bool_)
        self._guarded[[row for pair in self._apart for row in pair]] = True
        self._place = np.zeros(len(articles), np.int64)

    def stories(self, links: Links, cancelled: CancelCheck) -> Iterator[Ints]:
        """The rows of each story among the linked articles; the links are those of whole components."""
        label = components(len(self._articles), links.pairs)
        linked = np.unique(links.pairs)
        linked = linked[np.lexsort((self._articles.id[linked], label[linked]))]
        links = links.where(np.argsort(label[links.pairs[:, 0]], kind="stable"))
        starts = np.flatnonzero(np.diff(label[linked], prepend=-1))
        link_starts = np.searchsorted(label[links.pairs[:, 0]], label[linked[starts]])
        bounds = pairwise([*starts.tolist(), len(linked)])
        link_bounds = pairwise([*link_starts.tolist(), len(links.pairs)])
        for (start, end), (first, last) in zip(bounds, link_bounds, strict=True):
            if cancelled():
                raise Cancelled("stories: cancelled")
            rows = linked[start:end]
            if len(rows) == 2 and not self._guarded[rows].any():
                yield rows
            else:
                yield from self._component(rows, links.where(np.arange(first, last)))

    def _component(self, rows: Ints, links: Links) -> Iterator[Ints]:
        """The stories of one component, whose rows are sorted by article id."""
        self._place[rows] = np.arange(len(rows))
        if len(rows) > COMPONENT_LIMIT:
            yield from self._parts(rows, links)
            return
        similarity = np.zeros((len(rows), len(rows)), np.int64)
        for place, row in enumerate(rows[:-1]):
            similarity[place, place + 1 :] = self._comparer.cosines(int(row), rows[place + 1 :])
        published = self._articles.published[rows]
        similarity = same_event(similarity + similarity.T, published[:, None], published)
        if self._guarded[rows].any():
            inside = set(rows.tolist())
            for a, b in (pair for pair in self._apart if len(pair) == 2 and inside.issuperset(pair)):
                i, j = self._place[[a, b]]
                similarity[i, j] = similarity[j, i] = NEVER
        bound = np.sort(self._place[links.pairs[links.bound]], axis=1)
        for group in agglomerate(similarity, TOGETHER, sorted(map(tuple, bound.tolist()))):
            if len(group) > 1:
                yield rows[group]

    def _parts(self, rows: Ints, links: Links) -> Iterator[Ints]:
        """The stories of a component too large to link: those of its parts when weaker links are cut."""
        at_least = float(links.similarity[~links.bound].min(initial=FULL)) * STRICTER
        kept = links.where(links.bound | (links.similarity >= at_least))
        label = components(len(rows), self._place[kept.pairs])
        home = label[self._place[kept.pairs[:, 0]]]
        for part in np.unique(home):
            members = rows[np.equal(label, part)]
            if links.bound.all():
                yield members
            else:
                yield from self._component(members, kept.where(np.equal(home, part)))
