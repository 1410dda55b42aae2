"""What happens to the program from outside: its window is closed, the connection breaks, the system stops or ends it.

What is kept on leaving is kept then too, and samples are removed.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import termios
from collections.abc import Callable
from types import FrameType

GRACE = 10
"""Seconds for leaving, after which the system ends the process, whatever it waits for."""


def leave_when_told(leave: Callable[[int], object]) -> None:
    """Call it with an exit code at the first SIGHUP, SIGINT or SIGTERM, in the running loop; a second one ends
    the process.

    A SIGHUP that is ignored, as `nohup` has it, stays so.
    """
    loop = asyncio.get_running_loop()

    def told(number: int, _: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        signal.alarm(GRACE)
        if loop.is_closed():  # it has been left already
            raise SystemExit(128 + number)
        loop.call_soon_threadsafe(leave, 128 + number)

    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, told)


def leave_if_cut_off() -> None:
    """As if told to, where the terminal is gone and nobody said so."""
    if terminal_is_gone():
        os.kill(os.getpid(), signal.SIGTERM)


def terminal_is_gone(handle: int = 0) -> bool:
    """Whether this was a terminal whose other end has been closed."""
    try:
        termios.tcgetattr(handle)
    except termios.error as error:
        return bool(error.args) and error.args[0] == errno.EIO
    return False
