"""Steps through what is looked for: behind the last one they say so, and only once more begin at the top.

Who was taken there at once would read the first one as one more.
"""

from __future__ import annotations


class Round:
    """Remembers which end was just reached."""

    def __init__(self) -> None:
        self._refused = 0

    def step(self, at: int, step: int, total: int) -> int | None:
        """Index of the next (1) or previous (-1) of `total` things, from one or from between two of them; None at the
        end, the first time."""
        if 0 <= at + step < total:
            self._refused = 0
            return at + step
        if self._refused == step:
            self._refused = 0
            return 0 if step > 0 else total - 1
        self._refused = step
        return None


def end_reached(what: str, step: int) -> str:
    """What is said at the end."""
    if step > 0:
        return f"This is the last {what}; once more begins at the top."
    return f"This is the first {what}; once more goes to the last."
