"""Remembers that there were user data in a place, and refuses to begin new ones there without being asked.

On a disk that is away, or whose folder for mounting is empty, everything the user said would seem to be gone, and what
they say meanwhile would lie under the disk when it is back. What is remembered lies in the cache, on another disk
perhaps; where that is lost as well, dumps beside the lost file tell of it.
"""

from __future__ import annotations

import json
import os
import shlex
from contextlib import suppress
from pathlib import Path

from newsreader.errors import StorageError, UsageError, disk_errors
from newsreader.library.file_status import file_status
from newsreader.library.locations import Locations
from newsreader.text.plural import counted
from newsreader.userdata.backups import Backup, backups, history_files
from newsreader.userdata.store import Store


def remember_user_data(locations: Locations, revision: int) -> None:
    """There are user data, with so many changes. Where that can't be noted, it is not."""
    note = json.dumps([str(locations.userdata), revision])
    if revision and _noted(locations) != (locations.userdata, revision):
        with suppress(OSError):
            partial = locations.userdata_seen.with_name(f".{locations.userdata_seen.name}.{os.getpid()}")
            partial.write_text(note, encoding="ascii")
            partial.replace(locations.userdata_seen)


def refuse_to_begin_anew(locations: Locations) -> None:
    """Raises `StorageError` where there are no user data now, but were before."""
    path = locations.userdata
    if not _is_missing(path):
        return
    kept = backups(locations.dumps)
    seen = _noted(locations)
    if not kept and (seen is None or seen[0] != path):
        return
    changes = max([one.revision for one in kept] + ([seen[1]] if seen is not None and seen[0] == path else []))
    dump = f"; {_restoring(kept[0], locations)}" if kept else ""
    raise StorageError(
        f"{path}: your tags, notes and folders were here (after {counted(changes, 'change')}), and are not now."
        f" Is a disk away? If not, `newsreader doctor --begin-anew` begins new ones{dump}"
    )


def begin_anew(locations: Locations) -> None:
    """Begin user data where others were, newer than all dumps of these. Raises `UsageError` where there are some."""
    if not _is_missing(locations.userdata):
        raise UsageError(f"{locations.userdata}: there are user data; nothing was changed")
    store = Store.open(locations.userdata)
    try:
        store.advance(max((kept.revision for kept in backups(locations.dumps)), default=0))
    finally:
        store.close()
    with disk_errors(locations.userdata_seen):
        locations.userdata_seen.unlink(missing_ok=True)


def _restoring(kept: Backup, locations: Locations) -> str:
    more = "".join(
        f" and `newsreader tag --restore --accumulate {shlex.quote(str(file.path))}` all former texts"
        for file in history_files(locations.dumps)[:1]
    )
    return f"`newsreader tag --restore --folders {shlex.quote(str(kept.path))}` then brings back the last dump{more}"


def _is_missing(path: Path) -> bool:
    """Also an empty file, as a loss of power may leave, is none. Raises `StorageError`."""
    with disk_errors(path):
        found = file_status(path)
        log = file_status(path.with_name(f"{path.name}-wal"))
    return (found is None or found.st_size == 0) and (log is None or log.st_size == 0)


def _noted(locations: Locations) -> tuple[Path, int] | None:
    try:
        path, revision = json.loads(locations.userdata_seen.read_text(encoding="ascii"))
        return Path(path), int(revision)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
