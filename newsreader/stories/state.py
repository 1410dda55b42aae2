"""What a story book knows between two runs, and how it is kept in files.

A state is a value: an update makes a new one, and a failure leaves the old one. Saving appends what has changed since,
so that an article more costs no more in a large library than in a small one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from newsreader.stories.article_arrays import NO_TERM, Articles
from newsreader.stories.column_files import ColumnKind, Columns, Extent
from newsreader.stories.entry import BookEntry
from newsreader.stories.pairs import GONE, CandidatePairs
from newsreader.stories.version import VERSION
from newsreader.terms.arrays import Array, Flags, stretches
from newsreader.terms.batches import batched
from newsreader.terms.signature import SHINGLES, TERMS

ALONE = np.uint64(0)
"""The story of articles that are in none."""

_ENTRIES_AT_ONCE = 4_096
_CHANGE = np.dtype([("at", "<u4"), ("value", "<i4")])
_PLACING = np.dtype([("at", "<u4"), ("value", "<u8")])

_FACTS = np.dtype(
    [
        ("number", "<i8"),
        ("id", "<u8"),
        ("published", "<f8"),
        ("text", "<u8"),
        ("shingle_count", "u1"),
        ("scale", "u1"),
    ]
)
_PAIR = np.dtype([("larger", "<i4"), ("smaller", "<i4"), ("copy", "?")])

_OF_ARTICLES = {
    "facts": ColumnKind(_FACTS),
    "terms": ColumnKind(np.dtype("<u4"), TERMS, checked=False),
    "weights": ColumnKind(np.dtype("u1"), TERMS, checked=False),
    "shingles": ColumnKind(np.dtype("<u4"), SHINGLES, checked=False),
}
_OF_PAIRS = {"pairs": ColumnKind(_PAIR), "similarity": ColumnKind(_CHANGE)}
_OF_STORIES = {"story": ColumnKind(_PLACING), "joined": ColumnKind(_PLACING)}
_KINDS = {**_OF_ARTICLES, **_OF_PAIRS, **_OF_STORIES, "gone": ColumnKind(np.dtype("<u4"))}
"""Similarities and stories are what pairs and articles have come to, change by change."""


@dataclass(frozen=True, slots=True)
class State:
    """All that a book holds. The arrays are replaced, never changed."""

    token: str = ""
    articles: Articles = field(default_factory=lambda: Articles.of(()))
    """Also those that were taken out."""
    there: Flags = field(default_factory=lambda: np.zeros(0, np.bool_))
    """(articles,): whether each was not taken out."""
    pairs: CandidatePairs = field(default_factory=CandidatePairs.none)
    """Of rows of the articles."""
    story: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    """(articles,): of each the id of the first article of its story in its language, or `ALONE`."""
    joined: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    """(articles,): where stories in several languages are one, the id of its first article; else `ALONE`."""
    corrected: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    """(any,): ids of the articles that the corrections were about, ascending."""
    parted: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    """(any,): those of them that were taken out or kept apart, ascending."""

    @property
    def told(self) -> npt.NDArray[np.uint64]:
        """(articles,): of each the id of its story's first article, in whichever language, or `ALONE`."""
        return np.where(self.joined == ALONE, self.story, self.joined)


class Files:
    """A book's files."""

    def __init__(self, folder: Path) -> None:
        """Without articles; what is there is replaced when a state is saved."""
        self._folder = folder
        self._columns = Columns(folder, _KINDS)
        self._saved = State()

    @classmethod
    def open(cls, folder: Path) -> tuple[Files, State]:
        """The files of a folder and what they hold; nothing if there are none, damaged ones, or those of another
        version."""
        files = cls(folder)
        try:
            files._columns, noted = Columns.open(folder, _KINDS, VERSION)
            files._saved = _state(files._columns, noted)
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls(folder), State()
        return files, files._saved

    def articles(self, more: Iterable[BookEntry] = ()) -> Articles:
        """The articles of the files with more behind them, which are written there but don't count before the book is
        saved. Raises OSError, and ValueError for an unreadable signature."""
        for some in batched(more, _ENTRIES_AT_ONCE):
            articles = Articles.of(some)
            for name in _OF_ARTICLES:
                self._columns.append(name, _facts(articles) if name == "facts" else getattr(articles, name))
        return _articles(self._columns)

    def extent(self) -> Extent:
        """Where `undo` goes back to."""
        return self._columns.extent()

    def undo(self, extent: Extent) -> None:
        """Forget the articles that were added since."""
        self._columns.undo(extent)

    def save(self, state: State) -> State:
        """Keep a state whose articles are those of the files, all of it or nothing: the state as the files have it.
        Raises OSError."""
        columns, saved, extent = self._columns, self._saved, self.extent()
        try:
            self._add(state)
            if self._columns.size > 2 * _used(state):
                state = self._write_anew(state)
            noted = {"corrected": state.corrected.tolist(), "parted": state.parted.tolist()}
            self._columns.commit(VERSION, {"token": state.token, **noted})
        except BaseException:
            self._columns, self._saved = columns, saved
            self.undo(extent)
            raise
        self._saved = state
        return state

    def _add(self, state: State) -> None:
        """What is new since the state that was saved."""
        before = self._saved
        known = np.append(before.there, np.ones(len(state.there) - len(before.there), np.bool_))
        self._columns.append("gone", np.flatnonzero(known & ~state.there))
        new_pairs = np.zeros(len(state.pairs) - len(before.pairs), _PAIR)
        new_pairs["larger"], new_pairs["smaller"] = state.pairs.rows[len(before.pairs) :].T
        new_pairs["copy"] = state.pairs.copy[len(before.pairs) :]
        self._columns.append("pairs", new_pairs)
        self._columns.append("similarity", _changes(before.pairs.similarity, state.pairs.similarity, _CHANGE))
        self._columns.append("story", _changes(before.story, state.story, _PLACING))
        of_known = np.append(before.joined, np.full(len(state.joined) - len(before.joined), ALONE))
        self._columns.append("joined", _changes(of_known, state.joined, _PLACING))

    def _write_anew(self, state: State) -> State:
        """Only what is of use, in files of its own."""
        before, self._columns, self._saved = self._columns, Columns(self._folder, _KINDS), State()
        for name in _OF_ARTICLES:
            rows = before[name]
            for some in stretches(len(rows)):
                self._columns.append(name, rows[some][state.there[some]])
        new_row = np.cumsum(state.there) - 1
        pairs, kept = state.pairs, state.pairs.similarity != GONE
        state = State(
            state.token,
            _articles(self._columns),
            np.ones(int(state.there.sum()), np.bool_),
            CandidatePairs(new_row[pairs.rows[kept]].astype(np.int32), pairs.similarity[kept], pairs.copy[kept]),
            state.story[state.there],
            state.joined[state.there],
            state.corrected,
            state.parted,
        )
        self._add(state)
        return state


def damage(folder: Path) -> str | None:
    """What is wrong with the files of a book, if anything; reads all of them. Raises OSError."""
    return Columns.damage(folder, _KINDS, VERSION)


def _changes(before: Array, now: Array, kind: np.dtype[Any]) -> Array:
    """Where, and to what, values have changed or were added."""
    known = len(before)
    at = np.append(np.flatnonzero(now[:known] != before), np.arange(known, len(now)))
    changes = np.zeros(len(at), kind)
    changes["at"], changes["value"] = at, now[at]
    return changes


def _used(state: State) -> int:
    """Bytes that would be written anew."""
    articles, pairs = int(state.there.sum()), int((state.pairs.similarity != GONE).sum())
    of_article = sum(kind.row_size for kind in _OF_ARTICLES.values()) + _PLACING.itemsize
    return articles * of_article + pairs * sum(kind.row_size for kind in _OF_PAIRS.values())


def _facts(articles: Articles) -> Array:
    facts = np.zeros(len(articles), _FACTS)
    for name in _FACTS.names or ():
        facts[name] = getattr(articles, name)
    return facts


def _articles(columns: Columns) -> Articles:
    facts = columns["facts"]
    return Articles(
        **{name: np.ascontiguousarray(facts[name]) for name in _FACTS.names or ()},
        **{name: columns[name] for name in _OF_ARTICLES if name != "facts"},
    )


def _state(columns: Columns, noted: dict[str, Any]) -> State:
    """IndexError or ValueError for columns that don't belong together."""
    articles, pairs = _articles(columns), columns["pairs"]
    rows = len(articles)
    if any(len(columns[name]) != rows for name in _OF_ARTICLES):
        raise ValueError("columns of different lengths")
    if any(int(articles.terms[some].max()) > NO_TERM for some in stretches(rows)):
        raise ValueError("damaged terms")
    there = np.ones(rows, np.bool_)
    there[columns["gone"]] = False
    similarity = np.full(len(pairs), GONE, np.int32)
    similarity[columns["similarity"]["at"]] = columns["similarity"]["value"]
    story = np.full(rows, ALONE)
    story[columns["story"]["at"]] = columns["story"]["value"]
    joined = np.full(rows, ALONE)
    joined[columns["joined"]["at"]] = columns["joined"]["value"]
    return State(
        str(noted["token"]),
        articles,
        there,
        CandidatePairs(
            np.column_stack([pairs["larger"], pairs["smaller"]]), similarity, np.ascontiguousarray(pairs["copy"])
        ),
        story,
        joined,
        np.array(noted["corrected"], np.uint64),
        np.array(noted["parted"], np.uint64),
    )
