"""What the search box offers while somebody types in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsreader.engine.core import Engine
from newsreader.errors import NewsreaderError
from newsreader.index.completion import Completion
from newsreader.text.clean import fold
from newsreader.tui.lanes import Lane
from newsreader.tui.search.bar import SearchBar
from newsreader.tui.search.menu import MOST_SHOWN

if TYPE_CHECKING:
    from newsreader.tui.main.searching import SearchingScreen

ROOM_FOR_RECENT = 3
"""Lines that field names and values leave for recent queries."""


class Completer:
    """Looks completions up in a lane of its own: a search under way doesn't hold them up, nor they the typing."""

    def __init__(self, screen: SearchingScreen, engine: Engine, wait_for_list: float) -> None:
        """`wait_for_list`: seconds, at most, that the offers stay out of sight until the list comes."""
        self._screen = screen
        self._engine = engine
        self._wait_for_list = wait_for_list
        self._lane = Lane("completion")

    def close(self) -> None:
        self._lane.close()

    def typed(self, text: str, cursor: int) -> None:
        """Offer what fits at the cursor, unless the text has changed by then."""
        self._screen.run_worker(self._offer(text, cursor), group="completion", description="completion", exclusive=True)

    async def _offer(self, text: str, cursor: int) -> None:
        try:
            known = await self._lane.latest(
                lambda gone: () if gone() else self._engine.searching.complete(text, cursor)
            )
        except NewsreaderError:
            return  # the search of the same text says it
        if not self._screen.is_up:
            return
        bar = self._screen.query_one(SearchBar)
        bar.offer(text, cursor, offers(text, cursor, known, self._screen.window.history))
        if self._screen.browser.is_searching:
            await asyncio.sleep(self._wait_for_list)
        if self._screen.is_up:
            bar.menu.appear()


def offers(text: str, cursor: int, known: Sequence[Completion], history: Sequence[str]) -> list[Completion]:
    """At most `MOST_SHOWN`: pieces of queries, then queries that were sent before. None would change nothing."""
    pieces = [offer for offer in known if offer.text != text[offer.start : cursor]]
    known_texts = {offer.text for offer in pieces}
    recent = [offer for offer in _recent(text, history) if offer.text not in known_texts] if cursor == len(text) else []
    room = MOST_SHOWN - min(len(recent), ROOM_FOR_RECENT)
    return [*pieces[:room], *recent][:MOST_SHOWN]


def _recent(text: str, history: Sequence[str]) -> Iterator[Completion]:
    typed = fold(text.strip())
    if typed:
        yield from (
            Completion(0, query, "recent")
            for query in history
            if fold(query).startswith(typed) and fold(query) != typed
        )
