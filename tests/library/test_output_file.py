from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from newsreader.errors import StorageError
from newsreader.library.output_file import write_private
from tests.builders import HARBOUR, ORCHARD, Library


@pytest.fixture
def news(library: Library) -> Library:
    library.write("ferry.txt", HARBOUR)
    library.write("orchards.txt", ORCHARD)
    library.index()
    return library


def test_a_file_is_written_whole_and_is_its_owners_alone(tmp_path: Path) -> None:
    target = tmp_path / "tags.dump"
    target.write_text("an older dump")
    write_private(["one", "zwei ☂"], target)
    assert target.read_text() == "one\nzwei ☂\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [target]
    with pytest.raises(StorageError, match=str(tmp_path / "missing")):
        write_private(["one"], tmp_path / "missing" / "tags.dump")
    with pytest.raises(StorageError, match="folder"):
        write_private(["one"], tmp_path)


@pytest.mark.skipif(not os.access("/dev/shm", os.W_OK), reason="no files in memory here")
def test_a_file_in_memory_is_one_as_any_other() -> None:
    with TemporaryDirectory(dir="/dev/shm") as directory:
        target = Path(directory, "tags.dump")
        for line in ("one", "two"):
            write_private([line], target)
        assert target.read_text() == "two\n"


def test_where_the_lines_fail_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    def failing() -> Iterator[str]:
        yield "one"
        raise StorageError("no more")

    target = tmp_path / ("n" * 250)
    target.write_text("an older dump")
    with pytest.raises(StorageError, match="no more"):
        write_private(failing(), target)
    assert target.read_text() == "an older dump"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one_and_what_it_leads_to_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "other").mkdir()
    place, link = tmp_path / "other" / "real.dump", tmp_path / "link"
    if there:
        place.write_text("old")
    link.symlink_to(place)
    write_private(["new"], link)
    assert link.is_symlink()
    assert place.read_text() == "new\n"


def read_in_thread(pipe: Path) -> tuple[Thread, list[str]]:
    read: list[str] = []
    thread = Thread(target=lambda: read.append(pipe.read_text()), daemon=True)
    thread.start()
    return thread, read


def test_dumps_and_dossiers_go_into_pipes_and_devices_that_stay(news: Library) -> None:
    news.run("tag", "+sea", "--", "ferry")
    article, lines = news.id("orchards.txt"), news.run("tag", "--dump").text
    pipe, link = news.home / "pipe", news.home / "link to pipe"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for place in (pipe, link):
        thread, read = read_in_thread(pipe)
        assert news.run("tag", "--dump", str(place)).code == 0
        thread.join()
        assert read == [lines]
    thread, read = read_in_thread(pipe)
    assert news.run("dossier", "-o", str(pipe), article).code == 0
    thread.join()
    assert "orchards" in read[0]
    for command in (["tag", "--dump", "/dev/null"], ["dossier", "-o", "/dev/null", article]):
        assert news.run(*command).code == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert news.run("tag", "--dump", "/dev/stdout", as_process=True).text == lines
    ran = news.run("tag", "--dump", "/dev/full")
    assert (ran.code, ran.err) == (74, "newsreader: /dev/full: No space left on device\n")


def test_what_stdout_leads_to_is_not_replaced(news: Library) -> None:
    news.run("tag", "+sea", "--", "ferry")
    kept = news.home / "kept"
    kept.write_text("before\n")
    with kept.open("ab") as file:
        os.set_inheritable(file.fileno(), True)
        assert news.run("tag", "--dump", f"/proc/self/fd/{file.fileno()}").code == 0
    assert kept.read_text() == "before\n" + news.run("tag", "--dump").text
