"""Textual's way to the terminal, mended: what a terminal sends or does must neither end nor freeze the program.

Its thread for reading ends at the first byte that is no UTF-8, which pastes of binary data, old mouse reports and
terminals that speak Latin-1 send, and at keys beyond Unicode; its thread for writing ends with the terminal. After that
nothing is read or painted any more.
"""

from __future__ import annotations

import os
import re
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import (
    BRACKETED_PASTE_END,
    BRACKETED_PASTE_START,
    XTermParser,
    _re_cursor_position,
    _re_mouse_event,
    _re_terminal_mode_response,
)
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, Paste
from textual.geometry import Size
from textual.keys import Keys
from textual.message import Message

LARGEST = (1000, 400)
"""Columns and lines that are painted, of a terminal that says it has more: 8,000 pixels with letters of 8 × 16 are so
many. A terminal may say 65,535 of each, which no program could paint."""
SMALLEST = (20, 4)
"""And at least: Textual has no way to lay out a list that is left no cell of width. What does not fit is not seen."""
LONGEST_PASTE_PAUSE = 3.0
"""Seconds without anything from the terminal, after which a paste that never ended is one: all keys would be in it."""
_LOOK_EVERY = 0.1
"""Seconds: how long a key waits at most for the end of its escape sequence, and leaving for this thread."""
_MOST_READ = 4096
"""Bytes at a time."""
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
"""A whole control sequence (ECMA-48)."""
_BEGINNINGS = frozenset(known[:length] for known in ANSI_SEQUENCES_KEYS for length in range(1, len(known)))
_OLD_MOUSE = "\x1b[M"
"""Three characters follow."""
_REPORTS = (_re_mouse_event, _re_cursor_position, _re_terminal_mode_response)


class SteadyDriver(LinuxDriver):
    """For any POSIX terminal."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # Textual paints on stderr, which may be a file for errors; that stdout is a terminal was made sure
        self._file = cast(Any, _Screen(sys.__stdout__.fileno() if sys.__stdout__ is not None else 1))
        self._is_up = False
        """Whether the terminal is ours."""
        self._is_starting = False
        """Whether it is becoming so. If begun twice, what was set would be taken for what had been before."""

    # signals

    def _sigtstp_application(self, *_: object) -> None:
        """While an editor has the terminal, nothing has to be given back."""
        if self._is_up:
            super()._sigtstp_application()
        else:
            os.kill(os.getpid(), signal.SIGSTOP)

    def _sigcont_application(self, *_: object) -> None:
        """It may also come before the program has the terminal, and while it is being left: then there is nothing to go
        on with, and no loop to do it in."""
        if self._is_up or self._must_signal_resume:
            super()._sigcont_application()

    # having the terminal

    def start_application_mode(self) -> None:
        """Also called when the process goes on after it was stopped by force (SIGSTOP), which takes nothing down: a
        second thread would read half of the keys, and the terminal would be left as it must not be."""
        if self._is_starting or (self._key_thread is not None and self._key_thread.is_alive()):
            return
        self._is_starting = True
        try:
            super().start_application_mode()  # type: ignore[no-untyped-call]
        finally:
            self._is_starting = False
        self._is_up = self._key_thread is not None and self._key_thread.is_alive()

    def stop_application_mode(self) -> None:
        self._is_up = False
        super().stop_application_mode()

    # what comes from it

    def _run_input_thread(self) -> None:
        """Textual's would print all that it knows and end with 0."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)

    def run_input_thread(self) -> None:
        """Hand on what is typed, pasted, clicked and reported, until the terminal is given back."""
        typed = Typed(self.process_message)
        while not self.exit_event.is_set():
            data = b""
            if select.select([self.fileno], [], [], _LOOK_EVERY)[0]:
                try:
                    data = os.read(self.fileno, _MOST_READ)
                except OSError:  # it is gone, which others see too, or somebody else reads there
                    data = b""
                if not data:
                    self.exit_event.wait(_LOOK_EVERY)
            typed.take(data)


class Typed:
    """The events in what a terminal sends, whatever it is."""

    def __init__(self, tell: Callable[[Message], None], clock: Callable[[], float] = monotonic) -> None:
        self._tell, self._clock = tell, clock
        self._parser = _Parser()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._held = ""
        """May be the beginning of the sign of a paste."""
        self._pasted: list[str] | None = None
        """What came since such a sign. Textual would take escapes in it, and what is behind them, for keys."""
        self._last = clock()

    def take(self, data: bytes) -> None:
        """These bytes, or none if none came for a while."""
        text = self._held + self._decode(data)
        self._held = ""
        if data:
            self._last = self._clock()
            self._take_text(text)
        elif self._pasted is not None:
            self._held = text
            if self._clock() - self._last > LONGEST_PASTE_PAUSE:
                self._held = ""
                self._end_paste([*self._pasted, text])
        elif text:
            self._hand_on(self._parser.feed(text))
            self._parser._timeout_time = 0.0  # it has been waited for already
        self._hand_on(self._parser.tick())

    def _take_text(self, text: str) -> None:
        while text:
            sign = BRACKETED_PASTE_START if self._pasted is None else BRACKETED_PASTE_END
            before, found, text = text.partition(sign)
            if not found:
                kept = next((n for n in range(len(sign) - 1, 0, -1) if before.endswith(sign[:n])), 0)
                before, self._held = before[: len(before) - kept], before[len(before) - kept :]
            if self._pasted is not None:
                self._pasted.append(before)
                if found:
                    self._end_paste(self._pasted)
            elif before:
                self._hand_on(self._parser.feed(before))
            if found and sign == BRACKETED_PASTE_START:
                self._pasted = []

    def _end_paste(self, pasted: list[str]) -> None:
        self._pasted = None
        self._tell(Paste("".join(pasted).replace("\x00", "")))

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._tell(message)


class _Parser(XTermParser):
    """Textual's, but for sequences that end it, and those that it would take for keys: letters in them are commands."""

    def parse_mouse_code(self, code: str) -> Message | None:
        try:
            return super().parse_mouse_code(code)
        except (ZeroDivisionError, OverflowError, ValueError):  # a window of no pixels, or no cells
            return None

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[Key]:
        try:
            found = [*super()._sequence_to_key_events(sequence, alt)]
        except (ValueError, OverflowError):  # a letter beyond Unicode, or more numbers than one where one belongs
            found = []
        return found if found or not _is_unknown(sequence) else [Key(Keys.Ignore, sequence)]


def _is_unknown(sequence: str) -> bool:
    """Whether it is whole, and nobody knows what it means."""
    if not _SEQUENCE.fullmatch(sequence) or sequence in _BEGINNINGS or sequence == _OLD_MOUSE:
        return False
    return not any(report.match(sequence) for report in _REPORTS)


class _Screen:
    """What is painted goes straight to the terminal, which may take it bit by bit: other programs that have it open can
    make it so that it never waits."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def write(self, text: str) -> int:
        data = text.encode("utf-8", "replace")
        while data:
            try:
                data = data[os.write(self._handle, data) :]
            except BlockingIOError:
                select.select([], [self._handle], [])
            except (
                OSError
            ):  # the terminal is gone: the thread that paints must not go with it, others would wait for it
                break
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""

    def fileno(self) -> int:
        return self._handle

    def isatty(self) -> bool:
        return True


def paintable(size: Size) -> Size:
    """What is painted of a terminal of that size."""
    (least_width, least_height), (most_width, most_height) = SMALLEST, LARGEST
    return Size(min(max(size.width, least_width), most_width), min(max(size.height, least_height), most_height))
