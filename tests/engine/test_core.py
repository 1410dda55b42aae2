from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsreader.errors import NotFoundError, StorageError
from tests.builders import Library


def test_an_empty_library_answers_emptily(library: Library) -> None:
    engine = library.engine
    assert engine.searching.search("").numbers.tolist() == []
    assert (engine.shelf().counts.all, engine.shelf().counts.tags, engine.folders(), engine.stories.ids()) == (
        0,
        (),
        [],
        [],
    )
    assert (engine.state()[0], engine.indexed_at(), engine.is_indexing()) == (0, None, False)
    with pytest.raises(NotFoundError, match="newsreader index"):
        engine.article("abcd")
    with pytest.raises(StorageError, match="newsreader index"):
        engine.searching.search("ferry")


def test_folders_are_absolute_and_listed_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library.home)
    library.engine.add_folders([Path("articles"), library.folder, Path("./articles/")])
    assert library.engine.folders() == [library.folder]
    library.engine.remove_folder(Path("articles"))
    assert library.engine.folders() == []
    with pytest.raises(NotFoundError, match="not a folder of the library"):
        library.engine.remove_folder(Path("articles"))


def test_when_it_was_indexed(news: Library) -> None:
    indexed = news.engine.indexed_at()
    assert indexed is not None
    assert indexed >= os.stat(news.locations.lock).st_mtime - 5
