"""The queries that Whoosh has no type for, or only a slow one: by column, by beginning, fuzzy, by stem, near, similar.

`compile` puts them into Whoosh's query trees beside Whoosh's own; `evaluate` asks each for its hits. A new kind of
query is a class here, and nothing else has to know of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA
from whoosh import query as wq

from newsreader.index.evaluate import K1, ArrayQuery, Hits, SegmentSearcher, word_places
from newsreader.index.postings import FieldPostings
from newsreader.index.schema import RANKED
from newsreader.terms.arrays import Array, Flags, Floats, Ints, distinct

SIMILAR_TERMS = 50
"""Words of an article that others are compared by. Of 120 articles of large stories (5,000 of Reuters) .643 of the five
most similar are of their story with these weighed by how often the article has them; .617 with 30, .603 unweighed."""
SIMILAR_SHARE = 0.1
"""Of the highest score that these words could give, what an article needs to be similar …"""
SIMILAR_BEST = 10
"""… beside so many that are the most similar ones."""


class ColumnQuery(ArrayQuery):
    """Documents chosen by the values of a column."""

    def __init__(self, column: str, choose: Callable[[Ints], Flags]) -> None:
        self.column, self.choose = column, choose

    def on(self, segment: SegmentSearcher, within: Flags | None = None) -> Hits:
        return Hits(self.choose(segment.data.column(self.column)), np.zeros(segment.count))


class TermsQuery(ArrayQuery):
    """Documents that have any of some terms of a field. Which terms takes a look at many: where a query has the same
    part again, and where its parts are counted, it is looked once."""

    fieldname: str
    text: str
    """Of the terms that are looked for."""

    def __hash__(self) -> int:
        return hash((type(self), self.fieldname, self.text))

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other)

    def on(self, segment: SegmentSearcher, within: Flags | None = None) -> Hits:
        field = segment.field(self.fieldname)
        return segment.nothing() if field is None else segment.once(self, lambda: segment.found(self.docs(field)))

    def docs(self, field: FieldPostings) -> Array:
        """The documents, in any order; some may come again."""
        raise NotImplementedError


class PrefixQuery(TermsQuery):
    """Any term that begins with some letters."""

    def __init__(self, fieldname: str, prefix: str) -> None:
        self.fieldname, self.text = fieldname, prefix

    def docs(self, field: FieldPostings) -> Array:
        first, last = field.terms.prefix_range(self.text.encode("utf-8"))
        return field.docs[field.starts[first] : field.starts[last]]


class FuzzyQuery(TermsQuery):
    """Any term that is at most some edits away and begins with the same letter."""

    def __init__(self, fieldname: str, word: str, distance: int) -> None:
        self.fieldname, self.text, self.distance = fieldname, word, distance

    def docs(self, field: FieldPostings) -> Array:
        return _docs_of(field, [place for place, _, _ in near_terms(field, self.text, self.distance)])


class SameStemQuery(TermsQuery):
    """Any exact form for which a test holds, among those that begin with some letters."""

    def __init__(self, fieldname: str, start: str, holds: Callable[[str], bool]) -> None:
        self.fieldname, self.text, self.holds = fieldname, start, holds

    def docs(self, field: FieldPostings) -> Array:
        first, last = field.terms.prefix_range(self.text.encode("utf-8"))
        return _docs_of(field, [i for i in range(first, last) if self.holds(field.terms[i].decode("utf-8"))])


class NearQuery(ArrayQuery):
    """Words in any order with at most `slop` other words between them."""

    reads_positions = True

    def __init__(self, fieldname: str, words: Sequence[str], slop: int) -> None:
        self.fieldname, self.words, self.slop = fieldname, tuple(words), slop

    def on(self, segment: SegmentSearcher, within: Flags | None = None) -> Hits:
        found = word_places(segment, self.fieldname, self.words, within)
        if found is None:
            return segment.nothing()
        docs, keys = found
        wanted = Counter(self.words)
        by_word = dict(zip(self.words, keys, strict=True))
        starts = np.concatenate(list(by_word.values()))
        last = starts + len(self.words) - 1 + self.slop
        fits = np.ones(len(starts), bool)
        for word, own in by_word.items():
            inside = np.searchsorted(own, last, "right") - np.searchsorted(own, starts, "left")
            fits &= inside >= wanted[word]
        return segment.found(docs[distinct(starts[fits] >> 32)])


class SimilarQuery(ArrayQuery):
    """Documents that share the most telling words of a text (tf-idf; Lucene's "more like this" idea)."""

    def __init__(self, counts: Mapping[str, int], number: int | None = None, least: float | None = None) -> None:
        """`counts` are of the text's stems; `number` is the article's whose text it is, which is not found itself, nor
        asked for what no other has. `least` is the score from which a document is found, by SIMILAR_SHARE if None."""
        self.counts, self.number, self.least = dict(counts), number, least

    def among(self, segments: Sequence[SegmentSearcher]) -> SimilarQuery:
        """The query for an index of these segments: it finds the most similar ones of all, however little that is."""
        scores = np.concatenate([np.zeros(0), *(np.where(one.alive, self._scores(one), 0) for one in segments)])
        best = np.sort(scores[scores > 0])[-SIMILAR_BEST:]
        least = min(float(best[0]), self._cut_off(segments[0])) if len(best) else None
        return SimilarQuery(self.counts, self.number, least)

    def on(self, segment: SegmentSearcher, within: Flags | None = None) -> Hits:
        scores = self._scores(segment)
        mask = (scores > 0) & (scores >= (self._cut_off(segment) if self.least is None else self.least))
        return Hits(mask, np.where(mask, scores, 0))

    def _scores(self, segment: SegmentSearcher) -> Floats:
        scores = np.zeros(segment.count)
        for term, weight in self._telling(segment).items():
            scores += weight * segment.evaluate(wq.Term(RANKED, term)).scores
        if self.number is not None:
            scores[segment.data.column("number") == self.number] = 0
        return scores

    def _cut_off(self, segment: SegmentSearcher) -> float:
        best = sum(weight * segment.idf(term.encode("utf-8")) for term, weight in self._telling(segment).items())
        return SIMILAR_SHARE * (K1 + 1) * best

    def _telling(self, segment: SegmentSearcher) -> dict[str, float]:
        """The most telling words, each with its weight in the text. Any segment of an index tells the same."""
        alone = 0 if self.number is None else 1
        weights = {
            term: float(np.log1p(count))
            for term, count in self.counts.items()
            if segment.having(term.encode("utf-8")) > alone
        }
        rarest = sorted(weights, key=lambda term: (-weights[term] * segment.idf(term.encode("utf-8")), term))
        return {term: weights[term] for term in rarest[:SIMILAR_TERMS]}


def near_terms(field: FieldPostings, word: str, distance: int) -> list[tuple[int, str, int]]:
    """(place, term, edits) of the terms of a field near a word that begin with its first letter."""
    first, last = field.terms.prefix_range(word[:1].encode("utf-8"))
    lengths = np.diff(field.terms.starts[first : last + 1])
    size = len(word.encode("utf-8"))
    places = (np.flatnonzero(np.abs(lengths - size) <= 2 * distance) + first).tolist()
    terms = field.terms.decoded(places)
    near = process.extract(word, terms, scorer=OSA.distance, score_cutoff=distance, limit=None)
    return [(places[index], term, int(edits)) for term, edits, index in near]


def _docs_of(field: FieldPostings, places: Sequence[int]) -> Array:
    return np.concatenate([field.docs[:0], *map(field.docs_of, places)])
