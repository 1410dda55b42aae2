from __future__ import annotations

import errno
import fcntl
import json
import os
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsreader.article import ArticleId
from newsreader.errors import StorageError
from newsreader.userdata import store as store_module
from newsreader.userdata.store import SCHEMA_VERSION, Store, Subject
from newsreader.userdata.tags import Tags
from tests.builders import DAMAGED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "userdata.sqlite"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = Store.open(path)
    yield opened
    opened.close()


def subject(number: int, path: bytes = b"/news/a.txt") -> Subject:
    return Subject(ArticleId(f"{number:016x}"), path, "", f"{number:032x}")


def test_a_write_is_on_disk_when_it_returns(store: Store) -> None:
    assert store.read("PRAGMA journal_mode") == [("wal",)]
    assert store.read("PRAGMA synchronous") == [(2,)]  # FULL: every commit waits for the disk


def test_the_durability_holds_for_every_connection(store: Store, path: Path) -> None:
    again = Store.open(path)
    assert again.read("PRAGMA synchronous") == [(2,)]
    again.close()


def test_only_the_owner_can_read_it(store: Store, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_other_connections_see_it_at_once_with_a_new_revision(store: Store, path: Path) -> None:
    other = Store.open(path)
    before = other.revision
    store.add_folders([Path("/news")])
    assert other.folders() == [Path("/news")]
    assert other.revision > before
    other.close()


def test_a_transaction_happens_whole_or_not_at_all(store: Store) -> None:
    revision = store.revision

    def half() -> None:
        with store.writing():
            store.add_folders([Path("/news")])
            store.remember([subject(1)])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        half()
    assert (store.folders(), store.subjects(), store.revision) == ([], [], revision)


def test_the_latest_place_of_an_article_is_kept(store: Store) -> None:
    store.remember([subject(1), subject(2)])
    store.remember([subject(1, b"/news/moved.txt")])
    assert store.subjects() == [subject(1, b"/news/moved.txt"), subject(2)]


def test_folders_need_not_have_names_of_text(store: Store) -> None:
    odd = Path(os.fsdecode(b"/n\xe9ws"))
    store.add_folders([odd, Path("/b"), odd])
    assert store.folders() == [Path("/b"), odd]
    assert store.remove_folder(odd)
    assert not store.remove_folder(odd)


@pytest.mark.parametrize("mode", ["WAL", "DELETE"])
def test_a_newer_version_is_refused_untouched(path: Path, mode: str) -> None:
    Store.open(path).close()
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA journal_mode = {mode}")
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    database.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer version"):
        Store.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused_untouched(path: Path, damage: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(damage)
    with pytest.raises(StorageError, match="damaged") as caught:
        Store.open(path)
    assert str(path) in str(caught.value)
    assert "newsreader doctor" in str(caught.value)
    assert path.read_bytes() == damage


def test_damage_further_in_is_found_by_the_check(store: Store, path: Path) -> None:
    assert store.check() is None
    Tags(store).change([subject(i) for i in range(300)], ["a tag"], [])
    store.close()
    data = bytearray(path.read_bytes())
    for start in range(2 * 4096, len(data), 4096):
        data[start : start + 100] = b"\xaa" * 100
    path.write_bytes(data)
    damaged = Store.open(path)
    assert damaged.check() is not None
    with pytest.raises(StorageError, match="damaged"):
        damaged.subjects()
    damaged.close()


def test_a_data_directory_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StorageError, match=str(tmp_path / "data")):
        Store.open(tmp_path / "data" / "userdata.sqlite")


def test_writers_wait_for_each_other(store: Store, path: Path) -> None:
    script = (
        "import sqlite3, sys, time; d = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "d.execute('BEGIN IMMEDIATE'); print(flush=True); time.sleep(0.5); d.execute('COMMIT')"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        store.add_folders([Path("/news")])
    assert store.folders() == [Path("/news")]


def test_who_waits_too_long_is_told_that_it_is_busy(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_SECONDS", 0.2)
    impatient = Store.open(path)
    with store.writing(), pytest.raises(StorageError, match="busy, another process is writing; nothing was changed"):
        impatient.add_folders([Path("/news")])
    impatient.add_folders([Path("/news")])
    impatient.close()


def test_a_file_system_without_locks_is_said_to_be_one(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite says there that the file is busy, and always will."""

    def refuse(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "lockf", refuse)
    monkeypatch.setattr("newsreader.userdata.store.BUSY_SECONDS", 0.1)
    with store.writing(), pytest.raises(StorageError, match=r"no locks.*--data-dir"):
        Store.open(path).add_folders([Path("/news")])


def test_three_processes_at_once_lose_no_tag(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from newsreader.userdata.store import Store, Subject;"
        "from newsreader.userdata.tags import Tags; tags = Tags(Store.open(Path(sys.argv[1])));"
        "[tags.change([Subject(f'{i:016x}', b'/a', '', 'f' * 32)], [f'{sys.argv[2]}-{i}'], []) for i in range(25)]"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, str(path), name]) for name in ("one", "two", "three")]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    store = Store.open(path)
    entries = Tags(store).entries()
    assert {tag for tags in entries.values() for tag in tags} == {
        f"{n}-{i}" for n in ("one", "two", "three") for i in range(25)
    }
    assert store.check() is None
    store.close()


def _as_another_user(path: Path) -> list[object]:
    """What a user without any rights there sees."""
    store = Store.open(path)
    try:
        store.add_folders([Path("/more")])
    except StorageError as error:
        return [store.writable, [str(folder) for folder in store.folders()], "read-only" in str(error)]
    return [store.writable]


def test_a_read_only_directory_can_still_be_read() -> None:
    with tempfile.TemporaryDirectory() as directory:  # pytest's own directories are closed to other users
        home = Path(directory)
        home.chmod(0o755)
        path = home / "data" / "userdata.sqlite"
        store = Store.open(path)
        store.add_folders([Path("/news")])
        store.close()
        path.chmod(0o444)
        path.parent.chmod(0o555)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                if os.geteuid() == 0:
                    os.setuid(65534)
                os.write(writing, json.dumps(_as_another_user(path)).encode())
            finally:
                os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        with os.fdopen(reading) as answer:
            seen = json.loads(answer.read() or "null")
        path.parent.chmod(0o755)
    assert seen == [False, ["/news"], True]


ANOTHER_PROCESS = """
import sys
from pathlib import Path
from newsreader.userdata.store import Store
store = Store.open(Path(sys.argv[1]))
store.add_folders([Path(sys.argv[2])])
store.close()
"""


def test_opening_it_again_does_not_give_up_the_locks_of_this_process(store: Store, path: Path) -> None:
    """A process that closes any handle on a file loses all its locks there: another one would then take itself for the
    last, and remove the write-ahead log that this one goes on writing to."""
    store.add_folders([Path("/first")])
    again = Store.open(path)
    for name in ("/second", "/third"):
        subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, str(path), name], check=True)
        assert path.with_name(path.name + "-wal").exists()
        store.add_folders([Path(f"{name}/here")])
    again.close()
    store.close()
    with_all = Store.open(path)
    assert with_all.folders() == [Path(p) for p in ("/first", "/second", "/second/here", "/third", "/third/here")]
    assert with_all.check() is None
    with_all.close()


def test_who_is_turned_away_from_a_file_that_is_being_begun_tries_again(tmp_path: Path) -> None:
    class Contended(sqlite3.Connection):
        """As SQLite answers one of two processes, at once, and once in some hundred times."""

        refusals = 2

        def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
            if "WAL" in sql and self.refusals:
                self.refusals -= 1
                raise sqlite3.OperationalError("database is locked")
            return super().execute(sql, *parameters)

    with closing(sqlite3.connect(tmp_path / "userdata.sqlite", factory=Contended)) as connection:
        store_module._use_wal(connection)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
