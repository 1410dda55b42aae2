"""What becomes of a reader whose terminal is closed, or that is told to end."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable

import pytest

from newsreader.tui.terminal.closing import terminal_is_gone
from newsreader.tui.window_state import state_file
from tests.builders import BUDGET, HARBOUR, Library

PATIENCE = 100.0
"""Seconds: on a machine with other work."""
pytestmark = pytest.mark.timeout(4 * PATIENCE)


class OnTerminal:
    """A reader on a terminal of its own, whose controlling terminal it is."""

    def __init__(self, library: Library, *, ignores_hangup: bool = False) -> None:
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            if ignores_hangup:
                signal.signal(signal.SIGHUP, signal.SIG_IGN)
            os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none")
            os.execv(sys.executable, [sys.executable, "-m", "newsreader", *library.arguments()])

    def paints(self, text: str) -> None:
        """Wait until it does."""
        said, until = b"", time.monotonic() + PATIENCE
        while text.encode() not in said:
            assert time.monotonic() < until, said[-2000:]
            if select.select([self.master], [], [], 0.2)[0]:
                said += os.read(self.master, 65_536)

    def type(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def ends(self) -> int:
        """Wait for it; its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.1)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError("it did not end")


@pytest.fixture
def news(library: Library) -> Library:
    library.write("budget.txt", BUDGET)
    library.write("ferry.txt", HARBOUR)
    library.index()
    return library


WAYS: dict[str, tuple[bool, Callable[[OnTerminal], None], tuple[int, ...]]] = {
    "window closed": (False, lambda reader: os.close(reader.master), (129, 143)),  # 143: it saw for itself, and first
    "window closed, hangup ignored": (True, lambda reader: os.close(reader.master), (143,)),
    "told to end": (False, lambda reader: os.kill(reader.pid, signal.SIGTERM), (143,)),
}


@pytest.mark.parametrize("way", WAYS)
def test_fault_15_what_is_kept_on_leaving_is_kept(news: Library, way: str) -> None:
    ignores, close, codes = WAYS[way]
    reader = OnTerminal(news, ignores_hangup=ignores)
    reader.paints("newest first")
    reader.type("/")
    reader.paints("f1")  # the key for help while a query is typed
    reader.type("council")
    reader.paints("1 article")
    reader.type("\r")
    reader.paints("Open")  # a key of the list's
    close(reader)
    assert reader.ends() in codes
    assert json.loads(state_file(news.locations.state).read_text())["history"] == ["council"]


def test_stopped_by_force_and_continued_it_leaves_the_terminal_as_it_was(news: Library) -> None:
    reader = OnTerminal(news)
    reader.paints("newest first")
    for _ in range(3):
        os.kill(reader.pid, signal.SIGSTOP)
        os.waitpid(reader.pid, os.WUNTRACED)
        os.kill(reader.pid, signal.SIGCONT)
    reader.type("o")
    reader.paints("oldest")
    reader.type("q")
    assert reader.ends() == 0
    local_modes = termios.tcgetattr(reader.master)[3]
    assert local_modes & termios.ICANON
    assert local_modes & termios.ECHO


def test_told_to_end_when_it_has_been_left_already() -> None:
    code = (
        "import asyncio, os, signal\n"
        "from newsreader.tui.terminal.closing import leave_when_told\n"
        "async def run(): leave_when_told(print)\n"
        "asyncio.run(run())\n"
        "os.kill(os.getpid(), signal.SIGINT)\n"
        "while True: signal.pause()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=100, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_terminals_that_are_there_and_others() -> None:
    master, slave = pty.openpty()
    assert not terminal_is_gone(slave)
    os.close(master)
    assert terminal_is_gone(slave)
    os.close(slave)
    with open(os.devnull) as none:
        assert not terminal_is_gone(none.fileno())
