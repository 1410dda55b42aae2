"""What the reader opens on: what came since the user was here, or else the place where they were.

The list of all articles, every morning at its top, would leave it to the user to find both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from newsreader.engine.arrivals import ARRIVED
from newsreader.engine.core import Engine
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.lists.browser import Browser
from newsreader.tui.lists.listing import Kind
from newsreader.tui.main.whereabouts import Whereabouts
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.window_state import WindowState


@dataclass(eq=False)
class Opening:
    """Lives on the event loop."""

    _lane: ScreenLane
    _host: Host
    _engine: Engine
    _window: WindowState
    _bar: SearchBar
    _browser: Browser
    _whereabouts: Whereabouts

    def begin(self) -> None:
        self._lane.renew(self._begin, group="search")

    async def _begin(self) -> None:
        new = await self._lane.queued(lambda: len(self._engine.arrivals.since_last_visit()))
        place = self._window.place
        if place is not None and place.query == ARRIVED:  # what was new then
            place = replace(place, query="")
        if new:
            if place is not None:
                self._host.leave_place(place)
            self._search(ARRIVED)
        elif place is None or place.cursor is None:
            self._search(place.query if place is not None else "", place.kind if place is not None else "articles")
        else:
            self._whereabouts.go_to(place)

    def _search(self, query: str, kind: Kind = "articles") -> None:
        self._bar.set_text(query)
        self._browser.search(query, kind=kind)

    def keep(self) -> None:
        """The reader is being left: remember the place, unless that is still to come."""
        if self._browser.listing is not None:
            self._window.place = self._whereabouts.stop
