from __future__ import annotations

import errno
import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.errors import UsageError
from newsreader.export.files import checked, form_of, write_new
from tests.builders import out_of_reach


def test_the_suffix_says_what_it_holds() -> None:
    assert [form_of(Path(name)) for name in ("a.md", "a.HTML", "a.htm", "a")] == [
        "markdown",
        "html",
        "html",
        "markdown",
    ]


def test_writes_what_is_not_there(tmp_path: Path) -> None:
    write_new(tmp_path / "a.md", ["one", "zwei \udc80"])
    assert (tmp_path / "a.md").read_text() == "one\nzwei \\udc80\n"


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("mine")
    (tmp_path / "link.md").symlink_to(tmp_path / "nowhere")
    for name in ("a.md", "link.md", ".", "missing/a.md"):
        with pytest.raises(UsageError):
            write_new(tmp_path / name, ["theirs"])
    assert (tmp_path / "a.md").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "link.md"]


def test_of_a_document_that_can_not_be_written_nothing_is_left(tmp_path: Path) -> None:
    def failing() -> Iterator[str]:
        yield "one"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(UsageError, match="No space"):
        write_new(tmp_path / "a.md", failing())
    assert list(tmp_path.iterdir()) == []


def test_what_is_out_of_reach_is_not_written(tmp_path: Path) -> None:
    for path in (out_of_reach(tmp_path), out_of_reach(tmp_path) / "a.md"):
        with pytest.raises(UsageError, match="too long"):
            checked(path)


def test_the_home_folder_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert checked(Path("~/a.md")) == tmp_path / "a.md"


def test_a_killed_run_leaves_nothing_that_refuses_the_next(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:

        def dying() -> Iterator[str]:
            yield "one"
            os.kill(os.getpid(), signal.SIGKILL)

        write_new(tmp_path / "a.md", dying())
    os.waitpid(child, 0)
    write_new(tmp_path / "a.md", ["whole"])
    assert (tmp_path / "a.md").read_text() == "whole\n"


def test_what_came_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    def slow() -> Iterator[str]:
        (tmp_path / "a.md").write_text("mine")
        yield "theirs"

    with pytest.raises(UsageError, match="exists"):
        write_new(tmp_path / "a.md", slow())
    assert (tmp_path / "a.md").read_text() == "mine"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("came", [False, True])
def test_file_systems_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, came: bool) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "no links here")

    def lines() -> Iterator[str]:
        if came:
            (tmp_path / "a.md").write_text("mine")
        yield "theirs"

    monkeypatch.setattr(os, "link", refuse)
    if came:
        with pytest.raises(UsageError, match="exists"):
            write_new(tmp_path / "a.md", lines())
    else:
        write_new(tmp_path / "a.md", lines())
    assert (tmp_path / "a.md").read_text() == ("mine" if came else "theirs\n")
    assert len(list(tmp_path.iterdir())) == 1


def test_under_no_mask_at_all_others_can_not_write_to_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        write_new(tmp_path / "a.md", ["one"])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o644
