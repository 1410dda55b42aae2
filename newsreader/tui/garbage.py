"""Keeping the garbage collector away from a large library."""

from __future__ import annotations

import gc


def spare_collector() -> None:
    """Collect garbage now, and don't look at what is alive again until the next call.

    A library of 100,000 articles is a few hundred thousand objects. A full collection looks at all of them, takes 60 ms
    (measured) and stops every thread; typing makes enough objects to start one every few keys.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
