"""The way of a key, from the terminal to what it does. It has these steps, in this order:

1. The app gets the key from Textual and only hands it to `Keys.take`.
2. It waits for its turn: until the key before it has taken effect. Textual puts a letter into an input at once, but
   runs a command only when its key has risen from widget to widget to the app. So of keys that come together, as they
   do when terminal or machine are busy, `ctrl+u` would empty the query after the letters that follow it, and letters
   after `/` would be taken for commands.
3. A key that leaves the program does so now, also from dialogs, which keep all other commands from their keys. It does
   not wait for what the others wait for, unless it is a letter: that may be meant for an input.
4. It waits for what the keys before it have begun: for a screen that is opening, which it is meant for; or, if it is
   about the articles of a list, for the list that is being made. A star would hit an article of the list before.
5. A digit is held back for a moment: it may be the beginning of a count, which the command behind it is told.
6. `App.on_event` of Textual has it: bindings with priority, then the widget with the focus (an input puts it in, the
   search bar takes it for its menu or its history), the widgets around that, and last the table of commands.

A key that gives up what takes long does so at once, and what was typed behind that is forgotten with it.

A key that goes back is forgotten where it was typed for a screen that did not come: it would leave the one below. A
list is waited for no longer than `LONGEST_WAIT`; then what was typed for it is forgotten: it was not meant for the list
before, and keys behind it might do anything there. Keys that move, search or go back never wait for a list.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from time import monotonic
from typing import Any
from weakref import WeakSet

from textual.app import App
from textual.dom import DOMNode
from textual.events import Key
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker

from newsreader.tui.commands import COUNTED, Command, command_of, is_about_articles
from newsreader.tui.lanes import KEEPERS
from newsreader.tui.terminal.counts import Count, TakesCounts

OPENERS = frozenset(("dialog", "ways"))
"""Groups of the workers that look something up and then open a screen, or move the cursor."""
LIST_MAKERS = frozenset(("search", "story"))
"""Groups of the workers that make the list of articles on their screen."""
LONGEST_WAIT = 2.0
"""Seconds for a list that is being made, and for the first picture of a screen; a slow look-up before the screen may
take longer."""
LOOK_EVERY = 0.02
"""Seconds between two looks whether a key can go on."""
ROUNDS = 3
"""Ways up from the widget to the app: the key itself, the message that the widget sends because of it, and the one that
the search bar makes of that."""
PATIENCE = 0.25
"""Seconds for one step of such a way; who is being closed never answers."""


class Keys:
    """Hands on one key after the other. Lives on the event loop: `take` runs in the app's queue."""

    def __init__(
        self,
        app: App[str],
        hand_on: Callable[[Key], Awaitable[None]],
        *,
        leaving: Collection[str],
        going_back: Collection[str],
        giving_up: Collection[str],
        give_up: Callable[[], bool],
        count_after: float,
        show_count: Callable[[str], object],
    ) -> None:
        """`hand_on` is the last step, and `give_up` leaves what the user has been told to be under way, if there is
        anything; the others are keys as Textual calls them. A digit alone is a command after `count_after` seconds."""
        self._app = app
        self._hand_on = hand_on
        self._leaving = leaving
        self._going_back = going_back
        self._giving_up = giving_up
        self._give_up = give_up
        self._typed: deque[Key] = deque()
        """Whose turn has not come yet."""
        self._count = Count()
        self._count_after = count_after
        self._show_count = show_count
        self._count_timer: Timer | None = None
        self._no_count: Key | None = None
        """A digit that turned out to be a command."""
        self._effect: asyncio.Task[None] | None = None
        """Waits until the key before has taken effect."""
        self._timer: Timer | None = None
        """Looks again while the first key waits for a screen or a list."""
        self._left: Screen[Any] | None = None
        """The screen on which the keys began to wait for another one."""
        self._coming: Screen[Any] | None = None
        """A screen that is there, but not on the terminal yet."""
        self._coming_until = self._list_until = 0.0
        self._arrived: WeakSet[Worker[object]] = WeakSet()
        """Openers whose screen is there: they wait for its result."""

    async def take(self, key: Key) -> None:
        """A key has come from the terminal."""
        if key.key.startswith("alt+"):
            key.character = None  # a command; terminals send the letter with it, and an input would put it in
        if key.key in self._giving_up and self._give_up():
            self._typed.clear()
            return
        self._typed.append(key)
        await self._go_on()

    def screen_changed(self) -> None:
        """A screen is coming up, or went."""
        screen = self._app.screen
        if not screen.is_mounted:
            self._coming, self._coming_until = screen, monotonic() + LONGEST_WAIT
            screen.call_after_refresh(self._came, screen)
        self._arrived.update(worker for worker in self._app.workers if worker.group in OPENERS)

    def _came(self, screen: Screen[Any]) -> None:
        """It has been painted, and what is to have the focus has it."""
        if screen is self._coming:
            self._coming = None

    @property
    def is_busy(self) -> bool:
        """Whether a key is on its way, or would have to wait."""
        return self._effect is not None or bool(self._typed) or self._count_timer is not None or self._is_opening()

    async def _go_on(self) -> None:
        """Hand on what need not wait any more."""
        if not self._app.screen_stack:
            return  # the program is being left, and the timer is still there
        waits = False
        while self._typed and self._effect is None and not waits:
            if self._is_opening():
                self._left = self._left or (self._app.screen if self._app.screen is not self._coming else None)
                waits = True
            elif self._goes_into_count(self._typed[0]):
                continue
            elif self._wants_list(self._typed[0]):
                self._list_until = self._list_until or monotonic() + LONGEST_WAIT
                if monotonic() < self._list_until:
                    waits = True
                else:
                    self._list_until = 0.0
                    self._typed.clear()
                    self._app.notify("The list takes long: what was typed for it is forgotten.", markup=False)
            else:
                self._list_until = 0.0
                await self._use(self._typed.popleft())
        if waits and any(self._leaves(key) for key in self._typed if not key.is_printable):
            self._typed.clear()
            await self._app.action_quit()
        if not self._typed:
            self._left = None
            waits = False
        if waits and self._timer is None:
            self._timer = self._app.set_interval(LOOK_EVERY, self._go_on)
        elif not waits and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _goes_into_count(self, key: Key) -> bool:
        """Whether it is another key's turn now: this one is a part of a count, or what seemed to be one comes first.
        The screen is told the count when its command comes."""
        screen, count = self._app.screen, self._count
        if key is self._no_count:
            return False
        if not isinstance(screen, TakesCounts) or self._is_put_in(key):
            if count.is_pending:
                self._end_count()
            return False
        command = self._command(key)
        if count.take(key) or (count.is_pending and self._is_half(command, key)):
            self._typed.popleft()
            self._wait_for_count()
            return True
        if not count.is_pending:
            return False
        if command is not None and command.id in COUNTED:
            screen.count = count.value
        elif key.key == "escape":
            self._typed.popleft()
        elif self._is_no_count():
            return True
        self._end_count()
        return key.key == "escape"

    def _is_half(self, command: Command | None, key: Key) -> bool:
        """The first g of `5gg`."""
        half = command is not None and command.id == "top" and key.is_printable and not self._count.half_typed
        self._count.half_typed = self._count.half_typed or half
        return half

    def _wait_for_count(self) -> None:
        self._stop_count_timer()
        self._count_timer = self._app.set_timer(self._count_after, self._no_more_digits)
        self._show_count(self._count.text)

    def _stop_count_timer(self) -> None:
        if self._count_timer is not None:
            self._count_timer.stop()
            self._count_timer = None

    def _end_count(self) -> None:
        self._stop_count_timer()
        self._count.clear()
        self._show_count("")

    async def _no_more_digits(self) -> None:
        self._count_timer = None
        if self._is_no_count():
            await self._go_on()

    def _is_no_count(self) -> bool:
        """A digit that stands alone, and is a command: it is the next key then."""
        digit = self._count.only
        if digit is None or self._command(digit) is None:
            return False
        self._no_count = digit
        self._typed.appendleft(digit)
        self._end_count()
        return True

    def _command(self, key: Key) -> Command | None:
        active = self._app.screen.active_bindings.get(key.key)
        return command_of(active.binding) if active is not None else None

    def _is_opening(self) -> bool:
        if self._app.screen is self._coming and monotonic() < self._coming_until:
            return True
        return any(
            worker.group in (*OPENERS, KEEPERS) and not worker.is_finished and worker not in self._arrived
            for worker in self._app.workers
        )

    def _wants_list(self, key: Key) -> bool:
        """Whether it is about the articles of a list that is being made on this screen."""
        screen = self._app.screen
        if not any(w.group in LIST_MAKERS and w.node is screen and not w.is_finished for w in self._app.workers):
            return False
        command = self._command(key) if not self._is_put_in(key) else None
        return command is not None and is_about_articles(command)

    def _is_put_in(self, key: Key) -> bool:
        return (self._app.focused or self._app.screen).check_consume_key(key.key, key.character)

    def _leaves(self, key: Key) -> bool:
        return key.key in self._leaving and not self._is_put_in(key)

    async def _use(self, key: Key) -> None:
        """Its turn has come."""
        if self._leaves(key):
            await self._app.action_quit()
        elif key.key not in self._going_back or self._app.screen is not self._left:
            way = [*(self._app.focused or self._app.screen).ancestors_with_self]
            is_put_in = self._is_put_in(key)
            await self._hand_on(key)
            if not is_put_in:
                self._effect = asyncio.create_task(self._follow(way))

    async def _follow(self, way: list[DOMNode]) -> None:
        """Go behind the key through the queues of all who may use it."""
        try:
            for _ in range(ROUNDS):
                for node in way:
                    await _passed(node)
        finally:  # else no key would be used any more
            for screen in self._app.screen_stack:
                if isinstance(screen, TakesCounts):
                    screen.count = None
            self._effect = None
            self._app.call_later(self._go_on)


async def _passed(node: DOMNode) -> None:
    """Until all is done that is in its queue now."""
    passed = asyncio.Event()
    if node.is_running and node.call_later(passed.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), PATIENCE)
