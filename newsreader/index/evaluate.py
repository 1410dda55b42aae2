"""Queries on whole arrays: what Whoosh's matchers and scorer would find, in microseconds instead of milliseconds.

Every query is evaluated segment by segment to one truth value and one score per document. Query types that are not
known here are walked with Whoosh's own matchers.
"""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as wq

from newsreader.index.codec import SegmentData
from newsreader.index.postings import FieldPostings
from newsreader.index.schema import RANKED
from newsreader.terms.arrays import Flags, Floats, Ints, distinct

K1, B = 1.2, 0.75
"""BM25's textbook parameters (Robertson and Zaragoza 2009)."""

SIMILAR_TERMS = 30
"""Words of an article that others are compared by."""
SIMILAR_SHARE = 0.1
"""Of the highest score that these words could give, what an article needs to be similar. On the samples, articles of
one story have .07 to .48 (5th and 95th percentile), the nearest of other stories .03 in the median."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The outcome in one segment: shapes (documents,)."""

    mask: Flags
    scores: Floats
    """0 where the mask is false."""


class Leaf:
    """One segment of a searcher, with what ranking needs of the whole index."""

    def __init__(self, searcher: Any) -> None:
        reader = searcher.reader()
        self._weak_searcher = weakref.ref(searcher)  # as `_LEAVES` keeps what its values hold
        self.data: SegmentData = reader._terms.data
        self.count: int = reader.doc_count_all()
        self.alive = np.ones(self.count, bool)
        self.alive[list(reader.segment().deleted_docs())] = False

    @property
    def _searcher(self) -> Any:
        return self._weak_searcher()

    @cached_property
    def norms(self) -> Floats:
        """BM25's length normalisation of every document."""
        average = self._searcher.get_parent().avg_field_length(RANKED) or 1.0
        norms: Floats = K1 * (1 - B + B * self.data.column("length") / average)
        return norms

    def idf(self, text: bytes) -> float:
        return float(self._searcher.get_parent().idf(RANKED, text))

    def field(self, name: str) -> FieldPostings | None:
        return self.data.fields.get(name)

    def nothing(self) -> Hits:
        return Hits(np.zeros(self.count, bool), np.zeros(self.count))

    def evaluate(self, query: wq.Query, within: Flags | None = None) -> Hits:
        """Truth and score of every document; deleted ones count as any other here.

        `within`: the caller asks for these documents only, so that costly tests may leave the others out.
        """
        known = _EVALUATORS.get(type(query))
        if known is not None:
            return known(self, query, within)
        return self._walk(query)

    def _walk(self, query: wq.Query) -> Hits:
        hits = self.nothing()
        matcher = query.matcher(self._searcher, self._searcher.get_parent().context(needs_current=True))
        while matcher.is_active():
            hits.mask[matcher.id()] = True
            hits.scores[matcher.id()] = matcher.score()
            matcher.next()
        return hits

    def found(self, docs: Any) -> Hits:
        """These documents, unranked."""
        hits = self.nothing()
        hits.mask[docs] = True
        return hits


_LEAVES: weakref.WeakKeyDictionary[Any, Leaf] = weakref.WeakKeyDictionary()


def leaf_of(searcher: Any) -> Leaf:
    """The leaf of a searcher on one segment; made once."""
    if searcher not in _LEAVES:
        _LEAVES[searcher] = Leaf(searcher)
    return _LEAVES[searcher]


def bm25(weights: Any, norms: Floats, idf: float) -> Floats:
    """BM25 of one term in some documents, from its weighted frequencies there."""
    scores: Floats = idf * (K1 + 1) * weights / (weights + norms)
    return scores


def idf(total: int, having: int) -> float:
    """Robertson's inverse document frequency in the form that is never negative (Lucene's)."""
    return float(np.log1p((total - having + 0.5) / (having + 0.5)))


# queries of our own: what each does on arrays is also what its Whoosh matcher walks


class ArrayQuery(wq.Query):  # type: ignore[misc]
    """A query that is evaluated on arrays only; Whoosh gets a list of what was found."""

    boost = 1.0

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(type(self))

    def is_leaf(self) -> bool:
        return True

    def field(self) -> None:
        return None

    def normalize(self) -> ArrayQuery:
        return self

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count())

    estimate_min_size = estimate_size

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        from whoosh.matching import ListMatcher, NullMatcher

        leaf = leaf_of(searcher)
        hits = self.on(leaf)
        docs = np.flatnonzero(hits.mask & leaf.alive)
        if not len(docs):
            return NullMatcher()
        return ListMatcher(docs.tolist(), weights=hits.scores[docs].tolist(), scorer=_AsWeighted())


class _AsWeighted:
    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        return float(matcher.weight())


class ColumnQuery(ArrayQuery):
    """Documents chosen by the values of a column."""

    def __init__(self, column: str, label: str, choose: Callable[[Ints], Flags]) -> None:
        self.column, self.label, self.choose = column, label, choose

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        return Hits(self.choose(leaf.data.column(self.column)), np.zeros(leaf.count))


class PrefixQuery(ArrayQuery):
    """Any term that begins with some letters."""

    def __init__(self, fieldname: str, prefix: str) -> None:
        self.fieldname, self.prefix = fieldname, prefix

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        field = leaf.field(self.fieldname)
        if field is None:
            return leaf.nothing()
        first, last = field.terms.prefix_range(self.prefix.encode("utf-8"))
        return leaf.found(field.docs[field.starts[first] : field.starts[last]])


class FuzzyQuery(ArrayQuery):
    """Any term that is at most some edits away and begins with the same letter."""

    def __init__(self, fieldname: str, word: str, distance: int) -> None:
        self.fieldname, self.word, self.distance = fieldname, word, distance

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        field = leaf.field(self.fieldname)
        if field is None:
            return leaf.nothing()
        return _of_terms(leaf, field, [place for place, _, _ in near_terms(field, self.word, self.distance)])


class SameStemQuery(ArrayQuery):
    """Any exact form for which a test holds, among those that begin with some letters."""

    def __init__(self, fieldname: str, start: str, holds: Callable[[str], bool]) -> None:
        self.fieldname, self.start, self.holds = fieldname, start, holds

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        field = leaf.field(self.fieldname)
        if field is None:
            return leaf.nothing()
        first, last = field.terms.prefix_range(self.start.encode("utf-8"))
        return _of_terms(leaf, field, [i for i in range(first, last) if self.holds(field.terms[i].decode("utf-8"))])


class NearQuery(ArrayQuery):
    """Words in any order with at most `slop` other words between them."""

    def __init__(self, fieldname: str, words: Sequence[str], slop: int) -> None:
        self.fieldname, self.words, self.slop = fieldname, tuple(words), slop

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        found = _placed(leaf, self.fieldname, self.words, within)
        if found is None:
            return leaf.nothing()
        docs, keys = found
        wanted = Counter(self.words)
        by_word = dict(zip(self.words, keys, strict=True))
        starts = np.concatenate(list(by_word.values()))
        last = starts + len(self.words) - 1 + self.slop
        fits = np.ones(len(starts), bool)
        for word, own in by_word.items():
            inside = np.searchsorted(own, last, "right") - np.searchsorted(own, starts, "left")
            fits &= inside >= wanted[word]
        return leaf.found(docs[distinct(starts[fits] >> 32)])


class SimilarQuery(ArrayQuery):
    """Documents that share the most telling words of a text (tf-idf; Lucene's "more like this" idea)."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)

    def on(self, leaf: Leaf, within: Flags | None = None) -> Hits:
        weighed = {term: np.log1p(count) * leaf.idf(term.encode("utf-8")) for term, count in self.counts.items()}
        telling = sorted(weighed, key=lambda term: (-weighed[term], term))[:SIMILAR_TERMS]
        best, scores = 0.0, np.zeros(leaf.count)
        for term in telling:
            scores += leaf.evaluate(wq.Term(RANKED, term)).scores
            best += (K1 + 1) * leaf.idf(term.encode("utf-8"))
        mask = scores >= SIMILAR_SHARE * best if best else np.zeros(leaf.count, bool)
        return Hits(mask, np.where(mask, scores, 0))


def near_terms(field: FieldPostings, word: str, distance: int) -> list[tuple[int, str, int]]:
    """(place, term, edits) of the terms of a field near a word that begin with its first letter."""
    first, last = field.terms.prefix_range(word[:1].encode("utf-8"))
    lengths = np.diff(field.terms.starts[first : last + 1])
    size = len(word.encode("utf-8"))
    places = (np.flatnonzero(np.abs(lengths - size) <= 2 * distance) + first).tolist()
    terms = field.terms.decoded(places)
    near = process.extract(word, terms, scorer=OSA.distance, score_cutoff=distance, limit=None)
    return [(places[index], term, int(edits)) for term, edits, index in near]


def _of_terms(leaf: Leaf, field: FieldPostings, places: Sequence[int]) -> Hits:
    hits = leaf.nothing()
    for place in places:
        hits.mask[field.docs[field.starts[place] : field.starts[place + 1]]] = True
    return hits


def _placed(leaf: Leaf, fieldname: str, words: Sequence[str], within: Flags | None) -> tuple[Ints, list[Ints]] | None:
    """(documents that have all the words, for each word its sorted keys `index of document << 32 | position`)."""
    field = leaf.field(fieldname)
    if field is None:
        return None
    places = [field.terms.find(word.encode("utf-8")) for word in words]
    if min(places) < 0:
        return None
    lists = {place: field.docs[field.starts[place] : field.starts[place + 1]] for place in places}
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


# Whoosh's query types


def _term(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    field = leaf.field(query.fieldname)
    text = query.text if isinstance(query.text, bytes) else query.text.encode("utf-8")
    place = -1 if field is None else field.terms.find(text)
    hits = leaf.nothing()
    if field is None or place < 0:
        return hits
    chosen = slice(int(field.starts[place]), int(field.starts[place + 1]))
    docs = field.docs[chosen]
    hits.mask[docs] = True
    if query.fieldname == RANKED:
        weights = field.weights[chosen].astype(np.float64)
        hits.scores[docs] = query.boost * bm25(weights, leaf.norms[docs], leaf.idf(text))
    return hits


def _phrase(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    found = _placed(leaf, query.fieldname, query.words, within)
    if found is None or query.slop != 1:
        return leaf.nothing() if found is None else leaf._walk(query)
    docs, keys = found
    starts = keys[0]
    for offset, own in enumerate(keys[1:], 1):
        starts = starts[np.isin(starts + offset, own, assume_unique=True)]
    return leaf.found(docs[distinct(starts >> 32)])


def _and(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    mask = np.ones(leaf.count, bool) if within is None else within.copy()
    scores = np.zeros(leaf.count)
    for part in sorted(query.subqueries, key=_is_costly):
        if isinstance(part, wq.Not):
            mask &= ~leaf.evaluate(part.query, mask).mask
        else:
            hits = leaf.evaluate(part, mask)
            mask &= hits.mask
            scores += hits.scores
    scores[~mask] = 0
    return Hits(mask, scores)


def _is_costly(query: Any) -> bool:
    """Whether positions are looked at somewhere in a query: such parts come last, for what the others leave."""
    return isinstance(query, wq.Phrase | NearQuery) or any(map(_is_costly, query.children()))


def _or(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    mask, scores = np.zeros(leaf.count, bool), np.zeros(leaf.count)
    for part in query.subqueries:
        hits = leaf.evaluate(part, within)
        mask |= hits.mask
        scores += hits.scores
    return Hits(mask, scores)


def _not(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    return Hits(~leaf.evaluate(query.query, within).mask, np.zeros(leaf.count))


def _and_maybe(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    hits = leaf.evaluate(query.a, within)
    more = leaf.evaluate(query.b, hits.mask)
    return Hits(hits.mask, np.where(hits.mask, hits.scores + more.scores, 0))


def _constant(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    mask = leaf.evaluate(query.child, within).mask
    return Hits(mask, np.where(mask, float(query.score), 0.0))


def _every(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    return Hits(np.ones(leaf.count, bool), np.zeros(leaf.count))


def _null(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    return leaf.nothing()


def _own(leaf: Leaf, query: Any, within: Flags | None) -> Hits:
    hits: Hits = query.on(leaf, within)
    return hits


_EVALUATORS: dict[type, Callable[[Leaf, Any, Flags | None], Hits]] = {
    wq.Term: _term,
    wq.Phrase: _phrase,
    wq.And: _and,
    wq.Or: _or,
    wq.Not: _not,
    wq.AndMaybe: _and_maybe,
    wq.ConstantScoreQuery: _constant,
    wq.Every: _every,
    type(wq.NullQuery): _null,
    **dict.fromkeys((ColumnQuery, PrefixQuery, FuzzyQuery, SameStemQuery, NearQuery), _own),
}
