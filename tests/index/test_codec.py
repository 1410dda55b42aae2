"""Whoosh reads our segments as it reads its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.matching import ReadTooFar
from whoosh.reading import TermNotFound

from newsreader.errors import StorageError
from newsreader.index.schema import COLUMNS, INDEXED_FIELDS, IndexedArticle
from newsreader.index.search import Snapshot
from tests.examples import examples
from tests.index.conftest import MakeCorpus
from tests.index.corpus import Corpus, corpus, document
from tests.index.whoosh_reference import opened, stock

TEXT = st.lists(st.sampled_from(["tax", "town", "Taxes", "the", "U.S.", "l'été", "中国人", "1,110"]), max_size=7).map(
    " ".join
)
DOCUMENTS = st.lists(st.tuples(TEXT, TEXT, st.none() | TEXT), min_size=1, max_size=5).map(
    lambda rows: [
        document(number, text, title=title, source=source, time=number)
        for number, (title, text, source) in enumerate(rows, 1)
    ]
)


def postings(reader: Any, field: str, term: bytes) -> dict[int, tuple[float, Any]]:
    """IndexedArticle → (weight, positions)."""
    found = {}
    matcher = reader.postings(field, term)
    while matcher.is_active():
        placed = field in ("words", "title", "source", "author", "path")
        found[matcher.id()] = (matcher.weight(), list(matcher.value_as("positions")) if placed else None)
        matcher.next()
    return found


@examples(30)
@given(DOCUMENTS)
def test_our_index_holds_what_whooshs_own_would(documents: list[IndexedArticle]) -> None:
    with (
        corpus(*documents) as box,
        tempfile.TemporaryDirectory() as folder,
        opened(box.folder) as ours,
        stock(Path(folder), documents) as whooshs,
    ):
        mine, theirs = ours.reader(), whooshs.reader()
        assert list(mine.all_terms()) == list(theirs.all_terms())
        assert mine.doc_count() == theirs.doc_count() == len(documents)
        for field, term in theirs.all_terms():
            assert postings(mine, field, term) == postings(theirs, field, term)
            assert mine.doc_frequency(field, term) == theirs.doc_frequency(field, term)
            assert mine.frequency(field, term) == theirs.frequency(field, term)
            assert mine.term_info(field, term).max_weight() == theirs.term_info(field, term).max_weight()
        for name in COLUMNS:
            columns = [reader.column_reader(name) for reader in (mine, theirs)]
            assert [columns[0][n] for n in range(len(documents))] == [columns[1][n] for n in range(len(documents))]
        for name in ("words", "title", "text", "lang"):
            assert list(mine.field_terms(name)) == list(theirs.field_terms(name))
            assert list(mine.expand_prefix(name, "ta")) == list(theirs.expand_prefix(name, "ta"))


QUERIES: list[wq.Query] = [
    wq.Phrase("words", ["tax", "town"]),
    wq.Phrase("words", ["tax", "town"], slop=2),
    wq.Phrase("title", ["town", "tax"]),
    wq.Phrase("words", ["中国", "国人"]),
    wq.Prefix("words", "ta"),
    wq.FuzzyTerm("words", "tix"),
    wq.Wildcard("words", "t*"),
    wq.And([wq.Term("text", "tax"), wq.Not(wq.Term("text", "town"))]),
    wq.Or([wq.Term("headline", "tax"), wq.Term("source", "town")]),
    wq.Term("lang", "en"),
    wq.Every(),
    wq.Every("source"),
]


@examples(30)
@given(DOCUMENTS)
def test_whooshs_queries_find_the_same_in_both(documents: list[IndexedArticle]) -> None:
    with (
        corpus(*documents) as box,
        tempfile.TemporaryDirectory() as folder,
        opened(box.folder) as mine,
        stock(Path(folder), documents) as theirs,
    ):
        for query in QUERIES:
            assert set(mine.docs_for_query(query)) == set(theirs.docs_for_query(query)), query


def test_matchers_walk_skip_and_copy(make: MakeCorpus) -> None:
    box = make(*(document(n, "tax" if n % 2 else "town") for n in range(1, 8)))
    with opened(box.folder) as searcher:
        reader = searcher.reader()
        matcher = reader.postings("words", b"tax")
        assert list(matcher.all_ids()) == [0, 2, 4, 6]
        matcher.skip_to(3)
        twin = matcher.copy()
        assert (matcher.id(), twin.id()) == (4, 4)
        twin.next()
        assert (matcher.id(), twin.id()) == (4, 6)
        twin.next()
        assert not twin.is_active()
        for walk in (twin.next, lambda: twin.skip_to(9)):
            with pytest.raises(ReadTooFar):
                walk()
        matcher.reset()
        assert matcher.id() == 0
        with pytest.raises(TermNotFound):
            reader.postings("words", b"nowhere")
        assert reader.doc_frequency("words", b"nowhere") == 0
        assert ("words", "tax") in reader
        assert ("nofield", "tax") not in reader


def test_terms_can_be_walked_from_anywhere(make: MakeCorpus) -> None:
    box = make(document(1, "alpha beta gamma", title="delta"))
    with opened(box.folder) as searcher:
        reader = searcher.reader()
        assert [term for field, term in reader.terms_from("words", b"b") if field == "words"] == [b"beta", b"gamma"]
        cursor = reader.cursor("words")
        assert (cursor.first(), cursor.next(), cursor.find(b"c"), cursor.next()) == ("alpha", "beta", "gamma", None)
        assert not cursor.is_valid()
        items = dict(reader.iter_from("words", "gamma"))
        assert items[("words", b"gamma")].doc_frequency() == 1
        assert set(reader.indexed_field_names()) <= set(INDEXED_FIELDS)


def damage(box: Corpus, how: Any) -> None:
    (path,) = box.folder.rglob("*.arrays")
    path.write_bytes(how(path.read_bytes()))


@pytest.mark.parametrize(
    "how", [lambda b: b"", lambda b: b[: len(b) // 2], lambda b: b"XXXX" + b[4:], lambda b: b[:40] + b"?" + b[41:]]
)
def test_a_damaged_segment_is_said_to_be_damaged(make: MakeCorpus, how: Any) -> None:
    box = make(document(1, "tax"))
    damage(box, how)
    with pytest.raises(StorageError, match="damaged"):
        Snapshot.open(box.folder)
    with pytest.raises(StorageError, match="damaged"):
        box.write(document(2, "town"), delete=[1])


def test_no_index_and_a_damaged_table_of_contents(tmp_path: Path, make: MakeCorpus) -> None:
    assert Snapshot.open(tmp_path / "nowhere") is None
    box = make(document(1, "tax"))
    for path in box.folder.rglob("*.toc"):
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(StorageError, match="damaged"):
        Snapshot.open(box.folder)
