from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.word_changes import changes, plain


def marked(left: str, right: str) -> tuple[list[str], list[str]]:
    a, b = changes([(0, left)], [(0, right)])
    return [left[c.start : c.stop] for c in a], [right[c.start : c.stop] for c in b]


def test_marks_the_words_that_differ() -> None:
    assert marked("The dam held all night.", "The old dam broke all night.") == (["dam held"], ["old dam broke"])
    assert marked("It sold ten boats last year.", "It sold ten boats this year.") == (["last"], ["this"])


def test_case_typography_and_spacing_are_no_change() -> None:
    assert marked("He said: “It’s over” – twice …", 'he  said: "it\'s over" -- twice ...') == ([], [])
    assert plain("Émile—‘yes’") == plain('emile - "Yes"')


def test_punctuation_is_a_change() -> None:
    assert marked("We came, and we saw.", "We came and we saw.") == ([","], [])


def test_small_islands_join_the_changes_around_them() -> None:
    left, right = marked("A storm of rare force hit the coast.", "A gust of great power hit the coast.")
    assert (left, right) == (["storm of rare force"], ["gust of great power"])


def test_the_s_of_a_possessive_is_marked_by_itself() -> None:
    left, right = marked("Great Wall’s Hong Kong stock rose.", "Great Wall shares in Hong Kong rose.")
    assert (left, right) == (["’s", "stock"], ["shares in"])


def test_numbers_are_marked_as_a_whole() -> None:
    assert marked("It sold 1,200 boats.", "It sold 1,300 boats.") == (["1,200"], ["1,300"])


def test_where_the_comma_stands_in_a_quotation_is_a_fashion() -> None:
    assert marked("“We can wait,” she said.", '"We can wait", she said.') == ([], [])


def test_four_equal_words_are_always_shown_so() -> None:
    left = "Analysts at every bank of the city say it may be sold under its own brand, the long report of March adds."
    right = "Six of the people who declined to say more want to sell it under its own brand, the two old partners said."
    for text, changed in zip((left, right), marked(left, right), strict=True):
        assert "under its own brand" in text
        assert not any("own brand" in change for change in changed)


def test_what_was_written_anew_is_marked_as_a_whole() -> None:
    left = "An explosion tore through a grain terminal on the Brackwater waterfront early on Tuesday."
    right = "The body of a fourth worker was found in the wreckage of a grain terminal in Brackwater overnight."
    assert marked(left, right) == ([left], [right])


def test_changes_of_a_merged_row_stay_in_their_sentences() -> None:
    left = [(4, "The mayor spoke."), (5, "Nobody heard him.")]
    a, b = changes(left, [(9, "The mayor spoke but nobody heard him.")])
    assert {change.sentence for change in a} <= {4, 5}
    assert {change.sentence for change in b} == {9}


@given(st.text(max_size=80), st.text(max_size=80))
def test_offsets_are_in_order_and_inside_the_text(left: str, right: str) -> None:
    for text, found in zip((left, right), changes([(0, left)], [(0, right)]), strict=True):
        places = [place for change in found for place in (change.start, change.stop)]
        assert places == sorted(places)
        assert all(0 <= change.start < change.stop <= len(text) for change in found)
    one, other = changes([(0, left)], [(0, right)])
    assert (other, one) == changes([(0, right)], [(0, left)])
    if plain(left) == plain(right):
        assert (one, other) == ((), ())
    if not one and not other:
        assert sorted(plain(left).split()) == sorted(plain(right).split())
