"""How many arenas glibc's malloc has in a reader that stays open: few.

By default each thread gets an arena of its own, up to eight for each processor, and what a thread has freed in one is
not used by others. The reader has a thread for each kind of work, and each of them now and then needs tens of megabytes
for a moment: after twenty minutes under siege 105 of 138 MB in arenas were free, and more of them each minute.
"""

from __future__ import annotations

import ctypes
from contextlib import suppress

ARENAS = 2
"""Python runs one thread at a time; the second is for what NumPy and SQLite do meanwhile."""
_M_ARENA_MAX = -8
"""Of mallopt(3)."""


def share_arenas() -> None:
    """To be called before threads are started. Does nothing where malloc is another one."""
    with suppress(AttributeError, OSError, TypeError):  # musl, macOS; Windows has no such library at all
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, ARENAS)
