"""The queries that were sent, and going through them with the arrow keys.

What was being typed is kept meanwhile: without that, a look at an older query would lose the one half written.
"""

from __future__ import annotations

from collections.abc import Sequence

from newsreader.tui.window_state import MOST_REMEMBERED


def remembered(history: Sequence[str], query: str) -> tuple[str, ...]:
    """The history, newest first, with one more query; each is there once, and a blank one is none."""
    query = query.strip()
    if not query:
        return tuple(history)
    return (query, *(other for other in history if other != query))[:MOST_REMEMBERED]


class Recall:
    """Where somebody is in the history; what they were typing comes back at its near end."""

    def __init__(self, history: Sequence[str] = ()) -> None:
        self._history = tuple(history)
        self._at = -1
        self._draft = ""

    def older(self, text: str) -> str | None:
        """The query before the one shown, which is `text`; None at the far end."""
        if self._at < 0:
            self._draft = text
        for at in range(self._at + 1, len(self._history)):
            if self._history[at] != text.strip():
                self._at = at
                return self._history[at]
        return None

    def newer(self) -> str | None:
        """The query after the one shown, at last what was being typed; None where nothing was recalled."""
        if self._at < 0:
            return None
        self._at -= 1
        return self._history[self._at] if self._at >= 0 else self._draft

    def leave(self) -> None:
        """Something is typed: the next step starts at the newest query again."""
        self._at = -1
