"""Evaluation on arrays gives what Whoosh's own matchers and scorer give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as wq

from newsreader.errors import QueryError
from newsreader.index import analysis, writing
from newsreader.index.array_queries import (
    ColumnQuery,
    FuzzyQuery,
    NearQuery,
    PrefixQuery,
    SameStemQuery,
    SimilarQuery,
)
from newsreader.index.compile import Compiler, SimilarTo, with_numbers
from newsreader.index.evaluate import bm25, idf
from newsreader.index.query import Filter, Saved, parse_query
from newsreader.index.schema import IndexedArticle
from tests.examples import examples
from tests.index.conftest import MakeCorpus
from tests.index.corpus import TODAY, Corpus, corpus, document
from tests.index.whoosh_reference import by_whoosh, opened, searcher_of, segments

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


def fill(box: Corpus, steps: Sequence[Step]) -> dict[int, IndexedArticle]:
    """Commit by commit; returns what is left."""
    left: dict[int, IndexedArticle] = {}
    number = 0
    with mock.patch.object(writing, "LARGEST_MERGE", 3):
        for step in steps:
            added = []
            for title, text in step.texts:
                number += 1
                added.append(document(number, text, title=title, time=number))
            box.write(*added, delete=step.delete)
            left = {n: d for n, d in left.items() if n not in step.delete} | {d.label.number: d for d in added}
    return left


def by_arrays(searcher: Any, query: wq.Query) -> dict[int, float]:
    found = {}
    for part, offset in segments(searcher):
        leaf = searcher_of(part)
        hits = leaf.evaluate(query)
        assert not hits.scores[~hits.mask].any()
        found |= {int(doc) + offset: float(hits.scores[doc]) for doc in np.flatnonzero(hits.mask & leaf.alive)}
    return found


def same(box: Corpus, query: wq.Query) -> None:
    query = query.normalize()
    with opened(box.folder) as searcher:
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
    st.builds(lambda n: ColumnQuery("time", lambda times: times >= n), st.integers(0, 12)),
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


@examples(60)
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


@examples(60)
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
    query = make_query().normalize()
    with opened(box.folder) as searcher:
        assert set(by_arrays(searcher, query)) == set(by_whoosh(searcher, query))


def test_a_query_of_a_type_that_is_never_made_is_refused(make: MakeCorpus) -> None:
    box = make(document(1, "tax town"))
    with opened(box.folder) as searcher, pytest.raises(KeyError):
        by_arrays(searcher, wq.Wildcard("words", "t*x"))


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
