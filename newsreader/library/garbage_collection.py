"""When Python's garbage collector runs: not while a whole library is listed, and not over what was listed before.

Each full collection looks at every object there is and stops all threads meanwhile. In a library of 100,000 articles
typing would stutter, and listing them would take half as long again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

FULL_COLLECTION_AFTER = 3
"""Smaller collections, where Python has 10."""


LONGEST_COLLECTION = 0.02
"""Seconds."""
OLDEST = 2
"""The generation of objects that a full collection looks at."""


@contextmanager
def uncollected() -> Iterator[None]:
    """No garbage is looked for within the block: listing 100,000 files takes a third less. Not for what may make cycles
    of objects, which would stay in memory meanwhile."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def spare_collector() -> None:
    """Don't look at what is alive now until `collect_everything`, and look often at what is new.

    A full collection of all that a reader of 100,000 articles holds takes 60 ms (measured) and stops every thread;
    typing makes enough objects to start one every few keys. Of what is new, a third at a time takes 15 ms. What stays
    alive of it adds up: once a collection has taken too long, that is set aside as well.
    """
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, FULL_COLLECTION_AFTER)
    if _watch not in gc.callbacks:
        gc.callbacks.append(_watch)


_began = 0.0


def _watch(phase: str, info: dict[str, int]) -> None:
    """At the beginning and the end of each collection: they come one at a time."""
    global _began
    if info["generation"] == OLDEST:
        if phase == "start":
            _began = time.thread_time()
        elif time.thread_time() - _began > LONGEST_COLLECTION:
            gc.freeze()


def collect_everything() -> None:
    """Also what was alive when the collector was spared, and is in use no more. For when nobody waits."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
