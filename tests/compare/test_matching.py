from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.chain import heaviest_chain
from newsreader.compare.matching import LARGEST, best_matching

edges = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-3, 9).map(float), max_size=20
).map(lambda found: [(i, j, gain) for (i, j), gain in found.items()])


@given(edges)
def test_finds_the_best_sum(found: list[tuple[int, int, float]]) -> None:
    chosen = best_matching(found)
    gain = {(i, j): value for i, j, value in found}
    best = max(sum(max(0.0, gain.get((i, p[i]), 0.0)) for i in range(5)) for p in permutations(range(5)))
    assert sum(value for _, _, value in chosen) == best
    assert len({i for i, _, _ in chosen}) == len({j for _, j, _ in chosen}) == len(chosen)


def test_large_groups_are_matched_greedily() -> None:
    size = LARGEST + 5
    chosen = best_matching([(i, j, 2.0 if i == j else 1.0) for i in range(size) for j in range(size)])
    assert chosen == [(i, i, 2.0) for i in range(size)]


def test_the_heaviest_rows_stay() -> None:
    assert heaviest_chain([(0, 2, 5), (1, 0, 3), (2, 1, 3)]) == {1, 2}
    assert heaviest_chain([(0, 2, 9), (1, 0, 3), (2, 1, 3)]) == {0}
    assert heaviest_chain([]) == set()
