"""Components and average linkage on small matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.stories.cluster import NEVER, agglomerate, components


def matrix(size: int, similar: dict[tuple[int, int], int]) -> np.ndarray:
    result = np.zeros((size, size), np.int64)
    for (a, b), value in similar.items():
        result[a, b] = result[b, a] = value
    return result


def test_components_are_named_after_their_smallest_node() -> None:
    assert components(6, np.array([[5, 3], [3, 1], [2, 0]])).tolist() == [0, 1, 0, 1, 4, 1]
    assert components(2, np.empty((0, 2), np.int64)).tolist() == [0, 1]


@given(st.integers(1, 30), st.data())
def test_components_connect_what_is_connected(count: int, data: st.DataObject) -> None:
    nodes = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(nodes, nodes), max_size=40))
    label = components(count, np.array(pairs, np.int64).reshape(-1, 2))
    expected = list(range(count))
    for _ in range(count):
        for a, b in pairs:
            expected[a] = expected[b] = min(expected[a], expected[b])
    assert label.tolist() == expected


def test_a_round_up_does_not_weld_two_stories() -> None:
    pairs = {(0, 1): 80, (3, 4): 80, (0, 2): 45, (1, 2): 45, (2, 3): 45, (2, 4): 45}
    groups = agglomerate(matrix(5, pairs), 40, ())
    assert sorted(map(len, groups)) == [2, 3]


def test_bound_rows_come_first_whatever_their_similarity() -> None:
    assert agglomerate(matrix(3, {(0, 1): 90}), 50, [(1, 2)]) == [[0], [1, 2]]


def test_rows_that_must_not_meet_stay_apart() -> None:
    similar = {(0, 1): 90, (1, 2): 90, (0, 2): NEVER}
    assert sorted(agglomerate(matrix(3, similar), 50, ())) == [[0, 1], [2]]
    assert sorted(agglomerate(matrix(3, similar), 50, [(1, 2)])) == [[0], [1, 2]]


@pytest.mark.parametrize("size", [1, 2, 7])
def test_everything_alike_is_one_group(size: int) -> None:
    assert agglomerate(np.full((size, size), 70, np.int64), 50, ()) == [list(range(size))]


@given(st.integers(2, 9), st.integers(0, 2**32))
def test_linkage_is_that_of_the_definition(size: int, seed: int) -> None:
    upper = np.triu(np.random.default_rng(seed).integers(0, 100, (size, size)), 1)
    similarity = upper + upper.T
    groups = [[row] for row in range(size)]
    while len(groups) > 1:
        averages = {
            (i, j): similarity[np.ix_(groups[i], groups[j])].mean()
            for i in range(len(groups))
            for j in range(i + 1, len(groups))
        }
        (i, j), best = max(averages.items(), key=lambda item: item[1])
        if best < 50 or list(averages.values()).count(best) > 1:
            break
        groups[i] += groups.pop(j)
    else:
        best = 0
    if best < 50:
        assert sorted(map(tuple, agglomerate(similarity, 50, ()))) == sorted(tuple(sorted(g)) for g in groups)
