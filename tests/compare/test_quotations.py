from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.quotations import quotations, surely_differ, wording


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The F.B.I. never called us back", "The FBI never called us back."),
        ("Fish & chips on every pier", "Fish and chips on every pier"),
        ("It is okay to be late", "It is OK to be late"),
        ("He's the best captain we've had", "He is the best captain we have had"),
        ("We can't wait any longer", "We cannot wait any longer"),
        ("Colonel Gadhafi will not come here", "Colonel Qaddafi will not come here"),
        ("This is f---ing madness at sea", "This is fucking madness at sea"),
        ("What a load of s**t that was", "What a load of shit that was"),
        ("The third time’s the charm", "the third time ' s the charm"),
        ("We lost two boats", "We lost 2 boats"),
        ("We lost the boats … and we build new ones", "We lost the boats and we build new ones"),
        ("We go out to sea (again) with them", "We go out to sea with them"),
        ("The fog was a nonevent", "The fog was a non-event"),
        ("It was a succesful summer", "It was a successful summer"),
        ("We realised that the fibre breaks", "We realized that the fiber breaks"),
    ],
)
def test_the_same_words_written_differently(one: str, other: str) -> None:
    assert wording(one, other) == wording(other, one) == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "the most urgent work of our time",
            "We went out in the storm and now do the most urgent work of our time, men",
        ),
        ("We will rebuild the pier", "We will rebuild the pier, and nobody will stop us"),
        ("We will … be back in spring", "We will, whatever the council says, be back in spring"),
        ("[The mayor] promised us a ferry", "She promised us a ferry"),
        ("would love to have a pier", "I would love to have a pier"),
    ],
)
def test_a_trimmed_quotation_is_shorter(one: str, other: str) -> None:
    assert wording(one, other) == wording(other, one) == "shorter"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We simply could not leave the islanders alone again", "We could not leave the islanders alone"),
        ("How many boats did you sink today", "How many boats will you sink today"),
        ("We should look for ways to improve it", "We should look for ways to strengthen it"),
    ],
)
def test_other_words_are_quoted_differently(one: str, other: str) -> None:
    assert wording(one, other) == wording(other, one) == "differently"


@pytest.mark.parametrize(
    ("one", "other", "surely"),
    [
        ("How many boats did you sink today", "How many boats will you sink today", True),
        ("We are deeply shocked by their death", "We are shocked by their unjust death", True),
        ("We simply could not leave the islanders alone", "We could not leave the islanders alone", False),
        ("We will not leave the islanders alone", "We will leave the islanders alone", True),
        ("a very good call", "Had a long and very good conversation with him", False),
    ],
)
def test_what_is_left_out_is_no_sure_difference(one: str, other: str, surely: bool) -> None:
    assert surely_differ(one, other) is surely_differ(other, one) is surely


def test_two_quotations_are_not_one() -> None:
    assert wording("a very loud bang", "heard a short and very loud whistle from it") is None
    assert wording("we have no boats", "the pier is closed for good") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We won the race,” she said, “and we go on.”", ["We won the race … and we go on"]),
        ("“We won the race,” she said. “Now we go on.”", ["We won the race", "Now we go on"]),
        ("They shouted “ahoy” at “the old ferry man”.", ["the old ferry man"]),
    ],
)
def test_a_quotation_split_by_its_attribution_is_one(text: str, found: list[str]) -> None:
    assert quotations(text) == found


WORDS = "we will not can't F.B.I. OK … [the] f--- two Tamm boat go"
QUOTE = st.lists(st.sampled_from(WORDS.split())).map(" ".join)


@given(QUOTE, QUOTE)
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert wording(one, other) == wording(other, one)
    assert wording(one, one) in ("same", "shorter", None)
