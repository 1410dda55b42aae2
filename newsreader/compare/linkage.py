"""Groups of items that are all alike, made of pairs that are.

Average linkage (Manning, Raghavan, Schütze 2008, "Introduction to Information Retrieval", 17.3), not single: a chain
of pairs, each alike, may lead from one item to another that has nothing to do with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import sqrt

from newsreader.compare.features import Weights


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    vector: Weights
    """Sum of the members' vectors: products of sums are sums of products, so averages need no pairs."""
    near: set[int]
    """Clusters that hold a partner of a member."""


def unit_vector(words: Iterable[str], weights: Weights) -> Weights:
    """The words of a sentence as a vector of length 1: products of two are the cosines of `features`."""
    found = sorted(set(words))
    length = sqrt(sum(weights[word] for word in found))
    return {word: sqrt(weights[word]) / length for word in found}


def cosine(one: Weights, other: Weights) -> float:
    """The product of two vectors."""
    small, large = sorted((one, other), key=len)
    return sum(part * large[word] for word, part in small.items() if word in large)


def average_link(
    vectors: Sequence[Weights],
    pairs: Iterable[tuple[int, int]],
    *,
    least: float,
    may_join: Callable[[Sequence[int], Sequence[int]], bool],
    stop: Callable[[], bool],
) -> list[list[int]]:
    """Join items, the likest first, as long as the members of two groups are alike on average (`least`, a cosine).

    Only groups between which there is a pair are looked at; `may_join` can forbid it; `stop` is asked before each
    join. Returns all items in sorted groups; ties go to the lower numbers. O(p log p) for p pairs and the pairs of
    groups that come of them.
    """
    clusters = {item: _Cluster([item], dict(vector), set()) for item, vector in enumerate(vectors)}
    for a, b in pairs:
        if a != b:
            clusters[a].near.add(b)
            clusters[b].near.add(a)
    heap = [(-_average(cluster, clusters[b]), a, b) for a, cluster in clusters.items() for b in cluster.near if a < b]
    heap = [entry for entry in heap if -entry[0] >= least]
    heapify(heap)
    following = len(vectors)
    while heap and not stop():
        _, a, b = heappop(heap)
        if a not in clusters or b not in clusters or not may_join(clusters[a].members, clusters[b].members):
            continue
        one, other = clusters.pop(a), clusters.pop(b)
        joined = _join(one, other)
        joined.near -= {a, b}
        for c in joined.near:
            clusters[c].near -= {a, b}
            clusters[c].near.add(following)
            average = _average(joined, clusters[c])
            if average >= least:
                heappush(heap, (-average, c, following))
        clusters[following] = joined
        following += 1
    return sorted(sorted(cluster.members) for cluster in clusters.values())


def _average(one: _Cluster, other: _Cluster) -> float:
    """Mean cosine between the members of two clusters; rounded, so that the order of adding does not show."""
    return round(cosine(one.vector, other.vector) / (len(one.members) * len(other.members)), 6)


def _join(one: _Cluster, other: _Cluster) -> _Cluster:
    small, large = sorted((one, other), key=lambda cluster: len(cluster.vector))
    for word, weight in small.vector.items():
        large.vector[word] = large.vector.get(word, 0.0) + weight
    return _Cluster(one.members + other.members, large.vector, one.near | other.near)
