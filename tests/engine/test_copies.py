"""Copies behind the first article of their text."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsreader.engine import copies
from newsreader.engine.copies import Folds
from newsreader.library.rows import CopyRecord

SOURCES = {1: "wire", 2: "post", 3: "wire", 4: "herald", 5: "post", 6: None, 7: "wire"}
COPIES = [
    CopyRecord(2, 1, False, 20),
    CopyRecord(3, 1, False, 30),
    CopyRecord(4, 3, False, 40),
    CopyRecord(5, 2, True, 50),
    CopyRecord(6, 1, False, 60),
    CopyRecord(7, 1, True, 70),
]
"""2, 5 and 7 fold under 1; 3 is the wire's own new version, 4 a copy of that; 6 names no outlet."""
FOLDS = Folds(COPIES, SOURCES)


def folded(*numbers: int, opened: tuple[int, ...] = ()) -> list[int]:
    listed = np.array(numbers, np.int64)
    return listed[FOLDS.fold(listed, opened).rows].tolist()


def test_copies_fold_under_the_first_article_of_their_text() -> None:
    assert folded(7, 6, 5, 4, 3, 2, 1) == [6, 3, 1]
    found = FOLDS.fold(np.array([7, 6, 5, 4, 3, 2, 1], np.int64))
    assert found.copies == {1: 3, 3: 1}
    assert sorted(FOLDS.together(5)) == [1, 2, 5, 7]
    assert FOLDS.together(6) == [6]


def test_unfolded_copies_stand_beneath_in_the_order_of_time() -> None:
    assert folded(7, 6, 5, 4, 3, 2, 1, opened=(1,)) == [6, 3, 1, 2, 5, 7]
    assert FOLDS.fold(np.array([5, 1], np.int64), (1,)).beneath == {5}


def test_without_the_first_article_the_earliest_copy_stands_for_it() -> None:
    assert folded(7, 5, 2) == [2]
    assert folded(7, 5, 2, opened=(1,)) == [2, 5, 7]
    assert folded(5) == [5]


def test_a_library_without_copies() -> None:
    none = Folds([], {})
    assert none.fold(np.array([3, 1], np.int64)).rows.tolist() == [0, 1]
    assert none.head(3) == 3


@given(st.data())
def test_every_article_is_shown_or_counted_once(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 12))
    copies = [CopyRecord(n, data.draw(st.integers(0, n - 1)), data.draw(st.booleans()), n % 3) for n in range(1, size)]
    folds = Folds(copies, {n: data.draw(st.sampled_from(["a", "b", None])) for n in range(size)})
    listed = np.array(data.draw(st.lists(st.integers(0, size + 2), unique=True)), np.int64)
    opened = data.draw(st.sets(st.integers(0, size)))
    found = folds.fold(listed, opened)
    shown = listed[found.rows].tolist()
    assert len(set(shown)) == len(shown)
    hidden = sum(count for number, count in found.copies.items() if folds.head(number) not in opened)
    assert len(shown) + hidden == len(listed)
    kept = [number for number in shown if number not in found.beneath]
    assert kept == [number for number in listed.tolist() if number in set(kept)], "what is not folded keeps its order"
    everything = listed[folds.fold(listed, range(size + 3)).rows].tolist()
    assert sorted(everything) == sorted(listed.tolist())


def test_a_chain_of_thousands_is_gone_along_once() -> None:
    steps: list[int] = []

    class Counting(dict[int, int]):
        def __getitem__(self, number: int) -> int:
            steps.append(number)
            return super().__getitem__(number)

    under = Counting({number: number - 1 for number in range(3_000, 0, -1)})
    assert copies._roots(under) == dict.fromkeys(range(1, 3_001), 0)
    assert len(steps) == 3_000


def test_a_damaged_chain_that_goes_in_a_circle_ends() -> None:
    damaged = [CopyRecord(one, other, True, 0) for one, other in ((1, 2), (2, 3), (3, 2), (4, 4))]
    folds = Folds(damaged, {})
    assert sorted(folds.together(1)) == [1, 2, 3]
    assert folds.together(4) == [4]
