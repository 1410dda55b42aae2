"""Reading in processes with limits: a file that hangs, eats memory or crashes its parser costs itself only.

Every worker is a pair of processes. The reader parses; it may die at any moment. The keeper starts readers and says of
which file one died, which no process with threads could do: a fork of such a process may copy a lock that nobody will
ever release. Keepers are forked before this process starts threads of its own, one for each keeper.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from mmap import mmap
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from struct import Struct
from typing import Any, NoReturn

from newsreader.article import CancelCheck, never
from newsreader.errors import StorageError
from newsreader.library.scan import FileStamp

CPU_SECONDS = 10.0
"""Processor time that the parser has for one file. The largest real articles and feeds at hand take under two."""
CPU_SECONDS_PER_MIB = 1.0
"""And so much more for every MiB of it: mailboxes of newsletters take 0.2 on a quiet machine."""
WALL_SECONDS = 120.0
"""And time of any kind: what waits for something that never comes uses no processor."""
MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a reader may take beyond what it started with."""

PAUSE = 0.2
"""Seconds after which it is asked whether the results are still wanted, while they are waited for."""

_OUT_OF_MEMORY = 77
"""With which a reader ends that got no more memory: what it does after that can't be relied on."""
MOST_LOST = 4
"""Pieces of one file that may each cost a reader before only what was read until then is read: 10 seconds for each."""

_SLOT_NUMBERS = 6
"""Which file of its task a reader is at (-1: none), and what it knows of it: its stamp, read_ns."""
_PIECE = Struct("<4q")
"""Behind these: how many numbers the piece of the file has that it is at, and these numbers. Written for each of a
hundred thousand records, so not as the numbers above, which take five times as long."""
_ZEROS = (0, 0, 0)
_NUMBER_BYTES = 16
"""File systems state times after 2262 and inodes from 2⁶³ on, which 64 bits with a sign don't hold."""
_SLOT_BYTES = _SLOT_NUMBERS * _NUMBER_BYTES


@dataclass(frozen=True, slots=True)
class Begun:
    """What is known of a file from the moment when its bytes have been read."""

    stamp: FileStamp
    read_ns: int


@dataclass(frozen=True, slots=True)
class PassOver:
    """What of one file, in numbered pieces, is not to be read, as readers died of it."""

    stamp: FileStamp | None = None
    """That of the file; of one that has changed since, the numbers say nothing."""
    pieces: Mapping[tuple[int, ...], str] = field(default_factory=dict)
    """And the reasons."""
    last: tuple[int, ...] = ()
    """The piece at which to stop; empty: none."""
    certain: bool = True
    """Whether it will be the same at every trial: a reader that was killed may have been so for another's greed."""

    def and_also(self, died: _Death) -> PassOver | None:
        """And what a reader died of; None when the file is to be given up."""
        if self.last or not died.piece or died.begun is None:
            return None
        stamp, certain = died.begun.stamp, self.certain and died.certain
        if len(self.pieces) >= MOST_LOST:
            return PassOver(stamp, self.pieces, died.piece, certain)
        return PassOver(stamp, {**self.pieces, died.piece: died.reason}, certain=certain)


class Watch:
    """By which a reader says where it is: it may be ended at any moment, and its keeper knows what it died of."""

    def __init__(self, at: int, slot: mmap, pass_over: PassOver) -> None:
        self._at, self._slot, self._pass_over = at, slot, pass_over
        self._slot[:] = _packed(at)
        signal.setitimer(signal.ITIMER_REAL, WALL_SECONDS)  # getting the bytes may take for ever too
        self._seconds = CPU_SECONDS

    def begun(self, begun: Begun) -> PassOver:
        """To be called when it has the file's bytes, and before it parses them. Returns what to pass over."""
        self._slot[:] = _packed(self._at, *begun.stamp, begun.read_ns)
        self._seconds = cpu_seconds(begun.stamp.size)
        signal.setitimer(signal.ITIMER_PROF, self._seconds)
        signal.setitimer(signal.ITIMER_REAL, self._seconds - CPU_SECONDS + WALL_SECONDS)
        return self._pass_over if self._pass_over.stamp == begun.stamp else PassOver()

    def at(self, piece: tuple[int, ...], size: int) -> None:
        """Before each piece of the file, which has a time limit of its own by its size in bytes; with an empty `piece`
        when it has read all, and does with them what is done together."""
        _PIECE.pack_into(self._slot, _SLOT_BYTES, len(piece), *piece, *_ZEROS[len(piece) :])
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds(size) if piece else self._seconds)

    def end(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


Prepare = Callable[[Sequence[bytes]], None]
"""Loads what reading a task's files takes, so that every reader forked from then on has it."""
Read = Callable[[bytes, Watch], Any]
"""Reads one file and says meanwhile where it is. May raise MemoryError."""
Finish = Callable[[list[Any]], Any]
"""Makes one object, which is what is sent, of the results for a run of files."""
Lost = Callable[[bytes, "Begun | None", str], Any]
"""The result for a file that cost its reader's life, for the reason given."""


_NOTHING = PassOver()


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_in_workers(
    tasks: Iterable[Sequence[bytes]],
    prepare: Prepare,
    read: Read,
    lost: Lost,
    *,
    finish: Finish = list,
    workers: int,
    ahead: int,
    cancelled: CancelCheck = never,
) -> Generator[Any, None, None]:
    """What `finish` makes of the results of `read` for each task's files, task by task in order; `lost` gives those for
    files that killed their reader, and parts their task.

    At most `ahead` tasks are under way or done before their results are taken. Ends when `cancelled` says so, also
    within a task: hundreds of files that take their whole time limit may be in one. Raises `StorageError` when a keeper
    dies, which nothing in a file can bring about.
    """
    keepers = [_Keeper(prepare, read, lost, finish) for _ in range(workers)]
    idle: SimpleQueue[_Keeper] = SimpleQueue()
    for keeper in keepers:
        idle.put(keeper)

    def run(task: Sequence[bytes]) -> list[bytes]:
        keeper = idle.get()
        try:
            return keeper.ask(task)
        finally:
            idle.put(keeper)

    pool = ThreadPoolExecutor(workers)
    try:
        waiting = iter(tasks)
        running: deque[Future[list[bytes]]] = deque(pool.submit(run, task) for task in islice(waiting, ahead))
        while running:
            try:
                while not running[0].done() and not cancelled():
                    wait((running[0],), PAUSE)
                if cancelled():
                    return
                answers = running.popleft().result()
            except (EOFError, OSError) as error:
                raise StorageError("a process that reads articles was killed; run `newsreader index` again") from error
            if (task := next(waiting, None)) is not None:
                running.append(pool.submit(run, task))
            for answer in answers:
                yield pickle.loads(answer)
    finally:
        for keeper in keepers:
            keeper.kill()
        pool.shutdown(wait=True, cancel_futures=True)
        for keeper in keepers:
            keeper.close()


class _Keeper:
    """A keeper process as its parent sees it."""

    def __init__(self, prepare: Prepare, read: Read, lost: Lost, finish: Finish) -> None:
        self._pipe, theirs = Pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _run(lambda: _keep(theirs, prepare, read, lost, finish), theirs)
        theirs.close()

    def ask(self, task: Sequence[bytes]) -> list[bytes]:
        """Pickled lists of results, one after the other for all of the task. Raises EOFError, OSError."""
        self._pipe.send(list(task))
        return [self._pipe.recv_bytes() for _ in range(self._pipe.recv())]

    def kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        with suppress(ProcessLookupError):  # its group, if it had come as far as making one
            os.kill(self._pid, signal.SIGKILL)

    def close(self) -> None:
        os.waitpid(self._pid, 0)
        self._pipe.close()


# in the keeper's process


def _run(main: Callable[[], None], pipe: Connection) -> NoReturn:
    """The life of a forked process: it holds nothing of its parent's open but `pipe`, and never returns."""
    code = 1
    try:
        gc.freeze()  # a file of the parent's that is collected here would close whatever has its number by then
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # the run decides when it ends
        null = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):  # a crashing library prints what it has in hand, which is article text
            os.dup2(null, stream)
        os.closerange(3, pipe.fileno())  # the library's lock above all, which lasts as long as anyone has it open
        os.closerange(pipe.fileno() + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
        main()
        code = 0
    except (EOFError, OSError):
        code = 0  # the parent has ended
    except MemoryError:
        code = _OUT_OF_MEMORY
    finally:
        os._exit(code)


def _keep(pipe: Connection, prepare: Prepare, read: Read, lost: Lost, finish: Finish) -> None:
    os.setpgid(0, 0)
    reader = _Reader(prepare, read, finish)

    def given_up(path: bytes, begun: Begun | None, reason: str) -> Any:
        return finish([lost(path, begun, reason)])

    while True:
        answers = _answers(reader, pipe.recv(), given_up)
        pipe.send(len(answers))
        for answer in answers:
            pipe.send_bytes(answer)


def _answers(reader: _Reader, task: list[bytes], lost: Lost, pass_over: PassOver = _NOTHING) -> list[bytes]:
    """`pass_over` belongs to a task of one file."""
    if not task:
        return []
    fresh = reader.fresh
    answer = reader.ask(task, pass_over)
    if answer is not None:
        return [answer]
    died = reader.bury()
    at = died.at
    if at is None or not (died.certain or (fresh and len(task) == 1)):  # then the file may be innocent: a new reader
        if len(task) > 1:
            middle = at if at else 1
            return [*_answers(reader, task[:middle], lost), *_answers(reader, task[middle:], lost)]
        if not fresh:
            return _answers(reader, task, lost, pass_over)
        at = 0
    before = _answers(reader, task[:at], lost)
    if (rest := pass_over.and_also(died)) is not None:
        here = _answers(reader, [task[at]], lost, rest)
    else:
        here = [pickle.dumps(lost(task[at], died.begun, died.reason))]
    return [*before, *here, *_answers(reader, task[at + 1 :], lost)]


@dataclass(frozen=True, slots=True)
class _Death:
    """What is known of a reader's end."""

    at: int | None
    """The file of the task that it died of, if that is known."""
    begun: Begun | None
    """What is known of the file."""
    piece: tuple[int, ...]
    """And where in it."""
    reason: str
    certain: bool
    """Whether no other file can be the cause."""


class _Reader:
    """A reader process as its keeper sees it, started when it is first asked."""

    def __init__(self, prepare: Prepare, read: Read, finish: Finish) -> None:
        self._prepare, self._read, self._finish = prepare, read, finish
        self._slot = mmap(-1, _SLOT_BYTES + _PIECE.size)
        self._pid = 0
        self._pipe: Connection | None = None

    @property
    def fresh(self) -> bool:
        return self._pid == 0

    def ask(self, task: list[bytes], pass_over: PassOver) -> bytes | None:
        """The pickled results; None when the reader died of the task."""
        if self._pipe is None:
            self._pipe, theirs = Pipe()
            self._slot[:] = _packed(-1)
            self._prepare(task)
            self._pid = os.fork()
            if self._pid == 0:
                _run(lambda: _serve(theirs, self._read, self._finish, self._slot), theirs)
            theirs.close()
        try:
            self._pipe.send((task, pass_over))
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            return None

    def bury(self) -> _Death:
        assert self._pipe is not None
        self._pipe.close()
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)  # it may have lost its pipe alone; no matter to the dead
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        at, *stamp, read_ns = _unpacked(self._slot[:_SLOT_BYTES])
        depth, *numbers = _PIECE.unpack_from(self._slot, _SLOT_BYTES)
        self._pipe, self._pid = None, 0
        reason, certain = _reason(status, stamp[0])
        known = Begun(FileStamp(*stamp), read_ns) if read_ns else None
        # to have waited in vain speaks against no file and no piece: the run may have been stopped, or starved
        piece = tuple(numbers[:depth]) if status != -signal.SIGALRM else ()
        return _Death(at if at >= 0 else None, known, piece, reason, certain)


def _packed(*numbers: int) -> bytes:
    """A whole slot; what is not given is 0."""
    packed = b"".join(number.to_bytes(_NUMBER_BYTES, "little", signed=True) for number in numbers)
    return packed.ljust(_SLOT_BYTES + _PIECE.size, b"\0")


def _unpacked(slot: bytes) -> list[int]:
    return [
        int.from_bytes(slot[at : at + _NUMBER_BYTES], "little", signed=True)
        for at in range(0, len(slot), _NUMBER_BYTES)
    ]


def cpu_seconds(size: int) -> float:
    """The processor time that reading a file of so many bytes may take."""
    return CPU_SECONDS + CPU_SECONDS_PER_MIB * size / 2**20


def _reason(status: int, size: int) -> tuple[str, bool]:
    if status == -signal.SIGPROF:
        return f"timeout: reading it takes more than {cpu_seconds(size):.3g} seconds", True
    if status == -signal.SIGALRM:
        return f"timeout: nothing came of it in {WALL_SECONDS:g} seconds", True
    if status == _OUT_OF_MEMORY:
        return f"memory: reading it takes more than {MEMORY // 2**20:,} MiB", False
    if status == -signal.SIGKILL:
        return "memory: its reader was killed, for want of memory most likely", False
    with suppress(ValueError):
        return f"crash: its reader died of {signal.Signals(-status).name}", False
    return f"crash: its reader ended with {status}", False


# in the reader's process


def _serve(pipe: Connection, read: Read, finish: Finish, slot: mmap) -> None:
    _limit()
    keeper = os.getppid()
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)  # which ends the process, wherever it is
    while True:
        results = []
        task, pass_over = pipe.recv()
        for at, path in enumerate(task):
            watch = Watch(at, slot, pass_over)
            results.append(read(path, watch))
            watch.end()
            if os.getppid() != keeper:
                return
        slot[:] = _packed(-1)
        signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS * len(results))
        pipe.send_bytes(pickle.dumps(finish(results), pickle.HIGHEST_PROTOCOL))
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit() -> None:
    """No core files with article text, no file written, no more memory than `MEMORY`; as far as the system can."""
    sys.dont_write_bytecode = True
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError, ValueError), open("/proc/self/statm") as sizes:  # Linux; elsewhere the limit does not hold
        used = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
