"""What is only away: folders that lost most of their files at once, disks that are not mounted.

The catalogue remembers both from run to run. Otherwise the articles of a disk that was away would leave the library
with the second run that doesn't see it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path

from newsreader.errors import DamagedError, UsageError
from newsreader.library.catalogue import Catalogue
from newsreader.library.changes import LibraryChanges, compare_stamps
from newsreader.library.locations import Locations
from newsreader.library.scan import Scan, away


def thinned_before(catalogue: Catalogue) -> Collection[Path]:
    """Folders that had lost most of their files at once when a run last saw them, and whose articles are kept."""
    return [Path(folder) for folder in json.loads(catalogue.meta("thinned") or "[]")]


def remember_thinned(catalogue: Catalogue, before: Collection[Path], changes: LibraryChanges, purge: bool) -> None:
    """What `thinned_before` tells the next run."""
    now = [] if purge else [thin.folder for thin in changes.thinned]
    now += [folder for folder, _ in changes.missing_folders if folder in before]  # it can't be told from here
    if set(now) != set(before):
        catalogue.set_meta(thinned=json.dumps([str(folder) for folder in now]))


def mounted_before(catalogue: Catalogue) -> Collection[bytes]:
    """Folders where disks were mounted."""
    return [os.fsencode(directory) for directory in json.loads(catalogue.meta("mounted") or "[]")]


def remember_mounted(
    catalogue: Catalogue, before: Collection[bytes], found: Scan, changes: LibraryChanges, purge: bool
) -> None:
    """Where disks are mounted, and where they were whose articles are kept."""
    gone = [] if purge else [path for path in before if any(kept.startswith(path + b"/") for kept in changes.kept)]
    now = {*found.mounts, *gone}
    if now != set(before):
        catalogue.set_meta(mounted=json.dumps([os.fsdecode(directory) for directory in sorted(now)]))


def refuse_to_forget(locations: Locations, found: Scan, folders: Sequence[Path]) -> None:
    """Before a rebuilding, which knows nothing any more of files that are only away. Raises `UsageError`,
    `StorageError`."""
    absent = [(folder, how) for folder in folders if (how := away(folder)) is not None]
    try:
        catalogue = Catalogue.open(locations.catalogue)
        if catalogue is not None:
            with closing(catalogue):
                changes = compare_stamps(
                    found,
                    catalogue.known_files(),
                    folders,
                    thinned_before=thinned_before(catalogue),
                    mounted_before=mounted_before(catalogue),
                )
            absent += changes.missing_folders
            absent += [(thin.folder, f"without {thin.lost:,} of its {thin.known:,} files") for thin in changes.thinned]
            absent += [
                (some.folder, f"read without {some.files:,} of its {some.known:,} files ({some.reason})")
                for some in changes.left_out
            ]
            absent += [
                (Path(os.fsdecode(directory)), f"not readable ({reason.lower()})")
                for directory, reason in found.unavailable.items()
                if any(path.startswith(directory + b"/") for path in changes.kept)
            ]
    except DamagedError:
        pass  # rebuilding is the cure
    for folder, how in absent:
        raise UsageError(f"{folder}: the folder is {how}, and --rebuild would forget its articles (--purge: do it)")
