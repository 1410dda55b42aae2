"""Looking at an index's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.index.integrity import inventory, is_whole


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    for name in ("_MAIN_9.toc", "_MAIN_10.toc", "MAIN_a.arrays", "epoch"):
        (tmp_path / name).write_text(f"this is {name}")
    return tmp_path


@pytest.mark.parametrize("name", ["_MAIN_10.toc", "MAIN_a.arrays"])
def test_files_that_are_gone_or_others_are_noticed(directory: Path, name: str) -> None:
    noted = inventory(directory)
    assert is_whole(directory, noted)
    (directory / name).write_text(f"this was {name}"[:-1])
    assert not is_whole(directory, noted)
    (directory / name).unlink()
    assert not is_whole(directory, noted)


def test_what_the_last_commit_has_not_may_change(directory: Path) -> None:
    noted = inventory(directory)
    (directory / "_MAIN_9.toc").unlink()
    (directory / "MAIN_left.arrays").touch()
    assert is_whole(directory, noted)


def test_a_later_commit_is_left_to_whoosh(directory: Path) -> None:
    noted = inventory(directory)
    (directory / "_MAIN_11.toc").touch()
    (directory / "MAIN_a.arrays").unlink()
    assert is_whole(directory, noted)


def test_without_files_nothing_is_whole(tmp_path: Path) -> None:
    assert not is_whole(tmp_path / "none", "{}")
    assert not is_whole(tmp_path, "no inventory")
