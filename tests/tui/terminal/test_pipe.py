"""Giving texts to a command of the user's."""

from __future__ import annotations

import io
import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from newsreader.errors import UsageError
from newsreader.tui.terminal.pipe import pipe

HOSTILE = "$(touch harmed); `touch harmed` \n' ; touch harmed #\n"


class Suspending(App[None]):
    """One that any terminal can be taken from."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


@pytest.fixture(autouse=True)
def _enter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHELL", "/bin/sh")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))


def test_the_text_is_input_and_never_a_part_of_the_command(tmp_path: Path) -> None:
    status = pipe(
        Suspending(), 'cat > text; printf %s "$NEWSREADER_TITLE" > title', HOSTILE, {"NEWSREADER_TITLE": HOSTILE}
    )
    assert status == 0
    assert (tmp_path / "text").read_text() == HOSTILE
    assert (tmp_path / "title").read_text() == HOSTILE
    assert not (tmp_path / "harmed").exists()


def test_the_exit_status_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert pipe(Suspending(), "exit 3", "x" * 1_000_000, {}) == 3, "who reads nothing harms nothing"
    assert "exit status 3" in capsys.readouterr().out


def test_a_command_leaves_the_terminal_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else no enter would be heard any more, nor a ctrl+c."""
    master, slave = os.openpty()
    with os.fdopen(master), os.fdopen(slave) as terminal:
        monkeypatch.setattr("sys.__stdin__", terminal)
        before = termios.tcgetattr(slave)
        pipe(Suspending(), f"stty raw -echo < {os.ttyname(slave)}", "", {})
        assert termios.tcgetattr(slave) == before


async def test_without_a_terminal_or_a_shell(monkeypatch: pytest.MonkeyPatch) -> None:
    app = App[None]()
    async with app.run_test():
        with pytest.raises(UsageError, match="terminal of its own"):
            pipe(app, "cat", "", {})
    with pytest.raises(UsageError, match="null"):
        pipe(Suspending(), "cat \x00", "", {})
    monkeypatch.setenv("SHELL", "/no/such/shell")
    with pytest.raises(UsageError, match="No such file"):
        pipe(Suspending(), "cat", "", {})
