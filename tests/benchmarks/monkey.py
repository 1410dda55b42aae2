"""`python -m tests.benchmarks.monkey [MINUTES] [SEED]`: somebody who types, pastes, clicks and resizes at random.

A reader on a terminal of its own, over a few articles made to harm, gets keys, pastes, mouse reports, sizes, bytes that
are no text and escapes cut anywhere; it is stopped and continued, what it has started is killed, and so is it itself.
All the time it lives, or has ended for a reason that is known, with the exit code of it and the terminal as it was
before; no traceback is on the screen or in its log; it answers a key; and a tag that it has said to be given is there.
Ends with 1 and tells the last things done if something of that is not so. The same seed does the same things, at other
moments.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from newsreader.errors import NewsreaderError
from tests.builders import BUDGET, HARBOUR, ORCHARD, REWRITE, Library
from tests.faults.test_terminal import ARTICLE, PAYLOAD
from tests.faults.test_widths import WIDE
from tests.terminal import Terminal

PATIENCE = 60.0
"""Seconds in which a key has to show something."""
EVERY = 25
"""After so many things done it is looked whether the reader still answers."""
NORMAL = (30, 100)
SIZES = (NORMAL, (24, 80), (60, 200), (16, 60), (1, 1), (0, 0), (1, 80), (40, 1), (3, 20), (65_535, 65_535))
"""Lines and columns."""
KEYS = (
    *"jkgGhlnNuJKvVz1234oc+<>Ftrsm#* S[]{}dCMHwxXfFaAObDyeW?/\\",
    "\r", "\t", "\x1b[Z", "\x1b", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[5~", "\x1b[6~", "\x1b[H",
    "\x1b[F", "\x1b[3~",
    "\x01", "\x04", "\x05", "\x0b", "\x0c", "\x12", "\x13", "\x15", "\x17", "\x19", "\x1bOP", "\x1b[15~",
    "\x1bj", "ferry", "council OR ferry", 'tag:"', "date:2021-03", "(((", "is:unread",
)  # fmt: skip
"""All but those that leave, undo, open the palette or ask for a folder of this machine."""
SEQUENCES = (
    b"\x1b[<0;10;10M", b"\x1b[<64;50;12M", b"\x1b[48;30;100;300;1000t", b"\x1b[48;0;0;0;0t",
    b"\x1b[48;65535;65535;1;1t",
    b"\x1b[1114112u", b"\x1b[97:65;2u", b"\x1b[97;1;55296u", b"\x1b[M \xff\xfe", b"\x1b[M!!!", b"\x1b[?62;22c",
    b"\x1b[?2026;2$y", b"\x1b[?2048;1$y", b"\x1b[I", b"\x1b[O", b"\x1b]11;rgb:0000/0000/0000\x07", b"\x1bP1+r\x1b\\",
    b"\x1b[200~paste\x1b[201~", b"\x1b[12;40R", b"\x1b[1;5A", b"\x1b[[A", b"\x1b[999999999999999999999999m",
)  # fmt: skip
NOISE = bytes(byte for byte in range(256) if byte not in b"\x0f\x10\x11\x1aqQ")
"""Without the keys that are left out above."""


class Monkey:
    """Somebody at a reader, who starts it again when it was left or killed."""

    def __init__(self, home: Path, seed: int) -> None:
        self.library = hostile_library(home)
        self.dice = random.Random(seed)
        self.desk = home / "desk"
        self.desk.mkdir()
        self.counts: Counter[str] = Counter()
        self.trouble: list[str] = []
        self._did: deque[str] = deque(maxlen=40)
        self._codes: set[int] = set()
        """With which it may end now."""
        self._terminal = self._start()

    def _start(self) -> Terminal:
        self.counts["started"] += 1
        self._codes = set()
        command = [sys.executable, "-m", "newsreader", *self.library.arguments()]
        self._terminal = Terminal(
            command, self.desk, NORMAL, env={"HOME": str(self.desk), "TEXTUAL_ANIMATIONS": "none"}
        )
        self._appears("newest first")
        return self._terminal

    def play(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        actions, weights = [*ACTIONS], [*ACTIONS.values()]
        while time.monotonic() < until and not self.trouble:
            for _ in range(EVERY):
                action = self.dice.choices(actions, weights)[0]
                self._did.append(action.__name__)
                self.counts[action.__name__] += 1
                action(self)
                self._terminal.drain(self.dice.uniform(0, 0.1))
                if self.trouble or self._ended() or time.monotonic() > until:
                    break
            if not self.trouble and self._terminal.process.poll() is None:
                self._has_to_answer()
        if not self.trouble and self._terminal.process.poll() is None:
            self._send("\x11")
            self._codes = {0}
            self._has_to_end()
        self._terminal.close()

    # what has to be so

    def _fail(self, what: str) -> None:
        with suppress(OSError):
            status = Path(f"/proc/{self._terminal.process.pid}/status").read_text()
            what += f" ({next(line for line in status.splitlines() if line.startswith('State'))})"
        self.trouble.append(f"{what}; done last: {[*self._did]}; on the screen: {self._terminal.said[-1500:]!r}")

    def _ended(self) -> bool:
        """Whether it has; then another is started."""
        if self._terminal.process.poll() is None:
            return False
        self._terminal.drain(0.1)
        code = self._terminal.process.wait()
        log = self.library.locations.state / "newsreader.log"
        if code not in self._codes:
            self._fail(f"it ended with {code}: {log.read_text()[-3000:] if log.exists() else ''}")
        elif code != -signal.SIGKILL and not self._terminal.is_restored:
            self._fail(f"the terminal is not as it was, after {code}")
        elif log.exists():
            self._fail(f"its log: {log.read_text()[-3000:]}")
        elif "Traceback" in self._terminal.said or "has stopped" in self._terminal.said:
            self._fail("it said so")
        if not self.trouble:
            self._terminal.close()
            self._start()
        return True

    def _has_to_end(self) -> None:
        try:
            self._terminal.ends()
        except AssertionError:
            self._fail("it did not end")
        else:
            self._ended()

    def _has_to_answer(self) -> None:
        """In the end of whatever is under way the help comes."""
        if not self._goes_home():
            return
        self._terminal.forget()
        self._send("?")
        if not self._appears("Keys", "VIEWS"):
            self._fail("no answer to a key") if not self.trouble else None
        self._send("\x1b")

    def _goes_home(self) -> bool:
        """To the list of the main screen, also out of a paste that never ended."""
        for _ in range(3):
            self._terminal.process.send_signal(signal.SIGCONT)  # it may have heard of the one before the stop
            self._terminal.drain(3.5 if "cut" in [*self._did][-EVERY:] else 0.3)
            for _ in range(6):
                self._send("\x1b")
                self._terminal.drain(0.25)
            self._send("1")
            self._terminal.forget()
            self._resize((31, 101))
            self._resize(NORMAL)
            if self._appears("Open / Search", patience=20.0):
                return True
            if self._terminal.process.poll() is not None:
                self._ended()
                return False
        self._fail("it does not come back to its list")
        return False

    def _resize(self, size: tuple[int, int]) -> None:
        """In both ways: it may have been told that this is a terminal that tells of its size itself."""
        self._terminal.resize(size)
        self._send(f"\x1b[48;{size[0]};{size[1]};{size[0] * 10};{size[1] * 10}t")
        self._terminal.drain(0.2)

    def _appears(self, *texts: str, patience: float = PATIENCE) -> bool:
        until = time.monotonic() + patience
        while self._terminal.process.poll() is None and time.monotonic() < until:
            if all(text in self._terminal.said for text in texts):
                return True
            self._terminal.drain(0.05)
        return False

    def _send(self, keys: str | bytes) -> None:
        self._terminal.send(keys)

    # what is done

    def key(self) -> None:
        for _ in range(self.dice.randint(1, 6)):
            self._send(self.dice.choice(KEYS))
            self._terminal.drain(self.dice.choice([0, 0, 0.02, 0.15]))

    def paste(self) -> None:
        text = self.dice.choice([PAYLOAD, "two\nlines", "x" * 20_000, "漢" * 300, "\x1bs\x1bs", "", '"' * 50])
        self._send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def noise(self) -> None:
        self._send(b"\x1b[200~" * self.dice.randint(0, 1) + bytes(self.dice.choices(NOISE, k=self.dice.randint(1, 60))))
        self._send(b"\x1b[201~")

    def cut(self) -> None:
        """An escape sequence, or its beginning, perhaps in two parts."""
        sequence = self.dice.choice(SEQUENCES)
        at = self.dice.randint(1, len(sequence))
        self._send(sequence[:at])
        self._terminal.drain(self.dice.choice([0, 0.05, 0.3]))
        if self.dice.random() < 0.6:
            self._send(sequence[at:])

    def whole(self) -> None:
        self._send(self.dice.choice(SEQUENCES))

    def mouse(self) -> None:
        for _ in range(self.dice.randint(1, 8)):
            button = self.dice.choice([0, 0, 1, 2, 32, 35, 64, 65, 66, 67, 4, 8, 16, 255])
            column, line = (
                self.dice.randint(-1, 120),
                self.dice.randint(-1, 26),
            )  # the last lines have a key that leaves
            self._send(f"\x1b[<{button};{column};{line}{self.dice.choice('Mm')}")

    def size(self) -> None:
        for _ in range(self.dice.randint(1, 5)):
            self._terminal.resize(self.dice.choice(SIZES))
            self._terminal.drain(self.dice.choice([0, 0.1]))
        self._terminal.resize(NORMAL)

    def stop(self) -> None:
        """By the shell or by force, and continued, perhaps more than once."""
        for _ in range(self.dice.randint(1, 3)):
            self._terminal.process.send_signal(self.dice.choice([signal.SIGTSTP, signal.SIGSTOP, signal.SIGCONT]))
            self._terminal.drain(self.dice.choice([0, 0.05, 0.2]))
            self._terminal.process.send_signal(signal.SIGCONT)
        self._terminal.drain(0.2)
        self._terminal.process.send_signal(signal.SIGCONT)

    def kill_children(self) -> None:
        """A run of the indexer, and its readers of files."""
        self.library.write("changing.txt", f"{HARBOUR}\n\nEdition {self.counts['kill_children']}.")
        self._send("\x1b\x1b\x12")
        self._terminal.drain(self.dice.uniform(0, 1.5))
        for child in children(self._terminal.process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def tag(self) -> None:
        """What it has said to be given is there, also if it is killed then."""
        tag = f"m{self.counts['tag']}"
        if not self._goes_home():
            return
        self._send("t")
        if not self._appears("Tags of", patience=20.0):
            return
        self._send(tag)
        if not self._appears("new tag", patience=20.0):
            return
        self._send("\r")
        self._terminal.drain(0.3)
        self._terminal.forget()
        self._send("\r")
        if not self._appears(f"+{tag} on", patience=20.0):
            return
        self.counts["tags given"] += 1
        if self.dice.random() < 0.3:
            self._codes = {-signal.SIGKILL}
            self._terminal.process.kill()
            self._terminal.process.wait()
        self.library.reopen()
        try:
            if not self.library.found(f"tag:{tag}"):
                self._fail(f"the tag {tag} is not there")
        except NewsreaderError as error:
            self._fail(f"the tag {tag} can't be looked for: {error}")

    def leave(self) -> None:
        how = self.dice.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP, None])
        if how is None:
            if not self._goes_home():
                return
            self._codes = {0}
            self._send("\x11")
        else:
            self._codes = {128 + how, -how}
            self._terminal.process.send_signal(how)
        self._has_to_end()


ACTIONS: dict[Callable[[Monkey], None], int] = {
    Monkey.key: 60,
    Monkey.paste: 6,
    Monkey.noise: 6,
    Monkey.cut: 12,
    Monkey.whole: 8,
    Monkey.mouse: 10,
    Monkey.size: 8,
    Monkey.stop: 4,
    Monkey.kill_children: 2,
    Monkey.tag: 3,
    Monkey.leave: 1,
}
"""And how often."""


def hostile_library(home: Path) -> Library:
    library = Library(home)
    title = PAYLOAD.encode("unicode_escape").decode().replace("\\\\", "\\\\")
    for number in range(3):
        library.write(f"hostile/{number} \x1b]0;PWNED\x07.md", ARTICLE.replace("{mark}", f"{title} {number}"))
    for number, text in enumerate(WIDE.values()):
        library.write(
            f"wide/{number}.txt", f" date 2021-03-{number + 1:02} Ferry {text[:200]} sails\n\nThe ferry {text} sails."
        )
    for name, text in (("budget", BUDGET), ("harbour", HARBOUR), ("rewrite", REWRITE), ("orchard", ORCHARD)):
        library.write(f"{name}.txt", text)
    library.index()
    library.write("budget.txt", BUDGET.replace("nine hours", "ten hours"), age=30)
    library.index()
    return library


def children(process: int) -> list[int]:
    """Of a process, and theirs; none where the system has no such list."""
    try:
        own = [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []
    return [*own, *(grandchild for child in own for grandchild in children(child))]


def main(minutes: float = 1.0, seed: int | None = None) -> int:
    home = Path(tempfile.mkdtemp(prefix="newsreader-monkey-"))
    seed = int(time.time()) if seed is None else seed
    monkey = Monkey(home, seed)
    try:
        monkey.play(minutes * 60)
    finally:
        monkey.library.close()
    print(f"seed {seed}: {dict(sorted(monkey.counts.items()))}")
    for said in monkey.trouble:
        print(said)
    if not monkey.trouble:
        shutil.rmtree(home, ignore_errors=True)
    return 1 if monkey.trouble else 0


if __name__ == "__main__":
    sys.exit(main(*(kind(value) for kind, value in zip((float, int), sys.argv[1:], strict=False))))
