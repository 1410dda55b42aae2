from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.compare.amounts import values
from newsreader.compare.value import Value

FRIDAY = datetime(2021, 3, 26, tzinfo=UTC)


def only(text: str, published: datetime | None = FRIDAY) -> Value:
    (value,) = values(text, published)
    return value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8%", "8 per cent"),
        ("more than 8 percent", "over 8 pct"),
        ("$1.2bn", "1.2 billion dollars"),
        ("7 billion euros", "€7,000 million"),
        ("US$5", "5 dollars"),
        ("50 cents", "$0.50"),
        ("two new parks", "2 parks"),
        ("one percent", "1%"),
        ("two-million", "2 million"),
        ("twenty-five boats", "25 boats"),
        ("1,500 trees", "1.5 thousand trees"),
        ("between $1.47 and $1.55", "$1.47 to $1.55"),
        ("13 to 14 million", "13 million - 14 million"),
        ("March 26, 2021", "26 March 2021"),
        ("2021-03-26", "on Friday"),
        ("today", "Friday"),
        ("last year", "in 2020"),
        ("in January", "January 2021"),
        ("the second quarter", "Q2"),
        ("25 basis points", "0.25 percentage points"),
        ("25 to 50 basis points", "0.25 to 0.5 percentage points"),
        ("2.5 to 3 percent", "2.5 percent to 3 percent"),
        ("September 15 last year", "September 15, 2020"),
    ],
)
def test_equal_values_in_other_words(one: str, other: str) -> None:
    assert only(one).equals(only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("8%", "9%"),
        ("$7 billion", "7 billion euros"),
        ("7 million", "7 billion"),
        ("Monday", "Tuesday"),
        ("in 2020", "in 2021"),
        ("10 to 12", "10"),
        ("5%", "5"),
    ],
)
def test_different_values(one: str, other: str) -> None:
    assert not only(one).equals(only(other))


def test_qualifiers_belong_to_the_value() -> None:
    text = "It rose by more than 8% to nearly $10,000."
    assert [(text[v.start : v.stop], v.qualifier) for v in values(text, None)] == [
        ("more than 8%", "above"),
        ("nearly $10,000", "nearly"),
    ]


def test_codes_names_and_pronouns_are_no_numbers() -> None:
    assert values("An iPhone 4, MP3 files, 600104.SS and one of them; Gen. May spoke.", FRIDAY) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("19 Sept. 11 hijackers boarded", ["19 Sept. 11 hijackers"]),
        ("19 Sept 11 hijackers boarded", ["19 Sept 11 hijackers"]),
        ("the Oct 7 raid, and on 9 Oct; from Jan Novak", ["Oct 7", "9 Oct"]),
        ("the harbour club won 3-1 and lost 2–0", []),
        ("40 degrees Celsius, 104 degrees", ["40 degrees Celsius", "104 degrees"]),
        ("火災で12人が死亡", ["12"]),
        ("voters under 30 won; 45 won, 5,000 won", ["under 30", "45", "5,000 won"]),
        ("of those over 30 real chances were missed", ["over 30 real chances"]),
        ("since 9/11 and the Sept. 11 attacks", []),
        ("the Jan. 6 vote", ["Jan. 6"]),
        ("at 8:51 a.m., not at 03.11 a.m. or 5 p.m.", []),
        ("the No. 3 carrier and Nos. 4 and 5", ["5"]),
        ("on flight 714 from gate", []),
        ('He told ABC\'s "This Week" and USA Today that', []),
        ("Today the council met, as the Sunday Times said", ["Today"]),
        ("after Black Friday sales", []),
        ("raises of 2.5 to 3 percent", ["2.5 to 3 percent"]),
        ("raises of 2.5 percent to 3 percent", ["2.5 percent to 3 percent"]),
        ("fell from $5.4 million to $200,000", ["$5.4 million", "$200,000"]),
        ("rose 8.5 percent to $6.20", ["8.5 percent", "$6.20"]),
        ("added 12 to 13,482", ["12", "13,482"]),
        ("worth $93-$104 billion", ["$93-$104 billion"]),
        ("more than the $5.7 billion that he requested", ["$5.7 billion"]),
        ("($1 = 0.8001 euros) (1 euro = $1.25)", []),
        ("two US police officers and three masked men", ["two US police officers", "three masked men"]),
        ("1.11 million vehicles last year", ["1.11 million vehicles", "last year"]),
        ("two of the people said", ["two of the people"]),
        ("a 603,000-unit pace", ["603,000-unit"]),
        ("arrested on September 15 last year", ["September 15 last year"]),
        ("stopped shrinking in October of 2009", ["October of 2009"]),
        ("an 18-year-old", ["18-year-old"]),
        ("by 12 and 13 respectively, 23 currently held", ["12", "13", "23"]),
        ("left 24 dead", ["24 dead"]),
        ("41 percent of all companies that paid", ["41 percent of all companies"]),
        ("a loss of $1.82 a share and 5 percent of it", ["$1.82 a share", "5 percent"]),
        ("fell by around 3 and 4 percent", ["around 3", "4 percent"]),
        ("turned over eight years of records", ["eight years"]),
        ("served 4 1/2 months, then four and a half months", []),
        ("Updated Wednesday, 12 June 2013", ["12 June 2013"]),
    ],
)
def test_what_is_a_value_and_what_it_counts(text: str, found: list[str]) -> None:
    assert [text[value.start : value.counted_stop] for value in values(text, FRIDAY)] == found


def test_weekdays_are_counted_from_the_day_of_publication() -> None:
    earlier = datetime(2021, 3, 25, tzinfo=UTC)
    assert only("on Wednesday").equals(only("on Wednesday", earlier))
    assert only("yesterday").equals(only("today", earlier))


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["1 ", "1", "1,000,", "about ", "twenty-", "in May ", "$", "last ", "one-", "from 1 to "]
)
def test_hostile_text(unit: str) -> None:
    assert all(value.start < value.stop <= 4000 for value in values((unit * 4000)[:4000], FRIDAY))


PARTS = "one two twenty - 5 1,000 . $ % million bn percent to and between in May 31 last week Q"


@given(st.lists(st.sampled_from(PARTS.split())))
def test_no_mixture_of_parts_is_an_error(parts: list[str]) -> None:
    for text in (" ".join(parts), "".join(parts)):
        found = values(text, FRIDAY)
        assert all(a.stop <= b.start for a, b in pairwise(found))
