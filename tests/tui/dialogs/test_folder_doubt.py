"""What is said of a folder that is no good."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.tui.dialogs.folder_doubt import doubt_about


def words(path: Path) -> str:
    doubt = doubt_about(path)
    return "" if doubt is None else doubt.words


def test_each_folder_that_is_no_good_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "harbour.jpg").touch()
    (tmp_path / "news" / "2026").mkdir(parents=True)
    article = tmp_path / "news" / "2026" / "ferry.txt"
    article.write_text("The ferry sails\n\nAt noon.")
    assert doubt_about(tmp_path / "news") is None
    assert "Enter once more adds it" in words(tmp_path / "empty")
    assert "1 file, of no kind that is read" in words(tmp_path / "pictures")
    assert f"{tmp_path} is there" in words(tmp_path / "no" / "such")
    doubt = doubt_about(article)
    assert doubt is not None
    assert doubt.instead == article.parent


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0)
    assert "may not read" in words(tmp_path / "locked")
