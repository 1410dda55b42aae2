"""Other queries, offered where nothing matches."""

from __future__ import annotations

from newsreader.index.result import Relaxation
from newsreader.tui.search.offers import offer_line, offer_lines


def test_other_queries_are_offered_as_far_as_there_is_room() -> None:
    relaxations = [Relaxation(f"without [b]word{n}[/b]", "x", 1_000 * n) for n in range(1, 5)]
    assert offer_line(relaxations, 200).plain.count("without") == 4
    line = offer_line(relaxations, 80)
    assert line.cell_length <= 80
    assert line.plain.startswith("f5 without [b]word1[/b] 1,000 · f6")
    assert [line.plain[-7:].strip() for line in offer_lines(relaxations)] == ["1,000", "2,000", "3,000", "4,000"]
