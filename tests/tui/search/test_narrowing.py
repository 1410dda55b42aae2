"""Queries made of queries: with one more condition, with saved searches written out."""

from __future__ import annotations

from datetime import date

import pytest

from newsreader.tui.search.narrowing import narrowed, without_names

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


def test_saved_searches_are_written_out() -> None:
    saved = {"sea": "ferry OR boat", "rates": "tag:x"}
    assert without_names("@sea", saved, TODAY) == "ferry OR boat"
    assert without_names("@sea -@rates old", saved, TODAY) == "(ferry OR boat) -(tag:x) old"
