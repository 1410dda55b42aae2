"""Which article files a library holds, found by `stat` alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; a larger file is no article, and reading it would need hundreds of megabytes."""


class FileStamp(NamedTuple):
    """What tells that a file has changed without reading it."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since the epoch."""
    inode: int


@dataclass(slots=True)
class Scan:
    """What was found below the library's folders. Paths are bytes: file names need not be text."""

    files: dict[bytes, FileStamp] = field(default_factory=dict)
    skipped: dict[bytes, str] = field(default_factory=dict)
    """Files that are no articles by their name or kind, and why."""
    unavailable: dict[bytes, str] = field(default_factory=dict)
    """Folders that can't be listed now, and why: what was known below them is not gone."""


def scan(folders: Collection[Path], suffixes: Collection[str], cancelled: Callable[[], bool]) -> Scan:
    """List the folders. Hidden names are passed over, symbolic links are not followed."""
    found = Scan()
    known = frozenset(suffix.encode() for suffix in suffixes)
    for folder in folders:
        waiting = [os.fsencode(folder)]
        while waiting and not cancelled():
            directory = waiting.pop()
            try:
                waiting.extend(_scan_directory(directory, known, found))
            except OSError as error:
                found.unavailable[directory] = error.strerror or type(error).__name__
    return found


def _scan_directory(directory: bytes, suffixes: frozenset[bytes], found: Scan) -> Iterator[bytes]:
    with os.scandir(directory) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith(b"."):
                continue
            try:
                if entry.is_file(follow_symlinks=False):
                    suffix = os.path.splitext(name)[1]
                    if suffix in suffixes or suffix.lower() in suffixes:
                        status = entry.stat(follow_symlinks=False)
                        found.files[entry.path] = FileStamp(status.st_size, status.st_mtime_ns, status.st_ino)
                    else:
                        found.skipped[entry.path] = f"no reader for {suffix_of(name)} files"
                elif entry.is_dir(follow_symlinks=False):
                    yield entry.path
                else:
                    found.skipped[entry.path] = "a symbolic link" if entry.is_symlink() else "not a regular file"
            except OSError as error:
                found.skipped[entry.path] = error.strerror or type(error).__name__


def suffix_of(name: bytes) -> str:
    """The suffix of a file name, lower case with its point; empty when there is none."""
    return os.path.splitext(name)[1].decode("ascii", "replace").lower()


def read_file(path: bytes) -> tuple[bytes, FileStamp]:
    """A regular file's bytes and the stamp that belongs to them.

    Never waits on a pipe and never follows a link. Raises OSError; ValueError with the reason for what is no
    regular file, is too large, or changed while it was read.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise ValueError("not a regular file")
        if before.st_size > LARGEST_FILE:
            raise ValueError(f"larger than {LARGEST_FILE // 2**20} MiB")
        data = file.read(LARGEST_FILE + 1)
        after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns) or len(data) != before.st_size:
        raise ValueError("changed while it was read; the next run reads it again")
    return data, FileStamp(before.st_size, before.st_mtime_ns, before.st_ino)
