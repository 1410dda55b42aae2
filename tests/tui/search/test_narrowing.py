"""Queries made of queries: with one more condition, with saved searches written out."""

from __future__ import annotations

from datetime import date

import pytest

from newsreader.tui.search.narrowing import finished, narrowed, narrowed_to, without_names

TODAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", 'tag:"long read"'),
        ("ferry", 'ferry tag:"long read"'),
        ("ferry OR boat", '(ferry OR boat) tag:"long read"'),
        ('"great wall', '"great wall" tag:"long read"'),
        ("(ferry OR boat", '(ferry OR boat) tag:"long read"'),
        ('ferry tag:"long read"', 'ferry tag:"long read"'),
    ],
)
def test_a_condition_is_put_on_the_whole_of_a_query(query: str, expected: str) -> None:
    assert narrowed(query, "tag", "long read", today=TODAY) == expected


def test_a_part_can_be_left_out_instead() -> None:
    assert narrowed("ferry", "date", "2026-10", exclude=True, today=TODAY) == "ferry -date:2026-10"


@pytest.mark.parametrize(
    ("query", "span", "expected"),
    [
        ("", "2026", "date:2026"),
        ("ferry", "2026-10", "ferry date:2026-10"),
        ("ferry OR boat", "2026-10", "(ferry OR boat) date:2026-10"),
        ("ferry date:2026", "2026-10", "ferry date:2026-10"),
        ("date:2026-10 ferry", "2026-10-07", "date:2026-10-07 ferry"),
        ("date:last month ferry", "2026-09-07", "date:2026-09-07 ferry"),
        ("date:2026-01..2026-12 ferry", "2026-10", "date:2026-10 ferry"),
        ('ferry date:">=2026-01"', "2026-10", "ferry date:2026-10"),
        ("date:2026-10-07 ferry", "2026-10-07", "date:2026-10-07 ferry"),
        ("date:2026-09 ferry", "2026-10", "date:2026-09 ferry date:2026-10"),
        ("date:2026-10-07 ferry", "2026-10", "date:2026-10-07 ferry date:2026-10"),
        ("-date:2026 ferry", "2026-10", "-date:2026 ferry date:2026-10"),
        ("newer:2026 ferry", "2026-10", "newer:2026 ferry date:2026-10"),
        ("ferry OR date:2026", "2026-10", "(ferry OR date:2026) date:2026-10"),
        ("@sea", "2026-10", "@sea date:2026-10"),
    ],
)
def test_a_span_takes_the_place_of_one_that_it_lies_in(query: str, span: str, expected: str) -> None:
    assert narrowed_to(query, span, today=TODAY) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ferr", "(ferr OR ferr*)"),
        ("storm title:ferr", "storm (title:ferr OR title:ferr*)"),
        ("storm -ferr", "storm -(ferr OR ferr*)"),
        ("ferry ", "ferry "),
        ("f", "f"),
        ("covid-1", "covid-1"),
        ("date:2026", "date:2026"),
        ("", ""),
    ],
)
def test_a_query_that_is_typed_is_finished_as_it_was_found(query: str, expected: str) -> None:
    assert finished(query, today=TODAY) == expected


def test_saved_searches_are_written_out() -> None:
    saved = {"sea": "ferry OR boat", "rates": "tag:x"}
    assert without_names("@sea", saved, TODAY) == "ferry OR boat"
    assert without_names("@sea -@rates old", saved, TODAY) == "(ferry OR boat) -(tag:x) old"
