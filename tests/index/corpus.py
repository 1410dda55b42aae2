"""Small indexes to try things on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from newsreader.errors import QueryError
from newsreader.index import writing
from newsreader.index.compile import SimilarTo
from newsreader.index.query import Filter
from newsreader.index.result import Result
from newsreader.index.schema import NO_DAY, IndexedArticle, Label
from newsreader.index.search import Snapshot

TODAY = date(2021, 3, 31)
"""A Wednesday."""


def document(
    number: int,
    text: str = "",
    *,
    title: str = "",
    lede: bool = False,
    source: str | None = None,
    author: str | None = None,
    path: str | None = None,
    language: str | None = "en",
    day: date | None = date(2021, 3, 1),
    time: int | None = None,
) -> IndexedArticle:
    """An article for the index; paragraphs are lines."""
    label = Label(
        number,
        source,
        author,
        f"/articles/{number}.txt" if path is None else path,
        NO_DAY if day is None else day.year * 10000 + day.month * 100 + day.day,
        (0 if day is None else day.toordinal() * 86400) if time is None else time,
    )
    return IndexedArticle(label, title, tuple(text.split("\n")) if text else (), lede, language)


def no_filter(condition: Filter) -> Collection[int]:
    raise AssertionError(f"nobody asked for {condition}")


def no_article(condition: Filter) -> SimilarTo:
    raise QueryError("there is no such article", condition.start, condition.stop)


class Corpus:
    """An index in a folder of its own."""

    def __init__(self, folder: Path, *documents: IndexedArticle) -> None:
        self.folder = folder
        self.index = writing.create_index(folder)
        self.write(*documents)

    def write(self, *documents: IndexedArticle, delete: Collection[int] = ()) -> None:
        writing.write(self.index, writing.inverted_documents(documents), delete)

    def open(self) -> Snapshot:
        snapshot = Snapshot.open(self.folder)
        assert snapshot is not None
        return snapshot

    def search(self, query: str, **how: Any) -> Result:
        with self.open() as snapshot:
            return look(snapshot, query, **how)

    def find(self, query: str, **how: Any) -> list[int]:
        """The numbers of what a query finds, best first; partial matches don't count."""
        found = self.search(query, **how)
        return [] if found.partial else found.numbers.tolist()

    def found(self, query: str, **how: Any) -> set[int]:
        return set(self.find(query, **how))

    def segments(self) -> list[tuple[int, int]]:
        """(documents, deleted ones among them) of each segment."""
        index = writing.open_index(self.folder)
        assert index is not None
        return [(segment.doc_count_all(), segment.deleted_count()) for segment in index._segments()]


def look(
    snapshot: Snapshot,
    query: str,
    *,
    resolve: Callable[[Filter], Collection[int]] = no_filter,
    similar: Callable[[Filter], SimilarTo] = no_article,
    saved: Mapping[str, str] | None = None,
    **how: Any,
) -> Result:
    return snapshot.search(query, today=TODAY, resolve=resolve, similar=similar, saved=saved or {}, **how)


Answer = TypeVar("Answer")


def explained(text: str, ask: Callable[[], Answer]) -> Answer | None:
    """What a query gives, None if it can't be understood: then the error must name a place in it."""
    try:
        return ask()
    except QueryError as error:
        place = (error.start, error.stop)
        if not (0 <= error.start <= error.stop <= len(text) and error.reason):
            raise AssertionError(f"{text!r}: no such place {place}") from error
        return None


@contextmanager
def corpus(*documents: IndexedArticle) -> Iterator[Corpus]:
    """An index for the length of one example of a property."""
    with tempfile.TemporaryDirectory() as folder:
        yield Corpus(Path(folder), *documents)
