"""The table of commands."""

from __future__ import annotations

from collections import Counter

from newsreader.tui.commands import COMMANDS, PLACES


def test_no_two_commands_of_a_place_have_one_name() -> None:
    """In the palette the names alone tell them apart; what moves is not in it."""
    for place in PLACES:
        labels = Counter(c.label for c in COMMANDS if {place, "app"}.intersection(c.places) and c.group != "Moving")
        assert max(labels.values()) == 1, labels.most_common(3)
