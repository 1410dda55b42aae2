"""A command of the program in this very process: what starts Python and loads its modules is paid once.

Its streams are real files at the numbers that processes have them at, so that hooks and forked workers which it starts
write where they would; environment, directory and streams are put back afterwards.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from newsreader.cli.root import run


def call(
    arguments: Sequence[str], stdin: bytes, env: Mapping[str, str] | None, cwd: Path | None
) -> tuple[int, bytes, bytes]:
    """Exit code, stdout, stderr. None of them is a terminal."""
    with ExitStack() as around:
        given, out, err = (around.enter_context(TemporaryFile()) for _ in range(3))
        given.write(stdin)
        given.seek(0)
        if env is not None:
            around.enter_context(_environment(env))
        if cwd is not None:
            around.enter_context(chdir(cwd))
        with _streams(given, out, err):
            try:
                code = run([*arguments])
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        for file in (out, err):
            file.seek(0)
        return code, out.read(), err.read()


@contextmanager
def _environment(env: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(env)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _streams(*files: IO[bytes]) -> Iterator[None]:
    before = sys.stdin, sys.stdout, sys.stderr
    for stream in before[1:]:
        stream.flush()
    kept = [os.dup(number) for number in range(3)]
    for number, file in enumerate(files):
        os.dup2(file.fileno(), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115
        for number, mode in enumerate(("r", "w", "w"))
    )
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdin, sys.stdout, sys.stderr = before
        for number, old in enumerate(kept):
            os.dup2(old, number)
            os.close(old)
