"""The table of commands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from newsreader.tui.commands import COMMANDS, PLACES

SAME_MEANING: Mapping[str, str] = {
    "d": "compare; in a comparison: with another article",
    "o": "the order of what is listed",
    "f": "facts: those worth reading one by one, or the table of them",
    "F": "narrow what is shown: by outlet, month and tag, or by period",
    "n": "next of what one looks for here: matches, differences, contradictions",
    "N": "the one before",
    "plus": "all of it, also what is left out for brevity: copies, facts",
    "minus": "leave out what the cursor is on",
    "ctrl+s": "keep what there is: the query, the tags, the note",
    "space": "in a list take what the cursor is on, in a text a page down",
    "enter": "take what the cursor is on, or be done with what is shown",
    "escape": "back, out of a dialog too",
    "slash": "type what one looks for",
    "left": "to the left",
    "right": "to the right",
    "h": "to the left, and so back",
    "l": "to the right, and so further in",
    "tab": "on: to the next pane, or to the end of a word that is typed",
    "shift+tab": "the other way",
    "down": "down a line, also from what is typed into the list below it",
    "up": "up a line",
}
"""Keys of several commands, and what they mean in all places."""


def test_no_two_commands_of_a_place_have_one_name() -> None:
    """In the palette the names alone tell them apart; what moves is not in it."""
    for place in PLACES:
        labels = Counter(c.label for c in COMMANDS if {place, "app"}.intersection(c.places) and c.group != "Moving")
        assert max(labels.values()) == 1, labels.most_common(3)


def test_a_key_means_one_thing_everywhere() -> None:
    commands = defaultdict(set)
    for command in COMMANDS:
        for key in command.keys.split(","):
            commands[key].add(command.id)
    several = {key: ids for key, ids in commands.items() if len(ids) > 1}
    assert several.keys() == SAME_MEANING.keys(), {key: several.get(key) for key in several.keys() ^ SAME_MEANING}


def test_no_place_has_one_key_twice() -> None:
    for place in (place for command in COMMANDS for place in command.places):
        keys = Counter(key for c in COMMANDS if place in c.places for key in c.keys.split(","))
        assert max(keys.values()) == 1, (place, keys.most_common(3))
