"""How many articles saved searches find."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.search.saved import count_saved


def test_a_saved_search_is_counted_by_what_it_finds_in_full(samples: Engine) -> None:
    samples.searching.save_search("ferries", "ferry")
    samples.searching.save_search("nothing", "ferry zebra")
    counts = count_saved(samples, ["ferries", "nothing", "gone"], lambda: False)
    found = samples.searching.search("ferry").numbers
    assert counts == {"ferries": (len(found), len(found)), "nothing": (0, 0), "gone": None}
