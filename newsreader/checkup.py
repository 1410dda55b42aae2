"""Is everything all right? Finds trouble, mends what is only cache."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from newsreader.config import load_config
from newsreader.engine import Engine
from newsreader.errors import ConfigError, NewsreaderError, StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.userdata.corrections import StoryCorrections

Level = Literal["ok", "note", "mended", "trouble"]


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    """`note` wants no action, `mended` was trouble, `trouble` remains."""
    what: str


def check(engine: Engine) -> Iterator[Finding]:
    """Look at everything in turn. Mends catalogue and index by rebuilding; never touches user data."""
    yield from _check_config(engine)
    yield from _check_permissions(engine)
    trouble = _userdata_trouble(engine)
    if trouble is not None:  # without the folders there is nothing to check the cache against
        yield Finding("trouble", trouble)
        return
    yield Finding("ok", "user data")
    yield from _check_folders(engine)
    yield from _check_cache(engine)
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


def _userdata_trouble(engine: Engine) -> str | None:
    try:
        damage = engine.store.check()
    except StorageError as error:
        return str(error)
    return damage and f"{engine.locations.userdata}: damaged ({damage}); restore your last dump"


def _orphans(engine: Engine) -> Iterator[Finding]:
    """User data of articles that are not in the library. Comes last: a damaged catalogue is mended by then."""
    try:
        known = engine.shelf().number_of
    except StorageError:
        return  # said already
    used = {row[0] for row in engine.store.read("SELECT id FROM tags UNION SELECT id FROM marks")}
    used |= StoryCorrections(engine.store).all().ids()
    orphans = [subject for subject in engine.store.subjects() if subject.id in used and subject.id not in known]
    if orphans:
        yield Finding("note", f"tags and marks of {len(orphans)} articles that are not in the library now are kept:")
    for subject in orphans[:10]:
        yield Finding("note", f"  {subject.id[:8]} {os.fsdecode(subject.path)}")


def _check_permissions(engine: Engine) -> Iterator[Finding]:
    for directory in (engine.locations.data, engine.locations.cache):
        try:
            mode = directory.stat().st_mode
        except OSError:
            continue
        if mode & 0o022:
            try:
                directory.chmod(0o700)
                yield Finding("mended", f"{directory}: others could write there; now only you can")
            except OSError as error:
                yield Finding("trouble", f"{directory}: others can write there ({error.strerror})")


def _check_folders(engine: Engine) -> Iterator[Finding]:
    folders = engine.folders()
    missing = [folder for folder in folders if not folder.is_dir()]
    for folder in missing:
        yield Finding("trouble", f"{folder}: the folder is missing; its articles are kept until `index --purge`")
    if not folders:
        yield Finding("note", "the library has no folder yet; `newsreader index FOLDER` adds one")
    elif not missing:
        yield Finding("ok", f"{len(folders)} library folder{'s' if len(folders) != 1 else ''}")


def _check_cache(engine: Engine) -> Iterator[Finding]:
    if not engine.folders():
        return
    trouble = _cache_trouble(engine)
    if trouble is None:
        yield Finding("ok", f"catalogue, index and stories: {len(engine.shelf().numbers):,} articles")
    else:
        try:
            report = engine.index(rebuild=True, purge=True, wait=5.0)
        except NewsreaderError as error:
            yield Finding("trouble", f"{trouble}; building it anew failed: {error}")
            return
        yield Finding("mended", f"{trouble}; the cache was built anew with {report.added:,} articles")
    catalogue = Catalogue.open(engine.locations.catalogue)
    for path, reason in catalogue.failures() if catalogue is not None else ():
        yield Finding("note", f"{Path(os.fsdecode(path))}: {reason}")


def _cache_trouble(engine: Engine) -> str | None:
    """What is wrong with catalogue or index, or how they disagree; None when they are sound."""
    from newsreader.index.search import Snapshot

    try:
        catalogue = Catalogue.open(engine.locations.catalogue)
        if catalogue is None:
            return "there is no catalogue"
        if (damage := catalogue.check()) is not None:
            return f"the catalogue is damaged ({damage})"
        pending = sum(map(len, catalogue.pending()))
        snapshot = Snapshot.open(engine.locations.index)
        if snapshot is None:
            return "there is no index"
        with snapshot:
            numbers = snapshot.numbers()
        if not pending and numbers != {row[0] for row in catalogue.listing()}:
            return "index and catalogue are out of step"
    except StorageError as error:
        return str(error)
    except Exception as error:  # a damaged index raises anything
        return f"the index is damaged ({type(error).__name__})"
    return None
