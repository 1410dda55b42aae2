"""Searching: an immutable snapshot of the index, queries on it, ranked results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from whoosh import collectors, scoring
from whoosh import query as wq
from whoosh.searching import Searcher

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled, QueryError
from newsreader.index import analysis
from newsreader.index.compile import Compiler, Resolver, column_values, with_numbers
from newsreader.index.excerpt import Highlighter
from newsreader.index.interpret import describe
from newsreader.index.query import And, Everything, Node, Phrase, Query, Saved, Term, leaves, nearest, parse_query
from newsreader.index.update import open_index

Sort = Literal["relevance", "date", "-date"]
"""`date` is oldest first, `-date` newest first."""

K1, B = 1.2, 0.75
"""BM25's textbook parameters."""
CANCEL_EVERY = 512
"""Documents between two looks at the cancel check: about 2 ms."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query with its own hits."""

    start: int
    stop: int
    text: str
    meaning: str
    hits: int


@dataclass(frozen=True, slots=True)
class Found:
    """All that a query found, best first."""

    query: Query
    numbers: npt.NDArray[np.int64]
    """Of the articles, in order."""
    scores: Floats
    partial: bool
    """No article has all the words: these have some of them."""
    interpretation: str
    suggestion: str | None
    """A query that would find something, when this one found nothing."""
    highlighter: Highlighter
    clauses: tuple[Clause, ...] = ()
    """With `explain` only."""


class Snapshot:
    """The index at one moment, for one thread; later runs don't change what it finds. A context manager."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        reader = searcher.reader()
        spoken = sorted(reader.field_terms("lang"), key=lambda code: -reader.doc_frequency("lang", code))
        self.languages: tuple[str, ...] = tuple(spoken) or (analysis.DEFAULT_LANGUAGE,)

    @classmethod
    def open(cls, directory: Path) -> Snapshot | None:
        """None when there is no index yet. Raises `StorageError`."""
        index = open_index(directory)
        return None if index is None else cls(index.searcher(weighting=Ranking()))

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._searcher.close()

    def count(self) -> int:
        return int(self._searcher.doc_count())

    def numbers(self) -> set[int]:
        """Of all articles in the index."""
        return set(self._run(wq.Every(), "date", None, never)[0].tolist())

    def search(
        self,
        text: str,
        *,
        today: date,
        resolve: Resolver,
        saved: dict[str, str],
        sort: Sort = "relevance",
        any_word: bool = False,
        typing: bool = False,
        explain: bool = False,
        only: Collection[int] | None = None,
        cancelled: CancelCheck = never,
    ) -> Found:
        """Run a query. Raises `QueryError` when it can't be understood, `Cancelled`.

        `any_word`: `text` is plain text without operators, articles with any of its words match. `only` limits
        the hits to these numbers.
        """
        compiler = Compiler(resolve, lambda node: _saved_tree(node, saved, today), self.languages)
        if any_word:
            query = Query(text, Everything())
            compiled, meaning = (
                compiler.any_word(text),
                "any of: " + " ".join(w.exact for w in analysis.positions(text)),
            )
        else:
            query = parse_query(text, today=today, typing=typing)
            compiled, meaning = compiler.compile(query.root), describe(query.root)
        numbers, scores = self._run(compiled, sort, only, cancelled)
        partial = False
        if not len(numbers) and (loosened := _loosened(query.root, compiler)) is not None:
            numbers, scores = self._run(loosened, sort, only, cancelled)
            partial = len(numbers) > 0
        return Found(
            query,
            numbers,
            scores,
            partial,
            meaning,
            self._suggestion(query) if not len(numbers) or partial else None,
            Highlighter.of(Term(0, 0, text) if any_word else query.root, self.languages),
            self._clauses(query.root, compiler, cancelled) if explain and not any_word else (),
        )

    def _run(
        self, query: wq.Query, sort: Sort, only: Collection[int] | None, cancelled: CancelCheck
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        if only is not None:
            query = wq.And([query, with_numbers(only)])
        collector = _ArrayCollector(cancelled)
        self._searcher.search_with_collector(query.normalize(), collector)
        return collector.ranked(sort)

    def _clauses(self, root: Node, compiler: Compiler, cancelled: CancelCheck) -> tuple[Clause, ...]:
        parts = root.parts if isinstance(root, And) else (root,)
        return tuple(
            Clause(p.start, p.stop, "", describe(p), len(self._run(compiler.compile(p), "-date", None, cancelled)[0]))
            for p in parts
        )

    def _suggestion(self, query: Query) -> str | None:
        """The query with each word that the index does not know replaced by the nearest one that it does."""
        text, changed = query.text, False
        for leaf in reversed(list(leaves(query.root))):
            if isinstance(leaf, Term) and leaf.mode == "word" and leaf.field in (None, "title", "body"):
                better = self._nearest_word(leaf.text)
                if better is not None:
                    start = leaf.stop - len(leaf.text)
                    text, changed = text[:start] + better + text[leaf.stop :], True
        return text if changed else None

    def _nearest_word(self, word: str) -> str | None:
        words = analysis.positions(word)
        if len(words) != 1 or not words[0].exact.isalpha():
            return None
        reader = self._searcher.reader()
        exact = words[0].exact
        if any((field, exact) in reader for field in ("words", "title")):
            return None
        candidates = reader.corrector("words").suggest(exact, limit=8, maxdist=1 if len(exact) < 5 else 2, prefix=1)
        return max(candidates, key=lambda found: reader.doc_frequency("words", found), default=None)


class Ranking(scoring.WeightingModel):  # type: ignore[misc]
    """BM25 over `text` with exact lengths; other fields choose articles but don't rank them."""

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        """Robertson's idf in the form that is never negative (Lucene's)."""
        count, total = searcher.doc_frequency(fieldname, text), searcher.doc_count_all()
        return float(np.log1p((total - count + 0.5) / (count + 0.5)))

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> scoring.BaseScorer:
        return _BM25(searcher, text) if fieldname == "text" else _Unranked()


class _BM25(scoring.BaseScorer):  # type: ignore[misc]
    def __init__(self, searcher: Any, text: bytes) -> None:
        parent = searcher.get_parent()
        self._idf = parent.idf("text", text) * (K1 + 1)
        average = parent.avg_field_length("text") or 1.0
        self._norms = K1 * (1 - B + B * column_values(searcher.reader(), "length") / average)

    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        weight = matcher.weight()
        return float(self._idf * weight / (weight + self._norms[matcher.id()]))


class _Unranked(scoring.BaseScorer):  # type: ignore[misc]
    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        return 0.0


class _ArrayCollector(collectors.Collector):  # type: ignore[misc]
    """Gathers every match with its score, number and time."""

    def __init__(self, cancelled: CancelCheck) -> None:
        self._cancelled = cancelled
        self._found: list[tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.int64]]] = []

    def collect_matches(self) -> None:
        documents: list[int] = []
        scores: list[float] = []
        matcher = self.matcher
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            if not len(documents) % CANCEL_EVERY and self._cancelled():
                raise Cancelled("search cancelled")
            matcher.next()
        at = np.array(documents, np.int64)
        reader = self.subsearcher.reader()
        self._found.append((column_values(reader, "number")[at], np.array(scores), column_values(reader, "time")[at]))

    def ranked(self, sort: Sort) -> tuple[npt.NDArray[np.int64], Floats]:
        """(numbers, scores), ordered; equal ones newest first."""
        if not self._found:
            return np.zeros(0, np.int64), np.zeros(0)
        numbers, scores, times = (np.concatenate(column) for column in zip(*self._found, strict=True))
        if sort == "date":
            order = np.lexsort((numbers, times))
        elif sort == "-date":
            order = np.lexsort((-numbers, -times))
        else:
            order = np.lexsort((-numbers, -times, -scores))
        return numbers[order], scores[order]


def _loosened(root: Node, compiler: Compiler) -> wq.Query | None:
    """Any instead of all of the words, under the same filters; None where that is no loosening."""
    if not isinstance(root, And) or not root.implicit:
        return None
    words = [part for part in root.parts if isinstance(part, Term | Phrase)]
    others = [part for part in root.parts if not isinstance(part, Term | Phrase)]
    wanted = [part for part in words if not compiler.is_stop_word(part)]
    if len(wanted) < 2:
        return None
    return wq.And([wq.Or([compiler.compile(part) for part in wanted]), *(compiler.compile(part) for part in others)])


def _saved_tree(node: Saved, saved: dict[str, str], today: date) -> Node:
    if node.name not in saved:
        suggestion = nearest(node.name, list(saved))
        better = f"@{suggestion}" if suggestion else None
        raise QueryError(f"there is no saved search {node.name!r}", node.start, node.stop, better)
    tree = parse_query(saved[node.name], today=today).root
    if any(isinstance(leaf, Saved) for leaf in leaves(tree)):
        raise QueryError(f"the saved search {node.name!r} uses another saved search", node.start, node.stop)
    return tree
