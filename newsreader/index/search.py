"""Searching: a snapshot of the index, queries on it, ranked results, and help for those that find nothing.

A snapshot does not change while runs go on writing: its files are mapped, and a list and its count always belong to the
same state. Opening one is tried again when a commit takes files away meanwhile.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from whoosh import query as wq
from whoosh.index import FileIndex

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled, DamagedError, QueryError, StorageError
from newsreader.index import analysis
from newsreader.index.advice import blocker, clauses, relaxations, respelt
from newsreader.index.array_queries import SimilarQuery
from newsreader.index.compile import EXACT_FIELDS, Compiler, Resolver, SimilarTo
from newsreader.index.describe import describe
from newsreader.index.evaluate import SegmentSearcher, Statistics
from newsreader.index.excerpt import Highlighter
from newsreader.index.query import (
    MOST_WRITTEN_OUT,
    QUERY_FIELDS,
    And,
    Filter,
    Node,
    Query,
    Saved,
    Term,
    is_word,
    leaves,
    nearest,
    parse_query,
)
from newsreader.index.result import Clause, Result, Sort
from newsreader.index.writing import OPEN_PAUSE, open_index
from newsreader.terms.arrays import Floats, Ints

READ_ATTEMPTS = 10
"""To read the list of segments and to map them, while another process may commit."""
RECENCY_SECONDS = 30 * 24 * 3600
"""After how long an article's relevance has lost half of what age can take, under `recent`: news of last month still
matters, of last year hardly."""
RECENCY_FLOOR = 0.3
"""What is left of a very old article's relevance: it must still beat recent ones that only mention the words."""

MOST_ANY = 2_000
"""Different words of a text that are looked for with `any_word`, those of an article of 10,000 words: they take 50 ms
among 20,000 articles, and marking them in 20 hits twice that."""


class Snapshot:
    """The index at one moment, for one thread; later runs don't change what it finds. A context manager."""

    def __init__(self, segments: Sequence[SegmentSearcher]) -> None:
        self._segments: Sequence[SegmentSearcher] = segments
        spoken: Counter[str] = Counter()
        for segment in segments:
            if (field := segment.field("lang")) is not None:
                terms, counts = field.terms.all(), np.diff(field.starts).tolist()
                spoken.update({term.decode(): count for term, count in zip(terms, counts, strict=True)})
        most_first = sorted(spoken, key=lambda code: (-spoken[code], code))
        self.languages: tuple[str, ...] = tuple(most_first) or (analysis.DEFAULT_LANGUAGE,)

    @classmethod
    def open(cls, directory: Path) -> Snapshot | None:
        """None when there is no index yet. Raises `StorageError`."""
        index = open_index(directory)
        try:
            return None if index is None else cls(_segments_of(index))
        except OSError as error:  # that has been tried again, in case that a commit was to blame
            raise DamagedError(f"{directory}: the index is damaged ({error.strerror or error})") from error
        except Exception as error:  # as in `open_index`: the table of contents is read once more
            raise DamagedError(f"{directory}: the index is damaged ({type(error).__name__})") from error

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index's files: nothing is found any more."""
        self._segments = ()

    def count(self) -> int:
        return sum(int(segment.alive.sum()) for segment in self._segments)

    def numbers(self) -> set[int]:
        """Of all articles in the index."""
        return set(self._run(wq.Every(), "date", never)[0].tolist())

    def search(
        self,
        text: str,
        *,
        today: date,
        resolve: Resolver,
        similar: Callable[[Filter], SimilarTo],
        saved: Mapping[str, str],
        sort: Sort = "relevance",
        any_word: bool = False,
        typing: bool = False,
        explain: bool = False,
        cancelled: CancelCheck = never,
    ) -> Result:
        """Run a query. Raises `QueryError` when it can't be understood, `Cancelled`.

        `any_word`: `text` is plain text without operators, articles with any of its words match. `similar` gives
        the text of an article that others are to be like.
        """
        with self._one_search(cancelled):
            searches = _SavedSearches(saved, today)
            compiler = Compiler(resolve, similar, searches.tree, self.languages)
            if any_word:
                wanted = _first_words(text)
                notes = [] if wanted == text else [f"only the first {MOST_ANY:,} different words are looked for"]
                if field := re.search(rf"(?<!\S)(?:{'|'.join(QUERY_FIELDS)}):(?=\S)", wanted):
                    notes.append(f"{field.group()} is looked for as a word: plain text has no filters")
                query = Query(text, Term(0, len(wanted), wanted), tuple(notes))
                numbers, scores = self._run(compiler.any_word(wanted), sort, cancelled)
                meaning = "any of: " + " ".join(word.exact for word in analysis.positions(wanted))
                return Result(
                    query,
                    numbers,
                    scores,
                    False,
                    meaning,
                    None,
                    Highlighter.of(query.root, self.languages, self._rarity),
                )
            query = parse_query(text, today=today, typing=typing)
            searches.check(query)
            numbers, scores = self._run(compiler.compile(query.root), sort, cancelled)
            highlighter = Highlighter.of(query.root, self.languages, self._rarity)
            if isinstance(query.root, And) and (common := list(filter(compiler.is_stop_word, query.root.parts))):
                words = ", ".join(text[part.start : part.stop] for part in common)
                query = replace(query, notes=(*query.notes, f"{words}: in nearly every text, so no condition"))
            found = Result(query, numbers, scores, False, describe(query.root), None, highlighter)

            def count(node: Node) -> int:
                return len(self._run(compiler.compile(node), "-date", cancelled)[0])

            parts: tuple[Clause, ...] = ()
            if explain or not len(numbers):
                whole = Clause(query.root.start, query.root.stop, found.interpretation, len(numbers))
                parts = clauses(query.root, count) if isinstance(query.root, And) else (whole,)
            if len(numbers):
                return replace(found, clauses=parts)
            suggestion = respelt(query, self._segments, EXACT_FIELDS)
            if (loosened := _loosened(query.root, compiler)) is not None:
                numbers, scores = self._run(loosened, sort, cancelled)
            return replace(
                found,
                numbers=numbers,
                scores=scores,
                partial=len(numbers) > 0,
                suggestion=suggestion,
                clauses=parts,
                blocker=blocker(parts, query.root, count),
                relaxations=tuple(
                    relaxations(query, suggestion, count, lambda text: count(parse_query(text, today=today).root))
                ),
            )

    @contextmanager
    def _one_search(self, cancelled: CancelCheck) -> Iterator[None]:
        """Within, costly parts of queries are evaluated once, and `cancelled` is asked before each part."""
        for segment in self._segments:
            segment.cancelled = cancelled
        try:
            yield
        finally:
            for segment in self._segments:
                segment.forget()

    def _rarity(self, stem: str) -> float:
        """Its inverse document frequency, 0 where no article has it."""
        term = stem.encode()
        return next((segment.idf(term) for segment in self._segments[:1] if segment.having(term)), 0.0)

    @cached_property
    def _newest_first(self) -> list[Ints]:
        """Per segment: the place of every document among all, newest first; sorted once per snapshot."""
        segments = self._segments
        if not segments:
            return []
        times, numbers = (
            np.concatenate([segment.data.column(name) for segment in segments]) for name in ("time", "number")
        )
        places = np.empty(len(times), np.int64)
        places[np.lexsort((-numbers, -times))] = np.arange(len(times))
        return np.split(places, np.cumsum([segment.count for segment in segments])[:-1])

    def _run(self, query: wq.Query, sort: Sort, cancelled: CancelCheck) -> tuple[Ints, Floats]:
        """(numbers, scores), ordered; equal ones newest first."""
        query = query.normalize()
        if self._segments:
            query = query.accept(lambda part: part.among(self._segments) if isinstance(part, SimilarQuery) else part)
        found = []
        for segment, newest in zip(self._segments, self._newest_first, strict=True):
            if cancelled():
                raise Cancelled("search cancelled")
            try:
                hits = segment.evaluate(query)
            except (IndexError, ValueError, UnicodeDecodeError) as error:
                raise StorageError(f"the index is damaged ({error}); `newsreader doctor` mends it") from error
            docs = np.flatnonzero(hits.mask & segment.alive)
            columns = (
                segment.data.column("number")[docs],
                hits.scores[docs],
                segment.data.column("time")[docs],
                newest[docs],
            )
            found.append(columns)
        if not found:
            return np.zeros(0, np.int64), np.zeros(0)
        numbers, scores, times, newest = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(newest)
        if sort == "recent":
            age = (int(times.max()) - np.maximum(times, 0)) / RECENCY_SECONDS if len(times) else times
            scores = scores * (RECENCY_FLOOR + (1 - RECENCY_FLOOR) * np.exp2(-age))
        if sort == "date":
            order = order[::-1]
        elif sort != "-date":
            order = order[np.argsort(-scores[order], kind="stable")]
        return numbers[order], scores[order]


def _segments_of(index: FileIndex) -> list[SegmentSearcher]:
    """The segments of the last commit that have documents; none right after the index was made. A run that commits
    meanwhile takes the files of the commit before away, so that the list is read again. Raises OSError, and what a
    damaged index raises."""
    for attempt in range(READ_ATTEMPTS):
        try:
            listed = index._segments()
            data = [segment.data(index.storage) for segment in listed]
            break
        except OSError:
            if attempt == READ_ATTEMPTS - 1:
                raise
            time.sleep(OPEN_PAUSE)
    statistics = Statistics(data)
    return [
        SegmentSearcher(found, segment.deleted_docs(), statistics)
        for segment, found in zip(listed, data, strict=True)
        if found.count
    ]


def _loosened(root: Node, compiler: Compiler) -> wq.Query | None:
    """Any instead of all of the words, under the same filters; None where that is no loosening."""
    if not isinstance(root, And) or not root.implicit:
        return None
    words = [part for part in root.parts if is_word(part)]
    others = [part for part in root.parts if not is_word(part)]
    wanted = [part for part in words if not compiler.is_stop_word(part)]
    if len(wanted) < 2:
        return None
    return wq.And([wq.Or([compiler.compile(part) for part in wanted]), *(compiler.compile(part) for part in others)])


def _first_words(text: str) -> str:
    """A text up to the last of its first MOST_ANY different words."""
    seen: set[str] = set()
    for match in analysis.CHUNK.finditer(text):
        seen.add(match.group().lower())
        if len(seen) > MOST_ANY:
            return text[: match.start()].rstrip()
    return text


class _SavedSearches:
    """The trees of the saved searches that a query names, each read once."""

    def __init__(self, saved: Mapping[str, str], today: date) -> None:
        self._saved = saved
        self._today = today
        self._read: dict[str, Query] = {}

    def tree(self, node: Saved) -> Node:
        """Raises `QueryError`."""
        return self._query(node).root

    def check(self, query: Query) -> None:
        """Raises `QueryError` for a query that is too much with its saved searches written out."""
        clauses = query.clauses
        for leaf in leaves(query.root):
            if isinstance(leaf, Saved):
                clauses += self._query(leaf).clauses
                if clauses > MOST_WRITTEN_OUT:
                    raise QueryError(
                        f"more than {MOST_WRITTEN_OUT:,} words with its saved searches written out",
                        leaf.start,
                        len(query.text),
                    )

    def _query(self, node: Saved) -> Query:
        name = node.name
        if name not in self._saved:
            suggestion = nearest(name, list(self._saved))
            better = f"@{suggestion}" if suggestion else None
            raise QueryError(f"there is no saved search {name!r}", node.start, node.stop, better)
        if name not in self._read:
            try:
                query = parse_query(self._saved[name], today=self._today)
            except QueryError as error:  # its place is one in the saved query, which nobody sees
                raise QueryError(f"the saved search {name!r}: {error}", node.start, node.stop) from error
            if any(isinstance(leaf, Saved) for leaf in leaves(query.root)):
                raise QueryError(f"the saved search {name!r} uses another saved search", node.start, node.stop)
            self._read[name] = query
        return self._read[name]
