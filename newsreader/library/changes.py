"""What a run has to do: the files found against the files known. Pure: nothing is read or written.

Here is decided what is read again and what is forgotten, so that this can be tested without a disk. A mistake would
read a whole library anew at every run, or drop the articles of a disk that is not mounted now.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from newsreader.library.scan import OWN, FileStamp, Scan, plainly

_HOUR_NS = 3_600_000_000_000
WAITS_NS = (0, _HOUR_NS // 6, _HOUR_NS, 24 * _HOUR_NS, 7 * 24 * _HOUR_NS)
"""After each trial of a file that cost its reader's life, how long it is left alone while it does not change: it may
not have been its fault, and if it is, it costs its whole time limit every time."""
MOST_READS = 3
"""How often a file is read whose time of change is still to come. Forever would be at every run, and nothing says that
its bytes are others than before."""
RACY_MARGIN_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again within the clock's grain (git's racy
entries; FAT keeps two seconds), so its stamp proves nothing."""

MOST_GONE_FILES = 50
MOST_GONE_SHARE = 0.6
"""A folder that loses more than both at once is likelier half there (a disk of several not mounted, a copy cut short, a
sync gone wrong) than tidied up. A file of many articles counts as one: feeds are replaced file by file."""
MOST_LEFT_OUT = 10
"""More files than these of a folder, if they are still there, no pattern to be ignored nor other rule takes away
without a word: folders called cur, new and tmp are quickly made."""


class KnownFile(NamedTuple):
    """What the catalogue remembers of a file."""

    stamp: FileStamp
    read_ns: int
    """When it was read, nanoseconds since the epoch."""
    reads: int = 1
    """How often, with this very stamp."""
    again: bool = False
    """Whether it is to be tried again: what came of it says little of the file."""

    def is_due(self, now_ns: int) -> bool:
        """Whether it is to be tried again now."""
        wait = WAITS_NS[min(self.reads, len(WAITS_NS)) - 1]
        return self.again and not self.read_ns <= now_ns < self.read_ns + wait


@dataclass(frozen=True, slots=True)
class LibraryChanges:
    """Paths as bytes, sorted."""

    to_read: tuple[bytes, ...]
    """New files, and those whose stamp differs or proves nothing."""
    gone: tuple[bytes, ...]
    """Known files that are no longer there."""
    kept: tuple[bytes, ...]
    """Known files that can't be seen, most likely because a disk is not there: nothing is concluded from that."""
    missing_folders: tuple[tuple[Path, str], ...]
    """Library folders that are missing, unreadable or suddenly empty, and folders below them that were disks and
    are no longer, or are empty and held many files; and which of these."""
    thinned: tuple[ThinnedFolder, ...]
    """Library folders that lost most of their files at once."""
    left_out: tuple[LeftOut, ...] = ()
    """Library folders of whose files many are there and are no articles any more."""


class LeftOut(NamedTuple):
    folder: Path
    files: int
    known: int
    """Files that it held with those."""
    reason: str
    """Why most of them are left out."""


class ThinnedFolder(NamedTuple):
    folder: Path
    lost: int
    """Files."""
    known: int
    """Files that it held with those."""


def compare_stamps(
    found: Scan,
    known: Mapping[bytes, KnownFile],
    folders: Collection[Path],
    *,
    now_ns: int = 0,
    full: bool = False,
    purge: bool = False,
    thinned_before: Collection[Path] = (),
    mounted_before: Collection[bytes] = (),
) -> LibraryChanges:
    """Decide what to read and what to forget.

    A library folder that is missing, unreadable, or empty though it held articles is most likely an unmounted
    disk: its articles are kept, unless `purge` says that they are gone for good. Likewise below a directory
    that can't be listed, below one that is among `mounted_before` and holds no disk now, below one that is empty and
    held many files, and in a folder that lost most of its files: once it is among `thinned_before`, new files
    don't make it whole, only the return of those that are lost; and so are many files that are there, but left out by
    whatever rule. Known files outside every folder are gone. `now_ns`,
    since the epoch, tells which files are to be tried again.
    """
    to_read = [
        path
        for path, stamp in found.files.items()
        if full
        or (before := known.get(path)) is None
        or not proves_unchanged(stamp, before)
        or (before.again and before.is_due(now_ns))
    ]
    absent = known.keys() - found.files.keys()
    lost, hidden_files = _lost(found, known, absent)
    left_out = [some for folder in folders if (some := _left_out(folder, hidden_files, known)) is not None]
    missing: list[tuple[Path, str]] = []
    thinned: list[ThinnedFolder] = []
    hidden: list[bytes] = []
    for folder in folders:
        root = os.fsencode(folder)
        inside = _inside(root)
        unavailable = found.unavailable.get(root)
        reason = plainly(unavailable) if unavailable else None
        if (
            reason is None
            and any(p.startswith(inside) for p in absent)
            and not any(p.startswith(inside) for p in (*found.files, *found.skipped, *found.unavailable))
        ):
            reason = "empty"
        if reason is not None:
            missing.append((folder, reason))
            hidden.append(inside)
        elif (thin := _thinned(folder, inside, lost, known, folder in thinned_before)) is not None:
            thinned.append(thin)
    for directory, reason in _unmounted(found, absent, lost, mounted_before):
        if not directory.startswith(tuple(hidden)) and _inside(directory) not in hidden:
            missing.append((Path(os.fsdecode(directory)), reason))
            hidden.append(_inside(directory))
    roots = tuple(_inside(os.fsencode(folder)) for folder in folders)
    hidden.extend(_inside(directory) for directory in found.unavailable)
    shielded = () if purge else tuple(hidden)
    kept = {path for path in absent if path.startswith(shielded) and path.startswith(roots)} if shielded else set()
    if thinned and not purge:
        insides = tuple(_inside(os.fsencode(thin.folder)) for thin in thinned)
        kept.update(path for path in lost if path.startswith(insides))
    if left_out and not purge:
        insides = tuple(_inside(os.fsencode(some.folder)) for some in left_out)
        kept.update(path for path in hidden_files if path.startswith(insides))
    return LibraryChanges(
        to_read=tuple(sorted(to_read)),
        gone=tuple(sorted(absent - kept)),
        kept=tuple(sorted(kept)),
        missing_folders=tuple(missing),
        thinned=tuple(thinned),
        left_out=tuple(left_out),
    )


def _unmounted(
    found: Scan, absent: Collection[bytes], lost: Collection[bytes], mounted_before: Collection[bytes]
) -> Iterator[tuple[bytes, str]]:
    """Folders that are most likely places of disks that are not there, and by what they are known; the outer ones
    first."""
    for directory in sorted(mounted_before):
        inside = _inside(directory)
        if directory not in found.mounts and any(path.startswith(inside) for path in absent):
            yield directory, "no longer mounted"
    for directory in sorted(found.empty):
        inside = _inside(directory)
        if sum(path.startswith(inside) for path in lost) > MOST_GONE_FILES:
            yield directory, "empty"


def _lost(
    found: Scan, known: Mapping[bytes, KnownFile], absent: Collection[bytes]
) -> tuple[list[bytes], dict[bytes, str]]:
    """Of the known files that were not found, and are not, by their size, under another name either: those that are
    nowhere, and those that are left out, with the reason."""
    if len(absent) <= min(MOST_GONE_FILES, MOST_LEFT_OUT):
        return [], {}
    new = Counter(stamp.size for path, stamp in found.files.items() if path not in known)
    lost, left_out = [], {}
    for path in sorted(absent):
        size = known[path].stamp.size
        if new[size]:
            new[size] -= 1
        elif (reason := next((found.skipped[p] for p in _at_and_above(path) if p in found.skipped), None)) is None:
            lost.append(path)
        elif reason != OWN:
            left_out[path] = reason
    return lost, left_out


def _left_out(folder: Path, paths: Mapping[bytes, str], known: Collection[bytes]) -> LeftOut | None:
    inside = _inside(os.fsencode(folder))
    reasons = Counter(reason for path, reason in paths.items() if path.startswith(inside))
    if (count := reasons.total()) <= MOST_LEFT_OUT:
        return None
    held = sum(path.startswith(inside) for path in known)
    return LeftOut(folder, count, held, reasons.most_common(1)[0][0])


def _at_and_above(path: bytes) -> list[bytes]:
    parts = path.split(b"/")
    return [b"/".join(parts[:end]) for end in range(2, len(parts) + 1)]


def _thinned(
    folder: Path, inside: bytes, lost: Collection[bytes], known: Collection[bytes], before: bool
) -> ThinnedFolder | None:
    if len(lost) <= MOST_GONE_FILES:
        return None
    gone = sum(path.startswith(inside) for path in lost)
    held = sum(path.startswith(inside) for path in known)
    is_thin = are_too_many(gone, held) or (before and gone > MOST_GONE_FILES)
    return ThinnedFolder(folder, gone, held) if is_thin else None


def are_too_many(gone: int, held: int) -> bool:
    """Whether so many of so many at once are likelier lost by mistake than taken away."""
    return gone > MOST_GONE_FILES and gone > MOST_GONE_SHARE * held


def proves_unchanged(stamp: FileStamp, known: KnownFile | None) -> bool:
    """Whether a file with this stamp is, byte for byte, what was read."""
    if known is None or not stamp.is_of(known.stamp):
        return False
    age = known.read_ns - stamp.mtime_ns
    return age > RACY_MARGIN_NS or (age < -RACY_MARGIN_NS and known.reads >= MOST_READS)


def _inside(folder: bytes) -> bytes:
    return folder.rstrip(b"/") + b"/"
