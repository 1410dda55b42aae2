from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.errors import StorageError
from newsreader.userdata import rescue
from newsreader.userdata.dump import Dump
from newsreader.userdata.rescue import finish_replacing, put_aside, replace_damaged
from newsreader.userdata.salvage import salvage
from newsreader.userdata.store import Store
from newsreader.userdata.tags import Tags
from tests.builders import DAMAGED
from tests.userdata.kinds import ONE, TWO, everything, fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """With something of every kind."""
    store = Store.open(tmp_path / "data" / "userdata.sqlite")
    fill(store)
    yield store
    store.close()


def names(store: Store) -> set[str]:
    return {path.name for path in store.path.parent.iterdir()}


def test_what_was_salvaged_takes_the_place_of_the_file_which_is_kept(store: Store) -> None:
    before = everything(store)
    store.close()
    old = store.path.read_bytes()
    aside = put_aside(store.path)
    replace_damaged(aside, salvage(aside.path).completed(None))
    again = Store.open(store.path)
    assert everything(again) == before
    again.close()
    assert stat.S_IMODE(store.path.stat().st_mode) == stat.S_IMODE(aside.path.stat().st_mode) == 0o600
    assert aside.path.read_bytes() == old
    assert not [name for name in names(store) if "restored" in name or "partial" in name]


def test_the_log_of_a_damaged_file_is_read_and_kept_with_it(store: Store, tmp_path: Path) -> None:
    """What was said last may stand there alone, as after a crash."""
    Tags(store).change([TWO], ["last"], [])
    crashed = tmp_path / "crashed" / "userdata.sqlite"
    crashed.parent.mkdir()
    for end in ("", "-wal"):
        log = store.path.with_name(f"{store.path.name}{end}")
        (crashed.parent / f"{crashed.name}{end}").write_bytes(log.read_bytes())
    aside = put_aside(crashed)
    assert aside.path.with_name(f"{aside.path.name}-wal").read_bytes() == log.read_bytes()
    found = salvage(aside.path)
    assert found.tags[TWO.id, "last"]
    replace_damaged(aside, found.completed(None))
    again = Store.open(crashed)
    assert everything(again) == everything(store)
    again.close()


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_log_beside_a_file_that_is_none_is_not_applied_to_the_new_one(store: Store, damage: bytes) -> None:
    Tags(store).change([TWO], ["last"], [])
    log = store.path.with_name(f"{store.path.name}-wal")
    kept = log.read_bytes()
    data = salvage(store.path).completed(None)
    store.close()
    store.path.write_bytes(damage)
    log.write_bytes(b"no log " * 1000)
    aside = put_aside(store.path)
    replace_damaged(aside, data)
    again = Store.open(store.path)
    assert Tags(again).entries()[TWO.id] == {"last": True}
    assert again.check() is None
    again.close()
    assert aside.path.read_bytes() == damage
    assert aside.path.with_name(f"{aside.path.name}-wal").read_bytes() == b"no log " * 1000 != kept


def test_a_reader_that_has_the_file_open_goes_on_with_the_restored_one(store: Store) -> None:
    """The file stays the same: at the end of a connection to another one SQLite would remove the log of the new."""
    other = sqlite3.connect(store.path)
    other.execute("SELECT * FROM tags").fetchall()
    aside = put_aside(store.path)
    data = salvage(aside.path).completed(None)
    data.articles[0].tags["restored"] = True
    replace_damaged(aside, data)
    assert ("restored",) in other.execute("SELECT tag FROM tags").fetchall()
    with other:
        other.execute("INSERT INTO tags VALUES (?, 'after', 1)", (ONE.id,))
    other.close()
    assert Tags(store).entries()[ONE.id] == {"mine": True, "theirs": False, "restored": True, "after": True}
    assert store.check() is None


def test_what_another_process_says_meanwhile_is_not_lost(store: Store) -> None:
    aside = put_aside(store.path)
    Tags(store).change([ONE], ["meanwhile"], [])
    with pytest.raises(StorageError, match=r"written to it meanwhile; nothing was changed"):
        replace_damaged(aside, Dump())
    assert Tags(store).entries()[ONE.id]["meanwhile"]
    assert not [name for name in names(store) if "restored" in name or "partial" in name]


def test_while_another_process_writes_nothing_is_replaced(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "BUSY_SECONDS", 0.0)
    aside = put_aside(store.path)
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="busy"):
            replace_damaged(aside, Dump())
    assert Tags(store).entries()


def test_sectors_that_can_not_be_read_become_zeros_in_the_copy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.join_companions()
    store.close()
    real = os.pread

    def pread(file: int, size: int, start: int) -> bytes:
        if start <= 8192 < start + size:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(file, size, start)

    sound = store.path.read_bytes()
    monkeypatch.setattr(os, "pread", pread)
    aside = put_aside(store.path)
    assert aside.path.read_bytes() == sound[:8192] + bytes(4096) + sound[12288:]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_what_can_not_be_replaced_stays(store: Store) -> None:
    store.close()
    before = store.path.read_bytes()
    store.path.parent.chmod(0o500)
    with pytest.raises(StorageError):
        put_aside(store.path)
    store.path.parent.chmod(0o700)
    assert store.path.read_bytes() == before


def test_two_rescues_in_one_second_keep_both_files(store: Store) -> None:
    store.close()
    assert len({put_aside(store.path).path for _ in range(3)}) == 3


def killed_between(path: Path, made: Path) -> None:
    """As a process that was killed when it had taken the log away leaves it."""
    path.write_bytes(b"no database")
    made.rename(path.with_name(f"{path.name}.restored"))


def test_what_was_killed_on_the_last_steps_is_finished(store: Store, tmp_path: Path) -> None:
    before = everything(store)
    store.join_companions()
    store.close()
    killed_between(store.path, store.path.rename(tmp_path / "made"))
    os.utime(store.path, (1, 1))
    store.path.with_name(f"{store.path.name}-shm").write_bytes(b"left")
    assert finish_replacing(store.path)
    assert names(store) == {store.path.name}
    again = Store.open(store.path)
    assert everything(again) == before
    again.close()
    assert not finish_replacing(store.path)


def test_what_somebody_else_has_put_there_since_stays(store: Store, tmp_path: Path) -> None:
    store.join_companions()
    store.close()
    made = store.path.rename(tmp_path / "made")
    os.utime(made, (1, 1))
    killed_between(store.path, made)
    assert not finish_replacing(store.path)
    assert store.path.read_bytes() == b"no database"
    assert any(".restored-" in name for name in names(store)), "kept as well"
