from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsreader.errors import LibraryLocked, StorageError
from newsreader.library.lock import has_locks, is_locked, library_lock
from tests.builders import BUDGET, Library

HOLD = (
    "import sys; from pathlib import Path; from newsreader.library.lock import library_lock\n"
    "with library_lock(Path(sys.argv[1])):\n    print(flush=True); sys.stdin.read()"
)


@contextmanager
def held(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process holds the lock."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        yield holder
        assert holder.stdin is not None
        holder.stdin.close()


def test_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "index.lock"
    with held(path):
        assert is_locked(path)
        with pytest.raises(LibraryLocked), library_lock(path):
            pass
    assert not is_locked(path)
    with library_lock(path):
        assert is_locked(path)


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "index.lock"
    with held(path) as holder:
        holder.kill()
        holder.wait()
        with library_lock(path):
            pass


def test_waiting_for_it(tmp_path: Path) -> None:
    path = tmp_path / "index.lock"
    with held(path) as holder:
        assert holder.stdin is not None
        end = threading.Timer(0.3, holder.stdin.close)
        end.start()
        with library_lock(path, wait=30):
            assert holder.stdin.closed
        end.join()


def test_a_lock_is_dropped_when_the_block_fails(tmp_path: Path) -> None:
    path = tmp_path / "index.lock"
    with pytest.raises(ZeroDivisionError), library_lock(path):
        _ = 1 / 0
    assert not is_locked(path)


def test_a_lock_held_for_an_instant_turns_no_run_away(tmp_path: Path) -> None:
    path = tmp_path / "index.lock"
    with held(path) as holder:  # as by another process that only asks whether it is held
        assert holder.stdin is not None
        end = threading.Timer(0.02, holder.stdin.close)
        end.start()
        with library_lock(path):
            pass
        end.join()


def test_asking_creates_nothing(tmp_path: Path) -> None:
    assert not is_locked(tmp_path / "cache" / "index.lock")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(StorageError, match="can't be written"), library_lock(tmp_path / "cache" / "index.lock"):
        pass


def test_the_engine_takes_it(library: Library) -> None:
    library.write("a.txt", BUDGET)
    with held(library.locations.lock):
        assert library.engine.is_indexing()
        with pytest.raises(LibraryLocked):
            library.index()
        with pytest.raises(LibraryLocked):
            library.index(wait=0.2)
        assert library.ids() == {}
    assert not library.engine.is_indexing()
    assert library.index().added == 1


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_a_file_system_without_locks_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Such as NFS without its lock service: waiting for "another run" there would be for ever."""

    def refuse(handle: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    assert has_locks(tmp_path)
    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(fcntl, "lockf", refuse)
    with pytest.raises(StorageError, match=r"no locks.*--cache-dir"), library_lock(tmp_path / "index.lock", wait=600):
        pass
    assert not is_locked(tmp_path / "index.lock")
    assert not has_locks(tmp_path)
