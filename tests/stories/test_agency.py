"""What several outlets carry word for word."""

from __future__ import annotations

import pytest

from newsreader.stories.agency import agency_shares

WIRE = "The ferry Solveig ran aground near Tarn on Monday and all of its 212 passengers were taken ashore by boats"
OWN = "Our reporter spoke to four of them at breakfast in the school where they had slept that night"


def test_three_outlets_make_agency_copy() -> None:
    texts = [("wire", [WIRE]), ("daily", [WIRE.upper() + "!"]), ("post", [WIRE, OWN]), ("ledger", [OWN])]
    shares = agency_shares(texts)
    wire, own = len(WIRE.split()), len(OWN.split())
    assert shares == [1.0, 1.0, wire / (wire + own), 0.0]


@pytest.mark.parametrize(
    "texts",
    [
        [("wire", [WIRE]), ("daily", [WIRE])],
        [("wire", [WIRE]), ("daily", [WIRE]), ("daily", [WIRE]), ("wire", [WIRE])],
        [("wire", [WIRE]), (None, [WIRE]), (None, [WIRE])],
        [("wire", ["Ferry sails"]), ("daily", ["Ferry sails"]), ("post", ["Ferry sails"])],
        [("wire", []), ("daily", [""]), ("post", [])],
    ],
    ids=["two outlets", "two outlets twice", "no outlets", "shorter than a run", "nothing"],
)
def test_less_is_none(texts: list[tuple[str | None, list[str]]]) -> None:
    assert agency_shares(texts) == [0.0] * len(texts)


def test_an_article_without_an_outlet_has_a_share_too() -> None:
    assert agency_shares([("a", [WIRE]), ("b", [WIRE]), ("c", [WIRE]), (None, [WIRE])]) == [1.0] * 4


def test_runs_that_overlap_count_their_words_once() -> None:
    six = "one two three four five six"
    shares = agency_shares([("a", [six]), ("b", [six]), ("c", [six + " seven eight"])])
    assert shares == [1.0, 1.0, 6 / 8]
    apart = "one two three four five x six seven eight nine ten"
    first, second = "one two three four five", "six seven eight nine ten"
    shares = agency_shares([("a", [apart]), ("b", [first]), ("c", [first]), ("d", [second]), ("e", [second])])
    assert shares == [10 / 11, 1.0, 1.0, 1.0, 1.0]


def test_no_articles() -> None:
    assert agency_shares([]) == []
