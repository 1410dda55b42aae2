"""Queries on whole arrays: which documents of an index a query finds, and how they rank by it.

Every query is evaluated segment by segment, to one truth value and one score per document. Whoosh's own matchers and
scorer give the same answer (the tests compare the two), a document at a time: in milliseconds, not microseconds, and a
person who is typing would wait for every letter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from whoosh import query as wq

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled
from newsreader.index.codec import SegmentData
from newsreader.index.postings import FieldPostings
from newsreader.index.schema import RANKED
from newsreader.terms.arrays import Flags, Floats, Ints, distinct

K1, B = 1.2, 0.75
"""BM25's textbook parameters (Robertson and Zaragoza 2009)."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The outcome in one segment: shapes (documents,)."""

    mask: Flags
    scores: Floats
    """0 where the mask is false."""


class Statistics:
    """What ranking needs of all segments together. Deleted documents count until a merge drops them."""

    def __init__(self, segments: Collection[SegmentData]) -> None:
        self._segments = segments
        self._having: dict[bytes, int] = {}
        self.documents = sum(segment.count for segment in segments)

    @cached_property
    def average_length(self) -> float:
        """Of the documents, in weighted words; 1 where there are none."""
        total = sum(int(segment.column("length").sum()) for segment in self._segments)
        return total / max(1, self.documents) or 1.0

    def having(self, term: bytes) -> int:
        """How many documents have a term of `RANKED`."""
        if term not in self._having:
            fields = [segment.fields[RANKED] for segment in self._segments if RANKED in segment.fields]
            self._having[term] = sum(
                len(field.docs_of(place)) for field in fields if (place := field.terms.find(term)) >= 0
            )
        return self._having[term]

    def idf(self, term: bytes) -> float:
        """Of a term of `RANKED`."""
        return idf(self.documents, self.having(term))


class SegmentSearcher:
    """One segment of an index, which must have documents."""

    def __init__(self, data: SegmentData, deleted: Collection[int], statistics: Statistics) -> None:
        self.data, self._statistics = data, statistics
        self.count = data.count
        self.alive = np.ones(self.count, bool)
        self.alive[list(deleted)] = False
        self.cancelled: CancelCheck = never
        """Asked before each part of a query; `evaluate` then raises `Cancelled`."""
        self._remembered: dict[ArrayQuery, Hits] = {}

    @cached_property
    def norms(self) -> Floats:
        """BM25's length normalisation of every document."""
        lengths: Floats = self.data.column("length") / self._statistics.average_length
        return K1 * (1 - B + B * lengths)

    def having(self, term: bytes) -> int:
        return self._statistics.having(term)

    def idf(self, term: bytes) -> float:
        return self._statistics.idf(term)

    def field(self, name: str) -> FieldPostings | None:
        return self.data.fields.get(name)

    def nothing(self) -> Hits:
        return Hits(np.zeros(self.count, bool), np.zeros(self.count))

    def found(self, docs: Any) -> Hits:
        """These documents, unranked."""
        hits = self.nothing()
        hits.mask[docs] = True
        return hits

    def once(self, query: ArrayQuery, find: Callable[[], Hits]) -> Hits:
        """The hits of a query that is costly and the same for all documents: those of an equal one before, else what
        `find` gives. Nobody may change them."""
        if query not in self._remembered:
            self._remembered[query] = find()
        return self._remembered[query]

    def forget(self) -> None:
        """The search is over: neither its hits nor whom it asked whether to go on are of use any more."""
        self._remembered.clear()
        self.cancelled = never

    def evaluate(self, query: wq.Query, within: Flags | None = None) -> Hits:
        """Truth and score of every document; deleted ones count as any other here.

        `within`: the caller asks for these documents only, so that costly tests may leave the others out. A query of a
        type that `compile` never makes is a KeyError. Raises `Cancelled`.
        """
        if self.cancelled():
            raise Cancelled("search cancelled")
        if isinstance(query, ArrayQuery):
            return query.on(self, within)
        return _EVALUATORS[type(query)](self, query, within)


def bm25(weights: Any, norms: Floats, idf: float) -> Floats:
    """BM25 of one term in some documents, from its weighted frequencies there."""
    scores: Floats = idf * (K1 + 1) * weights / (weights + norms)
    return scores


def idf(total: int, having: int) -> float:
    """Robertson's inverse document frequency in the form that is never negative (Lucene's).

    What stock Whoosh's ranking loses (MAP on the development collections TIME and CISI, ours .697 and .233): its idf,
    log(N / (n + 1)) + 1, gives .683 and .224; merging repeated query words .696 and .176; lengths in one byte .696
    and .233.
    """
    return float(np.log1p((total - having + 0.5) / (having + 0.5)))


class ArrayQuery(wq.Query):  # type: ignore[misc]
    """A query that finds its documents itself, as a leaf of Whoosh's query trees."""

    boost = 1.0
    reads_positions = False
    """Whether it is costly, and comes last in an AND: for the documents that the other parts leave."""

    def on(self, segment: SegmentSearcher, within: Flags | None = None) -> Hits:
        """As `SegmentSearcher.evaluate`."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ArrayQuery) or type(self) is not type(other):
            return False
        return {**self.__dict__, "boost": self.boost} == {**other.__dict__, "boost": other.boost}  # Whoosh sets some

    def __hash__(self) -> int:
        return hash(type(self))

    def is_leaf(self) -> bool:
        return True

    def field(self) -> None:
        return None

    def normalize(self) -> ArrayQuery:
        return self


def word_places(
    segment: SegmentSearcher, fieldname: str, words: Sequence[str], within: Flags | None
) -> tuple[Ints, list[Ints]] | None:
    """(documents that have all the words, for each word its sorted keys `index of document << 32 | position`)."""
    field = segment.field(fieldname)
    if field is None:
        return None
    places = [field.terms.find(word.encode("utf-8")) for word in words]
    if min(places) < 0:
        return None
    lists = {place: field.docs_of(place) for place in places}
    docs: Any = None
    for own in sorted(lists.values(), key=len):
        if docs is None:
            docs = own if within is None else own[within[own]]
        else:
            docs = docs[np.isin(docs, own, assume_unique=True)]
    keys = {}
    for place, own in lists.items():
        owner, position = field.positions(place, np.searchsorted(own, docs))
        keys[place] = owner << 32 | position
    return docs.astype(np.int64), [keys[place] for place in places]


# how Whoosh's query types are evaluated


def _term(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    field = segment.field(query.fieldname)
    text = query.text if isinstance(query.text, bytes) else query.text.encode("utf-8")
    place = -1 if field is None else field.terms.find(text)
    hits = segment.nothing()
    if field is None or place < 0:
        return hits
    chosen = slice(int(field.starts[place]), int(field.starts[place + 1]))
    docs = field.docs[chosen]
    hits.mask[docs] = True
    if query.fieldname == RANKED:
        weights = field.weights[chosen].astype(np.float64)
        hits.scores[docs] = query.boost * bm25(weights, segment.norms[docs], segment.idf(text))
    return hits


def _phrase(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    found = word_places(segment, query.fieldname, query.words, within)
    if found is None:
        return segment.nothing()
    docs, keys = found
    starts = keys[0]
    for offset, own in enumerate(keys[1:], 1):
        starts = starts[np.isin(starts + offset, own, assume_unique=True)]
    return segment.found(docs[distinct(starts >> 32)])


def _and(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    mask = np.ones(segment.count, bool) if within is None else within.copy()
    scores = np.zeros(segment.count)
    for part in sorted(query.subqueries, key=_is_costly):
        if isinstance(part, wq.Not):
            mask &= ~segment.evaluate(part.query, mask).mask
        else:
            hits = segment.evaluate(part, mask)
            mask &= hits.mask
            scores += hits.scores
    scores[~mask] = 0
    return Hits(mask, scores)


def _is_costly(query: Any) -> bool:
    """Whether positions are looked at somewhere in a query: such parts come last, for what the others leave."""
    if isinstance(query, ArrayQuery):
        return query.reads_positions
    return isinstance(query, wq.Phrase) or any(map(_is_costly, query.children()))


def _or(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    mask, scores = np.zeros(segment.count, bool), np.zeros(segment.count)
    for part in query.subqueries:
        hits = segment.evaluate(part, within)
        mask |= hits.mask
        scores += hits.scores
    return Hits(mask, scores)


def _not(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    return Hits(~segment.evaluate(query.query, within).mask, np.zeros(segment.count))


def _and_maybe(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    hits = segment.evaluate(query.a, within)
    more = segment.evaluate(query.b, hits.mask)
    return Hits(hits.mask, np.where(hits.mask, hits.scores + more.scores, 0))


def _constant(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    mask = segment.evaluate(query.child, within).mask
    return Hits(mask, np.where(mask, float(query.score), 0.0))


def _every(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    return Hits(np.ones(segment.count, bool), np.zeros(segment.count))


def _null(segment: SegmentSearcher, query: Any, within: Flags | None) -> Hits:
    return segment.nothing()


_EVALUATORS: dict[type, Callable[[SegmentSearcher, Any, Flags | None], Hits]] = {
    wq.Term: _term,
    wq.Phrase: _phrase,
    wq.And: _and,
    wq.Or: _or,
    wq.Not: _not,
    wq.AndMaybe: _and_maybe,
    wq.ConstantScoreQuery: _constant,
    wq.Every: _every,
    type(wq.NullQuery): _null,
}
