"""What the window looked like when it was left: disposable, so a broken file means the defaults."""

from __future__ import annotations

import dataclasses
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsreader.article import ArticleId
from newsreader.library.private import make_private
from newsreader.text.json_value import load
from newsreader.tui.trail import MainStop

LEAST_SHARE, MOST_SHARE = 20, 80
"""Percent that the list may have."""
USUAL_SHARE = 42
SORTS = ("relevance", "recent", "-date", "date")
MOST_REMEMBERED = 100
"""Queries."""
LONGEST_QUERY = 2_000
"""Characters of a query that is remembered."""
LONGEST_NAME = 100
"""Characters of an id, or of a heading."""


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
    folded_groups: tuple[str, ...] = ()
    """Headings of the sidebar of which only that is shown."""
    place: MainStop | None = None
    """Where the user was: the list, the article, the pane."""


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
    theme, history, sort, share = (loaded.get(name) for name in ("theme", "history", "sort", "list_share"))
    if isinstance(theme, str):
        state.theme = theme
    if isinstance(history, list):
        state.history = tuple(dict.fromkeys(filter(_is_query, history)))[:MOST_REMEMBERED]
    if sort in SORTS:
        state.sort = sort
    if type(share) is int and LEAST_SHARE <= share <= MOST_SHARE:
        state.list_share = share
    state.dim_known = loaded.get("dim_known") is True
    if isinstance(groups := loaded.get("folded_groups"), list):
        state.folded_groups = tuple(filter(_is_name, groups))
    state.place = _place(loaded.get("place"))
    return state


def _place(said: object) -> MainStop | None:
    """As `save_state` wrote it; None for anything else, also in a part of it."""
    if not isinstance(said, dict):
        return None
    cursor, anchor, article = (said.get(name) for name in ("cursor", "anchor", "article"))
    query: Any = said.get("query")
    kind: Any = said.get("kind")
    sort: Any = said.get("sort")
    at: Any = said.get("text_at")
    sound = (
        (query == "" or _is_query(query))
        and kind in ("articles", "stories")
        and sort in SORTS
        and type(at) is int
        and at >= 0
        and all(name is None or _is_name(name) for name in (cursor, anchor, article))
    )
    if not sound:
        return None
    return MainStop(
        query,
        kind,
        sort,
        folded=said.get("folded") is not False,
        cursor=cursor,
        anchor=anchor,
        in_text=said.get("in_text") is True,
        article=ArticleId(article) if article is not None else None,
        text_at=at,
    )


def _is_query(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_QUERY and value.isprintable()


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and value.isprintable()


def save_state(directory: Path, state: WindowState) -> None:
    """Replace the file as a whole. A directory that can't be written to loses nothing that matters."""
    try:
        make_private(directory)
        handle, name = tempfile.mkstemp(dir=directory, prefix=".window-")
    except OSError:
        return
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(_written(state), file)
        os.replace(name, state_file(directory))
    except OSError:
        Path(name).unlink(missing_ok=True)


def _written(state: WindowState) -> dict[str, Any]:
    """Numbers of folds and the rows below the cursor are of one session."""
    values = dataclasses.asdict(state)
    if state.place is not None:
        values["place"] = {k: v for k, v in values["place"].items() if k not in ("opened", "after", "typing")}
    return values
