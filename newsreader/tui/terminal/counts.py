"""The number that is typed before a command, as in vi: `5j` goes five rows down, `10G` to the tenth.

A digit alone may be a command too. It is held back for a moment, and is one when no count has come of it by then.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.events import Key

MOST = 100_000
"""As large as a count gets."""


@runtime_checkable
class TakesCounts(Protocol):
    """A screen whose commands ask how often they are to be done."""

    count: int | None


class Count:
    """The digits that are held back."""

    def __init__(self) -> None:
        self._digits: list[Key] = []
        self.half_typed = False
        """`5g` came, and `5gg` is to come of it."""

    def take(self, key: Key) -> bool:
        """Whether the key is a further digit; a count does not begin with 0."""
        is_digit = key.character is not None and key.character in "0123456789"
        if is_digit and (self._digits or key.character != "0"):
            self._digits.append(key)
            return True
        return False

    @property
    def is_pending(self) -> bool:
        return bool(self._digits)

    @property
    def only(self) -> Key | None:
        """The one digit, if there is but one: it may be a command."""
        return self._digits[0] if len(self._digits) == 1 and not self.half_typed else None

    @property
    def value(self) -> int:
        return min(MOST, int("".join(key.character or "" for key in self._digits)[:6]))

    @property
    def text(self) -> str:
        """As it is shown while it is typed."""
        return f"{self.value}{'g' if self.half_typed else ''}…"

    def clear(self) -> None:
        self._digits.clear()
        self.half_typed = False
