"""Queries made of queries, the history, and what the search box offers: without a screen."""

from __future__ import annotations

from datetime import date

import pytest

from newsreader.engine.core import Engine
from newsreader.index.completion import Completion
from newsreader.index.result import Relaxation
from newsreader.tui.search.completer import offers
from newsreader.tui.search.narrowing import narrowed, without_names
from newsreader.tui.search.offers import offer_line, offer_lines
from newsreader.tui.search.recall import MOST_REMEMBERED, Recall, remembered
from newsreader.tui.search.saved import count_saved

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


def test_the_history_holds_each_query_once_newest_first() -> None:
    history: tuple[str, ...] = ()
    for query in ("a", "b", " a ", "  "):
        history = remembered(history, query)
    assert history == ("a", "b")
    for number in range(200):
        history = remembered(history, str(number))
    assert len(history) == MOST_REMEMBERED
    assert history[0] == "199"


def test_the_way_through_the_history_ends_where_it_began() -> None:
    recall = Recall(("c", "b", "a"))
    assert recall.newer() is None
    assert [recall.older("dra"), recall.older("c"), recall.older("b"), recall.older("a")] == ["c", "b", "a", None]
    assert [recall.newer(), recall.newer(), recall.newer(), recall.newer()] == ["b", "c", "dra", None]
    assert recall.older("c") == "b", "what stands there already is passed over"


def test_offers_are_pieces_first_then_recent_queries_and_nothing_that_changes_nothing() -> None:
    fields = [Completion(0, "title:", "field"), Completion(0, "tag:", "field")]
    assert [offer.text for offer in offers("t", 1, fields, ["trams", "ferry", "T"])] == ["title:", "tag:", "trams"]
    assert offers("tag:", 4, [fields[1]], []) == []
    many = [Completion(0, f"tag:{n}", "tag") for n in range(12)]
    shown = offers("tag:", 4, many, [f"tag:{n} x" for n in range(5)])
    assert [offer.label for offer in shown] == ["tag"] * 5 + ["recent"] * 3
    assert [offer.label for offer in offers("tag:", 3, many, ["tag: x"])] == ["tag"] * 8, "only at the text's end"


def test_other_queries_are_offered_as_far_as_there_is_room() -> None:
    relaxations = [Relaxation(f"without [b]word{n}[/b]", "x", 1_000 * n) for n in range(1, 5)]
    assert offer_line(relaxations, 200).plain.count("without") == 4
    line = offer_line(relaxations, 80)
    assert line.cell_length <= 80
    assert line.plain.startswith("f5 without [b]word1[/b] 1,000 · f6")
    assert [line.plain[-7:].strip() for line in offer_lines(relaxations)] == ["1,000", "2,000", "3,000", "4,000"]


def test_a_saved_search_is_counted_by_what_it_finds_in_full(samples: Engine) -> None:
    samples.searching.save_search("ferries", "ferry")
    samples.searching.save_search("nothing", "ferry zebra")
    counts = count_saved(samples, ["ferries", "nothing", "gone"], lambda: False)
    assert counts == {"ferries": len(samples.searching.search("ferry").numbers), "nothing": 0, "gone": None}
