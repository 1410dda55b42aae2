from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.amounts import values
from newsreader.compare.compatible import comparable, compatible
from newsreader.compare.value import Value

FRIDAY = datetime(2021, 3, 26, tzinfo=UTC)


def only(text: str) -> Value:
    (value,) = values(text, FRIDAY)
    return value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$13.6 million", "$13,625,777"),
        ("$226 million", "$226.7 million"),
        ("$450 million", "$453 million"),
        ("6 percent", "6.3 percent"),
        ("15 percent", "14.6 percent"),
        ("more than 5,000 boats", "5,200 boats"),
        ("over $2 billion", "$2.14 billion"),
        ("up to $2 billion", "$1.5 billion to $2 billion"),
        ("between 3.1 and 3.6 percent", "3.6 percent"),
        ("about 20 boats", "more than 18 boats"),
        ("nearly 200 boats", "190 boats"),
        ("around 40 boats", "43 boats"),
        ("more than 4 percent", "4.6 percent"),
        ("more than 5,000 boats", "more than 5,200 boats"),
        ("$7 billion", "7 billion euros"),
        ("C$5.17 billion", "$5.4 billion"),
        ("5 percent", "$5.04"),
        ("today", "on Friday"),
        ("two dozen boats", "24 boats"),
    ],
)
def test_values_that_can_both_be_true(one: str, other: str) -> None:
    assert compatible(only(one), only(other))
    assert compatible(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$16.50", "$16.49"),
        ("34.5 hours", "34.4 hours"),
        ("5,000 boats", "5,200 boats"),
        ("100 boats", "130 boats"),
        ("about 100 boats", "about 130 boats"),
        ("two boats", "five boats"),
        ("5 percent", "more than 10 percent"),
        ("at least 8 billion euros", "at least 9 billion euros"),
        ("$10.21 billion", "$11 billion"),
        ("nearly 10 percent", "nearly 9 percent"),
        ("nearly 12 percent", "14 percent"),
        ("nearly 200 boats", "120 boats"),
        ("up to 2 billion euros", "3 billion euros"),
        ("2 to 3 percent", "4 percent"),
        ("Thursday", "Friday"),
    ],
)
def test_values_that_can_not(one: str, other: str) -> None:
    assert comparable(only(one), only(other))
    assert not compatible(only(one), only(other))
    assert not compatible(only(other), only(one))


AMOUNT = st.from_regex(r"(more than |about |nearly |up to )?[1-9][0-9]{0,4}(\.[0-9])? (million )?boats", fullmatch=True)


@given(AMOUNT, AMOUNT)
def test_it_does_not_matter_which_comes_first(one: str, other: str) -> None:
    assert compatible(only(one), only(other)) == compatible(only(other), only(one))
    assert compatible(only(one), only(one))
