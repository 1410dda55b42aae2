from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.engine.unindexed import read_single
from newsreader.errors import ArticleError
from newsreader.library.rules import ReadingRules
from tests.builders import HARBOUR, Library


def test_a_file_is_read_as_the_library_would(library: Library) -> None:
    path = library.write("a.txt", HARBOUR)
    library.index()
    known, alone = library.engine.article(str(path)), read_single(path, ReadingRules())
    assert alone.paragraphs == known.paragraphs
    for name in ("id", "path", "title", "published", "date_from", "words"):
        assert getattr(alone.article, name) == getattr(known.article, name)
    assert (alone.article.story, alone.article.story_size, alone.article.read) == (None, 1, False)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [("a.xyz", b"x", "no reader for .xyz"), ("a.txt", b"", "empty"), ("a", b"\0" * 9, "NUL")],
)
def test_what_cannot_be_read_names_the_file(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ArticleError, match=reason) as caught:
        read_single(tmp_path / name, ReadingRules())
    assert str(tmp_path / name) in str(caught.value)


def test_directories_and_pipes_are_no_articles(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "missing"):
        with pytest.raises(ArticleError):
            read_single(path, ReadingRules())
