"""What the search box offers to complete a query."""

from __future__ import annotations

from newsreader.index.completion import Completion
from newsreader.tui.search.completer import offers


def test_offers_are_pieces_first_then_recent_queries_and_nothing_that_changes_nothing() -> None:
    fields = [Completion(0, "title:", "field"), Completion(0, "tag:", "field")]
    assert [offer.text for offer in offers("t", 1, fields, ["trams", "ferry", "T"])] == ["title:", "tag:", "trams"]
    assert offers("tag:", 4, [fields[1]], []) == []
    many = [Completion(0, f"tag:{n}", "tag") for n in range(12)]
    shown = offers("tag:", 4, many, [f"tag:{n} x" for n in range(5)])
    assert [offer.label for offer in shown] == ["tag"] * 5 + ["recent"] * 3
    assert [offer.label for offer in offers("tag:", 3, many, ["tag: x"])] == ["tag"] * 8, "only at the text's end"
