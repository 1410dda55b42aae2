"""Parts without a screen: window state, addresses, the indexer's process, values as text."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.app import App

from newsreader.engine.core import Engine
from newsreader.errors import LibraryLocked, StorageError, UsageError
from newsreader.text.spans import HighlightedText, Span
from newsreader.tui.content import age, highlighted, hit_lines, short_date
from newsreader.tui.terminal.editor import Address, checked_address, edit_file, editor_command
from newsreader.tui.terminal.indexer import run_indexer
from newsreader.tui.window_state import WindowState, load_state, save_state, state_file
from tests.builders import out_of_reach


def test_window_state_survives_and_a_broken_one_is_forgotten(tmp_path: Path) -> None:
    state = WindowState(theme="newspaper-light", history=('tag:"long read"', "ferry"), sort="-date", list_share=50)
    save_state(tmp_path, state)
    assert load_state(tmp_path) == state
    for broken in ("{", "[1]", '{"sort": 3, "list_share": 1000, "query": "\\u001b[2J"}', "\x00"):
        state_file(tmp_path).write_text(broken)
        assert load_state(tmp_path) == WindowState()
    assert load_state(tmp_path / "nowhere") == WindowState()


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


def test_a_file_out_of_reach_is_not_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    with pytest.raises(UsageError, match="the file is gone"):
        edit_file(App[None](), tmp_path / "a.txt")
    with pytest.raises(UsageError, match="too long"):
        edit_file(App[None](), out_of_reach(tmp_path))


async def test_the_indexers_progress_and_report_become_words() -> None:
    script = (
        "import sys, json\n"
        "print(json.dumps({'progress': 'reading', 'done': 1200, 'total': 5000}), file=sys.stderr)\n"
        "print(json.dumps({'added': 3, 'updated': 0, 'removed': 1, 'failed': [{'path': 'x', 'reason': 'y'}],"
        " 'warnings': ['/a: the folder is missing']}))\n"
    )
    said: list[str] = []
    done = await run_indexer([sys.executable, "-c", script], said.append)
    assert said == ["reading 1,200 of 5,000"]
    assert done.summary.startswith("3 added, 1 removed, 1 could not be read")
    assert done.warnings == ["/a: the folder is missing"]
    with pytest.raises(LibraryLocked):
        await run_indexer([sys.executable, "-c", "raise SystemExit(75)"], said.append)
    with pytest.raises(StorageError, match=r"^on fire"):
        await run_indexer([sys.executable, "-c", "raise SystemExit('newsreader: on fire')"], said.append)
    with pytest.raises(StorageError, match="can't be started"):
        await run_indexer(["/no/such/program"], said.append)


def test_a_row_fits_its_width_at_every_width(samples: Engine) -> None:
    result = samples.searching.search("ferry")
    for hit in samples.searching.hits(result, 0, 9):
        for width in (12, 30, 47, 80, 200):
            assert all(line.cell_length <= width for line in hit_lines(hit, width, date(2026, 11, 1)))


def test_an_excerpt_is_moved_until_its_match_is_seen(samples: Engine) -> None:
    hit = samples.searching.hits(samples.searching.search("ferry"), 0, 1)[0]
    text = "word " * 40 + "ferry at last"
    moved = type(hit)(hit.article, 0.0, HighlightedText(text, (Span(200, 205),)), hit.title)
    line = hit_lines(moved, 40, date(2026, 11, 1))[2]
    assert "ferry" in line.plain
    assert [line.plain[s.start : s.end] for s in line.spans if "underline" in str(s.style)] == ["ferry"]


def test_words_for_times() -> None:
    moment = datetime(2026, 3, 5, 9, 14, tzinfo=UTC)
    assert short_date(moment, date(2026, 11, 1)) == "5 Mar"
    assert short_date(moment, date(2027, 1, 1)) == "5 Mar 2026"
    assert [age(s) for s in (3, 300, 7_300, 400_000)] == ["just now", "5 min ago", "2 h ago", "4 days ago"]
    assert highlighted("a[/b]c", [Span(1, 5)]).plain == "a[/b]c"
