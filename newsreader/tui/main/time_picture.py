"""The picture of time above a list: when its articles were published, and narrowing the query to a part of that.

Counted in the lane of the rows once the list is on the screen, so that no list waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from newsreader.engine.results import Bar
from newsreader.tui.lists.browser import Browser
from newsreader.tui.search.narrowing import finished, narrowed_to
from newsreader.tui.widgets.time_bars import TimeBars


@dataclass(eq=False)
class TimePicture:
    """Lives on the event loop."""

    _bars: TimeBars
    _browser: Browser
    _ask: Callable[[str], None]
    """Is told which query is wanted."""

    def __post_init__(self) -> None:
        self._narrowed: list[tuple[str, str]] = []
        """Query before and after each narrowing, of those that can be taken back."""

    def look(self) -> None:
        """The list is another one, or has room for another number of bars."""
        self._browser.look_at_time(self._bars)

    def narrow(self, bar: Bar) -> None:
        """Ask for the articles of a bar only."""
        request, result = self._browser.request_shown, self._browser.result
        before, today = request.query, date.today()
        typed = request.typing and result is not None and not result.partial
        after = narrowed_to(finished(before, today=today) if typed else before, bar.value, today=today)
        if after != before:
            self._narrowed.append((before, after))
            self._ask(after)

    def widen(self) -> bool:
        """Take the last narrowing back; False where the query is not one that was narrowed here."""
        while self._narrowed:
            before, after = self._narrowed.pop()
            if after == self._browser.request.query:
                self._ask(before)
                return True
        return False
