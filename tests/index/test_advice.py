"""Explaining a query and repairing one that finds nothing."""

from __future__ import annotations

import pytest

from newsreader.errors import QueryError
from newsreader.index.advice import MOST_RELAXATIONS
from tests.index.conftest import MakeCorpus
from tests.index.corpus import Corpus, document


@pytest.fixture
def box(make: MakeCorpus) -> Corpus:
    return make(
        document(1, "tax town budget"), document(2, "tax law"), document(3, "town law council"), document(4, "councils")
    )


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tax AND council", {("without tax", "council", 2), ("without council", "tax", 2),
                             ("any of the words", "tax OR council", 4)}),
        ("tax -law -town", {("without NOT law", "tax -town", 1), ("without NOT town", "tax -law", 1),
                            ("without tax", "-law -town", 1)}),
        ('"tax law" AND budget', {('without "tax law"', "budget", 1), ("without budget", '"tax law"', 1),
                                  ("any of the words", '"tax law" OR budget', 2)}),
        ("(tax OR law) AND nowhere", {("without nowhere", "(tax OR law)", 3)}),
        ("council budgte", {("search for council budget", "council budget", 0)}),
        ("law tax town date:2021", {("any of the words", "(law OR tax OR town) date:2021", 3)}),
    ],
)  # fmt: skip
def test_ways_out(box: Corpus, typed: str, expected: set[tuple[str, str, int]]) -> None:
    found = box.search(typed)
    offered = {(relaxation.label, relaxation.query, relaxation.hits) for relaxation in found.relaxations}
    assert len(offered) <= MOST_RELAXATIONS
    assert {way for way in expected if way[2]} <= offered
    for relaxation in found.relaxations:
        assert len(box.search(relaxation.query).numbers) == relaxation.hits > 0


def test_a_filter_is_only_dropped_last_and_by_name(box: Corpus) -> None:
    labels = [way.label for way in box.search("council law date:2020").relaxations]
    assert labels == ["without the filter published in 2020"]
    found = box.search("town title:law tax nowhere")
    assert [(way.label, way.query) for way in found.relaxations] == []
    mixed = box.search("tax AND council date:2021")
    assert [way.label for way in mixed.relaxations] == ["without tax", "without council", "any of the words"]


@pytest.mark.parametrize(
    "typed",
    [
        "(tax OR law) council",
        "(budget OR date:2021) tax council",
        "((budget OR (title:law)) date:2021) tax council",
        "tax council -(budget OR town) (date:2021)",
        "nowhere council (tax OR budget",
    ],
)
def test_ways_out_keep_parentheses(box: Corpus, typed: str) -> None:
    for way in box.search(typed).relaxations:
        assert len(box.search(way.query).numbers) == way.hits, way
        assert way.query.count("(") >= way.query.count(")"), way


def test_any_of_the_words_keeps_a_choice_of_filters(box: Corpus) -> None:
    ways = {
        way.label: way.query
        for way in box.search("budget council (title:x OR date:2021) -(law OR title:y)").relaxations
    }
    assert ways["any of the words"] == "(budget OR council) (title:x OR date:2021) -(law OR title:y)"


def test_the_name_of_an_outlet_is_set_right(make: MakeCorpus) -> None:
    box = make(document(1, "tax", source="Reuters", author="Iris Holm"), document(2, "reutres"))
    assert box.search("tax source:reutrs").suggestion == "tax source:reuters"
    assert box.search("author:hulm").suggestion == "author:holm"


def test_what_finds_something_needs_no_way_out(box: Corpus) -> None:
    found = box.search("tax")
    assert (found.relaxations, found.blocker, found.clauses, found.suggestion) == ((), None, (), None)


def test_the_blocker_without_which_most_is_found(box: Corpus) -> None:
    found = box.search("tax AND law AND town")
    assert found.blocker is not None
    assert found.blocker.meaning in ("tax", "law", "town")
    assert found.blocker.hits > 0
    alone = box.search("nowhere").blocker
    assert alone is not None
    assert (alone.meaning, alone.hits) == ("nowhere", 0)


def test_the_more_frequent_of_two_near_words_is_suggested(make: MakeCorpus) -> None:
    box = make(document(1, "cart"), document(2, "card"), document(3, "card"))
    assert box.search("carx").suggestion == "card"
    assert box.search("CARX").suggestion == "card"
    assert box.search("title:carx").suggestion == "title:card"
    assert box.search("x-carx").suggestion is None


def test_errors_of_the_query_are_never_repaired_away(box: Corpus) -> None:
    with pytest.raises(QueryError):
        box.search("tax AND")
