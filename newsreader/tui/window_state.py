"""What the window looked like when it was left: disposable, so a broken file means the defaults."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from newsreader.library.private import make_private
from newsreader.text.json_value import load

LEAST_SHARE, MOST_SHARE = 20, 80
"""Percent that the list may have."""
USUAL_SHARE = 42
SORTS = ("relevance", "recent", "-date", "date")
MOST_REMEMBERED = 100
"""Queries."""
LONGEST_QUERY = 2_000
"""Characters of a query that is remembered."""


@dataclass(slots=True)
class WindowState:
    """Everything here has a default, and nothing of it is the user's work."""

    theme: str | None = None
    history: tuple[str, ...] = ()
    """Queries that were sent, newest first."""
    sort: str = "relevance"
    list_share: int = USUAL_SHARE
    """Percent of the width beside the sidebar that the list has."""
    dim_known: bool = False
    """Whether the reading pane dims what was said before."""


def state_file(directory: Path) -> Path:
    return directory / "window.json"


def load_state(directory: Path) -> WindowState:
    """The state that was saved; the default for whatever is missing or makes no sense."""
    try:
        loaded = load(state_file(directory).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return WindowState()
    state = WindowState()
    if not isinstance(loaded, dict):
        return state
    theme, history, sort, share, dim_known = (loaded.get(f.name) for f in dataclasses.fields(WindowState))
    if isinstance(theme, str):
        state.theme = theme
    if isinstance(history, list):
        state.history = tuple(dict.fromkeys(filter(_is_query, history)))[:MOST_REMEMBERED]
    if sort in SORTS:
        state.sort = sort
    if type(share) is int and LEAST_SHARE <= share <= MOST_SHARE:
        state.list_share = share
    state.dim_known = dim_known is True
    return state


def _is_query(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_QUERY and value.isprintable()


def save_state(directory: Path, state: WindowState) -> None:
    """Replace the file as a whole. A directory that can't be written to loses nothing that matters."""
    try:
        make_private(directory)
        handle, name = tempfile.mkstemp(dir=directory, prefix=".window-")
    except OSError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(dataclasses.asdict(state), file)
        os.replace(name, state_file(directory))
    except OSError:
        Path(name).unlink(missing_ok=True)
