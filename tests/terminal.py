"""Programs on terminals of their own whose other end the test holds: what is typed, what is painted, how they end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PATIENCE = 100.0
"""Seconds for an answer: on a machine with other work."""
ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\|\x1b[ -/]*[0-~]"
)
MOST_KEPT = 200_000
"""Bytes of what was painted."""
_TAKE_TERMINAL = ["setsid", "--ctty"] if shutil.which("setsid") else []


class Terminal:
    """A process with a terminal of its own, which is told when this process is gone."""

    def __init__(
        self,
        command: Sequence[str],
        cwd: Path | None = None,
        size: tuple[int, int] = (30, 100),
        *,
        env: Mapping[str, str] | None = None,
        stderr: IO[Any] | None = None,
    ) -> None:
        """`size`: lines and columns. `env` is added to the environment."""
        self._master, self.slave = pty.openpty()
        self.resize(size, tell=False)
        environment = os.environ | {"TERM": "xterm-256color", "EDITOR": "true", "BROWSER": "true"} | dict(env or {})
        self.modes_before = termios.tcgetattr(self._master)
        self.process = subprocess.Popen(
            [*_TAKE_TERMINAL, *command],
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave if stderr is None else stderr,
            cwd=cwd,
            env=environment,
            preexec_fn=None if _TAKE_TERMINAL else _take_terminal,
        )
        self._painted = b""
        self.last_said = time.monotonic()

    def resize(self, size: tuple[int, int], *, tell: bool = True) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))
        if tell:
            self.process.send_signal(signal.SIGWINCH)

    def send(self, keys: str | bytes) -> None:
        """Typed; what the process does not take any more is lost with it."""
        data = keys.encode() if isinstance(keys, str) else keys
        until = time.monotonic() + PATIENCE
        while data and self.process.poll() is None and time.monotonic() < until:
            self.drain(0)
            if select.select([], [self._master], [], 0.2)[1]:  # a terminal holds no more than 4 kB of what is typed
                try:
                    data = data[os.write(self._master, data[:1024]) :]
                except OSError:
                    return

    def drain(self, seconds: float) -> None:
        """Take what it paints, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 or select.select([self._master], [], [], 0)[0]:
            if select.select([self._master], [], [], max(0.0, left))[0]:
                try:
                    data = os.read(self._master, 65_536)
                except OSError:
                    time.sleep(max(0.0, min(left, 0.2)))
                    return
                self.last_said = time.monotonic()
                self._painted = (self._painted + data)[-MOST_KEPT:]
            if left < -5:  # it never stops painting
                return

    @property
    def raw(self) -> str:
        """The last things painted, as they came."""
        return self._painted.decode("utf-8", "replace")

    @property
    def said(self) -> str:
        """The last things painted, without colours and places."""
        return ESCAPES.sub("", self.raw)

    def forget(self) -> None:
        self._painted = b""

    def paints(self, *texts: str) -> None:
        """Wait until it has painted all of these since it was last forgotten."""
        until = time.monotonic() + PATIENCE
        while not all(text in self.said for text in texts):
            assert time.monotonic() < until, f"{texts} not in: {self.said[-2000:]}"
            assert self.process.poll() is None, f"it ended with {self.process.poll()}: {self.said[-2000:]}"
            self.drain(0.1)

    def ends(self) -> int:
        """Wait for it; its exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            if time.monotonic() > until:
                self.process.kill()
                self.process.wait()
                raise AssertionError(f"it did not end: {self.said[-2000:]}")
            self.drain(0.1)
        self.drain(0)
        return self.process.wait()

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as it was before: its modes, and those that are switched by what is painted."""
        switched = {}
        for mode, value in re.findall(r"\x1b\[\?(1049|1000|1003|1015|1006|1004|2004|2048|1016|25|7)([hl])", self.raw):
            switched[mode] = value
        usual = {"25": "h", "7": "h"}
        return termios.tcgetattr(self._master) == self.modes_before and all(
            value == usual.get(mode, "l") for mode, value in switched.items()
        )

    def close(self) -> None:
        """Also ends the process, which loses its terminal."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for handle in (self._master, self.slave):
            os.close(handle)


def _take_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
