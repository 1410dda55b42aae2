"""The checks behind `newsreader doctor`: finds trouble, and mends what can be mended without loss.

Catalogue and index are built anew, user data are restored from what can be read of them and, where they can't be read,
from the last dump. Anything else is only told of: to guess about what the user owns could lose it.
"""

from __future__ import annotations

import os
import shlex
import stat
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from newsreader.article import ArticleId
from newsreader.config import load_config
from newsreader.engine.core import Engine
from newsreader.errors import ConfigError, DamagedError, LibraryLocked, NewsreaderError, StorageError, UsageError
from newsreader.index.search import Snapshot
from newsreader.index.writing import remove_leftovers, verify
from newsreader.indexing.options import IndexOptions
from newsreader.library.catalogue import Catalogue
from newsreader.library.locations import Locations
from newsreader.library.lock import library_lock
from newsreader.library.ownership import require_own_cache
from newsreader.library.scan import away
from newsreader.stories.state import damage as stories_damage
from newsreader.text.plural import counted
from newsreader.userdata.backups import Backup, backups, dumped_histories, newest_good
from newsreader.userdata.dump import Dump
from newsreader.userdata.rescue import finish_replacing, put_aside, replace_damaged
from newsreader.userdata.salvage import KnownSubjects, Salvaged, salvage
from newsreader.userdata.store import Subject
from newsreader.userdata.subjects import subjects_of
from newsreader.userdata.versions import Versions

SHOWN_ORPHANS = 10
SHOWN_FILES = 3
"""Of a directory, by name, where permissions are wrong."""
WAITED = 5.0
"""Seconds for a run that is under way."""
SECONDS_OF_WRITING = 3_600
"""A file that was begun so long ago is not being written any more."""

Level = Literal["ok", "note", "mended", "trouble"]


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    """`note` wants no action, `mended` was trouble, `trouble` remains."""
    what: str


def check(engine: Engine) -> Iterator[Finding]:
    """Look at everything in turn. Mends catalogue and index by rebuilding, and user data that are damaged from the last
    dump; others it never touches."""
    yield from _check_config(engine)
    yield from _check_permissions(engine)
    findings = list(_check_userdata(engine))
    yield from findings
    if any(finding.level == "trouble" for finding in findings):
        return  # without the folders there is nothing to check the cache against
    yield from _check_dumps(engine)
    yield from _check_cache(engine)
    yield from _check_folders(engine)
    yield from _leftovers(engine)
    yield from _orphans(engine)


def _check_config(engine: Engine) -> Iterator[Finding]:
    try:
        config = load_config(engine.locations.config)
    except ConfigError as error:
        yield Finding("trouble", str(error))
        return
    for warning in config.warnings:
        yield Finding("trouble", warning)
    if not config.warnings:
        yield Finding("ok", "configuration")


def _check_userdata(engine: Engine) -> Iterator[Finding]:
    path = engine.locations.userdata
    try:
        if finish_replacing(path):
            yield Finding("mended", f"{path}: was damaged; what had been begun to restore it is finished")
        damage = engine.store.check()
    except DamagedError as error:
        damage = str(error.__cause__ or error)
    except StorageError as error:
        yield Finding("trouble", str(error))
        return
    if damage is not None:
        yield _rescue(engine, damage)
        return
    if (obstacle := engine.store.obstacle) is not None:
        yield Finding("trouble", f"{path}: can be read, but not be written to ({obstacle})")
        return
    usage = Versions(engine.store).usage()
    kept = f"; {usage.texts:,} former texts of {usage.articles:,} articles, {usage.size / 1e6:.1f} MB"
    yield Finding("ok", "user data" + (kept if usage.texts else ""))


def _rescue(engine: Engine, damage: str) -> Finding:
    """Restore damaged user data while no run writes to them."""
    engine.close()  # a connection that is open there would lose its locks, and at its end touch the file
    with ExitStack() as held:
        try:
            held.enter_context(library_lock(engine.locations.lock, WAITED))
        except StorageError:
            pass  # without a cache there are no runs
        except LibraryLocked as error:
            return Finding("trouble", f"{engine.locations.userdata}: damaged ({damage}); {error}, try again after it")
        return _restore(engine, damage)


def _restore(engine: Engine, damage: str) -> Finding:
    """Of what can still be read of them, and of the last good dump for what can't."""
    path = engine.locations.userdata
    kept = newest_good(engine.locations.dumps)
    try:
        aside = put_aside(path)
        found = salvage(aside.path)
        if kept is None and found.is_empty:
            aside.remove()
            return Finding(
                "trouble",
                f"{path}: damaged ({damage}), and there is no dump to restore; it is left as it is. Move it away and"
                " `newsreader tag --restore` a dump of your own",
            )
        if kept is not None and "versions" in found.gaps:
            kept[1].versions += dumped_histories(engine.locations.dumps, {article for article, _ in kept[1].versions})
        replace_damaged(aside, found.completed(kept[1] if kept is not None else None, _known_to(engine)))
    except StorageError as error:
        return Finding("trouble", f"damaged ({damage}); {error}")
    return Finding(
        "mended", f"{path}: damaged ({damage}); {_sources(found, kept)}. The damaged file is kept as {aside.path.name}"
    )


def _sources(found: Salvaged, kept: tuple[Backup, Dump] | None) -> str:
    """Where restored data came from."""
    lost = ", ".join(found.lost)
    if kept is None:
        return "restored from the file itself" + (f", without {lost}, of which there is no dump" if lost else "")
    dump = f"the dump of {_day(kept[0])}"
    if found.is_empty:
        return f"restored from {dump}"
    if found.is_older_than(kept[1]):
        return f"restored from {dump}, which has seen later changes, and from the file itself"
    return "restored from the file itself" + (
        f"; what could not be read of it ({lost}) is as in {dump}" if lost else ""
    )


def _known_to(engine: Engine) -> KnownSubjects:
    """The articles that the catalogue knows, if it can be read."""

    def known(ids: Collection[ArticleId]) -> list[Subject]:
        try:
            catalogue = Catalogue.open(engine.locations.catalogue)
            return subjects_of(catalogue, catalogue.by_ids(ids)) if catalogue is not None else []
        except StorageError:
            return []

    return known


def _day(kept: Backup) -> str:
    return f"{kept.day[:4]}-{kept.day[4:6]}-{kept.day[6:]}"


def _check_dumps(engine: Engine) -> Iterator[Finding]:
    """Whether the user data are those that were dumped: a file that was lost is begun anew without a word."""
    kept = backups(engine.locations.dumps)
    fullest = max(kept, key=lambda one: one.revision, default=None)
    if fullest is not None and fullest.revision > engine.store.revision:
        yield Finding(
            "trouble",
            f"{engine.locations.userdata}: seems to have been lost and begun anew since {_day(fullest)};"
            f" `newsreader tag --restore --accumulate --folders {shlex.quote(str(fullest.path))}` brings back what was"
            " there",
        )
    elif kept:
        yield Finding("ok", f"{counted(len(kept), 'dump')} of the user data, the last of {_day(kept[0])}")


def _orphans(engine: Engine) -> Iterator[Finding]:
    """User data of articles that are not in the library. Comes last: a damaged catalogue is mended by then."""
    try:
        found = engine.marking.orphans()
    except StorageError:
        return  # said already
    if found:
        yield Finding("note", f"tags and marks of {len(found)} articles that are not in the library now are kept:")
    for orphan in sorted(found, key=lambda orphan: orphan.now is None)[:SHOWN_ORPHANS]:
        gone, now = orphan.subject, orphan.now
        yield Finding("note", f"  {gone.id[:8]} {os.fsdecode(gone.path)}")
        if now is not None:
            like = "the same text" if orphan.same_text else "a file of the same name"
            yield Finding(
                "note",
                f"    perhaps {os.fsdecode(now.path)} now, {like}: `newsreader doctor --adopt {gone.id} {now.id}` gives"
                " it what you said of the other",
            )


def _check_permissions(engine: Engine) -> Iterator[Finding]:
    """Directories and user data are the owner's alone: notes are private, and whoever can write to the index can run
    code as its reader. And the owner can use them: a copy from a disc may have taken that away."""
    places = engine.locations
    wrong = [
        (path, wrong)
        for path, wanted, forbidden in _private(places)
        if (wrong := _mend_mode(path, wanted, forbidden)) is not None
    ]
    for folder, group in groupby(wrong, lambda pair: pair[0].parent):
        members = list(group)
        for path, finding in members[:SHOWN_FILES]:
            yield Finding(finding.level, f"{path}: {finding.what}")
        if len(members) > SHOWN_FILES:
            yield Finding(members[-1][1].level, f"{folder}: the same of {len(members) - SHOWN_FILES:,} more there")


def _private(places: Locations) -> Iterator[tuple[Path, int, int]]:
    """What is ours, with the permissions that it needs, and those that it must not have: what lies elsewhere in these
    directories may be someone else's. Files of the cache may be looked at by whom their directories let in: nobody."""
    directories = [places.data, places.dumps, places.cache, places.state]
    files = [*_files(places.data), *_files(places.dumps)]
    ours = (places.catalogue.name, places.lock.name, places.userdata_seen.name)
    cached = [path for path in _files(places.cache) if path.name.startswith(ours)]
    cached += [path for path in _files(places.state) if path.name in ("newsreader.log", "window.json")]
    for top in (places.index, places.stories, places.meanings):
        for folder, _, names in os.walk(top):
            directories.append(Path(folder))
            cached += [path for name in names if not os.path.islink(path := Path(folder, name))]
    yield from ((path, 0o700, 0o077) for path in directories)
    yield from ((path, 0o600, 0o077) for path in files)
    yield from ((path, 0o600, 0o022) for path in cached)


def _mend_mode(path: Path, wanted: int, forbidden: int) -> Finding | None:
    """What was wrong with the permissions, if anything; mended where that can be."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Finding("trouble", f"can't be looked at ({error.strerror})")
    try:
        if not mode & forbidden and mode & wanted == wanted:
            return None
        path.chmod(wanted)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Finding("trouble", f"has permissions that it should not have ({error.strerror})")
    if mode & forbidden:
        return Finding("mended", f"others could {'write' if mode & 0o022 else 'look'} there; now only you can")
    return Finding("mended", "you could not write there; now you can")


def _files(directory: Path) -> list[Path]:
    try:
        return sorted(path for path in directory.iterdir() if path.is_file() and not path.is_symlink())
    except OSError:
        return []


def _check_folders(engine: Engine) -> Iterator[Finding]:
    folders = engine.folders()
    missing = [(folder, how) for folder in folders if (how := away(folder)) is not None]
    for folder, how in missing:
        kept = _is_listed(engine, folder)
        fate = "its articles are kept until `index --purge`" if kept else "none of its articles are listed"
        yield Finding("trouble", f"{folder}: the folder is {how}; {fate}")
    if not folders:
        yield Finding("note", "the library has no folder yet; `newsreader index FOLDER` adds one")
    elif not missing:
        yield Finding("ok", counted(len(folders), "library folder"))


def _check_cache(engine: Engine) -> Iterator[Finding]:
    if not engine.folders():
        return
    try:
        require_own_cache(engine.locations)
    except StorageError as error:
        yield Finding("trouble", str(error))
        return
    found = _cache_trouble(engine)
    if found is None:
        yield Finding("ok", f"catalogue, index and stories: {len(engine.shelf().numbers):,} articles")
    else:
        trouble, mending = found
        try:
            yield Finding("mended", f"{trouble}; {_mend_cache(engine, mending)}")
        except LibraryLocked as error:
            yield Finding("note", f"{trouble}; {error}")
            return
        except NewsreaderError as error:
            yield Finding("trouble", f"{trouble}; building it anew failed: {error}")
            return
    catalogue = Catalogue.open(engine.locations.catalogue)
    for path, reason in catalogue.failures() if catalogue is not None else ():
        yield Finding("note", f"{Path(os.fsdecode(path))}: {reason}")


def _mend_cache(engine: Engine, mending: IndexOptions) -> str:
    """Returns what was done. What is only away is kept wherever the catalogue still knows it."""
    forgotten = ""
    try:
        engine.index(mending, wait=WAITED)
    except UsageError as error:  # a damaged catalogue can't keep them
        forgotten = f", without what is away ({error})"
        engine.index(replace(mending, purge=True), wait=WAITED)
    what = (
        "the cache was"
        if mending.rebuild
        else "index and stories were"
        if mending.renew_index
        else "what was missing was"
    )
    return f"{what} built anew, and there are {len(engine.shelf().numbers):,} articles{forgotten}"


def _is_listed(engine: Engine, folder: Path) -> bool:
    try:
        catalogue = Catalogue.open(engine.locations.catalogue)
        return catalogue is not None and catalogue.count_below(os.fsencode(folder).rstrip(b"/") + b"/") > 0
    except StorageError:
        return False


def _leftovers(engine: Engine) -> Iterator[Finding]:
    """Files that killed runs had begun to write. What was half written is found by age: nothing takes an hour."""
    places = engine.locations
    try:
        with library_lock(places.lock):
            freed = remove_leftovers(places.index)
    except (LibraryLocked, StorageError):
        return  # a run is under way and cleans up itself; what is damaged was said before
    if freed:
        yield Finding("mended", f"{places.index}: removed {freed:,} bytes that a killed run had left")
    begun = [
        *places.dumps.glob(".*.partial"),
        *places.data.glob("*.partial*"),
        *places.drafts.glob("*.partial"),
        *places.state.glob(".window-*"),
        *places.cache.glob(f".{places.userdata_seen.name}.*"),
    ]
    for path in begun:
        try:
            if time.time() - path.stat().st_mtime > SECONDS_OF_WRITING:
                path.unlink()
                yield Finding("mended", f"{path}: removed; a killed run had left it")
        except OSError:
            continue


def _cache_trouble(engine: Engine) -> tuple[str, IndexOptions] | None:
    """What is wrong with catalogue or index, or how they disagree, and the run that mends it; None when they are sound.
    A sound catalogue is kept: it knows what is away, and texts that no file has any more."""
    anew, renewed = IndexOptions(rebuild=True), IndexOptions(renew_index=True)
    try:
        catalogue = Catalogue.open(engine.locations.catalogue)
        if catalogue is None:
            return "there is no catalogue", IndexOptions()
        if (damage := catalogue.check()) is not None:
            return f"the catalogue is damaged ({damage})", anew
        if (damage := stories_damage(engine.locations.stories)) is not None:
            return f"the stories are damaged ({damage})", renewed
        waiting = sum(map(len, catalogue.pending()))
        numbers = {article.number for article in catalogue.listing()}
    except StorageError as error:
        return str(error), anew
    try:
        verify(engine.locations.index)
        snapshot = Snapshot.open(engine.locations.index)
        if snapshot is None:
            return "there is no index", renewed
        with snapshot:
            indexed = snapshot.numbers()
    except StorageError as error:
        return str(error), renewed
    except OSError as error:
        return f"{error.filename or engine.locations.cache}: {error.strerror or error}", renewed
    except Exception as error:  # a damaged index raises anything
        return f"the index is damaged ({type(error).__name__})", renewed
    if waiting or engine.indexed_at() is None:
        return "the last run did not come to its end", IndexOptions()
    return ("index and catalogue are out of step", renewed) if numbers != indexed else None
