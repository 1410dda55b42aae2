from __future__ import annotations

import errno
import os
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
