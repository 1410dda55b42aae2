"""Searching end to end: what is typed finds what a scan of the texts finds, and says how it was understood."""

from __future__ import annotations

import gc
import re
import weakref
from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from newsreader.article import ArticleId
from newsreader.errors import Cancelled, QueryError
from newsreader.index import array_queries
from newsreader.index.array_queries import near_terms
from newsreader.index.compile import SimilarTo
from newsreader.index.postings import FieldPostings
from newsreader.index.query import MOST_CLAUSES, MOST_WRITTEN_OUT, Filter
from newsreader.index.schema import IndexedArticle
from newsreader.index.search import MOST_ANY, Snapshot
from tests.examples import examples
from tests.index.conftest import MakeCorpus
from tests.index.corpus import Corpus, corpus, document, explained, look
from tests.index.test_query import TEXTS


@pytest.fixture
def news(make: MakeCorpus) -> Corpus:
    return make(
        document(1, "The council passed the budget of the town.", title="Council passes budget", source="The Tidings",
                 author="Iris Holm", day=date(2021, 3, 1)),
        document(2, "Schools want more money. The budget is small, say schools.", title="Schools ask for more",
                 source="Evening Post", day=date(2021, 3, 15)),
        document(3, "Apples and pears are late this year.", title="Late frost", source="The Post",
                 day=date(2021, 3, 31)),
        document(4, "Pears only.", title="Pears", day=date(2020, 12, 31), language="de"),
        document(5, "Town budgeting for the council, again and again.", title="To be or not to be", day=None),
    )  # fmt: skip


# PEERS b3: what a stock parser silently gets wrong


def test_minus_is_without(news: Corpus) -> None:
    assert news.find("-apples pears") == news.find("pears -apples") == [4]


def test_one_precedence_whether_and_is_written_or_not(news: Corpus) -> None:
    assert news.found("apples pears OR schools") == news.found("apples AND pears OR schools") == {2, 3}


def test_an_unknown_field_is_an_error(news: Corpus) -> None:
    with pytest.raises(QueryError, match="there is no field 'sorce'; did you mean source:"):
        news.find("sorce:post")


def test_proximity(news: Corpus) -> None:
    assert news.find('"schools money"') == []
    assert news.find('"schools money"~1') == []
    assert news.find('"schools money"~2') == news.find('"money schools"~2') == [2]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("date:[2021-03-01 to 2021-03-31]", {1, 2, 3}),
        ("date:[2021-03-02 to 2021-03-30]", {2}),
        ("date:>=2021-03-02", {2, 3}),
        ("date:2021-03-15", {2}),
        ("date:2021-03", {1, 2, 3}),
        ("date:2020", {4}),
        ("date:..2020", {4}),
        ("date:2021..", {1, 2, 3}),
        ("date:today", {3}),
        ('newer:"3 weeks"', {2, 3}),
        ('older:"3 weeks"', {1, 4}),
        ("-date:2021", {4, 5}),
        ("date:..", {1, 2, 3, 4}),
    ],
)
def test_dates_mean_what_they_say(news: Corpus, typed: str, expected: set[int]) -> None:
    assert news.found(typed) == expected


@pytest.mark.parametrize("typed", ["date:notadate", "date:a", "pears date:2021-02-30", "newer:soon", "date:>9999"])
def test_a_bad_date_is_an_error_and_never_no_hits(news: Corpus, typed: str) -> None:
    with pytest.raises(QueryError, match=r"no date|no day"):
        news.find(typed)


def test_an_open_quotation_is_a_phrase_and_said_so(news: Corpus) -> None:
    found = news.search('"the budget')
    assert set(found.numbers.tolist()) == {1, 2}
    assert found.query.notes == ("the open quotation mark was closed at the end",)


# against a scan of the texts

WORDS = ("tax", "town", "tower", "budget", "budgie", "pear")
TEXT = st.lists(st.sampled_from(WORDS), max_size=7).map(tuple)
Row = tuple[tuple[str, ...], tuple[str, ...], int, str]
ROWS = st.lists(st.tuples(TEXT, TEXT, st.integers(1, 9), st.sampled_from(["Post", "Tidings"])), min_size=1, max_size=7)


def in_parts(row: Row, test: Callable[[tuple[str, ...]], bool]) -> bool:
    return test(row[0]) or test(row[1])


def has(word: str) -> Callable[[Row], bool]:
    return lambda row: in_parts(row, lambda words: word in words)


def has_phrase(*phrase: str) -> Callable[[Row], bool]:
    size = len(phrase)
    return lambda row: in_parts(row, lambda words: any(words[i : i + size] == phrase for i in range(len(words))))


def has_near(first: str, second: str, slop: int) -> Callable[[Row], bool]:
    def near(words: tuple[str, ...]) -> bool:
        places = [[i for i, word in enumerate(words) if word == wanted] for wanted in (first, second)]
        return any(i != j and abs(i - j) - 1 <= slop for i in places[0] for j in places[1])

    return lambda row: in_parts(row, near)


def has_like(test: Callable[[str], bool]) -> Callable[[Row], bool]:
    return lambda row: in_parts(row, lambda words: any(map(test, words)))


word = st.sampled_from(WORDS)
CLAUSE: st.SearchStrategy[tuple[str, Callable[[Row], bool]]] = st.one_of(
    word.map(lambda w: (w, has(w))),
    st.lists(word, min_size=2, max_size=3).map(lambda ws: (f'"{" ".join(ws)}"', has_phrase(*ws))),
    st.builds(lambda a, b, n: (f'"{a} {b}"~{n}', has_near(a, b, n)), word, word, st.integers(1, 3)),
    st.sampled_from(["to", "tow", "bud", "budg", "xx"]).map(lambda p: (f"{p}*", has_like(lambda w: w.startswith(p)))),
    st.builds(
        lambda w, n: (f"{w}~{n}", has_like(lambda other: other[0] == w[0] and OSA.distance(w, other) <= n)),
        word,
        st.integers(1, 2),
    ),
    st.integers(1, 9).map(lambda d: (f"date:2021-03-0{d}", lambda row: row[2] == d)),
    st.tuples(st.integers(1, 9), st.integers(1, 9))
    .map(sorted)
    .map(lambda ds: (f"date:2021-03-0{ds[0]}..2021-03-0{ds[1]}", lambda row: ds[0] <= row[2] <= ds[1])),
    st.sampled_from(["Post", "tidings"]).map(lambda s: (f"source:{s}", lambda row: row[3].lower() == s.lower())),
    word.map(lambda w: (f"title:{w}", lambda row: w in row[0])),
    word.map(lambda w: (f"body:{w}", lambda row: w in row[1])),
)
CONDITION = st.recursive(
    CLAUSE,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda t: (f"({t[0][0]}) AND ({t[1][0]})", lambda r: t[0][1](r) and t[1][1](r))),
        st.tuples(inner, inner).map(lambda t: (f"({t[0][0]} OR {t[1][0]})", lambda r: t[0][1](r) or t[1][1](r))),
        inner.map(lambda t: (f"NOT ({t[0]})", lambda r: not t[1](r))),
    ),
    max_leaves=4,
)


@examples(60)
@given(ROWS, st.lists(CONDITION, min_size=4, max_size=8))
def test_a_query_finds_what_a_scan_finds(rows: list[Row], queries: list[tuple[str, Callable[[Row], bool]]]) -> None:
    documents = [
        document(n, " ".join(text), title=" ".join(title), source=source, day=date(2021, 3, day))
        for n, (title, text, day, source) in enumerate(rows, 1)
    ]
    with corpus() as box:
        box.write(*documents[::2])
        box.write(*documents[1::2])
        with box.open() as snapshot:
            for typed, holds in queries:
                found = look(snapshot, typed)
                expected = {n for n, row in enumerate(rows, 1) if holds(row)}
                if ("AND" not in typed and " " not in typed) or not found.partial:
                    assert set(found.numbers.tolist()) == expected, typed


# odd queries

ODD = [
    '"',
    '""',
    '"""',
    "(",
    ")",
    "((",
    "()" * 50,
    "AND",
    "OR",
    "NOT",
    "AND OR NOT",
    "NOT NOT",
    "- -",
    "-",
    "--",
    "~",
    "*",
    "**",
    "?*",
    "a*",
    "[a TO z]",
    "x~99999",
    "/.*/",
    "^a.*$",
    "(a|b)+",
    "\\",
    '\\\\"',
    "a\\:b",
    ":",
    "::",
    "a:",
    ":a",
    "title::",
    "\x00",
    "\x1b[31mred\x1b[0m",
    "a\x00b",
    "\ud800",
    "a \udfff b",
    '"\ud800"',
    "\u202eabc",
    "中",
    "中国*",
    "한국어~",
    "日本~2",
    "🙂",
    "🙂*",
    "e\u0301",
    "\u0301",
    "ʼ",
    "ʼ*",
    '"ʼ"',
    "ʼ~",
    "ŉ",
    "title:ʼ",
    "ﷺ",
    "㍿*",
    "½",
    "½*",
    "_",
    "__ __",
    "a_b",
    "_a*",
    "@",
    "@nobody",
    "word " * 3000,
    '"' + "word " * 3000,
    "(" * 3000,
    "NOT " * 3000,
    "-" * 3000,
    "a" * 100_000,
    '"' + "a b " * 5000 + '"~3',
    "tag:",
    "is:",
    "date:",
    "date:..",
    "date:9999999999",
    "newer:99999999999d",
    "similar:",
    'title:""',
    "the",
    "the of",
    '"the"',
    "the*",
]


@pytest.mark.parametrize("typing", [False, True])
def test_odd_queries_are_answered_or_explained(news: Corpus, typing: bool) -> None:
    with news.open() as snapshot:
        for typed in ODD:
            found = explained(typed, lambda: look(snapshot, typed, typing=typing, explain=True, resolve=lambda _: ()))  # noqa: B023
            if found is not None:
                assert found.interpretation
                found.highlighter.spans("The council's 中国 ʼ budget")
            look(snapshot, typed, any_word=True)


@examples(250)
@given(TEXTS, st.booleans())
def test_any_text_is_answered_or_explained(text: str, typing: bool) -> None:
    snapshot = two_articles()
    found = explained(text, lambda: look(snapshot, text, typing=typing, explain=True, resolve=lambda _: {1}))
    if found is not None:
        assert len(found.numbers) == len(found.scores)
        found.highlighter.spans(text)
        found.highlighter.spans("A foo, don't 中国 한국 ʼ.")


@cache
def two_articles() -> Snapshot:
    """One snapshot for all the examples of a property."""
    with corpus(document(1, "A foo, don't 中国"), document(2, "foo bar 2021", title="ʼ ŉ")) as box:
        return box.open()  # its files stay mapped


# partial matches, suggestions, explanations


def test_partial_matches_are_better_than_none_and_are_called_so(news: Corpus) -> None:
    found = news.search("schools apples")
    assert found.partial
    assert set(found.numbers.tolist()) == {2, 3}
    assert not news.search("schools budget").partial


@pytest.mark.parametrize("typed", ["schools AND apples", "schools", "nowhere", "schools -schools", '"schools apples"'])
def test_what_is_asked_for_expressly_is_not_loosened(news: Corpus, typed: str) -> None:
    found = news.search(typed)
    assert not found.partial or typed == "nowhere"
    assert found.numbers.tolist() == ([2] if typed == "schools" else [])


def test_filters_hold_for_partial_matches_too(news: Corpus) -> None:
    found = news.search("schools apples date:2021-03-31")
    assert found.partial
    assert found.numbers.tolist() == [3]
    assert news.search("schools apples -pears").numbers.tolist() == [2]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("schools apples source:post", {2, 3}),
        ("schools apples source:evening", {2}),
        ('schools apples source:"the post"', {3}),
        ("schools apples -source:evening", {3}),
        ("schools apples title:frost", {3}),
        ("schools apples body:late", {3}),
        ("schools council author:holm", {1}),
        ("schools apples path:3", {3}),
        ("schools pears lang:de", {4}),
        ("schools apples (source:evening OR title:nowhere)", {2}),
        ("schools apples (source:nowhere OR title:nowhere)", set()),
        ("schools apples @evening", {2}),
        ("schools apples -@evening", {3}),
        ("schools source:nowhere", set()),
        ("source:evening source:tidings", set()),
        ("title:frost title:budget", set()),
        ("title:frost title:budget apples", set()),
        ("schools title:frost", set()),
        ("(schools apples) source:post", set()),
        ("schools apples source:tidings OR nowhere", set()),
        ("@both", set()),
    ],
)
def test_a_filter_is_a_promise(news: Corpus, typed: str, expected: set[int]) -> None:
    saved = {"evening": "source:evening", "both": "schools title:frost"}
    found = news.search(typed, saved=saved)
    assert set(found.numbers.tolist()) == expected
    assert found.partial == bool(expected)
    for offer in found.relaxations:
        lost = {
            part
            for part in ("source:", "author:", "title:", "path:", "lang:", "@")
            if typed.count(part) > offer.query.count(part)
        }
        assert ("the filter" in offer.label) == bool(lost), offer


def test_a_misspelt_word_is_set_right(news: Corpus) -> None:
    found = news.search("counsil")
    assert found.numbers.tolist() == []
    assert found.suggestion == "council"
    assert news.search("title:budgte pears").suggestion == "title:budget pears"
    assert news.search("(scools OR xqzzz)").suggestion == "(schools OR xqzzz)"
    assert news.search("zzzzzzz").suggestion is None
    assert news.search("council").suggestion is None


def test_explaining_counts_the_hits_of_each_part(news: Corpus) -> None:
    found = news.search("budget -council date:2021", explain=True)
    assert [(c.meaning, c.hits) for c in found.clauses] == [
        ("budget", 3), ("NOT council", 3), ("published in 2021", 3)
    ]  # fmt: skip
    typed = "budget -council date:2021"
    assert [typed[c.start : c.stop] for c in found.clauses] == ["budget", "-council", "date:2021"]
    assert news.search("budget").clauses == ()


def test_the_part_that_empties_a_result_is_named_with_ways_out(news: Corpus) -> None:
    found = news.search("budget AND nowhere")
    assert found.blocker is not None
    assert (found.blocker.meaning, found.blocker.hits) == ("nowhere", 0)
    assert ("budget", 3) in {(r.query, r.hits) for r in found.relaxations}
    for relaxation in found.relaxations:
        assert news.search(relaxation.query).numbers.size == relaxation.hits
    found = news.search("apples AND schools")
    assert found.blocker is not None
    assert found.blocker.hits == 1


# order


def test_equal_ones_are_newest_first_and_undated_ones_last(make: MakeCorpus) -> None:
    box = make(
        document(1, "tax", day=date(2021, 3, 1)),
        document(2, "tax", day=date(2021, 3, 3)),
        document(3, "tax", day=None),
        document(4, "tax", day=date(2021, 3, 3)),
    )
    assert box.find("tax") == [4, 2, 1, 3]
    assert box.find("tax", sort="-date") == [4, 2, 1, 3]
    assert box.find("tax", sort="date") == [3, 1, 2, 4]
    assert box.find("", sort="-date") == [4, 2, 1, 3]
    assert box.find("tax", sort="recent") == [4, 2, 1, 3]


def test_recent_articles_rise_but_do_not_win_by_age_alone(make: MakeCorpus) -> None:
    old, new = date(2019, 1, 1), date(2021, 3, 1)
    box = make(
        document(1, "tax tax tax tax law", day=date(2021, 1, 30)),
        document(2, "tax law and much else that is said", day=new),
        document(3, "tax tax tax tax law", day=old),
    )
    assert box.find("tax")[:2] == [1, 3]
    assert box.find("tax", sort="recent").index(2) < box.find("tax").index(2)


def test_the_exact_phrase_comes_first(make: MakeCorpus) -> None:
    box = make(
        document(1, "tax reform tax reform " * 1 + "reform of the tax tax tax tax reform reform"),
        document(2, "a long text in which among many other words of no weight the reform tax stands once"),
        document(3, "tax tax reform reform"),
    )
    assert box.find("reform tax")[0] in (1, 2)
    assert set(box.find("reform tax")[:2]) == {1, 2}


def test_titles_weigh_more(make: MakeCorpus) -> None:
    box = make(document(1, "some news of tax"), document(2, "some news of law", title="tax"))
    assert box.find("tax") == [2, 1]


# fields, words without weight, any word


def test_fields(news: Corpus) -> None:
    assert news.found("title:budget") == {1}
    assert news.found("body:budget") == {1, 2, 5}
    assert news.found('title:"asks for"') == set()
    assert news.found('title:"ask for"') == {2}
    assert news.found("source:post") == {2, 3}
    assert news.found('source:"the post"') == {3}
    assert news.found("author:holm") == {1}
    assert news.found("author:ho*") == {1}
    assert news.found("path:articles") == {1, 2, 3, 4, 5}
    assert news.found('path:"/articles/3.txt"') == {3}
    assert news.found("lang:de") == {4}
    assert news.found("-lang:de pears") == {3}


def test_stop_words_beside_others_are_no_condition(news: Corpus) -> None:
    assert news.found("the pears") == news.found("pears") == {3, 4}
    assert news.found("the") == {1, 2, 5}
    assert news.found("to be or not to be") == {5}
    assert news.found('"to be or not to be"') == {5}
    assert news.found('"pears are"') == {3}


def test_any_word_takes_plain_text(news: Corpus) -> None:
    text = 'Which (schools) said "apples": AND -council date:zzz?'
    found = news.search(text, any_word=True)
    assert set(found.numbers.tolist()) == {1, 2, 3, 5}
    assert found.interpretation.startswith("any of: which schools said")
    assert not found.partial
    assert news.find("the", any_word=True) == news.find("the")
    assert news.find("", any_word=True) == []
    assert news.found("word " * 3000 + "pears", any_word=True) == {3, 4}


def test_a_word_said_twice_counts_twice(make: MakeCorpus) -> None:
    box = make(document(1, "tax"), document(2, "law"))
    once, twice = (box.search(text, any_word=True).scores.tolist() for text in ("tax law", "tax tax law"))
    assert once[0] == pytest.approx(once[1])
    assert twice[0] == pytest.approx(2 * twice[1])


def test_the_word_being_typed_is_a_prefix(news: Corpus) -> None:
    assert news.found("coun") == set()
    assert news.found("coun", typing=True) == {1, 5}
    assert news.found("town coun", typing=True) == {1, 5}
    assert news.found("coun town", typing=True) == set()
    assert news.found("coun ", typing=True) == set()
    assert news.found("source:po", typing=True) == {2, 3}
    assert news.found("budgets", typing=True) == {1, 2, 5}
    assert news.search("town coun", typing=True).interpretation == "town AND coun…"


# what the rest of the program knows


def test_filters_are_asked_for_once_they_are_read(news: Corpus) -> None:
    asked: list[tuple[str, str]] = []

    def resolve(condition: Filter) -> set[int]:
        asked.append((condition.field, condition.value))
        return {2, 3}

    assert news.found("pears tag:Later", resolve=resolve) == {3}
    assert news.found("-is:unread", resolve=resolve) == {1, 4, 5}
    assert news.found('tag:"two words" OR story:ab', resolve=resolve) == {2, 3}
    assert asked == [("tag", "Later"), ("is", "unread"), ("tag", "two words"), ("story", "ab")]


def test_saved_searches(news: Corpus) -> None:
    saved = {"money": "budget OR tax", "loop": "@loop", "bad": "date:zzz"}
    assert news.found("@money", saved=saved) == {1, 2, 5}
    assert news.found("@money -council", saved=saved) == {2}
    assert news.found("-@money", saved=saved) == {3, 4}
    assert news.search("@money", saved=saved).interpretation == "the saved search money"
    with pytest.raises(QueryError) as caught:
        news.find("pears @mony", saved=saved)
    assert (caught.value.start, caught.value.stop, caught.value.suggestion) == (6, 11, "@money")
    with pytest.raises(QueryError, match="uses another saved search"):
        news.find("@loop", saved=saved)
    with pytest.raises(QueryError) as caught:
        news.find("pears @bad", saved=saved)
    assert 0 <= caught.value.start <= caught.value.stop <= len("pears @bad")


def test_similar_articles_share_their_telling_words(make: MakeCorpus) -> None:
    box = make(
        document(1, "The harbour ferry of Tarn sails again after repairs of its engines"),
        document(2, "Ferry repairs end: the Tarn harbour engines run, the ferry sails"),
        document(3, "A council passed its budget after debate"),
    )

    def similar(condition: Filter) -> SimilarTo:
        assert ArticleId(condition.value) == "abcd"
        return SimilarTo(1, "The harbour ferry of Tarn sails again after repairs of its engines", "en")

    assert box.find("similar:abcd", similar=similar) == [2]
    assert box.find("similar:abcd council", similar=similar) == []
    assert box.find("similar:abcd OR council", similar=similar) == [2, 3]


def test_at_least_ten_are_similar_however_little_that_is(make: MakeCorpus) -> None:
    text = "The harbour ferry of Tarn sails again after repairs of its engines, said captain Ilse Maar of Alder"
    box = make(
        document(1, text),
        *(document(n, f"The ferry number {n} was seen in spring by people of town {n}") for n in range(2, 20)),
    )
    box.write(document(20, "Repairs of the harbour ferry end"), document(21, "A council passed its budget"), delete=[5])
    found = box.find("similar:abcd", similar=lambda condition: SimilarTo(1, text, "en"))
    assert found[0] == 20
    assert len(found) >= 10
    assert not {1, 5, 21} & {*found}


def test_words_that_no_other_article_has_make_nobody_less_similar(make: MakeCorpus) -> None:
    plain = "The harbour ferry of Tarn sails again after repairs"
    own = " ".join(f"own{n}" for n in range(80))
    others = [document(n, f"Budget of town {n} passed by council") for n in range(3, 30)]
    box = make(document(1, f"{plain} {own} {own}"), document(2, "Ferry of Tarn back in harbour after repairs"), *others)
    assert box.find("similar:abcd", similar=lambda condition: SimilarTo(1, f"{plain} {own} {own}", "en"))[0] == 2


def test_a_closed_snapshot_is_let_go(news: Corpus) -> None:
    with news.open() as snapshot:
        look(snapshot, "council budget")
        segments = [weakref.ref(segment) for segment in snapshot._segments]
    assert segments
    del snapshot
    gc.collect()
    assert [segment() for segment in segments] == [None] * len(segments)


def test_saved_searches_written_out_are_bounded(news: Corpus) -> None:
    saved = {"long": " ".join(["pears"] * MOST_CLAUSES)}
    most = MOST_WRITTEN_OUT // (MOST_CLAUSES + 1)
    assert news.found(" ".join(["@long"] * most), saved=saved) == {3, 4}
    with pytest.raises(QueryError, match="saved searches written out"):
        news.find(" ".join(["@long"] * (most + 2)), saved=saved)


def test_a_saved_search_that_is_too_long_is_named(news: Corpus) -> None:
    with pytest.raises(QueryError, match="the saved search 'paste': a query of 1,000,000 characters"):
        news.find("pears @paste", saved={"paste": "a~" * 500_000})


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words for which all words of a field have been looked at for near ones, one by one."""
    found: list[str] = []

    def counting(field: FieldPostings, word: str, distance: int) -> list[tuple[int, str, int]]:
        found.append(word)
        return near_terms(field, word, distance)

    monkeypatch.setattr(array_queries, "near_terms", counting)
    return found


@pytest.mark.parametrize("query", ["pear~ pear~", "pear~ OR (pear~ -(pear~ pears))", "@one @one pear~", "-pear~ pear~"])
def test_the_same_fuzzy_part_is_looked_for_once(query: str, news: Corpus, looks: list[str]) -> None:
    news.search(query, saved={"one": "pear~"}, explain=True)
    assert looks == ["pear"] * 2  # in titles and texts


def test_a_search_is_cancelled_between_its_parts(news: Corpus, looks: list[str]) -> None:
    with pytest.raises(Cancelled):
        news.find("pear~ tree~ budget~", cancelled=lambda: len(looks) >= 2)
    assert looks == ["pear"] * 2
    assert news.found("pear~") == {3, 4}  # the next search is another one


def test_any_of_very_many_words_are_the_first(news: Corpus) -> None:
    many = " ".join(f"w{number}" for number in range(MOST_ANY - 1))
    assert news.search(f"{many} pears", any_word=True).query.notes == ()
    assert news.found(f"{many} pears", any_word=True) == {3, 4}
    found = news.search(f"{many} pears apples {many}", any_word=True)
    assert set(found.numbers.tolist()) == {3, 4}
    assert found.query.notes == (f"only the first {MOST_ANY:,} different words are looked for",)


def test_a_search_can_be_cancelled(news: Corpus) -> None:
    with pytest.raises(Cancelled):
        news.find("pears", cancelled=lambda: True)


def test_the_languages_of_the_articles_most_frequent_first(news: Corpus) -> None:
    with news.open() as snapshot:
        assert snapshot.languages == ("en", "de")
        assert snapshot.count() == 5
        assert snapshot.numbers() == {1, 2, 3, 4, 5}


def test_an_article_without_any_text(make: MakeCorpus) -> None:
    box = make(document(1), document(2, "–"), document(3, "tax"))
    assert box.find("tax") == [3]
    assert box.found("-tax") == {1, 2}


def test_a_word_repeated_is_no_other_query(news: Corpus) -> None:
    assert news.found("pears pears") == news.found("pears")
    assert not re.search(r"\bpartial\b", news.search("pears pears").interpretation)


def test_documents_take_no_part_in_others(make: MakeCorpus) -> None:
    documents: list[IndexedArticle] = [document(n, "tax " * n) for n in range(1, 4)]
    box = make(*documents)
    assert box.find("tax") == [3, 2, 1]
