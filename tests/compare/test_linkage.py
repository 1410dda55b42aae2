from __future__ import annotations

from collections.abc import Collection

from newsreader.compare.linkage import average_link, unit_vector

LEAST = 0.5


def linked(
    *sentences: str, pairs: list[tuple[int, int]], forbidden: Collection[frozenset[int]] = ()
) -> list[list[int]]:
    weights = {word: 1.0 for sentence in sentences for word in sentence.split()}
    vectors = [unit_vector(sentence.split(), weights) for sentence in sentences]
    return average_link(
        vectors,
        pairs,
        least=LEAST,
        may_join=lambda one, other: all(frozenset((x, y)) not in forbidden for x in one for y in other),
        stop=lambda: False,
    )


def test_pairs_that_are_alike_become_one_group() -> None:
    assert linked("a b c", "a b d", "x y", pairs=[(0, 1), (1, 2)]) == [[0, 1], [2]]


def test_no_chain_through_intermediaries() -> None:
    """Each is alike to the next, but the ends share nothing."""
    sentences = ("a b c d", "c d e f", "e f g h", "g h i j")
    assert linked(*sentences, pairs=[(0, 1), (1, 2), (2, 3)]) == [[0, 1], [2, 3]]


def test_the_likest_join_first() -> None:
    assert linked("a b c d", "a b e f", "a b e f g", pairs=[(0, 1), (1, 2)])[-1] == [1, 2]


def test_only_groups_between_which_there_is_a_pair() -> None:
    assert linked("a b", "a b c", pairs=[]) == [[0], [1]]


def test_what_may_not_join_stays_apart() -> None:
    assert linked("a b", "a b c", pairs=[(0, 1)], forbidden={frozenset((0, 1))}) == [[0], [1]]


def test_stopping_leaves_the_rest_as_it_is() -> None:
    vectors = [{"a": 1.0}, {"a": 1.0}]
    assert average_link(vectors, [(0, 1)], least=0.1, may_join=lambda a, b: True, stop=lambda: True) == [[0], [1]]
