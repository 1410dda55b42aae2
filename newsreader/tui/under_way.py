"""What takes longer than a moment: that it is under way is said on the screen, and escape leaves it.

Nobody could tell otherwise whether a key was lost, and what is typed meanwhile would be done to something else later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from textual.app import App

from newsreader.tui import signs


@dataclass(eq=False)
class Work:
    """Something that a user waits for."""

    leave: Callable[[], object]
    """Makes it give up."""
    is_shown: bool = False


class UnderWay:
    """Lives on the event loop."""

    def __init__(
        self, app: App[Any], key: str, say: Callable[[str], object], unsay: Callable[[str], object], after: float
    ) -> None:
        """`key` leaves it; `say` shows words, `unsay` takes them away if they are still there; `after`: seconds until
        something is worth them."""
        self._app = app
        self._key = key
        self._say = say
        self._unsay = unsay
        self._after = after
        self._works: list[Work] = []

    @contextmanager
    def during(self, what: str, leave: Callable[[], object]) -> Iterator[None]:
        """Within the block, `what` is being done."""
        work = Work(leave)
        words = f"{signs.UNDER_WAY} {what}…  {self._key} leaves it"

        def show() -> None:
            work.is_shown = True
            self._say(words)

        self._works.append(work)
        timer = self._app.set_timer(self._after, show)
        try:
            yield
        finally:
            timer.stop()
            self._works.remove(work)
            if work.is_shown:
                self._unsay(words)

    def leave(self) -> bool:
        """Give up everything of which the user has been told; False where that is nothing."""
        shown = [work for work in self._works if work.is_shown]
        for work in shown:
            work.leave()
        return bool(shown)
