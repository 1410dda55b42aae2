"""What reaches a real terminal: commands, over articles whose every part is hostile."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from collections.abc import Sequence

import pytest

from tests.builders import Library

PAYLOAD = (
    "\x1b]52;c;UFdORUQ=\x07 \x1b]0;PWNED\x07 \x1b[7777m \x1b]8;;http://pwned.test/\x1b\\link\x1b]8;;\x1b\\"
    " \x9d0;PWNED\x9c \x9b7777m \x05 \x0e \u202eevil\u2066 \x1bPpwned\x1b\\ [@click=app.quit]QUIT[/] price [/] [bold]"
)
ALIVE = re.compile(
    "\x1b\\]52|\x1b\\]0;PWNED|\x1b\\[7777|pwned\\.test/(?:\x1b|\x07)|\x1b\\]8;[^;]*;http://pwned|\x1bPpwned|PWNED\x07"
    "|[\x00\x05\x0e\x80-\x9f\u202a-\u202e\u2066-\u2069]"
)
ARTICLE = f"""---
title: "Ferry sails {{mark}}"
author: "Author"
source: "Source"
tags: [one]
url: http://example.test/
---
First paragraph about the ferry {PAYLOAD} and more.

Second paragraph about the harbour {PAYLOAD} with many words in it.
"""


def in_terminal(arguments: Sequence[str], *, columns: int = 100, lines: int = 30) -> str:
    """All that the program sends to a terminal of its own."""
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none")
        os.execv(sys.executable, [sys.executable, "-m", "newsreader", *arguments])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    sent = b""
    deadline = time.monotonic() + 100
    while select.select([master], [], [], max(0.0, deadline - time.monotonic()))[0]:
        try:
            data = os.read(master, 65_536)
        except OSError:
            data = b""
        if not data:
            break
        sent += data
    os.close(master)
    os.waitpid(pid, 0)
    return sent.decode("utf-8", "replace")


@pytest.fixture
def hostile(library: Library) -> Library:
    for i, name in enumerate(("a \x1b]0;PWNED\x07.md", "b \u202etxt.md", "c [@click=app.quit]x[bold].md")):
        path = library.folder / f"dir \x1b[7777m {i}" / name
        path.parent.mkdir()
        title = PAYLOAD.encode("unicode_escape").decode().replace("\\\\", "\\\\") + f" number {i}"
        path.write_text(ARTICLE.replace("{mark}", title))
    (library.folder / "bad \x1b]0;PWNED\x07.md").write_bytes(b"\x00\x01")
    library.index()
    library.engine.marking.tag(list(library.ids().values()), ["[@click=app.quit]tag[/]"])
    assert len(library.ids()) == 3
    return library


def test_fault_34_commands_send_nothing_of_an_article_s_to_the_terminal(hostile: Library) -> None:
    one, two, _ = hostile.ids().values()
    bad = f"nothing {PAYLOAD}".replace("\x00", "")
    for arguments in (
        ["index", "-v", "--full"], ["search", "ferry"], ["search", "--explain", "ferry", bad], ["show", one],
        ["show", "--raw-meta", one], ["stories"], ["stories", "--why", one, two], ["diff", one, two], ["new", two],
        ["tag", "--list"], ["tag", "--dump"], ["doctor"], ["show", bad], ["folders"],
        ["search", "--format", "json", "ferry"],
    ):  # fmt: skip
        sent = in_terminal([*hostile.arguments(), *arguments])
        assert sent.strip()
        assert not ALIVE.search(sent), (arguments, ALIVE.search(sent))
        assert "Traceback" not in sent
