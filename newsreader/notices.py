"""What came since the user was last told, by saved search: for `newsreader index --notify`.

A search that can't be understood any more is told of too, instead of finding nothing for ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from newsreader.article import Article
from newsreader.engine.core import Engine
from newsreader.errors import QueryError
from newsreader.userdata.notified import Notified, SeenUpTo


@dataclass(frozen=True, slots=True)
class Notice:
    """An article that a saved search found for the first time."""

    search: str
    article: Article


@dataclass(frozen=True, slots=True)
class Notices:
    """All of them, with the mark to set once the user has been told."""

    found: tuple[Notice, ...]
    """By the name of the search, newest first."""
    searched: frozenset[str]
    """The searches that could be run."""
    troubles: tuple[str, ...]
    """Those that could not, each with the reason."""
    seen: SeenUpTo


def notices(engine: Engine) -> Notices:
    """What each saved search finds that came since its mark; nothing for a search that has none yet."""
    seen = engine.arrivals.so_far()
    marks = Notified(engine.store).all()
    found: list[Notice] = []
    troubles: dict[str, str] = {}
    searches = engine.searching.saved_searches()
    for name in searches:
        try:
            result = engine.searching.search(f"@{name}", sort="-date")
        except QueryError as error:
            troubles[name] = f"@{name}: {error}"
            continue
        mark = marks.get(name)
        if mark is not None and not result.partial:
            unseen = result.numbers[np.isin(result.numbers, engine.arrivals.after(mark))]
            found += [Notice(name, article) for article in engine.articles(unseen.tolist())]
    told = frozenset(notice.article.id for notice in found)
    searched = frozenset(searches.keys() - troubles.keys())
    return Notices(tuple(found), searched, tuple(troubles.values()), replace(seen, ids=seen.ids | told))


def mark_told(engine: Engine, told: Notices, *, but: Collection[str] = ()) -> None:
    """The user knows: the next notices begin here, but those of some searches."""
    Notified(engine.store).set(told.searched.difference(but), told.seen)
