"""What has to be done: files found × files known → changes. Pure."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsreader.library.scan import FileStamp, Scan

RACY_MARGIN_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the clock's grain (git's racy
entries; FAT keeps two seconds), so its stamp proves nothing."""


class KnownFile(NamedTuple):
    """What the catalogue remembers of a file."""

    stamp: FileStamp
    read_ns: int
    """When it was read, nanoseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class LibraryChanges:
    """Paths as bytes, sorted."""

    to_read: tuple[bytes, ...]
    """New files, and those whose stamp differs or proves nothing."""
    gone: tuple[bytes, ...]
    """Known files that are no longer there."""
    kept: tuple[bytes, ...]
    """Known files that can't be seen because their folder is unavailable: nothing is concluded from that."""
    missing_folders: tuple[tuple[Path, str], ...]
    """Library folders that are missing, unreadable or suddenly empty, and which of these."""


def compare_stamps(
    found: Scan,
    known: Mapping[bytes, KnownFile],
    folders: Collection[Path],
    *,
    full: bool = False,
    purge: bool = False,
) -> LibraryChanges:
    """Decide what to read and what to forget.

    A library folder that is missing, unreadable, or empty though it held articles is most likely an unmounted
    disk: its articles are kept, unless `purge` says that they are gone for good. Likewise below a directory
    that can't be listed. Known files outside every folder are gone.
    """
    to_read = [path for path, stamp in found.files.items() if full or not proves_unchanged(stamp, known.get(path))]
    absent = known.keys() - found.files.keys()
    missing: list[tuple[Path, str]] = []
    hidden: list[bytes] = []
    for folder in folders:
        root = os.fsencode(folder)
        inside = _inside(root)
        reason = found.unavailable.get(root)
        if (
            reason is None
            and any(p.startswith(inside) for p in absent)
            and not any(p.startswith(inside) for p in (*found.files, *found.skipped))
        ):
            reason = "empty"
        if reason is not None:
            missing.append((folder, reason))
            hidden.append(inside)
    roots = tuple(_inside(os.fsencode(folder)) for folder in folders)
    hidden.extend(_inside(directory) for directory in found.unavailable)
    shielded = () if purge else tuple(hidden)
    kept = {path for path in absent if path.startswith(shielded) and path.startswith(roots)} if shielded else set()
    return LibraryChanges(
        to_read=tuple(sorted(to_read)),
        gone=tuple(sorted(absent - kept)),
        kept=tuple(sorted(kept)),
        missing_folders=tuple(missing),
    )


def proves_unchanged(stamp: FileStamp, known: KnownFile | None) -> bool:
    """Whether a file with this stamp is, byte for byte, what was read."""
    return known is not None and stamp == known.stamp and stamp.mtime_ns < known.read_ns - RACY_MARGIN_NS


def _inside(folder: bytes) -> bytes:
    return folder.rstrip(b"/") + b"/"
