"""Of many texts those are found that share most, with work that does not grow with the square of their number."""

from __future__ import annotations

import pytest

from newsreader.article import never
from newsreader.errors import Cancelled
from newsreader.stories.neighbours import ALL_COMPARED, HOLDERS, NEIGHBOURS, neighbours
from newsreader.terms.signature import Signature, read_signature, signature


def text(number: int) -> Signature:
    """One of a chain in which each shares all but two words with the one before it."""
    return read_signature(signature(f"Link {number}", [" ".join(f"z{2 * number + k}" for k in range(60))]))


def test_few_texts_are_all_compared() -> None:
    texts = [text(number * 1000) for number in range(ALL_COMPARED)]
    assert [list(earlier) for earlier in neighbours(texts, never)] == [list(range(n)) for n in range(ALL_COMPARED)]


def test_of_many_those_that_share_most() -> None:
    found = list(neighbours([text(number) for number in range(ALL_COMPARED + 300)], never))
    assert [list(earlier[-3:]) for earlier in found[3:]] == [[n - 3, n - 2, n - 1] for n in range(3, len(found))]
    assert max(map(len, found)) <= NEIGHBOURS


def test_texts_that_all_share_everything_ask_few() -> None:
    found = list(neighbours([text(0)] * (ALL_COMPARED + 1), never))
    assert max(map(len, found)) == 2 * HOLDERS


def test_texts_without_words() -> None:
    nothing = read_signature(signature("", []))
    assert list(neighbours([nothing] * (ALL_COMPARED + 1), never)) == [[]] * (ALL_COMPARED + 1)


def test_it_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        list(neighbours([text(number) for number in range(ALL_COMPARED + 1)], lambda: True))
