"""Joined numbers are together, whatever the order of joining."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.terms.disjoint_sets import DisjointSets


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12), st.randoms(use_true_random=False))
def test_sets_are_what_joining_the_obvious_way_makes(pairs: list[tuple[int, int]], random: st.random_module) -> None:
    expected: list[set[int]] = []
    for pair in pairs:
        touching = [known for known in expected if known & set(pair)]
        expected = [known for known in expected if not known & set(pair)] + [set(pair).union(*touching)]
    random.shuffle(pairs)  # type: ignore[attr-defined]
    sets = DisjointSets()
    for one, other in pairs:
        sets.join(one, other)
    assert sets.all() == sorted(map(sorted, expected))
    assert all(sets.root(item) == group[0] for group in sets.all() for item in group)


def test_a_number_of_which_nothing_was_said_is_alone() -> None:
    assert DisjointSets().root(7) == 7
