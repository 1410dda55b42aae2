from __future__ import annotations

import configparser
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.cli.cron import crontab_command, systemd_command
from tests.builders import HARBOUR, Library


def job(library: Library) -> list[str]:
    """The command of the printed crontab line, as cron's shell would split it."""
    printed = library.run("cron", "--print", "crontab").text
    (line,) = [line for line in printed.splitlines() if not line.startswith("#")]
    schedule, command = line.split("  ", 1)
    assert schedule == "*/15 * * * *"
    return shlex.split(command.replace("\\%", "%"))


def in_shell(command: list[str], prefix: str = "", **how: object) -> subprocess.CompletedProcess[bytes]:
    """As cron runs it: an almost empty environment, /bin/sh, no terminal. PYTHONPATH stands for the installation."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [
            "/usr/bin/env",
            "-i",
            *(f"{k}={v}" for k, v in environment.items()),
            "/bin/sh",
            "-c",
            prefix + shlex.join(command),
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=110,
        check=False,
        **how,  # type: ignore[call-overload]
    )


def indexed(library: Library) -> bool:
    library.reopen()
    return library.found("ferry") == {"a.txt"}


@pytest.fixture
def ready(library: Library) -> Library:
    """A library that knows its folder, where a file has come since."""
    library.engine.add_folders([library.folder])
    library.write("a.txt", HARBOUR)
    return library


def test_the_printed_crontab_line_works_in_cron_s_environment(ready: Library) -> None:
    done = in_shell(job(ready), cwd="/")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert indexed(ready)


@pytest.mark.parametrize(
    "prefix",
    [
        "exec >&-; ", "exec 2>&-; ", "exec <&- >&- 2>&-; ", "umask 077; ", "PATH= ; export PATH; ",
        "LANG=C LC_ALL=POSIX PYTHONUTF8=0 PYTHONCOERCECLOCALE=0; export LANG LC_ALL PYTHONUTF8 PYTHONCOERCECLOCALE; ",
        "HOME=/nonexistent; export HOME; ", "HOME=; export HOME; ", "TERM=dumb; export TERM; ",
    ],
)  # fmt: skip
def test_what_a_scheduler_may_take_away(ready: Library, prefix: str) -> None:
    command = job(ready)
    command = command[command.index("19") + 1 :]  # nice itself needs a PATH
    done = in_shell(command, prefix)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert indexed(ready)


def test_a_working_directory_that_was_deleted(ready: Library, tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    done = in_shell(job(ready), f"cd {shlex.quote(str(tmp_path / 'gone'))}; rmdir ../gone; ")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert indexed(ready)


def test_the_systemd_units_are_units(ready: Library) -> None:
    printed = ready.run("cron", "--print", "systemd", "--every", "5").text
    service, _, timer = printed.partition("# ~/.config/systemd/user/newsreader.timer\n")
    units = []
    for text in (service, timer):
        unit = configparser.ConfigParser(interpolation=None, strict=True)
        unit.optionxform = str  # type: ignore[assignment,method-assign]
        unit.read_string(text)
        units.append(unit)
    assert shlex.split(units[0]["Service"]["ExecStart"]) == [*job(ready)[3:]]
    assert units[1]["Timer"]["OnCalendar"] == "*:0/5"
    assert os.path.isabs(shlex.split(units[0]["Service"]["ExecStart"])[0])


@pytest.mark.parametrize("every", [1, 60])
def test_how_often(ready: Library, every: int) -> None:
    crontab = ready.run("cron", "--print", "crontab", "--every", str(every)).text
    assert ("\n* * * * *  " if every == 1 else "\n0 * * * *  ") in crontab


def test_odd_characters_in_paths() -> None:
    words = ["/opt/a b/news%r", "--data-dir", '/d/it\'s $HOME "x"']
    assert shlex.split(crontab_command(words).replace("\\%", "%")) == words
    assert crontab_command(words).count("\\%") == 1
    assert systemd_command(words) == '"/opt/a b/news%%r" --data-dir "/d/it\'s $$HOME \\"x\\""'


@pytest.mark.parametrize("arguments", [[], ["--print", "launchd"], ["--print", "crontab", "--every", "0"]])
def test_wrong_usage(library: Library, arguments: list[str]) -> None:
    assert library.run("cron", *arguments).code == 2


def test_a_path_that_no_table_can_hold(library: Library, tmp_path: Path) -> None:
    ran = library.run("cron", "--print", "crontab", "--state-dir", str(tmp_path / "a\nb"))
    assert ran.code == 2
    assert "line break" in ran.err
