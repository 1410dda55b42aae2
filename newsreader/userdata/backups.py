"""The dumps that the program keeps by itself: one a day, the last seven.

From them the doctor restores user data whose file is damaged. Each has a checksum: a damaged dump must not be restored.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.errors import StorageError, UsageError, disk_errors
from newsreader.library.private import make_private
from newsreader.userdata.store import Store

if TYPE_CHECKING:  # imported below where a dump is made or read: most runs only ask whether anything has changed
    from newsreader.userdata.dump import Dump

KEPT = 7
"""Dumps of different days."""
MOST_TEXTS = 4_000_000
"""Bytes of compressed former texts in a dump: of 2,700 articles of 2.4 kB. All dumps have less than 40 MB
of them."""
_NAME = re.compile(r"userdata-(?P<day>\d{8})T\d{6}-r(?P<revision>\d{1,19})\.txt")
"""The revision may be of any size: a dump that is not seen here would be written again and again, and never removed."""
_SUM = "#sum "


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the directory of dumps."""

    path: Path
    day: str
    revision: int
    """Of the user data when it was written."""


def backups(directory: Path) -> list[Backup]:
    """The one that has seen most changes first: a clock may have been ahead. What else lies there is left out."""
    with suppress(OSError):
        found = [(path, _NAME.fullmatch(path.name)) for path in directory.iterdir()]
        dumps = [Backup(path, match["day"], int(match["revision"])) for path, match in found if match]
        return sorted(dumps, key=lambda kept: (kept.revision, kept.path.name), reverse=True)
    return []


def back_up(store: Store, directory: Path) -> Path | None:
    """Dump the user data if they changed since the newest dump; None if they did not. Of former texts, which may take a
    hundred megabytes, the latest are in it. Raises `StorageError`."""
    revision = store.revision
    before = backups(directory)
    if not revision or any(kept.revision == revision for kept in before):
        return None
    from newsreader.library.output_file import write_private
    from newsreader.userdata.dump import dump

    with disk_errors(directory):
        make_private(directory)
    now = datetime.now(UTC)
    written = directory / f"userdata-{now:%Y%m%dT%H%M%S}-r{revision}.txt"
    header, *rest = dump(store, folders=True, versions=MOST_TEXTS)
    lines = [header, f"#revision {revision}", *rest]
    write_private([*lines, _SUM + _digest(lines)], written)
    for path in superfluous([kept for kept in before if kept.path != written], f"{now:%Y%m%d}", revision):
        with suppress(OSError):
            path.unlink()
    return written


def superfluous(older: Sequence[Backup], today: str, revision: int) -> list[Path]:
    """Which dumps are not needed beside a new one: today's earlier ones, and all but the newest. Those that had seen
    more changes are of other data, and perhaps of those that matter: as many of them are kept as well."""
    others = [kept for kept in older if kept.revision > revision]
    same = [kept for kept in older if kept.day == today and kept not in others]
    rest = [kept for kept in older if kept not in same and kept not in others]
    return [kept.path for kept in (*same, *rest[KEPT - 1 :], *others[KEPT:])]


def read_backup(kept: Backup) -> Dump:
    """Raises `UsageError` for a dump that is not what was written, `StorageError`."""
    from newsreader.userdata.dump import parse_dump

    try:
        with disk_errors(kept.path):
            lines = kept.path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{kept.path}: damaged") from error
    if not lines or lines[-1] != _SUM + _digest(lines[:-1]):
        raise UsageError(f"{kept.path}: damaged")
    return parse_dump(lines)


def newest_good(directory: Path) -> tuple[Backup, Dump] | None:
    for kept in backups(directory):
        with suppress(UsageError, StorageError):
            return kept, read_backup(kept)
    return None


def _digest(lines: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(lines).encode("utf-8"), digest_size=16).hexdigest()
