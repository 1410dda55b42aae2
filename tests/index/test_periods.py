"""Dates as people type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.periods import Period, parse_age, parse_period
from tests.examples import examples
from tests.index.corpus import TODAY


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021-03-26", "2021-03-26", "2021-03-26"),
        ("2021/3/26", "2021-03-26", "2021-03-26"),
        ("2021.03.26", "2021-03-26", "2021-03-26"),
        ("20210326", "2021-03-26", "2021-03-26"),
        ("  2021-03-26 ", "2021-03-26", "2021-03-26"),
        ("2021-03", "2021-03-01", "2021-03-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-03-01..2021-03-26", "2021-03-01", "2021-03-26"),
        ("2021-02..2021-03", "2021-02-01", "2021-03-31"),
        ("2020..2021", "2020-01-01", "2021-12-31"),
        ("..2021", None, "2021-12-31"),
        ("2021-03..", "2021-03-01", None),
        ("..", None, None),
        ("yesterday..", "2021-03-30", None),
        ("[2021-03-01 to 2021-03-31]", "2021-03-01", "2021-03-31"),
        ("[2021-03-01 TO 2021-03-31]", "2021-03-01", "2021-03-31"),
        ("[* to 2021-03]", None, "2021-03-31"),
        (">=2021-03-01", "2021-03-01", None),
        (">2021-03-01", "2021-03-02", None),
        (">2021", "2022-01-01", None),
        ("<=2021-03", None, "2021-03-31"),
        ("<2021-03", None, "2021-02-28"),
        ("today", "2021-03-31", "2021-03-31"),
        ("Yesterday", "2021-03-30", "2021-03-30"),
        ("this week", "2021-03-29", "2021-04-04"),
        ("last  week", "2021-03-22", "2021-03-28"),
        ("this month", "2021-03-01", "2021-03-31"),
        ("last month", "2021-02-01", "2021-02-28"),
        ("this year", "2021-01-01", "2021-12-31"),
        ("last year", "2020-01-01", "2020-12-31"),
        ("monday", "2021-03-29", "2021-03-29"),
        ("wednesday", "2021-03-31", "2021-03-31"),
        ("last wednesday", "2021-03-24", "2021-03-24"),
        ("thursday", "2021-03-25", "2021-03-25"),
        ("3 days ago", "2021-03-28", "2021-03-28"),
        ("2w", "2021-03-17", "2021-03-17"),
        ("march", "2021-03-01", "2021-03-31"),
        ("april", "2020-04-01", "2020-04-30"),
        ("Mar 2020", "2020-03-01", "2020-03-31"),
        ("26 March 2021", "2021-03-26", "2021-03-26"),
        ("26. March 2021", "2021-03-26", "2021-03-26"),
        ("March 26, 2021", "2021-03-26", "2021-03-26"),
    ],
)
def test_period_forms(text: str, first: str | None, last: str | None) -> None:
    found = parse_period(text, TODAY)
    assert found == Period(first and day(first), last and day(last))


@pytest.mark.parametrize(
    "text",
    [
        "notadate", "2021-02-30", "2021-13", "2021-00", "0000", "20211301", "", "a", ">", ">=", "ma", "foo..bar",
        "2021-03-26..2021-03-01", "[2021 to", "32 March 2021", "26 Foo 2021", ">9999", "<0001-01-01",
        "9999999999 days", "-1", "march 0000",
    ],
)  # fmt: skip
def test_no_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_period(text, TODAY)


def test_a_period_says_what_was_no_date() -> None:
    with pytest.raises(ValueError, match="'notadate' is no date"):
        parse_period("2021..notadate", TODAY)
    with pytest.raises(ValueError, match="26 March 2021 is after 1 March 2021"):
        parse_period("2021-03-26..2021-03-01", TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 days", "2021-03-28"),
        ("1 day", "2021-03-30"),
        ("3d", "2021-03-28"),
        ("0 days", "2021-03-31"),
        ("2 Weeks", "2021-03-17"),
        ("2 weeks ago", "2021-03-17"),
        ("1m", "2021-02-28"),
        ("13 months", "2020-02-29"),
        ("1y", "2020-03-31"),
        ("2021-03-26", "2021-03-26"),
        ("2020", "2020-01-01"),
        ("yesterday", "2021-03-30"),
        ("monday", "2021-03-29"),
    ],
)
def test_ages(text: str, expected: str) -> None:
    assert parse_age(text, TODAY) == day(expected)


@pytest.mark.parametrize("text", ["soon", "", "3", "3 moons", "99999 years", "99999m", "2021..2022", "-3 days"])
def test_no_age(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_age(text, TODAY)


def test_a_leap_day_a_year_later() -> None:
    assert parse_age("1 year", date(2024, 2, 29)) == date(2023, 2, 28)
    assert parse_period("last month", date(2024, 3, 31)) == Period(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2021-03-26", "on 26 March 2021"),
        ("2021-03", "in March 2021"),
        ("2021", "in 2021"),
        ("2020..2021", "from 2020 to 2021"),
        ("2021-02..2021-03", "from February 2021 to March 2021"),
        ("2021-03-01..2021-03-26", "from 1 March 2021 to 26 March 2021"),
        ("..2021", "until 31 December 2021"),
        ("2021-03..", "since 1 March 2021"),
        ("..", "at any time"),
    ],
)
def test_a_period_in_words(text: str, words: str) -> None:
    assert str(parse_period(text, TODAY)) == words


_WORDS = st.sampled_from(
    ["last", "this", "week", "month", "year", "monday", "..", ">", "<=", "[", "to", "]", "2021", "-", "03", "31", "0",
     "99999", "d", "ago", "march", "feb", "30", "9999", "12", "/", "{", "}", "*", " "]
)  # fmt: skip
_TEXTS = st.text(max_size=20) | st.lists(_WORDS, max_size=6).map(" ".join) | st.lists(_WORDS, max_size=6).map("".join)


@examples(300)
@given(_TEXTS, st.dates())
def test_any_text_is_a_period_or_a_value_error(text: str, today: date) -> None:
    with suppress(ValueError):
        period = parse_period(text, today)
        assert period.first is None or period.last is None or period.first <= period.last
        assert str(period)


@examples(300)
@given(_TEXTS, st.dates())
def test_any_text_is_an_age_or_a_value_error(text: str, today: date) -> None:
    with suppress(ValueError):
        assert isinstance(parse_age(text, today), date)
