"""What is started in a folder full of modules that bear the names of those it imports: none of them may run.

Folders of downloads and shared ones are such places. Every process that the program starts is started here: the reader
and its indexer with its own readers of files, a job of the table, the installed script, hooks, editor and browser.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from newsreader.cli.program import own_process
from tests.builders import BUDGET, HARBOUR, Library
from tests.terminal import Terminal

pytestmark = pytest.mark.timeout(400)
PROGRAMS = (
    "nano",
    "vi",
    "vim",
    "xdg-open",
    "xdg-settings",
    "www-browser",
    "firefox",
    "nice",
    "sh",
    "python3",
    "newsreader",
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Every module leaves a file there when it is imported, every program when it is started."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in {*sys.stdlib_module_names, *packages_distributions(), "sitecustomize", "usercustomize"} - {
        "newsreader"
    }:
        if name.isidentifier():
            (folder / f"{name}.py").write_text(
                f"open({str(tmp_path / 'ran')!r}, 'a').write('{name} ')\nraise SystemExit(3)\n"
            )
    for name in PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> {shlex.quote(str(tmp_path / 'ran'))}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def news(library: Library) -> Library:
    """Some of each kind: what reads them is loaded when it is wanted."""
    library.write("budget.txt", BUDGET)
    library.write(
        "page.html", f"<html><title>Ferry sails</title><body><article><p>{HARBOUR * 3}</p></article></body></html>"
    )
    library.write("mail.eml", f"From: Ann <ann@news.test>\nSubject: Ferry\nMessage-ID: <1@news.test>\n\n{HARBOUR}")
    library.write(
        "feed.xml",
        f"<rss><channel><title>F</title><item><title>Ferry</title><description>{HARBOUR}</description></item></channel></rss>",
    )
    library.write("note.md", f"---\ntitle: Ferry\n---\n\n{HARBOUR}")
    library.write("list.json", '[{"title": "Ferry", "text": "The ferry sails again on Saturday after repairs."}]')
    library.engine.add_folders([library.folder])
    return library


def ran(hostile: Path) -> str:
    """What of the folder was run."""
    told = hostile.parent / "ran"
    return told.read_text() if told.exists() else ""


def test_the_folder_is_hostile(hostile: Path) -> None:
    subprocess.run([sys.executable, "-c", "import click"], cwd=hostile, check=False)
    assert "click" in ran(hostile)


def without_what_python_loads_first(hostile: Path) -> None:
    """Of `python -m` the first modules are looked for there before any line of ours is run: nothing helps but -P."""
    code = "import runpy, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    for name in done.stdout.split():
        (hostile / f"{name}.py").unlink(missing_ok=True)


STARTS = {
    "typed": [sys.executable, "-m", "newsreader"],
    "started again": [*own_process()],
    "script": [os.path.join(os.path.dirname(sys.executable), "newsreader")],
}


@pytest.mark.parametrize("start", STARTS)
def test_commands(news: Library, hostile: Path, start: str) -> None:
    if not os.path.exists(STARTS[start][0]):
        pytest.skip("newsreader is not installed")
    if start == "typed":
        without_what_python_loads_first(hostile)
    news.locations.config.write_text("[hooks]\npre_index = 'true'\npost_index = 'true'\n")
    for arguments in (["index", "--full"], ["search", "ferry"], ["stories"], ["doctor"]):
        done = subprocess.run(
            [*STARTS[start], *news.arguments(), *arguments], cwd=hostile, capture_output=True, timeout=110, check=False
        )
        assert (done.returncode, ran(hostile)) == (0, ""), done.stderr


def test_a_job_without_a_script(news: Library, hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = hostile.parent / "python"  # beside it is no script
    python.symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(python))
    printed = news.run("cron", "--print", "crontab").text
    (line,) = [line for line in printed.splitlines() if not line.startswith("#")]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": "/usr/bin:/bin"}
    command = line.split("  ", 1)[1].replace("\\%", "%")
    assert " -P " in command
    done = subprocess.run(["/bin/sh", "-c", command], cwd=hostile, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr, ran(hostile)) == (0, b"", "")
    assert news.found("council") == {"budget.txt"}


def test_a_reader_and_what_it_starts(news: Library, hostile: Path) -> None:
    without_what_python_loads_first(hostile)
    environment = {"PATH": "/usr/bin:/bin", "VISUAL": "", "EDITOR": "", "BROWSER": ""}
    terminal = Terminal([*STARTS["typed"], *news.arguments()], cwd=hostile, size=(40, 120), env=environment)
    try:
        terminal.paints("Library updated", "6 added")
        news.write("later.txt", HARBOUR)
        terminal.forget()
        terminal.send("\x12")
        terminal.paints("1 added")
        terminal.send("/council\r")
        terminal.paints("Council passes budget")
        terminal.send("O")
        terminal.forget()
        terminal.send("\x11")
        assert (terminal.ends(), ran(hostile)) == (0, "")
    finally:
        terminal.close()
