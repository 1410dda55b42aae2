"""A cache that is built anew beside the one in use, and takes its place when it is whole.

Searches, readers and commands go on with the old one meanwhile. Built in its place, the library would look empty or
damaged to them for minutes, and a disk that fills up would leave nothing of it.
"""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from newsreader.errors import DamagedError, StorageError, disk_errors
from newsreader.library.catalogue import Catalogue
from newsreader.library.locations import Locations

_OLD = "old-"


def begin_anew(places: Locations) -> Locations:
    """Where the cache is to be built: beside the one that is there, or in its place where that one can't be used. The
    caller holds the library's lock. Raises `StorageError`."""
    try:
        former = Catalogue.open(places.catalogue)
        if former is not None:
            with closing(former):
                counted = former.last_number, former.generation
    except DamagedError:
        former = None
    if former is None:
        _drop(places)
        return places
    aside = replace(places, cache=places.being_built)
    try:
        with disk_errors(aside.cache):
            aside.cache.mkdir(mode=0o700)
        with closing(Catalogue.create(aside.catalogue)) as catalogue:
            catalogue.count_on_from(*counted)
    except StorageError:
        give_up(places)
        raise
    return aside


def give_up(places: Locations) -> None:
    """Remove what was built beside the cache in use, which stays as it is."""
    shutil.rmtree(places.being_built, ignore_errors=True)


def take_over(places: Locations) -> None:
    """Put the cache that was built beside the one in use in its place. Raises `StorageError`."""
    aside = replace(places, cache=places.being_built)
    with disk_errors(places.cache):
        for directory in (aside.index, aside.stories):
            directory.mkdir(exist_ok=True, mode=0o700)  # each takes the place of one
        os.rename(places.being_built, places.built)
        _move_in(places)


def tidy_up(places: Locations) -> None:
    """End what a killed run had begun: a cache that was whole takes its place, half a one is removed. Raises
    `StorageError`. The caller holds the library's lock."""
    with disk_errors(places.cache):
        if places.built.exists():
            _move_in(places)
        if places.being_built.exists():
            shutil.rmtree(places.being_built)


def _move_in(places: Locations) -> None:
    """May be begun again after any step. The catalogue comes last: until then index and catalogue in use don't belong
    together, which readers notice and wait for (`Connections`)."""
    new = replace(places, cache=places.built)
    if new.catalogue.exists():
        for old, made in zip(*((p.index, p.stories, p.meanings) for p in (places, new)), strict=True):
            aside = made.with_name(_OLD + made.name)
            if made.exists():
                if old.exists():
                    shutil.rmtree(aside, ignore_errors=True)
                    os.rename(old, aside)
                os.rename(made, old)
        _unlink_catalogue(places)
        os.rename(new.catalogue, places.catalogue)
    shutil.rmtree(places.built)


def renew_index(places: Locations) -> None:
    """Drop index and stories: the run builds them anew from the catalogue. The caller holds the library's lock."""
    shutil.rmtree(places.index, ignore_errors=True)
    shutil.rmtree(places.stories, ignore_errors=True)
    shutil.rmtree(places.meanings, ignore_errors=True)


def _drop(places: Locations) -> None:
    renew_index(places)
    _unlink_catalogue(places)


def _unlink_catalogue(places: Locations) -> None:
    """The database first: without it, nobody opens what lies beside it."""
    for end in ("", "-wal", "-shm"):
        Path(f"{places.catalogue}{end}").unlink(missing_ok=True)
