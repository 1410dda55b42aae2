"""Queries and what they find: the part of the engine behind the search line and `newsreader search`.

Filters that the index knows nothing of (tags, marks, stories) are answered from the overview, so that tagging never
has to wait for the index.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from newsreader.article import CancelCheck, never
from newsreader.engine.arrivals import ARRIVED, Arrivals
from newsreader.engine.connections import Connections
from newsreader.engine.facets import Facets, facets
from newsreader.engine.filters import Conditions
from newsreader.engine.histogram import MOST_BARS, histogram
from newsreader.engine.results import Histogram, Hit, Unit
from newsreader.errors import QueryError, StorageError
from newsreader.formats.base import title_is_lede
from newsreader.index.completion import Completion, complete
from newsreader.index.describe import describe
from newsreader.index.excerpt import Highlighter, excerpt
from newsreader.index.query import Everything, Query, Saved, leaves, parse_query
from newsreader.index.result import Result, Sort
from newsreader.text.spans import HighlightedText
from newsreader.userdata.searches import Searches


class Searching:
    """Any thread may call."""

    def __init__(self, connections: Connections, today: Callable[[], date], arrivals: Arrivals) -> None:
        self._connections = connections
        self._arrivals = arrivals
        self._today = today

    def search(
        self,
        text: str,
        *,
        sort: Sort = "relevance",
        any_word: bool = False,
        typing: bool = False,
        explain: bool = False,
        cancelled: CancelCheck = never,
    ) -> Result:
        """Run a query; the empty one finds everything, newest first. Raises `QueryError`, `Cancelled`."""
        started = time.monotonic()
        shelf = self._connections.shelf()
        if not text.strip():
            numbers = shelf.numbers[::-1] if sort == "date" else shelf.numbers
            query = Query(text, Everything())
            return Result(query, numbers, np.zeros(0), False, "all articles", None, Highlighter.of(query.root, ()))
        if text.strip() == ARRIVED and len(numbers := self._arrivals.since_last_visit()):  # the reader opens on it
            query = parse_query(text, today=self._today())
            numbers = numbers[::-1] if sort == "date" else numbers
            highlighter = Highlighter.of(query.root, ())
            return Result(query, numbers, np.zeros(0), False, describe(query.root), None, highlighter)
        snapshot = self._connections.snapshot(shelf.generation)
        if snapshot is None or (catalogue := self._connections.catalogue) is None:
            raise StorageError("there is no index yet: run `newsreader index`")
        conditions = Conditions(shelf, catalogue, self._arrivals.since_last_visit)
        found = snapshot.search(
            text,
            today=self._today(),
            resolve=conditions.resolve,
            similar=conditions.similar,
            saved=self.saved_searches(),
            sort=sort,
            any_word=any_word,
            typing=typing,
            explain=explain,
            cancelled=cancelled,
        )
        return replace(found, seconds=time.monotonic() - started)

    def hits(self, result: Result, start: int, stop: int) -> list[Hit]:
        """The hits from `start` up to `stop` with excerpts."""
        catalogue = self._connections.catalogue
        if catalogue is None:
            return []
        numbers = result.numbers[start:stop].tolist()
        scores = dict(zip(numbers, result.scores[start:stop].tolist(), strict=False))
        rows = catalogue.rows(numbers)
        texts = catalogue.texts(numbers)
        marker = result.highlighter
        return [
            Hit(
                article,
                scores.get(row.number, 0.0),
                excerpt(_below_headline(row.title, texts.get(row.number, ())), marker),
                HighlightedText(article.title, marker.spans(article.title)),
            )
            for row, article in zip(rows, self._connections.shelf().articles(rows), strict=True)
        ]

    def facets(self, result: Result) -> Facets:
        """The outlets, months and tags of a result."""
        return facets(self._connections.shelf(), result.numbers)

    def histogram(self, result: Result, unit: Unit | None = None, most: int = MOST_BARS) -> Histogram:
        """When the articles of a result were published; without a `unit`, in the finest that takes at most so many
        bars."""
        shelf = self._connections.shelf()
        return histogram(shelf.days[shelf.places_of(result.numbers)], unit, most)

    def complete(self, text: str, cursor: int) -> tuple[Completion, ...]:
        """What could be typed at the cursor of a query."""
        shelf = self._connections.shelf()
        values = {
            "tag": [tag for tag, _ in shelf.counts.tags],
            "source": shelf.sources,
            "@": list(self.saved_searches()),
        }
        return complete(text, cursor, values)

    def saved_searches(self) -> dict[str, str]:
        """Query by name."""
        return Searches(self._connections.store).all()

    def save_search(self, name: str, query: str) -> None:
        """Keep a query under a name. Raises `QueryError`, `UsageError`."""
        for leaf in leaves(parse_query(query, today=self._today()).root):
            if isinstance(leaf, Saved):
                raise QueryError("a saved search can't use another one", leaf.start, leaf.stop)
        Searches(self._connections.store).save(name, query)

    def delete_search(self, name: str) -> None:
        """Raises `NotFoundError`."""
        Searches(self._connections.store).delete(name)


def _below_headline(title: str, paragraphs: Sequence[str]) -> Sequence[str]:
    """The text for an excerpt: without the first paragraph where that is the headline already."""
    return paragraphs[1:] if len(paragraphs) > 1 and title_is_lede(title, paragraphs) else paragraphs
