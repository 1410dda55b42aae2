"""Saved searches: queries with a name, which `@name` stands for in other queries.

Names are of letters and digits only: any other sign would end the name where it is used.
"""

from __future__ import annotations

import re

from newsreader.errors import NotFoundError, UsageError
from newsreader.text.clean import one_line
from newsreader.userdata.store import Store

_NAME = re.compile(r"[\w.-]{1,60}")


def valid_name(name: str) -> str:
    """The name without its sign. Raises `UsageError` for what `@name` could not say."""
    name = name.removeprefix("@")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} can't be a saved search's name: letters, digits, - _ and . only, at most 60")
    return name


class Searches:
    """The saved searches in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> dict[str, str]:
        """Query by name, in the order of names."""
        return dict(self._store.read("SELECT name, query FROM searches ORDER BY name"))

    def save(self, name: str, query: str) -> None:
        """Keep a query under a name, in the place of what had it. Raises `UsageError` for a bad name."""
        self._store.write_many("INSERT OR REPLACE INTO searches VALUES (?, ?)", [(valid_name(name), one_line(query))])

    def delete(self, name: str) -> None:
        """Raises `NotFoundError`."""
        name = name.removeprefix("@")
        with self._store.writing():
            if not self._store.write_many("DELETE FROM searches WHERE name = ?", [(name,)]):
                raise NotFoundError(f"there is no saved search {name!r}")
            self._store.write_many("DELETE FROM notified WHERE name = ?", [(name,)])
