"""Saved searches: queries with a name, which `@name` stands for in other queries.

Names are of letters and digits only: any other sign would end the name where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsreader.errors import NotFoundError, UsageError
from newsreader.text.clean import one_line
from newsreader.userdata.store import Store

LONGEST_NAME = 60
_NAME = re.compile(rf"[\w.-]{{1,{LONGEST_NAME}}}")
_NOT_IN_NAMES = re.compile(r"[^\w.-]")


def valid_name(name: str) -> str:
    """The name without its sign. Raises `UsageError` for what `@name` could not say."""
    name = name.removeprefix("@")
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} can't be a saved search's name: letters, digits, - _ and . only, at most {LONGEST_NAME}"
        )
    return name


def usable_names(names: Iterable[str]) -> dict[str, str]:
    """For each name that searches are kept under a valid one: another tool may have given any. No two are the same."""
    found: dict[str, str] = {}
    for name in names:
        usable = _NOT_IN_NAMES.sub("-", name)[:LONGEST_NAME] or "-"
        taken, number = set(found.values()), 2
        while usable in taken:
            usable, number = f"{usable[: LONGEST_NAME - 5]}-{number}", number + 1
        found[name] = usable
    return found


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
