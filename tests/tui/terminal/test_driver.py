"""What a terminal sends and does: bytes that are no text, keys that do not exist, sizes that none has."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key, MouseDown, Paste
from textual.geometry import Size
from textual.message import Message

from newsreader.tui.terminal.driver import LARGEST, LONGEST_PASTE_PAUSE, SMALLEST, SteadyDriver, Typed, paintable
from tests.builders import BUDGET, HARBOUR, Library
from tests.terminal import Terminal

pytestmark = pytest.mark.timeout(400)
PAUSE = b""
"""Nothing for a while."""


class Clock:
    """Half a second passes whenever nothing comes."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def events_in(*parts: bytes) -> list[str]:
    """What is understood, in short."""
    told: list[Message] = []
    clock = Clock()
    typed = Typed(told.append, clock)
    for part in parts:
        clock.now += 0.0 if part else 0.5
        typed.take(part)
    return [*map(in_short, told)]


def in_short(message: Message) -> str:
    if isinstance(message, Key):
        return message.key
    if isinstance(message, Paste):
        return f"paste {message.text}"
    return type(message).__name__


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([b"a\xe9b"], ["a", "replacement_character", "b"]),  # Latin-1
        ([b"\xc3", b"\xa9"], ["é"]),
        ([b"\x1b[M \xff\xfe", b"j"], ["j"]),  # a mouse that clicks beyond column 95
        ([b"\x1b[M!!!", b"j"], ["j"]),
        ([b"\x1b[1114112u", b"j"], ["j"]),
        ([b"\x1b[97;1;1114112u", b"j"], ["j"]),
        ([b"\x1b[97:65;2u\x1b[97;2:1uj"], ["j"]),
        ([b"\x1b[97;1u"], ["a"]),
        ([b"\x1b[?62;22cs"], ["s"]),  # what a terminal answers is no key, and no letter in it one
        ([b"\x1b[3;3;3;3zs"], ["s"]),
        ([b"\x1b[48;0;0;0;0t\x1b[<0;10;10Mj"], ["Resize", "j"]),  # clicks in a window without cells
        ([b"\x1b[48;30;100;0;0t\x1b[<0;10;10Mj"], ["Resize", "j"]),
        ([b"\x1b[<0;10;10M"], ["MouseDown"]),
        ([b"\x1b[1;5A\x1b[[A\x1bOP"], ["ctrl+up", "f1", "f1"]),
        ([b"\x1b", PAUSE], ["escape"]),
        ([b"\x1b[200~two\rlines\x1b[201~j"], ["paste two\rlines", "j"]),
        ([b"\x1b[20", b"0~two", b"\x1b", b"[201~j"], ["paste two", "j"]),
        ([b"\x1b[200~a\x1bs\x1bs\x1b[Ab\x1b[201~"], ["paste a\x1bs\x1bs\x1b[Ab"]),  # escapes in it are no keys
        ([b"\x1b[200~a\x1b", PAUSE, PAUSE, b"s\x1b[201~"], ["paste a\x1bs"]),
        ([b"\x1b[200~\xff\xfe\x00\x1b[201~"], ["paste \ufffd\ufffd"]),
        ([b"\x1b[200~no end", *[PAUSE] * int(LONGEST_PASTE_PAUSE / 0.5 + 1), b"j"], ["paste no end", "j"]),
    ],
)
def test_what_is_understood(parts: Sequence[bytes], expected: Sequence[str]) -> None:
    assert events_in(*parts) == expected


@given(st.lists(st.one_of(st.binary(max_size=9), st.sampled_from([b"\x1b[", b";", b"M", b"u", b"200~", b"9" * 25]))))
def test_nothing_ends_it(parts: Sequence[bytes]) -> None:
    """Whatever came, what is typed after a pause is understood."""
    told = events_in(*parts, *[PAUSE] * 9, b"\x1b[201~", *[PAUSE] * 9, b"q")
    assert told[-1] == "q"


def test_a_click_is_told_with_its_place() -> None:
    told: list[Message] = []
    Typed(told.append).take(b"\x1b[<0;10;20M")
    (click,) = told
    assert isinstance(click, MouseDown)
    assert (click.screen_x, click.screen_y) == (9, 19)


def test_sizes_that_are_painted() -> None:
    assert paintable(Size(80, 24)) == Size(80, 24)
    assert paintable(Size(0, 0)) == Size(*SMALLEST)
    assert paintable(Size(65_535, 65_535)) == Size(*LARGEST)


# on a terminal


@pytest.fixture
def news(library: Library) -> Library:
    library.write("budget.txt", BUDGET)
    library.write("ferry.txt", HARBOUR)
    library.index()
    return library


@pytest.fixture
def reader(news: Library) -> Iterator[Terminal]:
    terminal = Terminal([sys.executable, "-m", "newsreader", *news.arguments()])
    terminal.paints("newest first")
    yield terminal
    terminal.close()


def reacts(terminal: Terminal) -> None:
    """The help comes, and goes."""
    terminal.forget()
    terminal.send("?")
    terminal.paints("VIEWS")
    terminal.send("\x1b")
    terminal.forget()
    terminal.paints("Harbour ferry")


def leave(terminal: Terminal) -> None:
    terminal.send("\x11")
    assert terminal.ends() == 0
    assert terminal.is_restored
    assert "stopped" not in terminal.said


def test_bytes_that_are_no_text(reader: Terminal) -> None:
    dice = random.Random(14)
    noise = bytes(dice.choice([0xC3, 0xE9, 0xFF, 0x80, 0xED, 0xA0]) for _ in range(5000))
    for sent in (
        b"\xe9\xff", b"\x1b[M \xff\xff", b"\x1b[1114112u", b"\x1b[97:65;2u", b"\x1b[48;0;0;0;0t\x1b[<0;10;10M",
        b"\x1b[48;65535;65535;1;1t", b"\x1b[48;30;100;0;0t", b"\x1b[200~" + noise + b"\x1b[201~", noise,
    ):  # fmt: skip
        reader.send(sent)
        reader.drain(0.2)
    reacts(reader)
    leave(reader)


def test_fault_39_sizes_that_no_terminal_has(reader: Terminal) -> None:
    for size in ((0, 0), (1, 1), (1, 100), (100, 1), (65_535, 65_535), (3, 3)):
        reader.resize(size)
        reader.drain(0.2)
    reader.resize((30, 100))
    reacts(reader)
    leave(reader)


def test_a_terminal_that_does_not_wait(reader: Terminal) -> None:
    """Another program made it so: nothing painted may be lost, nor may reading end."""
    os.set_blocking(reader.slave, False)
    reacts(reader)
    leave(reader)


def test_stopped_and_continued_at_any_time(reader: Terminal) -> None:
    for number in (signal.SIGCONT, signal.SIGTSTP, signal.SIGCONT, signal.SIGCONT, signal.SIGSTOP, signal.SIGCONT):
        reader.process.send_signal(number)
        reader.drain(0.2)
    reacts(reader)
    reader.send("\x11")
    while reader.process.poll() is None:
        reader.process.send_signal(signal.SIGCONT)
        reader.drain(0.01)
    assert (reader.ends(), reader.is_restored) == (0, True)


async def test_told_to_go_on_while_it_takes_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begun a second time within the first, it would take the raw terminal for the one that is to be given back."""
    begun: list[str] = []

    def begin(driver: SteadyDriver) -> None:
        begun.append("begun")
        driver._must_signal_resume = True  # as after ctrl+z
        driver._sigcont_application()

    monkeypatch.setattr(LinuxDriver, "start_application_mode", begin)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # the driver would hear those of the tests
    driver = SteadyDriver(cast(Any, SimpleNamespace()))
    driver.start_application_mode()
    assert begun == ["begun"]


def test_interrupted_it_leaves_as_it_should(reader: Terminal) -> None:
    reader.process.send_signal(signal.SIGINT)
    assert (reader.ends(), reader.is_restored) == (130, True)
    assert "Traceback" not in reader.said


def test_errors_may_go_to_a_file(news: Library) -> None:
    """The interface goes to the terminal nevertheless."""
    with (news.home / "errors").open("w+") as errors:
        terminal = Terminal([sys.executable, "-m", "newsreader", *news.arguments()], stderr=errors)
        terminal.paints("newest first")
        reacts(terminal)
        leave(terminal)
        terminal.close()
        errors.seek(0)
        assert errors.read() == ""


def test_a_bug_ends_it_with_one_sentence_and_a_code(news: Library) -> None:
    """Also one in the thread that reads what is typed."""
    code = (
        "import sys, newsreader.tui.terminal.driver as d\n"
        "def take(self, data):\n"
        "    if data: raise ZeroDivisionError('seven')\n"
        "d.Typed.take = take\n"
        "from newsreader.cli import main\n"
        "main()"
    )
    terminal = Terminal([sys.executable, "-c", code, *news.arguments()])
    terminal.paints("newest first")
    terminal.forget()
    terminal.send("j")
    assert (terminal.ends(), terminal.is_restored) == (1, True)
    log = news.locations.state / "newsreader.log"
    assert "newsreader has stopped: ZeroDivisionError. The details are in" in terminal.said
    assert "Traceback" not in terminal.said
    assert "seven" in log.read_text()
    terminal.close()
