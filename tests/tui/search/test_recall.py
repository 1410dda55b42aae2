"""The history of queries and the way through it."""

from __future__ import annotations

from newsreader.tui.search.recall import MOST_REMEMBERED, Recall, remembered


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
