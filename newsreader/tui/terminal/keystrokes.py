"""Keys in the order in which they were typed.

Textual gives a key to whatever has the focus at that moment, and it rises from widget to widget until one uses it.
Commands are run at the top, so they come last, and a change of the focus comes after that; a letter is put into an
input at once. So of keys that come together, as they do when terminal or machine are busy, `ctrl+u` would empty the
query after the letters that follow it, and letters after `/` would be taken for commands.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.message_pump import MessagePump

ROUNDS = 3
"""Ways up from the widget to the app: the key itself, the message that the widget sends because of it, and the one that
the search bar makes of that."""
PATIENCE = 0.25
"""Seconds for one step of the way; who is being closed never answers."""


class Keystrokes:
    """Hands on one key after the other, the next when the one before has taken effect. Lives on the event loop."""

    def __init__(self, app: App[str], hand_on: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._hand_on = hand_on
        self._waiting: deque[Key] = deque()
        self._task: asyncio.Task[None] | None = None

    async def take(self, key: Key) -> None:
        """A key has come from the terminal."""
        if self._task is not None:
            self._waiting.append(key)
        else:
            await self._use(key)

    @property
    def is_busy(self) -> bool:
        """Whether a key is on its way, or waits for its turn."""
        return self._task is not None

    async def _use(self, key: Key) -> None:
        while True:
            focused = self._app.focused or self._app.screen
            is_put_in = focused.check_consume_key(key.key, key.character)
            await self._hand_on(key)
            if not is_put_in:
                self._task = asyncio.create_task(self._follow([*focused.ancestors_with_self]))
                return
            if not self._waiting:
                self._task = None
                return
            key = self._waiting.popleft()

    async def _follow(self, way: list[DOMNode]) -> None:
        """Go behind the key through the queues of all who may use it."""
        for _ in range(ROUNDS):
            for node in way:
                await _passed(node)
        if self._waiting:
            self._app.call_later(self._use, self._waiting.popleft())
        else:
            self._task = None


async def _passed(node: MessagePump) -> None:
    """Until all is done that is in its queue now."""
    passed = asyncio.Event()
    if node.is_running and node.call_later(passed.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), PATIENCE)
