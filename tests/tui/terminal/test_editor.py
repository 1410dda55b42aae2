"""Which addresses are opened and how: the browser and the editor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from newsreader.errors import UsageError
from newsreader.tui.terminal.editor import Address, checked_address, edit_file, editor_command
from tests.builders import out_of_reach


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "--new-window", "mailto:a@b", "http://", "http://[",
        "https://a b/",
        "https://evil.example\\@good.example/", "https://good.example%2eevil.example/", "//a.example/",
        "data:text/html,x",
        "https://a.example/\x1b[2J",
    ],
)  # fmt: skip
def test_only_web_addresses_are_opened(url: str) -> None:
    with pytest.raises(UsageError):
        checked_address(url)


@pytest.mark.parametrize(
    ("url", "host", "is_plain"),
    [
        ("https://Example.org:443/a@b", "example.org", True),
        ("https://ex\u0430mple.org/a", "xn--exmple-4nf.org", False),
        ("https://example.org@evil.test/", "evil.test", False),
        ("https://fa\xdf.example/", "xn--fa-hia.example", False),
        ("https://good.example\u3002evil.test/", "good.example.evil.test", False),
        ("https://\uff45vil.test/", "evil.test", False),
        ("http://[::1]/", "::1", True),
    ],
)
def test_the_real_host_is_shown(url: str, host: str, is_plain: bool) -> None:
    assert checked_address(url) == Address(url, host, is_plain)


@pytest.mark.parametrize("browser", ["{}", "{} --tab %s", "{} %s &"])
def test_the_browser_is_given_the_address_and_no_shell(browser: str, tmp_path: Path) -> None:
    url, calls = "https://a.example/$(id)`id`;id&x='\"", tmp_path / "calls"
    recorder = tmp_path / "recorder"
    recorder.write_text(f'#!/bin/sh\necho noise\nprintf "%s\\n" "$@" > {calls}.new; mv {calls}.new {calls}\n')
    recorder.chmod(0o755)
    open_it = "import sys; from newsreader.tui.terminal.editor import open_address; open_address(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", open_it, url],
        env={**os.environ, "BROWSER": browser.format(recorder)},
        capture_output=True,
        check=True,
    )
    until = time.monotonic() + 60.0
    while not calls.exists():
        assert time.monotonic() < until, "the address was not opened"
        time.sleep(0.01)
    assert calls.read_text().splitlines() == (["--tab", url] if "--tab" in browser else [url])
    assert done.stdout == done.stderr == b""


def test_browsers_for_the_terminal_are_not_started(tmp_path: Path) -> None:
    browser = tmp_path / "w3m"
    browser.write_text("#!/bin/sh\necho started\n")
    browser.chmod(0o755)
    open_it = "from newsreader.tui.terminal.editor import open_address; open_address('https://a.example/')"
    environment = {**os.environ, "BROWSER": str(browser)}
    done = subprocess.run([sys.executable, "-c", open_it], env=environment, capture_output=True, check=False)
    assert b"needs the terminal" in done.stderr
    assert done.stdout == b""


def test_the_editor_is_an_argument_list() -> None:
    assert editor_command({"VISUAL": "code --wait 'a b'", "EDITOR": "vi"}) == ["code", "--wait", "a b"]
    with pytest.raises(UsageError, match="VISUAL"):
        editor_command({"VISUAL": "vi 'open"})


class Suspending(App[None]):
    """One that any terminal can be taken from."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


def test_an_interrupt_is_the_editor_s_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: told.append(number))
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\ntrap "echo interrupted >> {tmp_path}/a.txt" INT\nkill -INT $PPID $$\n')
    editor.chmod(0o755)
    (tmp_path / "a.txt").touch()
    monkeypatch.setenv("VISUAL", str(editor))
    try:
        edit_file(Suspending(), tmp_path / "a.txt")
        assert told == []
        assert (tmp_path / "a.txt").read_text() == "interrupted\n"
        signal.raise_signal(signal.SIGINT)
        assert told == [signal.SIGINT]
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_file_out_of_reach_is_not_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    with pytest.raises(UsageError, match="the file is gone"):
        edit_file(App[None](), tmp_path / "a.txt")
    with pytest.raises(UsageError, match="too long"):
        edit_file(App[None](), out_of_reach(tmp_path))
