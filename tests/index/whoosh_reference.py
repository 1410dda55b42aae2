"""Whoosh's own way through an index: what it would store, and what its matchers and scorer find. An oracle for tests.

The program evaluates queries on whole arrays (`newsreader.index.evaluate`) and inverts texts by the thousand
(`newsreader.index.inversion`). Here the same is done the way that Whoosh is made for, one document and one posting at a
time, so that the two can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from whoosh import columns, fields, formats, scoring
from whoosh import index as whoosh_index
from whoosh import query as wq
from whoosh.codec import base
from whoosh.columns import ColumnReader
from whoosh.matching import AndMaybeMatcher, InverseMatcher, LeafMatcher, ListMatcher, NullMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from newsreader.index import analysis, writing
from newsreader.index.analysis import Word
from newsreader.index.codec import ArrayCodec, ArraySegment, SegmentData
from newsreader.index.evaluate import ArrayQuery, SegmentSearcher, Statistics, bm25, idf
from newsreader.index.postings import FieldPostings, TermList
from newsreader.index.schema import COLUMNS, RANKED, TITLE_WEIGHT, IndexedArticle
from newsreader.terms.arrays import Ints

# what Whoosh would store


class WeightedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were worked out before: {term: frequency}."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(format=formats.Frequency(), analyzer=None, scorable=scorable)

    def index(self, value: Mapping[str, int], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term, frequency in value.items():
            yield term.encode("utf-8"), frequency, float(frequency), frequency.to_bytes(4, "big")


class PlacedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms were worked out before: {term: positions, ascending}."""

    def __init__(self) -> None:
        super().__init__(format=formats.Positions(), analyzer=None)

    def index(self, value: Mapping[str, Sequence[int]], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        encode = self.format.encode
        for term, places in value.items():
            yield term.encode("utf-8"), len(places), float(len(places)), encode(places)


def reference_schema() -> fields.Schema:
    """What Whoosh must know to index `document_fields` itself."""
    return fields.Schema(
        text=WeightedTerms(scorable=True),
        headline=WeightedTerms(scorable=False),
        words=PlacedTerms(),
        title=PlacedTerms(),
        source=PlacedTerms(),
        author=PlacedTerms(),
        path=PlacedTerms(),
        lang=fields.ID(),
        number=fields.COLUMN(columns.NumericColumn("q")),
        day=fields.COLUMN(columns.NumericColumn("i")),
        time=fields.COLUMN(columns.NumericColumn("q")),
        length=fields.COLUMN(columns.NumericColumn("i")),
    )


def document_fields(document: IndexedArticle) -> dict[str, object]:
    """The document's terms and columns, as a Whoosh writer takes them."""
    title = analysis.positions(document.title)
    body = [word for paragraph in document.paragraphs for word in analysis.positions(paragraph)]
    language = document.language or detect_language("\n".join(document.paragraphs).split() or document.title.split())
    headline = _stem_counts(title, language)
    text = _stem_counts(body, language)
    if not document.title_is_lede:
        for term, count in headline.items():
            text[term] = text.get(term, 0) + TITLE_WEIGHT * count
    found: dict[str, object] = {
        "text": text,
        "headline": headline,
        "words": _places(body),
        "title": _places(title),
        "path": _places(analysis.positions(document.label.path)),
        "number": document.label.number,
        "day": document.label.day,
        "time": document.label.time,
        "length": sum(text.values()),
    }
    if document.label.source:
        found["source"] = _places(analysis.positions(document.label.source))
    if document.label.author:
        found["author"] = _places(analysis.positions(document.label.author))
    if language:
        found["lang"] = language
    return found


def _stem_counts(words: Sequence[Word], language: str | None) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        if word.aliases:
            for found in analysis.stems(word, language):
                counts[found] = counts.get(found, 0) + 1
        elif (single := analysis.stem(word.exact, language)) is not None:
            counts[single] = counts.get(single, 0) + 1
    return counts


def _places(words: Sequence[Word]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for position, word in enumerate(words):
        places.setdefault(word.exact, []).append(position)
        for alias in word.aliases:
            places.setdefault(alias, []).append(position)
    return places


def detect_language(tokens: Sequence[str]) -> str | None:
    """ISO 639-1 of the language whose function words are frequent among a text's first tokens; None when none are."""
    sample = tokens[: analysis.DETECTION_WORDS]
    return analysis.likeliest_language(Counter(chain.from_iterable(map(analysis.languages_of, sample))), len(sample))


# how Whoosh reads our segments


class ReferenceCodec(ArrayCodec):
    """Reads segments for Whoosh's matchers."""

    length_stats = False

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.data(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment.data(storage), segment)


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """Terms and postings of a segment."""

    def __init__(self, data: SegmentData) -> None:
        self.data = data

    def _find(self, fieldname: str, text: bytes) -> tuple[FieldPostings, int]:
        field = self.data.fields.get(fieldname)
        place = -1 if field is None else field.terms.find(text)
        if field is None or place < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return field, place

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field = self.data.fields.get(term[0])
        return field is not None and field.terms.find(term[1]) >= 0

    def indexed_field_names(self) -> list[str]:
        return list(self.data.fields)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name in sorted(self.data.fields) for term in self.data.fields[name].terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for name in sorted(self.data.fields):
            if name >= fieldname:
                terms = self.data.fields[name].terms
                start = terms.prefix_range(prefix)[0] if name == fieldname else 0
                yield from ((name, terms[i]) for i in range(start, len(terms)))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        field, place = self._find(fieldname, text)
        start, stop = int(field.starts[place]), int(field.starts[place + 1])
        weights = field.weights[start:stop]
        return TermInfo(
            weight=float(weights.sum(dtype=np.int64)),
            df=stop - start,
            minlength=1,
            maxlength=1,
            maxweight=float(weights.max()),
            minid=int(field.docs[start]),
            maxid=int(field.docs[stop - 1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> int:
        field, place = self._find(fieldname, text)
        return int(field.weights[field.starts[place] : field.starts[place + 1]].sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        try:
            field, place = self._find(fieldname, text)
        except TermNotFound:
            return 0
        return int(field.starts[place + 1] - field.starts[place])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        field, place = self._find(fieldname, text)
        return ArrayMatcher(field, place, (fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        field = self.data.fields.get(fieldname)
        return _Cursor(TermList.of(()) if field is None else field.terms, fieldobj)

    def close(self) -> None:
        pass


class _Cursor(base.FieldCursor):  # type: ignore[misc]
    """Walks a field's terms in order."""

    def __init__(self, terms: Any, fieldobj: Any) -> None:
        self._terms, self._fieldobj, self._at = terms, fieldobj, 0

    def first(self) -> Any:
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:
        self._at = self._terms.prefix_range(term.encode() if isinstance(term, str) else term)[0]
        return self.text()

    def next(self) -> Any:
        self._at += 1
        return self.text()

    def text(self) -> Any:
        return self._fieldobj.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._terms)


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Whoosh's way through one term's postings."""

    def __init__(self, field: FieldPostings, place: int, term: tuple[str, bytes], format_: Any, scorer: Any) -> None:
        self._field, self._place, self._term = field, place, term
        self.format, self.scorer = format_, scorer
        start, stop = field.starts[place], field.starts[place + 1]
        self._docs, self._weights = field.docs[start:stop], field.weights[start:stop]
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._docs)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> ArrayMatcher:
        twin = ArrayMatcher(self._field, self._place, self._term, self.format, self.scorer)
        twin._at = self._at
        return twin

    def id(self) -> int:
        return int(self._docs[self._at])

    def weight(self) -> float:
        return float(self._weights[self._at])

    def all_ids(self) -> Iterator[int]:
        return iter(self._docs[self._at :].tolist())

    def next(self) -> bool:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return True

    def skip_to(self, docnum: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._docs[self._at :], docnum))

    def value_as(self, astype: str) -> Any:
        if astype != "positions":
            return self.weight()
        return self._field.positions(self._place, np.array([self._at]))[1].tolist()

    def replace(self, minquality: float = 0) -> ArrayMatcher:
        return self


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """What a segment holds per document."""

    def __init__(self, data: SegmentData, segment: ArraySegment) -> None:
        self.data, self._segment = data, segment

    def doc_count(self) -> int:
        return self._segment.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return bool(self._segment.deleted_count())

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def column_reader(self, fieldname: str, column: Any) -> _Column:
        return _Column(self.data.column(fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self.data.column("length")[docnum]) if fieldname == RANKED else default

    def field_length(self, fieldname: str) -> int:
        return int(self.data.column("length").sum()) if fieldname == RANKED else 0

    def min_field_length(self, fieldname: str) -> int:
        return 1

    max_field_length = min_field_length

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        return {}

    def close(self) -> None:
        pass


class _Column(ColumnReader):  # type: ignore[misc]
    def __init__(self, values: Ints) -> None:
        self._values = values

    def __getitem__(self, docnum: int) -> int:
        return int(self._values[docnum])

    def __len__(self) -> int:
        return len(self._values)

    def load(self) -> Ints:
        return self._values


# how Whoosh finds and ranks


class Ranking(scoring.WeightingModel):  # type: ignore[misc]
    """BM25 over `text` with exact lengths; other fields choose articles but don't rank them."""

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
        self._norms = searcher_of(searcher).norms

    def score(self, matcher: Any) -> float:
        return float(bm25(matcher.weight(), self._norms[matcher.id()], self._idf))


class _AsWeighted:
    def supports_block_quality(self) -> bool:
        return False

    def score(self, matcher: Any) -> float:
        return float(matcher.weight())


def searcher_of(searcher: Any) -> SegmentSearcher:
    """The leaf of a searcher on one segment."""
    whole = [part.reader()._terms.data for part, _ in segments(searcher.get_parent())]
    reader = searcher.reader()
    return SegmentSearcher(reader._terms.data, reader.segment().deleted_docs(), Statistics(whole))


def segments(searcher: Any) -> list[tuple[Any, int]]:
    """The searchers of the segments, each with the number of its first document; none in an empty index."""
    return [(part, offset) for part, offset in searcher.leaf_searchers() if part.doc_count_all()]


def _array_matcher(self: ArrayQuery, searcher: Any, context: Any = None) -> Any:
    """What a query of our own finds, as a list for Whoosh."""
    leaf = searcher_of(searcher)
    hits = self.on(leaf)
    docs = np.flatnonzero(hits.mask & leaf.alive)
    if not len(docs):
        return NullMatcher()
    return ListMatcher(docs.tolist(), weights=hits.scores[docs].tolist(), scorer=_AsWeighted())


def _estimated_size(self: ArrayQuery, reader: Any) -> int:
    return int(reader.doc_count())


def _constant(self: wq.ConstantScoreQuery, searcher: Any, context: Any) -> Any:
    """Whoosh's own takes a score of 0 for 1, and scores nothing where positions are wanted."""
    found = list(self.child.matcher(searcher, context).all_ids())
    return ListMatcher(found, all_weights=self.score or 1e-300) if found else NullMatcher()


def _skip_to(self: AndMaybeMatcher, docnum: int) -> None:
    """Whoosh's own moves the optional part to `docnum` though the other one may have gone further."""
    self.a.skip_to(docnum)
    if self.a.is_active() and self.b.is_active():
        self.b.skip_to(self.a.id())


@contextmanager
def opened(folder: Path) -> Iterator[Any]:
    """An index of ours as Whoosh's searcher has it."""
    with (
        mock.patch.object(ArraySegment, "codec", return_value=ReferenceCodec()),
        mock.patch.object(ArrayQuery, "matcher", _array_matcher),
        mock.patch.object(ArrayQuery, "estimate_size", _estimated_size),
        mock.patch.object(ArrayQuery, "estimate_min_size", _estimated_size),
        mock.patch.object(writing, "make_schema", reference_schema),
    ):
        index = writing.open_index(folder)
        assert index is not None
        with index.searcher(weighting=Ranking()) as searcher:
            yield searcher


@contextmanager
def stock(folder: Path, documents: Sequence[IndexedArticle]) -> Iterator[Any]:
    """The same documents through Whoosh's own writer and codec: its searcher."""
    index = whoosh_index.create_in(folder, reference_schema())
    writer = index.writer()
    for one in documents:
        writer.add_document(**document_fields(one))
    writer.commit()
    with index.searcher() as searcher:
        yield searcher


def by_whoosh(searcher: Any, query: wq.Query) -> dict[int, float]:
    """Walked with Whoosh's matchers: the exact ones, as its shortcut for OR takes a score of 0 for no hit.

    They give every document without a word a point, which says nothing of it: here they give none.
    """
    found = {}
    with (
        mock.patch.object(InverseMatcher, "score", return_value=0.0),
        mock.patch.object(wq.ConstantScoreQuery, "matcher", _constant),
        mock.patch.object(AndMaybeMatcher, "skip_to", _skip_to),
    ):
        for part, offset in segments(searcher):
            matcher = query.matcher(part, searcher.context(needs_current=True))
            while matcher.is_active():
                if not part.reader().is_deleted(matcher.id()):
                    found[matcher.id() + offset] = matcher.score()
                matcher.next()
    return found
