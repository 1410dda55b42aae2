"""Completing the name of a folder."""

from __future__ import annotations

from pathlib import Path

from newsreader.tui.widgets.folder_input import folders_for


def test_folders_complete_as_they_are_written(tmp_path: Path) -> None:
    for name in ("news", "newer", ".hidden", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "new.txt").touch()
    assert folders_for(f"{tmp_path}/ne") == [f"{tmp_path}/newer/", f"{tmp_path}/news/"]
    assert folders_for(f"{tmp_path}/.h") == [f"{tmp_path}/.hidden/"]
    assert folders_for(f"{tmp_path}/nothing/here") == []
