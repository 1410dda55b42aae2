"""Queries of our own, by themselves; `test_evaluate` has them in trees with Whoosh's."""

from __future__ import annotations

from whoosh import query as wq

from newsreader.index.array_queries import PrefixQuery, near_terms
from tests.index.conftest import MakeCorpus
from tests.index.corpus import document
from tests.index.whoosh_reference import opened, searcher_of, segments


def test_fuzzy_words_begin_alike_and_differ_by_as_much(make: MakeCorpus) -> None:
    box = make(document(1, "budget bugdet budgets badge fudget budgetary"))
    with opened(box.folder) as searcher:
        (part, _), *_ = segments(searcher)
        field = searcher_of(part).field("words")
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
