"""Searching: an immutable snapshot of the index, queries on it, ranked results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from whoosh import query as wq
from whoosh import scoring
from whoosh.searching import Searcher

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled, QueryError
from newsreader.index import analysis
from newsreader.index.compile import EXACT_FIELDS, Compiler, Resolver, with_numbers
from newsreader.index.evaluate import bm25, idf, leaf_of, near_terms
from newsreader.index.excerpt import Highlighter
from newsreader.index.interpret import describe
from newsreader.index.query import And, Everything, Node, Phrase, Query, Saved, Term, leaves, nearest, parse_query
from newsreader.index.schema import RANKED
from newsreader.index.update import open_index

Sort = Literal["relevance", "date", "-date"]
"""`date` is oldest first, `-date` newest first."""

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
        """(numbers, scores), ordered; equal ones newest first."""
        if only is not None:
            query = wq.And([query, with_numbers(only)])
        query = query.normalize()
        found = []
        for searcher, _ in self._searcher.leaf_searchers():
            if cancelled():
                raise Cancelled("search cancelled")
            leaf = leaf_of(searcher)
            hits = leaf.evaluate(query)
            docs = np.flatnonzero(hits.mask & leaf.alive)
            found.append((leaf.data.column("number")[docs], hits.scores[docs], leaf.data.column("time")[docs]))
        if not found:
            return np.zeros(0, np.int64), np.zeros(0)
        numbers, scores, times = (np.concatenate(column) for column in zip(*found, strict=True))
        if sort == "date":
            order = np.lexsort((numbers, times))
        elif sort == "-date":
            order = np.lexsort((-numbers, -times))
        else:
            order = np.lexsort((-numbers, -times, -scores))
        return numbers[order], scores[order]

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
        """The most frequent of the nearest words of the index; None when the word itself is there."""
        words = analysis.positions(word)
        if len(words) != 1 or not words[0].exact.isalpha():
            return None
        exact = words[0].exact
        edits: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for searcher, _ in self._searcher.leaf_searchers():
            for name in EXACT_FIELDS:
                field = leaf_of(searcher).field(name)
                for place, term, distance in near_terms(field, exact, 1 if len(exact) < 5 else 2) if field else ():
                    edits[term] = distance
                    counts[term] += int(field.starts[place + 1] - field.starts[place]) if field else 0
        if exact in edits:
            return None
        return min(edits, key=lambda term: (edits[term], -counts[term], term), default=None)


class Ranking(scoring.WeightingModel):  # type: ignore[misc]
    """BM25 over `text` with exact lengths, for Whoosh's matchers; other fields choose articles but don't rank them.

    Stock Whoosh loses .04 of MAP on TIME here: its idf is another one, and it stores lengths in one byte.
    """

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        return idf(searcher.doc_count_all(), searcher.doc_frequency(fieldname, text))

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> scoring.BaseScorer:
        return _BM25(searcher, text) if fieldname == RANKED else _Unranked()


class _Unranked(scoring.BaseScorer):  # type: ignore[misc]
    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        return 0.0


class _BM25(_Unranked):
    def __init__(self, searcher: Any, text: bytes) -> None:
        self._idf = searcher.get_parent().idf(RANKED, text)
        self._norms = leaf_of(searcher).norms

    def score(self, matcher: Any) -> float:
        return float(bm25(matcher.weight(), self._norms[matcher.id()], self._idf))


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
