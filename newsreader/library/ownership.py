"""Whether a directory of the program's is the user's alone. One that others can write to is refused.

Whoever can write to the cache decides what the library says, and whoever can write to the user data, what the user
said. It is refused also to root where it belongs to a user (`sudo newsreader`), who would be left with files of root's.
"""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from newsreader.errors import StorageError, disk_errors
from newsreader.library.locations import Locations


def require_own_data(places: Locations) -> None:
    """Raises `StorageError` that says how it is mended, where others can write to the user data."""
    _require_own(places.data, [places.userdata, places.dumps])


def require_own_cache(places: Locations) -> None:
    """Raises `StorageError` that says how it is mended, where others can write to catalogue, index or stories."""
    _require_own(places.cache, [places.catalogue, places.index, places.stories])


def require_own_file(path: Path) -> None:
    """Raises `StorageError` that says how it is mended, where others can write to a file; one that is not there is
    nobody's."""
    with disk_errors(path):
        try:
            refused = _why_not(path, os.stat(path))
        except (FileNotFoundError, NotADirectoryError):
            return
    if refused is not None and not _makes_up_owners(path.parent):
        raise StorageError(refused)


def _require_own(directory: Path, ours: Iterable[Path]) -> None:
    """What is not there is nobody's, and a directory that only the user can enter needs no look inside. What else lies
    in it is not looked at."""
    with disk_errors(directory):
        try:
            found = os.stat(directory)
        except (FileNotFoundError, NotADirectoryError):
            return
    refused = _why_not(directory, found)
    if refused is None and found.st_mode & 0o011:
        refused = next(filter(None, map(_refusal, _all_of(ours))), None)
    if refused is not None and not _makes_up_owners(directory):
        raise StorageError(refused)


def _all_of(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield path
        for folder, folders, names in os.walk(path):
            yield from (Path(folder, name) for name in (*folders, *names))


def _refusal(path: Path) -> str | None:
    try:
        return _why_not(path, os.lstat(path))
    except OSError:  # gone meanwhile, or out of reach: who opens it is told
        return None


def _why_not(path: Path, found: os.stat_result) -> str | None:
    if stat.S_ISLNK(found.st_mode):
        return None
    if found.st_uid not in (0, os.geteuid()):
        return (
            f"{path}: belongs to another user ({found.st_uid}), who can change what is in it; run newsreader as that"
            " user, or with another directory"
        )
    if found.st_mode & stat.S_IWOTH or (found.st_mode & stat.S_IWGRP and not _is_private_group(found)):
        return (
            f"{path}: others can write there, so it can't be trusted; `chmod go-w {shlex.quote(str(path))}` mends that"
        )
    return None


def _is_private_group(found: os.stat_result) -> bool:
    """Whether the group is that of the owner alone, as many systems give one to each user: with their mask of 002, all
    directories that users make are open to it."""
    import grp
    import pwd

    try:
        owner, group = pwd.getpwuid(found.st_uid), grp.getgrgid(found.st_gid)
    except KeyError:
        return False
    return owner.pw_gid == found.st_gid and owner.pw_name == group.gr_name and set(group.gr_mem) <= {owner.pw_name}


def _makes_up_owners(directory: Path) -> bool:
    """Whether owners and permissions there say nothing, as on FAT, on shares and in the mounted folders of virtual
    machines: a private file of ours would not be private, or not ours. Who may write was decided when it was mounted,
    and `chmod` would not change it."""
    import tempfile

    try:
        handle, name = tempfile.mkstemp(prefix=".newsreader-", dir=directory)
    except OSError:
        return False
    try:
        made = os.fstat(handle)
        return made.st_uid != os.geteuid() or stat.S_IMODE(made.st_mode) & 0o077 != 0
    finally:
        os.close(handle)
        with suppress(OSError):
            os.unlink(name)
