"""What the search box offers while somebody types in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.screen import Screen

from newsreader.engine.core import Engine
from newsreader.index.completion import Completion
from newsreader.text.clean import fold
from newsreader.tui.host import Host
from newsreader.tui.lanes import ScreenLane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.menu import MOST_SHOWN
from newsreader.tui.window_state import WindowState

ROOM_FOR_RECENT = 3
"""Lines that field names and values leave for recent queries."""


@dataclass(eq=False)
class Completer:
    """Looks completions up in a lane of its own: a search under way doesn't hold them up, nor they the typing."""

    _screen: Screen[Any]
    _host: Host
    _engine: Engine
    _bar: SearchBar
    _window: WindowState
    _list_is_coming: Callable[[], bool]
    """Is asked whether a search is under way."""

    def __post_init__(self) -> None:
        self._lane = ScreenLane(self._screen, "completion", lambda error: None)  # the search of the same text says it

    def typed(self, text: str, cursor: int) -> None:
        """Offer what fits at the cursor, unless the text has changed by then."""
        self._lane.start(partial(self._offer, text, cursor))

    async def _offer(self, text: str, cursor: int) -> None:
        known = await self._lane.latest(lambda gone: () if gone() else self._engine.searching.complete(text, cursor))
        self._bar.offer(text, cursor, offers(text, cursor, known, self._window.history))
        if self._list_is_coming():
            await self._lane.pause(self._host.delays.offers)
        self._bar.menu.appear()


def offers(text: str, cursor: int, known: Sequence[Completion], history: Sequence[str]) -> list[Completion]:
    """At most `MOST_SHOWN`: pieces of queries, then queries that were sent before. None would change nothing."""
    pieces = [offer for offer in known if offer.text != text[offer.start : cursor]]
    known_texts = {offer.text for offer in pieces}
    recent = [offer for offer in _recent(text, history) if offer.text not in known_texts] if cursor == len(text) else []
    room = MOST_SHOWN - min(len(recent), ROOM_FOR_RECENT)
    return [*pieces[:room], *recent][:MOST_SHOWN]


def _recent(text: str, history: Sequence[str]) -> list[Completion]:
    typed = fold(text.strip())
    found = [query for query in history if typed and fold(query).startswith(typed) and fold(query) != typed]
    return [Completion(0, query, "recent") for query in found]
