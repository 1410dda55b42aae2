"""Workers on readers that do what hostile files make parsers do. Each file's first word says what."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from newsreader.errors import StorageError
from newsreader.library import workers
from newsreader.library.scan import FileStamp
from newsreader.library.workers import Begun, Watch, read_in_workers

Result = tuple[bytes, "str | Begun | None", "str | None"]


def spin() -> None:
    while True:
        pass


def hoard() -> None:
    bytearray(2**30)


def shout() -> None:
    os.write(1, b"\x1b]0;title\x07")
    os.write(2, b"\x1b]0;title\x07")


def kill(number: int) -> Callable[[], None]:
    return lambda: os.kill(os.getpid(), number)


TRICKS: dict[bytes, Callable[[], None]] = {
    b"spin": spin,
    b"sleep": lambda: time.sleep(1_000),
    b"hoard": hoard,
    b"segfault": kill(signal.SIGSEGV),
    b"oom": kill(signal.SIGKILL),
    b"exit": lambda: os._exit(3),
    b"close": lambda: os.closerange(0, 1_000),
    b"abort": os.abort,
    b"write": lambda: Path("left-behind").write_text("text"),
    b"shout": shout,
}


def read(path: bytes, watch: Watch) -> Result:
    watch.begun(Begun(FileStamp(len(path), 2, 3, 4), 5))
    trick = TRICKS.get(path.partition(b" ")[0])
    try:
        if trick is not None:
            trick()
    except OSError as error:
        return path, error.strerror, None
    return path, "read", None


def lost(path: bytes, begun: Begun | None, reason: str) -> Result:
    return path, begun, reason


def unprepared(paths: Sequence[bytes]) -> None:
    pass


def run(*tasks: Sequence[bytes], count: int = 2) -> list[Result]:
    results = read_in_workers(tasks, unprepared, read, lost, workers=count, ahead=4)
    return [result for chunk in results for result in chunk]


@pytest.fixture(autouse=True)
def _short_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CPU_SECONDS", 0.3)
    monkeypatch.setattr(workers, "WALL_SECONDS", 30.0)
    monkeypatch.setattr(workers, "MEMORY", 256 * 2**20)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"spin", "timeout: reading it takes more than 0.3 seconds"),
        (b"hoard", "memory: reading it takes more than 256 MiB"),
        (b"segfault", "crash: its reader died of SIGSEGV"),
        (b"abort", "crash: its reader died of SIGABRT"),
        (b"oom", "memory: its reader was killed, for want of memory most likely"),
        (b"exit", "crash: its reader ended with 3"),
        (b"close", None),
    ],
)
def test_a_file_that_costs_its_reader_costs_itself_only(name: bytes, reason: str | None) -> None:
    task = [b"one", b"two", name, b"three"]
    results = run(task, [b"four"], count=1)
    assert [path for path, _, _ in results] == [*task, b"four"]
    assert [said for path, said, _ in results if path != name] == ["read"] * 4
    (found,) = [result for result in results if result[0] == name]
    if reason is not None:
        assert found == (name, Begun(FileStamp(len(name), 2, 3, 4), 5), reason)


def test_what_waits_for_ever_is_ended_and_is_not_held_against_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that is stopped (ctrl+z) or gets no processor for so long looks the same."""
    monkeypatch.setattr(workers, "WALL_SECONDS", 0.3)
    begun = Begun(FileStamp(5, 2, 3, 4), 5)
    assert run([b"sleep"]) == [(b"sleep", begun, "timeout: nothing came of it in 0.3 seconds")]


def test_what_never_gets_its_bytes_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a network disk that is away: what was known of the file is not wrong yet."""
    monkeypatch.setattr(workers, "WALL_SECONDS", 0.3)

    def stuck(path: bytes, watch: Watch) -> Result:
        TRICKS[path]()
        raise AssertionError

    (found,) = read_in_workers([[b"sleep"]], unprepared, stuck, lost, workers=1, ahead=1)
    assert found == [(b"sleep", None, "timeout: nothing came of it in 0.3 seconds")]


def test_many_bad_files_in_one_task() -> None:
    task = [b"spin 1", b"a", b"segfault 1", b"segfault 2", b"b", b"oom 1", b"exit", b"c", b"oom 2"]
    results = run(task)
    assert [path for path, _, _ in results] == task
    assert [path for path, said, _ in results if said == "read"] == [b"a", b"b", b"c"]
    assert all(reason for path, _, reason in results if path not in (b"a", b"b", b"c"))


def test_results_come_in_order_whatever_takes_how_long() -> None:
    tasks = [[b"%d" % i for i in range(start, start + 5)] for start in range(0, 100, 5)]
    tasks[3].append(b"spin")
    results = run(*tasks)
    assert [path for path, _, _ in results] == [path for task in tasks for path in task]


def test_a_file_killed_for_another_s_greed_is_read_again(tmp_path: Path) -> None:
    """The first reader is killed from outside, as the kernel does it when memory runs out."""
    killed = tmp_path / "killed"

    def killed_once(path: bytes, watch: Watch) -> Result:
        if path == b"victim" and not killed.exists():
            killed.mkdir()
            os.kill(os.getpid(), signal.SIGKILL)
        return path, "read", None

    results = read_in_workers([[b"a", b"victim", b"b"]], unprepared, killed_once, lost, workers=1, ahead=1)
    assert [said for chunk in results for _, said, _ in chunk] == ["read"] * 3


def test_readers_write_no_file_and_nothing_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run([b"write", b"shout"]) == [(b"write", "File too large", None), (b"shout", "read", None)]
    assert (tmp_path / "left-behind").read_bytes() == b""
    assert capfd.readouterr() == ("", "")


def test_no_process_is_left_when_results_are_no_longer_wanted() -> None:
    def who(path: bytes, watch: Watch) -> tuple[int, int]:
        time.sleep(float(path))
        return os.getpid(), os.getppid()

    with closing(read_in_workers([[b"0"], [b"1000"]], unprepared, who, lost, workers=1, ahead=3)) as results:
        ((reader, keeper),) = next(results)
    ended([reader, keeper])


def ended(processes: Sequence[int]) -> None:
    """Wait until they have."""
    deadline = time.monotonic() + 60
    while any(_alive(process) for process in processes):
        assert time.monotonic() < deadline, "the processes live on"
        time.sleep(0.05)


def test_what_is_no_longer_wanted_is_not_waited_for() -> None:
    """A run that is to end: hundreds of files that take their whole time limit may be in one task."""
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 4

    tasks = [[b"a"], [b"sleep"], [b"b"]]
    results = read_in_workers(tasks, unprepared, read, lost, workers=1, ahead=3, cancelled=cancelled)
    assert list(results) in ([], [[(b"a", "read", None)]])


def test_a_keeper_that_is_killed_is_an_error_and_no_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    fork = os.fork

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noted)
    results = read_in_workers([[b"a"], [b"sleep"]], unprepared, read, lost, workers=1, ahead=2)
    assert next(results) == [(b"a", "read", None)]
    os.kill(started[0], signal.SIGKILL)
    with pytest.raises(StorageError, match="was killed"):
        next(results)


def test_readers_end_with_their_parent_and_hold_none_of_its_locks(tmp_path: Path) -> None:
    """A parent killed outright leaves nobody with the library's lock, and nobody running for long."""
    code = f"""
import fcntl, os, signal, sys, time
from newsreader.library import workers
lock = os.open({str(tmp_path / "lock")!r}, os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
def read(path, watch):
    time.sleep(float(path))
    return os.getpid()
results = workers.read_in_workers([[b"0"], [b"3"]], lambda paths: None, read, None, workers=1, ahead=2)
sys.stdout.write(str(next(results)[0]))
sys.stdout.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL, done.stderr
    reader = int(done.stdout)
    lock = os.open(tmp_path / "lock", os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(lock)
    ended([reader])


def _alive(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")
