"""What trees become: which Whoosh queries, over which fields."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pytest
from whoosh import query as wq

from newsreader.errors import QueryError
from newsreader.index.array_queries import ColumnQuery, FuzzyQuery, NearQuery, PrefixQuery, SameStemQuery
from newsreader.index.compile import PHRASE_BONUS, Compiler, SimilarTo, with_numbers
from newsreader.index.query import Filter, Saved, Term, parse_query
from tests.index.conftest import MakeCorpus
from tests.index.corpus import TODAY, document


def resolve(condition: Filter) -> Collection[int]:
    return {1}


def similar(condition: Filter) -> SimilarTo:
    return SimilarTo(1, "tax town", "en")


def saved(node: Saved) -> Any:
    if node.name != "mine":
        raise QueryError("unknown", node.start, node.stop)
    return parse_query("tax OR town", today=TODAY).root


def compiled(text: str, *languages: str) -> wq.Query:
    return Compiler(resolve, similar, saved, languages or ("en",)).compile(parse_query(text, today=TODAY).root)


def test_a_word_is_looked_for_by_its_stem_in_every_language() -> None:
    assert compiled("taxes") == wq.Term("text", "tax")
    assert compiled("nouvelles", "en", "fr") == wq.Or([wq.Term("text", "nouvell"), wq.Term("text", "nouvel")])
    assert compiled("maisons", "en", "fr") == wq.Term("text", "maison")


def test_a_stop_word_alone_is_looked_for_as_it_is() -> None:
    assert compiled("the") == wq.Or([wq.Term("title", "the"), wq.Term("words", "the")])
    assert compiled("the tax") == wq.And([wq.Term("text", "tax")])


def test_words_side_by_side_are_worth_a_bonus() -> None:
    query = compiled("tax town")
    assert isinstance(query, wq.AndMaybe)
    assert query.a == wq.And([wq.Term("text", "tax"), wq.Term("text", "town")])
    assert query.b.score == PHRASE_BONUS
    assert query.b.child == wq.Or([wq.Phrase("title", ["tax", "town"]), wq.Phrase("words", ["tax", "town"])])
    assert not isinstance(compiled("tax -town"), wq.AndMaybe)


@pytest.mark.parametrize(
    ("text", "kind", "fields"),
    [
        ("ta*", PrefixQuery, ["title", "words"]),
        ("title:ta*", PrefixQuery, ["title"]),
        ("body:ta*", PrefixQuery, ["words"]),
        ("taxs~", FuzzyQuery, ["title", "words"]),
        ("source:taxs~", FuzzyQuery, ["source"]),
        ('source:"the post"', wq.Phrase, ["source"]),
        ("author:o'neill", wq.Phrase, ["author"]),
        ('title:"a b"~3', NearQuery, ["title"]),
        ("path:2021", wq.Term, ["path"]),
        ("国", PrefixQuery, ["title", "words"]),
        ("title:国", PrefixQuery, ["title"]),
    ],
)
def test_exact_forms(text: str, kind: type, fields: list[str]) -> None:
    query = compiled(text)
    parts = query.subqueries if isinstance(query, wq.Or) else [query]
    assert [(type(part), part.fieldname) for part in parts] == [(kind, field) for field in fields]


def test_of_several_words_the_last_is_a_beginning() -> None:
    query = compiled("body:covid-1*")
    assert query.subqueries[0] == wq.Term("words", "covid")
    assert query.subqueries[1] == PrefixQuery("words", "1")


def test_words_of_a_field_are_ranked_by_their_stems() -> None:
    query = compiled("title:taxes")
    assert query.a.child == wq.Term("headline", "tax")
    assert query.b == wq.Term("text", "tax")
    assert isinstance(compiled("body:taxes").a.child, SameStemQuery)


def test_filters_are_columns() -> None:
    for text in ("tag:x", "is:read", "story:ab", "id:ab", "date:2021"):
        assert isinstance(compiled(text), ColumnQuery)
    assert compiled("lang:de") == wq.Term("lang", "de")
    assert compiled("@mine") == wq.Or([wq.Term("text", "tax"), wq.Term("text", "town")])
    with pytest.raises(QueryError):
        compiled("@other")


def test_a_letter_that_folds_to_no_word_finds_nothing() -> None:
    for text in ("ʼ", "ʼʼ*", "ʼ~", '"ʼ"', "title:ʼ"):
        assert compiled(text) == wq.NullQuery


def test_any_word_counts() -> None:
    compiler = Compiler(resolve, similar, saved, ("en",))
    query = compiler.any_word("the tax, Taxes and TOWN")
    assert {(part.text, part.boost) for part in query.subqueries} == {("tax", 2.0), ("town", 1.0)}
    assert {part.text for part in compiler.any_word("the").subqueries} == {"the"}
    assert compiler.is_stop_word(Term(0, 3, "the"))
    assert not compiler.is_stop_word(Term(0, 3, "the", typing=True))
    assert not compiler.is_stop_word(Term(0, 3, "the", "title"))


def test_numbers_choose_articles() -> None:
    assert with_numbers({1, 9}).choose(np.array([1, 2, 9])).tolist() == [True, False, True]


@pytest.mark.parametrize(
    ("language", "text", "other", "typed"),
    [
        ("en", "running", "rung", "body:run"),
        ("en", "parties", "part", "body:party"),
        ("fr", "nouvelles", "nouveau", "body:nouvelle"),
    ],
)
def test_forms_of_one_stem_in_the_body(make: MakeCorpus, language: str, text: str, other: str, typed: str) -> None:
    box = make(
        document(1, text, language=language),
        document(2, "x", title=text, language=language),
        document(3, other, language=language),
    )
    assert box.find(typed) == [1]
