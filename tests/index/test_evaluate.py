"""Evaluation on arrays gives what Whoosh's own matchers and scorer give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as wq
from whoosh.matching import AndMaybeMatcher, InverseMatcher, ListMatcher, NullMatcher

from newsreader.errors import QueryError
from newsreader.index import analysis, update
from newsreader.index.compile import Compiler, SimilarTo, with_numbers
from newsreader.index.evaluate import (
    ColumnQuery,
    FuzzyQuery,
    NearQuery,
    PrefixQuery,
    SameStemQuery,
    SimilarQuery,
    bm25,
    idf,
    leaf_of,
    near_terms,
)
from newsreader.index.query import Filter, Saved, parse_query
from newsreader.index.schema import Document
from newsreader.index.search import Ranking
from tests.index.conftest import MakeCorpus
from tests.index.corpus import TODAY, Corpus, corpus, document

VOCABULARY = ("tax", "taxes", "town", "towns", "budget", "the", "us", "U.S.", "été", "中国人", "don't", "tix")
WORD = st.sampled_from(VOCABULARY)


@dataclass(frozen=True)
class Step:
    """One commit."""

    texts: tuple[tuple[str, str], ...]
    """(title, text)."""
    delete: frozenset[int]


TEXT = st.lists(WORD, max_size=6).map(" ".join)
STEPS = st.lists(
    st.builds(
        Step, st.lists(st.tuples(TEXT, TEXT), max_size=4).map(tuple), st.frozensets(st.integers(1, 10), max_size=3)
    ),
    min_size=1,
    max_size=4,
)


def fill(box: Corpus, steps: Sequence[Step]) -> dict[int, Document]:
    """Commit by commit; returns what is left."""
    left: dict[int, Document] = {}
    number = 0
    with mock.patch.object(update, "LARGEST_MERGE", 3):
        for step in steps:
            added = []
            for title, text in step.texts:
                number += 1
                added.append(document(number, text, title=title, time=number))
            box.write(*added, delete=step.delete)
            left = {n: d for n, d in left.items() if n not in step.delete} | {d.label.number: d for d in added}
    return left


def parts(searcher: Any) -> list[tuple[Any, int]]:
    """The searchers of the segments, each with the number of its first document; none in an empty index."""
    return [(part, offset) for part, offset in searcher.leaf_searchers() if part.doc_count_all()]


def by_arrays(searcher: Any, query: wq.Query) -> dict[int, float]:
    found = {}
    for part, offset in parts(searcher):
        leaf = leaf_of(part)
        hits = leaf.evaluate(query)
        assert not hits.scores[~hits.mask].any()
        found |= {int(doc) + offset: float(hits.scores[doc]) for doc in np.flatnonzero(hits.mask & leaf.alive)}
    return found


def constant(self: wq.ConstantScoreQuery, searcher: Any, context: Any) -> Any:
    """Whoosh's own takes a score of 0 for 1, and scores nothing where positions are wanted."""
    found = list(self.child.matcher(searcher, context).all_ids())
    return ListMatcher(found, all_weights=self.score or 1e-300) if found else NullMatcher()


def skip_to(self: AndMaybeMatcher, docnum: int) -> None:
    """Whoosh's own moves the optional part to `docnum` though the other one may have gone further."""
    self.a.skip_to(docnum)
    if self.a.is_active() and self.b.is_active():
        self.b.skip_to(self.a.id())


def by_whoosh(searcher: Any, query: wq.Query) -> dict[int, float]:
    """Walked with Whoosh's matchers: the exact ones, as its shortcut for OR takes a score of 0 for no hit.

    They give every document without a word a point, which says nothing of it: here they give none.
    """
    found = {}
    with (
        mock.patch.object(InverseMatcher, "score", return_value=0.0),
        mock.patch.object(wq.ConstantScoreQuery, "matcher", constant),
        mock.patch.object(AndMaybeMatcher, "skip_to", skip_to),
    ):
        for part, offset in parts(searcher):
            matcher = query.matcher(part, searcher.context(needs_current=True))
            while matcher.is_active():
                if not part.reader().is_deleted(matcher.id()):
                    found[matcher.id() + offset] = matcher.score()
                matcher.next()
    return found


def same(box: Corpus, query: wq.Query) -> None:
    index = update.open_index(box.folder)
    assert index is not None
    query = query.normalize()
    with index.searcher(weighting=Ranking()) as searcher:
        fast, slow = by_arrays(searcher, query), by_whoosh(searcher, query)
        assert set(fast) == set(slow), query
        assert fast == pytest.approx(slow, abs=1e-9), query


FIELD = st.sampled_from(["words", "title", "text", "headline"])
EXACT = st.sampled_from(["words", "title"])
FORM = st.sampled_from(["tax", "taxes", "town", "budget", "us", "u.s", "ete", "中国", "国人", "dont", "nowhere"])
RANKED: st.SearchStrategy[wq.Query] = st.builds(
    lambda word, boost: wq.Term("text", word, boost=boost),
    st.sampled_from(["tax", "town", "budget", "us", "u.s", "ete", "nowhere"]),
    st.sampled_from([1.0, 2.0]),
)
LEAVES: st.SearchStrategy[wq.Query] = st.one_of(
    RANKED,
    st.builds(wq.Term, FIELD, FORM),
    st.builds(wq.Phrase, EXACT, st.lists(FORM, min_size=2, max_size=3)),
    st.builds(NearQuery, EXACT, st.lists(FORM, min_size=2, max_size=3), st.integers(0, 3)),
    st.builds(PrefixQuery, EXACT, st.sampled_from(["t", "ta", "to", "bu", "中", "zz"])),
    st.builds(FuzzyQuery, EXACT, st.sampled_from(["tax", "town", "budgit"]), st.integers(1, 2)),
    st.builds(lambda f: SameStemQuery(f, "tax", lambda form: analysis.stem(form, "en") == "tax"), EXACT),
    st.builds(with_numbers, st.sets(st.integers(0, 12))),
    st.builds(lambda n: ColumnQuery("time", "late", lambda times: times >= n), st.integers(0, 12)),
    st.builds(SimilarQuery, st.dictionaries(st.sampled_from(["tax", "town", "budget", "us"]), st.integers(1, 3))),
    st.just(wq.NullQuery),
)


def compound(inner: st.SearchStrategy[wq.Query]) -> st.SearchStrategy[wq.Query]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        several.map(wq.And),
        several.map(wq.Or),
        st.builds(lambda parts, without: wq.And([*parts, wq.Not(without)]), several, inner),
        st.builds(wq.AndMaybe, inner, RANKED | several.map(wq.Or)),
        st.builds(
            lambda query, score, rank: wq.AndMaybe(wq.ConstantScoreQuery(query, score=score), rank),
            inner,
            st.sampled_from([0.0, 6.0]),
            RANKED,
        ),
        st.builds(lambda query, bonus: wq.AndMaybe(query, wq.ConstantScoreQuery(bonus, score=6.0)), inner, inner),
    )


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(st.recursive(LEAVES, compound, max_leaves=6), min_size=3, max_size=6))
def test_arrays_find_and_score_as_whoosh_does(steps: list[Step], queries: list[wq.Query]) -> None:
    with corpus() as box:
        fill(box, steps)
        for query in queries:
            same(box, query)


PART = st.one_of(
    WORD,
    WORD.map("title:{}".format),
    WORD.map("body:{}".format),
    st.lists(WORD, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
    st.lists(WORD, min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"~2'),
    st.sampled_from(
        ["ta*", "tow*", "中国*", "taxs~", "budgte~", "date:2021", "date:..2020", "lang:en", "tag:odd", "path:articles"]
    ),
)
TYPED = st.recursive(
    PART,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
        st.tuples(inner, inner).map(lambda two: f"({two[0]}) -({two[1]})"),
    ),
    max_leaves=5,
)


def odd(condition: Filter) -> set[int]:
    return {1, 3, 5, 7, 9, 11}


def nothing_like(condition: Filter) -> SimilarTo:
    raise QueryError("none", 0, 0)


def not_saved(node: Saved) -> Any:
    raise QueryError("none", 0, 0)


@settings(max_examples=60, deadline=None)
@given(STEPS, st.lists(TYPED, min_size=3, max_size=6), st.booleans())
def test_what_is_typed_is_found_and_scored_as_whoosh_does(steps: list[Step], typed: list[str], typing: bool) -> None:
    with corpus() as box:
        fill(box, steps)
        compiler = Compiler(odd, nothing_like, not_saved, ("en", "fr"))
        for text in typed:
            same(box, compiler.compile(parse_query(text, today=TODAY, typing=typing).root))
            same(box, compiler.any_word(text))


@pytest.mark.parametrize(
    "make_query",
    [
        lambda: wq.Not(wq.Term("text", "tax")),
        lambda: wq.Every(),
        lambda: wq.And([wq.Not(wq.Term("text", "tax")), wq.Not(wq.Term("text", "town"))]),
        lambda: wq.Or([wq.Not(wq.Term("text", "tax")), wq.Term("text", "town")]),
        lambda: wq.Or([wq.Every(), wq.Term("text", "town")]),
        lambda: wq.And([wq.Every(), wq.Term("text", "town")]),
    ],
)
def test_negations_and_everything_find_what_whoosh_finds(make: MakeCorpus, make_query: Callable[[], wq.Query]) -> None:
    box = make(document(1, "tax"), document(2, "town"), document(3, "tax town"), document(4, "budget"))
    box.write(document(5, "nothing"), document(6, "town"), delete=[2])
    index = update.open_index(box.folder)
    assert index is not None
    query = make_query().normalize()
    with index.searcher(weighting=Ranking()) as searcher:
        assert set(by_arrays(searcher, query)) == set(by_whoosh(searcher, query))


def test_unknown_queries_are_walked_with_whooshs_matchers(make: MakeCorpus) -> None:
    box = make(document(1, "tax town"), document(2, "taxes"), document(3, "budget"))
    same(box, wq.Phrase("words", ["tax", "town"], slop=2))
    same(box, wq.DisjunctionMax([wq.Term("text", "tax"), wq.Term("text", "budget")]))
    same(box, wq.Wildcard("words", "t*x"))


def test_scores_are_those_of_the_textbook(make: MakeCorpus) -> None:
    box = make(document(1, "tax tax town"), document(2, "tax"), document(3, "budget news here"))
    lengths = {1: 3, 2: 1, 3: 2}  # here is a stop word
    average = sum(lengths.values()) / 3
    found = box.search("tax")
    scores = dict(zip(found.numbers.tolist(), found.scores.tolist(), strict=True))
    weight = np.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    for number, count in ((1, 2), (2, 1)):
        expected = weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * lengths[number] / average))
        assert scores[number] == pytest.approx(expected)


def test_idf_is_never_negative() -> None:
    assert idf(10, 10) > 0
    assert idf(10, 1) > idf(10, 2)
    assert bm25(np.array([0.0]), np.array([1.0]), 2.0).tolist() == [0.0]


def test_fuzzy_words_begin_alike_and_differ_by_as_much(make: MakeCorpus) -> None:
    box = make(document(1, "budget bugdet budgets badge fudget budgetary"))
    index = update.open_index(box.folder)
    assert index is not None
    with index.searcher(weighting=Ranking()) as searcher:
        (part, _), *_ = searcher.leaf_searchers()
        field = leaf_of(part).field("words")
        assert field is not None
        assert {term: edits for _, term, edits in near_terms(field, "budget", 1)} == {
            "budget": 0, "bugdet": 1, "budgets": 1
        }  # fmt: skip


def test_queries_of_our_own_are_leaves_to_whoosh() -> None:
    query = PrefixQuery("words", "ta")
    assert query.is_leaf()
    assert query.field() is None
    assert query == PrefixQuery("words", "ta")
    assert query != PrefixQuery("title", "ta")
    assert wq.Or([query, PrefixQuery("words", "ta")]).normalize() == query
