from __future__ import annotations

import json
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import BUDGET, HARBOUR, Library


def configure(library: Library, **hooks: str) -> Path:
    """Hooks that run this Python code; the file that they write to."""
    out = library.home / "said.txt"
    lines = ["[hooks]"]
    for name, code in hooks.items():
        script = library.home / f"{name} hook.py"
        script.write_text(f"import os, sys\nout = open({str(out)!r}, 'a')\n{code}\n")
        lines.append(f"{name} = {json.dumps(shlex.join([sys.executable, str(script)]))}")
    library.locations.config.write_text("\n".join(lines) + "\n")
    return out


def test_hooks_run_before_and_after(library: Library) -> None:
    library.engine.add_folders([library.folder])
    new = library.folder / "new.txt"
    out = configure(
        library,
        pre_index=f"print('before', file=out); print('hello'); open({str(new)!r}, 'w').write({HARBOUR!r})",
        post_index="print('after', os.environ['NEWSREADER_ADDED'], os.environ['NEWSREADER_CACHE_DIR'], file=out)",
    )
    ran = library.run("index", "--json")
    assert (ran.code, ran.json["added"], ran.err) == (0, 1, "hello\n")
    assert out.read_text() == f"before\nafter 1 {library.locations.cache}\n"


def test_hooks_of_a_file_that_others_can_write_are_not_run(library: Library) -> None:
    library.engine.add_folders([library.folder])
    out = configure(library, pre_index="print('before', file=out)")
    library.locations.config.chmod(0o666)
    ran = library.run("index")
    assert (ran.code, ran.out) == (74, b"")
    assert f"{library.locations.config}: others can write there" in ran.err
    assert f"`chmod go-w {library.locations.config}`" in ran.err
    assert not out.exists()
    assert library.run("index", "--no-hooks").code == 0
    library.locations.config.chmod(0o644)
    assert library.run("index").code == 0
    assert out.read_text() == "before\n"


@pytest.mark.parametrize("how", [["--no-hooks"], ["--dry-run"]])
def test_no_hooks_runs_none(library: Library, how: list[str]) -> None:
    library.write("a.txt", HARBOUR)
    out = configure(library, pre_index="print('before', file=out)", post_index="print('after', file=out)")
    assert library.run("index", str(library.folder), *how).code == 0
    assert not out.exists()


def test_a_hook_that_fails_before_ends_the_run(library: Library) -> None:
    library.write("a.txt", HARBOUR)
    configure(library, pre_index="sys.exit(3)")
    ran = library.run("index", str(library.folder))
    assert (ran.code, ran.err) == (
        1, "newsreader: the hook hooks.pre_index failed (exit code 3); nothing was indexed\n",
    )  # fmt: skip
    assert not library.locations.catalogue.exists()


def test_a_hook_that_fails_after_is_told(library: Library) -> None:
    library.write("a.txt", HARBOUR)
    library.locations.config.write_text('[hooks]\npost_index = "/nowhere/hook"\n')
    ran = library.run("index", str(library.folder))
    assert ran.code == 1
    assert "hooks.post_index failed (/nowhere/hook: No such file or directory)" in ran.err
    library.reopen()
    assert library.found("ferry") == {"a.txt"}


def test_verbose_names_each_file(library: Library) -> None:
    library.write("a.txt", HARBOUR)
    library.write("b.txt", BUDGET)
    assert f"new {library.path('a.txt')}\n" in library.run("index", "-v", str(library.folder)).err
    library.write("a.txt", HARBOUR + "\nMore of it came in the evening.\n")
    (library.folder / "b.txt").unlink()
    said = library.run("index", "-v").err
    assert f"changed {library.path('a.txt')}\n" in said
    assert f"gone {library.path('b.txt')}\n" in said


def test_the_log_has_what_verbose_says(library: Library, tmp_path: Path) -> None:
    library.write("a.txt", HARBOUR)
    library.write("bad.txt", b"\x00" * 64)
    log = tmp_path / "news.log"
    arguments = ["index", "--quiet", "--log-file", str(log)]
    ran = library.run(*arguments, str(library.folder))
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.count("\n") == 1  # the unreadable file alone
    first = log.read_text().splitlines()
    assert [line.split(" ", 1)[1] for line in first][:2] == [
        f"new {library.path('a.txt')}",
        f"newsreader: warning: {library.path('bad.txt')}: not text (it holds NUL bytes)",
    ]
    assert "1 added, 1 unreadable" in first[-1]
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    library.run(*arguments)
    assert log.read_text().splitlines()[: len(first)] == first
    assert "1 unreadable; 1 unchanged" in log.read_text()


def test_errors_are_in_the_log_too(library: Library, tmp_path: Path) -> None:
    log = tmp_path / "news.log"
    assert library.run("index", "--log-file", str(log)).code == 2
    assert "the library has no folder yet" in log.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_the_log_ends_no_run(library: Library) -> None:
    library.write("a.txt", BUDGET)
    ran = library.run("index", "--log-file", "/dev/full", str(library.folder))
    assert (ran.code, len(ran.err.splitlines())) == (0, 1)
    assert "/dev/full: the log can't be written (No space left on device)" in ran.err
    assert library.found("council") == {"a.txt"}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_stderr_ends_no_run(library: Library) -> None:
    library.write("a.txt", BUDGET)
    library.write("bad.pdf", b"no pdf")
    command = [sys.executable, "-m", "newsreader", *library.arguments(), "index", "-v", str(library.folder)]
    with open("/dev/full", "wb") as full:
        assert subprocess.run(command, stderr=full, check=False, timeout=60).returncode == 0
    assert library.found("council") == {"a.txt"}


def test_a_log_that_cannot_be_written(library: Library, tmp_path: Path) -> None:
    ran = library.run("index", "--log-file", str(tmp_path / "none" / "log"), str(library.folder))
    assert ran.code == 74
    assert "none/log: No such file or directory" in ran.err
