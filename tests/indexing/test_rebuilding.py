"""A rebuilding that others don't notice until it has succeeded."""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsreader.engine.core import Engine
from newsreader.errors import DamagedError, StorageError
from newsreader.index.version import epoch_file
from newsreader.indexing import rebuilding
from newsreader.indexing.options import IndexOptions
from tests.builders import BUDGET, HARBOUR, ORCHARD, REWRITE, Library
from tests.library.test_lock import held

REBUILD = IndexOptions(rebuild=True)


class Killed(BaseException):
    """Stands for a signal that no process survives."""


@pytest.fixture
def news(library: Library) -> Library:
    for name, text in (("a.txt", BUDGET), ("b.txt", HARBOUR), ("c.txt", REWRITE), ("d.txt", ORCHARD)):
        library.write(name, text)
    library.index()
    library.engine.marking.tag([library.id("b.txt")], ["mine"])
    return library


def answers(engine: Engine) -> list[str]:
    """What queries find, by path, and the stories."""
    found = []
    for query in ("ferry", "tag:mine", "council", ""):
        result = engine.searching.search(query)
        assert not result.partial
        found.append(" ".join(sorted(a.path.name for a in engine.articles(result.numbers.tolist()))))
    stories = engine.stories.by_ids(engine.stories.ids())
    return [*found, *(" ".join(sorted(m.article.path.name for m in story.members)) for story in stories)]


def fresh(library: Library) -> Engine:
    """Another process's engine."""
    return Engine(library.locations)


def test_others_see_the_old_library_until_the_new_one_is_whole(news: Library) -> None:
    reader, before = fresh(news), answers(news.engine)
    news.write("e.txt", HARBOUR.replace("ferry", "steamer"))
    looks = 0

    def look(*_: object) -> None:
        nonlocal looks
        looks += 1
        other = fresh(news)
        assert answers(reader) == answers(other) == before
        other.close()
        assert news.run("search", "--format", "paths", "council").text == f"{news.path('a.txt')}\n"
        assert news.run("index").code == 75

    news.engine.index(REBUILD, progress=look, each_file=look)
    assert looks > 5
    assert answers(reader)[3] == answers(fresh(news))[3] == "a.txt b.txt c.txt d.txt e.txt"
    assert sorted(path.name for path in news.locations.cache.iterdir()) == [
        "catalogue.sqlite", "catalogue.sqlite-shm", "catalogue.sqlite-wal", "index", "index.lock", "stories",
        "userdata-seen.json",
    ]  # fmt: skip
    reader.close()


def test_numbers_and_generations_that_others_hold_mean_nothing_else_later(news: Library) -> None:
    numbers, (generation, _) = news.engine.shelf().numbers.tolist(), news.engine.state()
    news.engine.index(REBUILD)
    assert news.engine.articles(numbers) == []
    assert len(news.engine.articles(news.engine.shelf().numbers.tolist())) == 4
    assert news.engine.state()[0] > generation
    news.engine.index(REBUILD)
    assert news.engine.articles(numbers) == []


def test_a_full_disk_leaves_the_library_as_it_was(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = answers(news.engine)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(StorageError, match="No space left"):
            news.engine.index(REBUILD)
    assert answers(fresh(news)) == before
    assert not news.locations.being_built.exists()
    news.index()
    assert answers(fresh(news)) == before


def test_one_that_is_interrupted_leaves_the_library_as_it_was(news: Library) -> None:
    before, stop = answers(news.engine), threading.Event()
    report = news.engine.index(REBUILD, each_file=lambda *_: stop.set(), cancelled=stop.is_set)
    assert report.interrupted
    assert answers(fresh(news)) == before
    assert not news.locations.being_built.exists()


@pytest.mark.parametrize("damage", [b"no database at all" * 100, b""])
def test_without_a_library_to_keep_it_is_built_in_its_place(news: Library, damage: bytes) -> None:
    before = answers(news.engine)
    news.engine.close()
    news.locations.catalogue.write_bytes(damage)
    fresh(news).index(REBUILD)
    assert answers(fresh(news)) == before


def _killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """The process dies before that change of the file system. Returns what counts the changes."""
    done = 0

    def dying(change: Callable[..., Any]) -> Callable[..., Any]:
        def changing(*arguments: Any, **options: Any) -> Any:
            nonlocal done
            done += 1
            if done >= step:
                raise Killed
            return change(*arguments, **options)

        return changing

    monkeypatch.setattr(os, "rename", dying(os.rename))
    monkeypatch.setattr(shutil, "rmtree", dying(shutil.rmtree))
    monkeypatch.setattr(Path, "unlink", dying(Path.unlink))
    return lambda: done


@pytest.mark.parametrize("how", ["run", "rebuild"])
def test_killed_at_any_step_of_taking_over_the_next_run_ends_it(
    news: Library, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(news.engine)
    news.engine.close()
    real, steps = rebuilding.take_over, 0
    for step in range(1, 99):

        def dying(*places: Any, step: int = step) -> None:
            nonlocal steps
            with monkeypatch.context() as patch:
                count = _killed_at(step, patch)
                try:
                    real(*places)
                finally:
                    steps = count()

        monkeypatch.setattr("newsreader.indexing.run.take_over", dying)
        try:
            fresh(news).index(REBUILD)
        except Killed:
            pass
        else:
            break
        monkeypatch.setattr("newsreader.engine.connections.CHANGE_ATTEMPTS", 1)
        seen = _answers_or_trouble(fresh(news))
        assert seen == before or "index" in seen, "the right articles or none, never others"
        monkeypatch.setattr("newsreader.indexing.run.take_over", real)
        fresh(news).index(REBUILD if how == "rebuild" else IndexOptions())
        assert answers(fresh(news)) == before
        assert not news.locations.built.exists()
        assert not news.locations.being_built.exists()
    assert steps >= 8


def _answers_or_trouble(engine: Engine) -> list[str] | str:
    """What is found, or what is said instead."""
    try:
        return answers(engine)
    except StorageError as error:
        return str(error)
    finally:
        engine.close()


def test_an_instant_without_a_catalogue_is_waited_for(news: Library) -> None:
    before, path = answers(news.engine), news.locations.catalogue
    news.engine.close()
    news.locations.built.mkdir()
    away = path.rename(path.with_name("away"))
    back = threading.Timer(0.2, away.rename, [path])
    back.start()
    assert answers(fresh(news)) == before
    back.join()


def test_an_index_of_another_catalogue_is_waited_for_while_a_run_goes_on(news: Library) -> None:
    before, path = answers(news.engine), epoch_file(news.locations.index)
    news.engine.close()
    epoch = path.read_text()
    path.write_text("another")
    with pytest.raises(DamagedError, match="not this catalogue's"):
        answers(fresh(news))
    with held(news.locations.lock):
        back = threading.Timer(0.2, path.write_text, [epoch])
        back.start()
        assert answers(fresh(news)) == before
        back.join()
