"""What came since the user was last told, by saved search: for `newsreader index --notify`.

A search that can't be understood any more is told of too, instead of finding nothing for ever.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from newsreader.article import Article
from newsreader.engine.core import Engine
from newsreader.engine.overview import Shelf
from newsreader.errors import QueryError
from newsreader.terms.arrays import Ints
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
    seen = _now(engine)
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
            found += [Notice(name, article) for article in _unseen(engine, result.numbers, mark, seen.epoch)]
    told = frozenset(notice.article.id for notice in found)
    searched = frozenset(searches.keys() - troubles.keys())
    return Notices(tuple(found), searched, tuple(troubles.values()), replace(seen, ids=seen.ids | told))


def mark_told(engine: Engine, told: Notices, *, but: Collection[str] = ()) -> None:
    """The user knows: the next notices begin here, but those of some searches."""
    Notified(engine.store).set(told.searched.difference(but), told.seen)


def _now(engine: Engine) -> SeenUpTo:
    """What is in the library. Runs follow each other, so what the next ones add comes after the end of the last: at the
    earliest in the same second, where ids tell it apart."""
    time = int(engine.indexed_at() or 0)
    latest = engine.articles(_added_since(engine.shelf(), time).tolist())
    return SeenUpTo(engine.epoch(), time, frozenset(article.id for article in latest))


def _unseen(engine: Engine, numbers: Ints, mark: SeenUpTo, epoch: str) -> list[Article]:
    """Those of the articles that came after a mark. In a rebuilt cache all seem to have come at once: there the files'
    own times have to tell."""
    if mark.epoch == epoch:
        numbers = numbers[np.isin(numbers, _added_since(engine.shelf(), mark.time))]
    articles = [article for article in engine.articles(numbers.tolist()) if article.id not in mark.ids]
    return articles if mark.epoch == epoch else [a for a in articles if _changed_at(a.path) >= mark.time]


def _added_since(shelf: Shelf, time: int) -> Ints:
    found: Ints = shelf.numbers[shelf.holdings.added >= time]
    return found


def _changed_at(path: Path) -> float:
    """Seconds since the epoch; 0 for a file that is gone."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
