"""Up to where the user has seen the library: what came since then is new at the next start.

It lies in the state directory and is disposable: without it nothing is new. Two readers may end in any order, and one
that is killed leaves the mark where it was, so that nothing is taken for seen.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from newsreader.article import ArticleId
from newsreader.library.private import make_private
from newsreader.text.json_value import load
from newsreader.userdata.notified import SeenUpTo

LATEST = 2**33
"""Seconds since the epoch, in the year 2242: as nanoseconds, databases hold no more."""


def visit_file(state: Path) -> Path:
    return state / "last-visit.json"


def last_visit(state: Path) -> SeenUpTo | None:
    """The mark that was kept; None when there is none, or none that makes sense."""
    try:
        said = load(visit_file(state).read_text(encoding="utf-8"))
        epoch, moment, ids = said["epoch"], said["time"], said["ids"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not isinstance(epoch, str) or type(moment) is not int or not isinstance(ids, list):
        return None
    if not 0 <= moment <= LATEST or not all(isinstance(article, str) for article in ids):
        return None
    return SeenUpTo(epoch, moment, frozenset(map(ArticleId, ids)))


def keep_visit(state: Path, seen: SeenUpTo) -> None:
    """Replace the mark, unless a reader that ended meanwhile has seen more. A directory that can't be written to costs
    no more than that the same is new again."""
    kept = last_visit(state)
    if kept is not None and seen.time < kept.time <= time.time():
        return
    if kept is not None and (kept.epoch, kept.time) == (seen.epoch, seen.time):
        seen = SeenUpTo(seen.epoch, seen.time, seen.ids | kept.ids)
    with suppress(OSError):
        make_private(state)
        handle, name = tempfile.mkstemp(dir=state, prefix=".last-visit-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"epoch": seen.epoch, "time": seen.time, "ids": sorted(seen.ids)}, file)
            os.replace(name, visit_file(state))
        except OSError:
            Path(name).unlink(missing_ok=True)
