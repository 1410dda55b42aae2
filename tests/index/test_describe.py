"""What a query is understood as, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.index.describe import describe
from newsreader.index.periods import Period
from newsreader.index.query import And, Dates, Everything, Filter, Node, Not, Or, Phrase, Saved, Term, parse_query
from tests.examples import examples
from tests.index.corpus import TODAY


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "all articles"),
        ("*", "all articles"),
        ("council budget", "council AND budget"),
        ("aa bb OR cc", "(aa AND bb) OR cc"),
        ("aa (bb OR cc)", "aa AND (bb OR cc)"),
        ("-apples pears", "NOT apples AND pears"),
        ("NOT (a OR b)", "NOT (a OR b)"),
        ('"exact phrase"', '"exact phrase"'),
        ('"two words"~5', '"two words" (in any order, at most 5 words between)'),
        ("wild*", "wild…"),
        ("fuzzy~", "fuzzy (or 1 letter off)"),
        ("fuzzy~2", "fuzzy (or 2 letters off)"),
        ("COVID-19", '"covid 19"'),
        ("title:budget", "budget in the title"),
        ('body:"a budget"', '"a budget" in the body'),
        ("source:tidings", "source tidings"),
        ("author:holm", "author holm"),
        ("date:2021-03", "published in March 2021"),
        ("newer:2021-03-26", "published since 26 March 2021"),
        ("lang:de", "in language de"),
        ("tag:later", "tagged later"),
        ("is:unread", "is unread"),
        ("is:copy", "is a copy"),
        ("story:ab", "in story ab"),
        ("similar:ab", "similar to ab"),
        ("id:ab", "id ab"),
        ("@mine", "the saved search mine"),
        ("中国人", "中国人"),
        ("budget,", "budget"),
    ],
)
def test_descriptions(text: str, words: str) -> None:
    assert describe(parse_query(text, today=TODAY).root) == words


def test_a_word_being_typed_is_open() -> None:
    assert describe(parse_query("city bud", today=TODAY, typing=True).root) == "city AND bud…"


_TEXT = st.text(max_size=12)
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(
        Term,
        st.just(0),
        st.just(0),
        _TEXT,
        st.sampled_from([None, "title", "body", "path", "author"]),
        st.sampled_from(["word", "exact", "prefix", "fuzzy"]),
        st.booleans(),
        st.integers(0, 2),
    ),
    st.builds(Phrase, st.just(0), st.just(0), _TEXT, st.sampled_from([None, "title", "source"]), st.integers(0, 3)),
    st.builds(Filter, st.just(0), st.just(0), st.sampled_from(["is", "tag", "story", "lang", "id", "similar"]), _TEXT),
    st.builds(Dates, st.just(0), st.just(0), st.builds(Period, st.none() | st.dates(), st.none() | st.dates())),
    st.builds(Saved, st.just(0), st.just(0), _TEXT),
    st.just(Everything()),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    _LEAVES,
    lambda inner: (
        st.builds(Not, st.just(0), st.just(0), inner)
        | st.builds(And, st.just(0), st.just(0), st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.just(0), st.just(0), st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@examples(150)
@given(TREES)
def test_every_tree_has_a_description(tree: Node) -> None:
    assert isinstance(describe(tree), str)
