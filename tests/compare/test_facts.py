from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import never
from newsreader.compare.comparison import compare
from newsreader.compare.facts import RowText, compare_facts
from newsreader.compare.model import ComparedText, Fact
from newsreader.compare.short_list import LENGTH
from newsreader.compare.time_budget import Clock
from newsreader.text.clean import fold

TUESDAY = datetime(2024, 11, 19, tzinfo=UTC)


def facts(left: str, right: str, days: tuple[datetime | None, datetime | None] = (TUESDAY, TUESDAY)) -> list[Fact]:
    found = compare(ComparedText(None, (left,), "en", days[0]), ComparedText(None, (right,), "en", days[1]))
    return list(found.facts)


def contradictions(
    left: str, right: str, days: tuple[datetime | None, datetime | None] = (TUESDAY, TUESDAY)
) -> set[str]:
    mirrored = {f"{f.right} ≠ {f.left}" for f in facts(right, left, days[::-1]) if f.sure}
    found = {f"{f.left} ≠ {f.right}" for f in facts(left, right, days) if f.sure}
    assert found == mirrored
    return found


@pytest.mark.parametrize(
    ("left", "right", "found"),
    [
        (
            "Tickets for the northern island ferry, the cheapest of the coast, were up 4.5 percent at $61.20 at noon.",
            "Tickets for the northern island ferry, the cheapest of the coast, rose 7.1 percent to $62.70 on board.",
            {"4.5 percent ≠ 7.1 percent", "$61.20 ≠ $62.70"},
        ),
        (
            "The lighthouse keeper Ilse Tamm lived alone on the rock for nine winters, her sister said.",
            "Her sister said that the lighthouse keeper Ilse Tamm lived alone on the rock for seven winters.",
            {"nine winters ≠ seven winters"},
        ),
        (
            "The ferry company reported a loss of at least 8 million crowns from the fire in the harbour.",
            "The ferry company reported a loss of at least 9 million crowns from the fire in the harbour.",
            {"at least 8 million crowns ≠ at least 9 million crowns"},
        ),
        (
            "The old ferry company issued its first harbour bonds in March 2010.",
            "The old ferry company issued its first harbour bonds in April 2010.",
            {"March 2010 ≠ April 2010"},
        ),
    ],
)
def test_what_surely_contradicts_each_other(left: str, right: str, found: set[str]) -> None:
    assert contradictions(left, right) == found


@pytest.mark.parametrize(
    ("start", "left", "right"),
    [
        # rounded, qualified, another currency
        ("The ferry company lost in the harbour fire ", "$13.6 million.", "$13,625,777."),
        ("The boat show of the old harbour drew this summer ", "more than 5,000 visitors.", "5,200 visitors."),
        ("The ferry company lost in the harbour fire ", "7 million euros.", "$7.9 million."),
        ("Ferry workers of the harbour get raises of ", "2.5 to 3 percent.", "2.5 percent to 3 percent."),
        # another thing
        (
            "Tamm Boats reports that ",
            "ferry sales in the quarter fell 1 percent.",
            "sales in the quarter rose 2.8 percent.",
        ),
        (
            "Leaders of the town ",
            "where a fire left 11 people dead wrote a letter.",
            "and 35,000 people wrote a letter.",
        ),
        ("Ferry sales fell in ", "three of the last four summers.", "four of the last six summers."),
        ("", "Tamm gives $30 million to restore old boats.", "Ilse Lund gives $12 million to restore old boats."),
        ("The ferry hit the old pier and killed a sailor ", "eight days ago.", "five days ago."),
        ("The old ferry carried across the bay ", "240 cars on Monday.", "250 cars on Friday."),
        # another measure
        ("Ticket sales of the old island ferry in March fell ", "by 2 percent.", "to 5 percent."),
        ("Ticket sales of the old island ferry fell ", "2 percent.", "to 5 percent."),
        ("Ticket prices of the island ferry rose ", "0.4 percent in March.", "3.1 percent in March from a year ago."),
        ("Ferry sales of the coast fell ", "3 percent on the month, Tamm said.", "8 percent on the year, Tamm said."),
        ("It was in the harbour at noon ", "40 degrees Celsius.", "104 degrees Fahrenheit."),
        ("It was in the harbour at noon ", "40 degrees.", "104 degrees."),
        ("Tamm Boats will cut ", "400 boat makers in Brenhaven.", "600 boat makers in Lorvik."),
        ("Tamm Boats employs ", "400 boat makers in Brenhaven.", "900 boat makers worldwide."),
        ("The harbour club won against Lorvik ", "3-1.", "4-1."),
        ("The new law on the ferry will cost the islands ", "200 euros a year.", "20 euros a month."),
        ("The autumn storm cut the power of ", "400 harbour homes in the north.", "600 harbour homes in the south."),
        ("Tamm Boats reported a loss from ferries of ", "20 million euros before tax.", "14 million euros after tax."),
        (
            "Tamm Boats had a ",
            "first-quarter ferry loss of 20 million euros.",
            "full-year ferry loss of 80 million euros.",
        ),
        # clock times, codes, exchange rates
        ("The ferry left the old harbour on its last trip at ", "8:51.", "9:15."),
        ("The boat maker of the northern coast is ", "the No. 3 of the market.", "the No. 2 of the market."),
        ("", "($1 = 0.8001 euros) (Reporting by Ilse Tamm)", "($1 = 0.7933 euros) (Reporting by Ilse Tamm)"),
        # several that it may be about
        ("The ferry carried on its first trips ", "20 cars and 30 cars of the town.", "25 cars of the town."),
        # quotations and names don't contradict each other
        (
            "Of the ferry mayor ",
            "Petr Novak said “we could not leave it”.",
            "Peter Nowak said “we could never leave it”.",
        ),
    ],
)
def test_what_does_not_surely_contradict_each_other(start: str, left: str, right: str) -> None:
    assert contradictions(start + left, start + right) == set()


WEDNESDAY = datetime(2024, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "left", "right", "days"),
    [
        ("The mayor of Brenhaven said ", "on Monday the ferry would run.", "on Friday the ferry would run.", 0),
        ("The ferry will leave the old harbour pier ", "on Monday.", "on Friday.", None),
        ("The ferry will leave the old harbour pier ", "today.", "today.", 1),
        ("The ferry stood at the old harbour pier ", "last month.", "this month.", 0),
        ("The new ferry leaves the old harbour pier ", "in December 2025.", "in December.", 0),
        ("Tamm Boats shares closed in Brenhaven ", "up 3.3 percent.", "up 1.6 percent.", 1),
    ],
    ids=["reports", "no day known", "the same word", "relative", "no year", "another day, another price"],
)
def test_days_of_two_articles(start: str, left: str, right: str, days: int | None) -> None:
    published = (None, None) if days is None else (TUESDAY, WEDNESDAY if days else TUESDAY)
    assert contradictions(start + left, start + right, published) == set()


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("$13.6 million.", "$13,625,777.", True),
        ("more than 640 boats.", "655 boats.", True),
        ("up to 138 boats.", "112 boats.", False),
        ("210 boats.", "212 boats.", False),
        ("almost 1 percent.", "0.5 percent.", False),
    ],
)
def test_values_agree_that_are_nearly_equal(left: str, right: str, agree: bool) -> None:
    start = "The ferry company of the old harbour lost in the summer fire "
    (fact,) = [fact for fact in facts(start + left, start + right) if fact.left and fact.right]
    assert (fact.differs, fact.sure) == (not agree, False)


def test_two_days_called_today_are_shown_with_their_dates() -> None:
    found = facts(
        "“Today we open the old harbour pier,” the mayor of Brenhaven said.",
        "“Today we open the old harbour pier,” the mayor of Brenhaven told the crowd.",
        (TUESDAY, WEDNESDAY),
    )
    (day,) = [fact for fact in found if fact.kind == "date"]
    assert (day.left, day.right, day.sure, day.minor) == ("Today, 19 Nov", "Today, 20 Nov", False, True)


def test_quotations_say_how_they_differ() -> None:
    found = facts(
        "“We could not leave the islanders alone again this winter,” mayor Ilse Tamm said.",
        "Mayor Ilse Tamm said “we could not leave the islanders alone again”.",
    )
    (quote,) = [fact for fact in found if fact.kind == "quote"]
    assert (quote.differs, quote.sure, quote.quoted, quote.minor) == (True, False, "shorter", True)


def test_names_in_possessives_and_abbreviations_are_no_difference() -> None:
    found = facts(
        "The United States sent Al Gore's old boat to the harbour of Brenhaven.",
        "The U.S. sent a boat to the harbour of Brenhaven that Gore once had.",
    )
    assert [fact for fact in found if fact.kind == "name"] == []


def test_a_name_in_one_word_or_two_is_no_difference() -> None:
    found = facts("The mayor met Ilse Tamm-lund at sea.", "The mayor met Ilse Tamm Lund at sea.")
    assert [fact for fact in found if fact.kind == "name"] == []


def test_the_short_list_leaves_out_what_says_little() -> None:
    found = facts(
        "Two of the people, aged 18 and 32, left at 8:51 on Tuesday. Ilse Tamm, 45, said 640 boats were lost.",
        "It rained on the northern hills.",
    )
    assert [fact.left for fact in found if fact.differs and not fact.minor and fact.left] == ["640 boats", "Ilse Tamm"]
    assert {"Two of the people", "Tuesday"} <= {fact.left for fact in found if fact.minor}


def test_the_short_list_is_short_and_names_each_fact_once() -> None:
    text = " ".join(f"The harbour sold {number}0{number} boats to people of the town." for number in range(20, 40))
    found = facts(f"{text} {text}", "It rained on the northern hills.")
    shown = [fact.left for fact in found if fact.differs and not fact.minor]
    assert len(set(shown)) == len(shown) == LENGTH


SENTENCES = [
    f"The {what} of Brenhaven {verb} {value} at the old harbour pier {when}."
    for what in ("mayor", "ferry")
    for verb in ("lost", "saw")
    for value in (
        "$5 million",
        "about $5.2 million",
        "“nearly all of the boats”",
        "three boats",
        "Ilse Tamm's boat",
        "Tamm Boats Inc",
    )
    for when in ("today", "on Friday", "in May", "last week")
]
DAY = st.sampled_from([None, TUESDAY, datetime(2024, 11, 26, tzinfo=UTC)])


@given(st.lists(st.sampled_from(SENTENCES), max_size=4), st.lists(st.sampled_from(SENTENCES), max_size=4), DAY, DAY)
def test_equal_words_never_differ(
    left: list[str], right: list[str], left_day: datetime | None, right_day: datetime | None
) -> None:
    for fact in facts(" ".join(left), " ".join(right), (left_day, right_day)):
        assert fact.differs or not fact.sure
        if fact.differs and fact.left and fact.right:
            assert fold(fact.left) != fold(fact.right)
        if fact.sure:
            assert not fact.quoted
            assert fact.kind not in ("name", "quote")


@given(st.lists(st.sampled_from(SENTENCES), max_size=4), st.lists(st.sampled_from(SENTENCES), max_size=4), DAY, DAY)
def test_the_sides_swapped_give_the_same_facts(
    left: list[str], right: list[str], left_day: datetime | None, right_day: datetime | None
) -> None:
    one = facts(" ".join(left), " ".join(right), (left_day, right_day))
    other = facts(" ".join(right), " ".join(left), (right_day, left_day))
    assert Counter((f.kind, f.left, f.right, f.differs, f.sure, f.minor, f.quoted) for f in one) == Counter(
        (f.kind, f.right, f.left, f.differs, f.sure, f.minor, f.quoted) for f in other
    )


def test_sentences_that_are_only_related_agree_in_no_small_numbers_and_pair_no_lists() -> None:
    left = "Two people were hurt, and shares of the ferry line rose to $31.10 and at one point traded at $32.05."
    right = "Four people were hurt, two of them after a collision, and shares of the ferry line closed at $31.64."
    found = {}
    for same in (False, True):
        rows = [RowText((left,), (right,), same)]
        facts, _ = compare_facts(rows, TUESDAY, TUESDAY, Clock(60, never))
        found[same] = {(f.left, f.right): (f.differs, f.minor) for f in facts if f.left and f.right}
    assert ("Two people", "two") not in found[False]
    assert found[False]["$31.10 … $32.05", "$31.64"] == (True, True)
    assert found[True]["$31.10 … $32.05", "$31.64"] == (True, False)
