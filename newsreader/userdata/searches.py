"""Saved searches: queries with a name."""

from __future__ import annotations

import re

from newsreader.errors import NotFoundError, UsageError
from newsreader.userdata.store import Store

_NAME = re.compile(r"[\w.-]{1,60}")


class Searches:
    """The saved searches in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, str]:
        """Query by name, in the order of names."""
        return dict(self._store.read("SELECT name, query FROM searches ORDER BY name"))

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name, in the place of what had it. Raises `UsageError` for a name that `@name` could
        not say."""
        name = name.removeprefix("@")
        if not _NAME.fullmatch(name):
            raise UsageError(f"{name!r} can't be a saved search's name: letters, digits, - _ and . only, at most 60")
        self._store.write_many("INSERT OR REPLACE INTO searches VALUES (?, ?)", [(name, query)])

    def delete(self, name: str) -> None:
        """Raises `NotFoundError`."""
        if not self._store.write_many("DELETE FROM searches WHERE name = ?", [(name.removeprefix("@"),)]):
            raise NotFoundError(f"there is no saved search {name!r}")
