"""How long the interface lets pass before it does something: all of it in one value, which the app is given.

Without them each key that is held or typed would start work that the next one makes useless. Tests shorten them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delays:
    """All in seconds, and more than 0, as Textual's timers want it."""

    search: float = 0.005
    """Between a keystroke and the search: the letter is painted by then, and keys that come together cost one
    search."""
    offers: float = 0.1
    """That completions, at most, stay out of sight until the list comes: one update of the screen shows both, where two
    take longer and the list would be in the second. Keys take the offers at once."""
    preview: float = 0.04
    """That the cursor has to rest on an article before it is opened: a held key opens only the last."""
    frame: float = 0.1
    """That a comparison's screen waits, at most, for its texts before it is painted: nearly all are there by then."""
    overlaps: float = 0.15
    """That the cursor has to rest in a story before its article is compared with the others."""
    time: float = 0.15
    """That a list has to rest while a query is typed before it is counted when its articles were published: the bars
    would be painted anew for every letter."""
    novelty: float = 0.3
    """Without a new list, row or page after which it is looked for what is new: comparing takes 24 ms for half of the
    story articles of 3,000 (Reuters), 250 ms for one in a hundred, and would slow down whoever types or scrolls."""
    warm_up: float = 0.3
    """Before the index is opened for a first query: the first list comes first."""
    count: float = 0.3
    """That a digit alone may be the beginning of a count; then it is the command of its own."""
    watch: float = 1.0
    """Between two looks at the library: a run by cron has to show up within two seconds."""
    under_way: float = 0.2
    """That something has to take before it is said to be under way."""
    rest: float = 60.0
    """Without a key, after which the user is taken to be away: what stops everything for a moment is done then."""
