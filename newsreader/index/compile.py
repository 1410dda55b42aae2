"""A query tree → Whoosh query objects."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from whoosh import query as wq
from whoosh.matching import ListMatcher, NullMatcher

from newsreader.index import analysis
from newsreader.index.query import (
    SHORTEST_PREFIX,
    And,
    Dates,
    Everything,
    Filter,
    Node,
    Not,
    Or,
    Phrase,
    Saved,
    Term,
)
from newsreader.text import fold

Numbers = npt.NDArray[np.int64]

EXACT_FIELDS = ("title", "words")
"""Where an exact form of no field in particular is looked for."""
PHRASE_BONUS = 6.0
"""Score added where the words of a query stand side by side: above the spread of BM25 among all-word matches of
two or three words (2 to 5 on 20,000 articles), so that the exact phrase comes first."""


class Resolver(Protocol):
    """What the index asks the rest of the program."""

    def __call__(self, condition: Filter) -> Collection[int] | None:
        """The numbers of the articles that meet a condition, None if the index itself must know (`lang:`).

        Raises `QueryError`.
        """
        ...


class ColumnQuery(wq.Query):  # type: ignore[misc]
    """Documents chosen by the values of a column."""

    def __init__(self, column: str, label: str, choose: Callable[[Numbers], npt.NDArray[np.bool_]]) -> None:
        self.column, self.label, self.choose = column, label, choose
        self.boost = 1.0

    def __repr__(self) -> str:
        return f"ColumnQuery({self.column!r}, {self.label!r})"

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def is_leaf(self) -> bool:
        return True

    def field(self) -> None:
        return None

    def normalize(self) -> ColumnQuery:
        return self

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())

    estimate_min_size = estimate_size

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        chosen = np.flatnonzero(self.choose(column_values(reader, self.column)))
        if reader.has_deletions():
            chosen = chosen[[not reader.is_deleted(int(number)) for number in chosen]]
        return ListMatcher(chosen.tolist(), all_weights=0.0) if len(chosen) else NullMatcher()


_COLUMNS: weakref.WeakKeyDictionary[Any, dict[str, Numbers]] = weakref.WeakKeyDictionary()


def column_values(reader: Any, column: str) -> Numbers:
    """A column of one segment: shape (documents,), int64. Read once per reader."""
    known = _COLUMNS.setdefault(reader, {})
    if column not in known:
        values = reader.column_reader(column)
        known[column] = np.fromiter(
            (values[i] for i in range(reader.doc_count_all())), np.int64, reader.doc_count_all()
        )
    return known[column]


def with_numbers(numbers: Collection[int]) -> ColumnQuery:
    """The articles with these numbers."""
    wanted = np.fromiter(numbers, np.int64, len(numbers))
    return ColumnQuery("number", f"{len(numbers)} articles", lambda values: np.isin(values, wanted))


@dataclass(frozen=True, slots=True)
class Compiler:
    """Turns trees into Whoosh queries for one snapshot."""

    resolve: Resolver
    saved: Callable[[Saved], Node]
    """The tree of a saved search; raises `QueryError`."""
    languages: tuple[str, ...]
    """Of the articles in the index, the most frequent first: a word is looked for under its stem in each, unless
    it is a stop word of the first."""

    def compile(self, node: Node) -> wq.Query:
        match node:
            case Everything():
                return wq.Every()
            case Term():
                return self._term(node)
            case Phrase():
                return self._phrase(node)
            case Dates():
                return _dates(node)
            case Filter():
                return self._filter(node)
            case Saved():
                return self.compile(self.saved(node))
            case Not():
                return wq.Not(self.compile(node.part))
            case Or():
                return wq.Or([self.compile(part) for part in node.parts])
            case And():
                return self._and(node)

    def _and(self, node: And) -> wq.Query:
        """Stop words beside other words are no condition; the words side by side, as typed, are worth a bonus."""
        parts = [part for part in node.parts if not (isinstance(part, Term) and self.is_stop_word(part))] or node.parts
        query = wq.And([self.compile(part) for part in parts])
        adjacent = [
            part.text for part in node.parts if isinstance(part, Term) and part.field is None and part.mode == "word"
        ]
        if len(adjacent) > 1:
            together = Phrase(node.start, node.stop, " ".join(adjacent))
            return wq.AndMaybe(query, wq.ConstantScoreQuery(self._exact_phrase(together), score=PHRASE_BONUS))
        return query

    def is_stop_word(self, node: Node) -> bool:
        """Whether a node is a plain word without a stem, so that only its exact form could be found."""
        if not isinstance(node, Term) or node.mode != "word" or node.field is not None or node.typing:
            return False
        return not self.stems(node.text)

    def stems(self, text: str) -> list[str]:
        """The stems of a text's words, in the languages of the index; words may repeat."""
        return [found for word in analysis.positions(text) for found in analysis.query_stems(word, self.languages)]

    def any_word(self, text: str) -> wq.Query:
        """Articles with any of a text's words; a word said twice counts twice, as in textbook BM25."""
        counts: dict[str, int] = {}
        for found in self.stems(text):
            counts[found] = counts.get(found, 0) + 1
        if not counts:
            return wq.Or([wq.Term(field, w.exact) for w in analysis.positions(text) for field in EXACT_FIELDS])
        return wq.Or([wq.Term("text", found, boost=float(count)) for found, count in counts.items()])

    # leaves

    def _term(self, node: Term) -> wq.Query:
        if node.mode == "prefix":
            return self._in_exact_fields(node.field, lambda field: wq.Prefix(field, fold(node.text)))
        if node.mode == "fuzzy":
            folded = fold(node.text)
            return self._in_exact_fields(
                node.field, lambda field: wq.FuzzyTerm(field, folded, maxdist=node.distance, prefixlength=1)
            )
        words = analysis.positions(node.text)
        if len(words) != 1:
            query = self._phrase(Phrase(node.start, node.stop, node.text, node.field))
        else:
            query = self._word(words[0], node.field)
        if node.typing and len(folded := fold(node.text).strip(".,;:!?'")) >= SHORTEST_PREFIX and folded.isalnum():
            return wq.Or([query, self._in_exact_fields(node.field, lambda field: wq.Prefix(field, folded))])
        return query

    def _word(self, word: analysis.Word, field: str | None) -> wq.Query:
        stems = analysis.query_stems(word, self.languages)
        if field is None and stems:
            return _any_of([wq.Term("text", found) for found in stems])
        if field == "title" and stems:
            return _any_of([wq.Term("headline", found) for found in stems])
        if field == "body" and stems:
            return _SameStem("words", word.exact, self.languages)
        return self._in_exact_fields(field, lambda name: wq.Term(name, word.exact))

    def _phrase(self, node: Phrase) -> wq.Query:
        exact = self._exact_phrase(node)
        stems = self.stems(node.text) if node.field is None else []
        if not stems:
            return exact
        # the phrase decides which articles, the words' stems rank them
        return wq.AndMaybe(wq.ConstantScoreQuery(exact, score=0.0), _any_of([wq.Term("text", s) for s in set(stems)]))

    def _exact_phrase(self, node: Phrase) -> wq.Query:
        words = [word.exact for word in analysis.positions(node.text)]
        if len(words) == 1:
            return self._in_exact_fields(node.field, lambda field: wq.Term(field, words[0]))
        if node.slop:
            near = lambda field: wq.SpanNear2([wq.Term(field, w) for w in words], slop=node.slop + 1, ordered=False)  # noqa: E731
            return self._in_exact_fields(node.field, near)
        return self._in_exact_fields(node.field, lambda field: wq.Phrase(field, words))

    def _in_exact_fields(self, field: str | None, make: Callable[[str], wq.Query]) -> wq.Query:
        if field is None:
            return wq.Or([make(name) for name in EXACT_FIELDS])
        return make("words" if field == "body" else field)

    def _filter(self, node: Filter) -> wq.Query:
        if node.field == "lang":
            return wq.Term("lang", node.value)
        numbers = self.resolve(node)
        assert numbers is not None
        return with_numbers(numbers)


class _SameStem(wq.MultiTerm):  # type: ignore[misc]
    """All exact forms in a field that have the stem of a word."""

    def __init__(self, fieldname: str, exact: str, languages: tuple[str, ...]) -> None:
        self.fieldname, self.text, self.boost = fieldname, exact, 1.0
        self.constantscore = True
        self.targets = {language: analysis.stem(exact, language) for language in languages}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SameStem) and (self.fieldname, self.targets) == (other.fieldname, other.targets)

    def __hash__(self) -> int:
        return hash((self.fieldname, self.text))

    def _btexts(self, ixreader: Any) -> Iterator[bytes]:
        start = self.text[: max(1, min(3, len(self.text) - 1))]
        for form in ixreader.expand_prefix(self.fieldname, start.encode("utf-8")):
            exact = form.decode("utf-8")
            if any(target and analysis.stem(exact, language) == target for language, target in self.targets.items()):
                yield form


def _any_of(queries: list[wq.Query]) -> wq.Query:
    return queries[0] if len(queries) == 1 else wq.Or(queries)


def _dates(node: Dates) -> wq.Query:
    first, last = (_day(day, open_end) for day, open_end in ((node.period.first, 1), (node.period.last, 99_999_999)))
    return ColumnQuery("day", str(node.period), lambda days: (days >= first) & (days <= last))


def _day(day: date | None, open_end: int) -> int:
    return open_end if day is None else day.year * 10000 + day.month * 100 + day.day
