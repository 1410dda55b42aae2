from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.model import ComparedText
from newsreader.compare.nearness import nearest_elsewhere
from newsreader.compare.statements import find_statements
from newsreader.errors import Cancelled
from tests.examples import examples

FERRY = "The ferry ran aground off Brackwater in the fog, and nobody was hurt, its owner said."
FOG = "Fog hid every light on that coast, and most pilots off Brackwater say so."
BELL = "There is a bell in the museum."
DOG = "There is plenty of time for a walk."


def test_the_nearest_is_a_sentence_of_another_column() -> None:
    texts = (FERRY,), (FERRY[:40], FOG), (BELL,)
    found = find_statements([ComparedText(None, text) for text in texts])
    nearest, complete = nearest_elsewhere(found, [0, 0, 1], [0, 0, 0])
    assert complete
    assert {near.article for near in nearest if near} <= {0, 1, 2}
    for statement, near in zip(found.statements, nearest, strict=True):
        assert near is None or (near.article == 2) != (2 in statement.articles)


def test_words_that_are_in_any_news_make_nothing_near() -> None:
    found = find_statements([ComparedText(None, (BELL,)), ComparedText(None, (f"{DOG} My museum.",))])
    near = nearest_elsewhere(found, [0, 1], [0, 0])[0][0]
    assert near is not None
    assert found.sentences[1][near.sentence].text == "My museum."


def test_what_another_outlet_says_in_another_language_nobody_can_tell() -> None:
    found = find_statements([ComparedText(None, (FERRY,)), ComparedText(None, (BELL,))])
    assert nearest_elsewhere(found, [0, 1], [0, 1]) == ((None, None), True)


def test_a_few_words_are_nothing_to_look_for() -> None:
    found = find_statements([ComparedText(None, (FERRY,)), ComparedText(None, ("Not so.",))])
    assert [near is None for near in nearest_elsewhere(found, [0, 1], [0, 0])[0]] == [False, True]


def test_of_a_single_column_there_is_nothing_to_tell() -> None:
    found = find_statements([ComparedText(None, (FERRY, FOG))])
    assert nearest_elsewhere(found, [0], [0]) == ((None, None), True)
    assert nearest_elsewhere(find_statements([]), [], []) == ((), True)


def test_time_and_patience() -> None:
    found = find_statements([ComparedText(None, (FERRY,)), ComparedText(None, (BELL,))])
    assert nearest_elsewhere(found, [0, 1], [0, 0], budget=0.0) == ((None, None), False)
    with pytest.raises(Cancelled):
        nearest_elsewhere(found, [0, 1], [0, 0], cancelled=lambda: True)


TEXT = st.lists(st.text(st.sampled_from("ferry 12 fog. ? 漢字 "), max_size=30), max_size=4)


@examples(30)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text(texts: list[list[str]]) -> None:
    found = find_statements([ComparedText(None, tuple(text)) for text in texts])
    nearest, complete = nearest_elsewhere(found, range(len(texts)), [0] * len(texts))
    assert complete
    for near in nearest:
        if near is not None:
            assert -1e-6 <= near.likeness <= 1 + 1e-6
            assert near.sentence < len(found.sentences[near.article])
