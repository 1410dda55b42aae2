from __future__ import annotations

import pytest

from newsreader.errors import QueryError
from tests.builders import Library


def test_the_empty_query_lists_everything_by_date(news: Library) -> None:
    titles = [a.title for a in news.engine.articles(news.engine.searching.search(" ").numbers.tolist())]
    assert titles == [
        "Late frost hits orchards",
        "Ferry sails again between Tarn and Lowland",
        "Harbour ferry returns to service",
        "Council passes budget after long night",
    ]
    assert (
        news.engine.searching.search("", sort="date").numbers.tolist()
        == news.engine.searching.search("").numbers.tolist()[::-1]
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ferries", {"tarn-post/ferry.txt", "alder-review/sails.txt"}),
        ('"both engines were replaced" timetable', {"tarn-post/ferry.txt", "alder-review/sails.txt"}),
        ("title:harbour", {"tarn-post/ferry.txt"}),
        ("source:alder-review ferry", {"alder-review/sails.txt"}),
        ("date:2021-03-26", {"alder-review/budget.txt"}),
        ("date:2021-03-27..", {"tarn-post/ferry.txt", "alder-review/sails.txt", "orchards.txt"}),
        ("frost OR budget", {"orchards.txt", "alder-review/budget.txt"}),
        ("captain -harbour", {"alder-review/sails.txt"}),
        ("is:unread frost", {"orchards.txt"}),
        ("is:new frost", {"orchards.txt"}),
        ("tag:nothing OR frost", {"orchards.txt"}),
        ("zebra", set()),
    ],
)
def test_queries(news: Library, query: str, found: set[str]) -> None:
    assert news.found(query) == found


@pytest.mark.parametrize("query", ["date:soon", "colour:red", "story:ffffffff", "is:blue"])
def test_what_cannot_be_understood_is_an_error_at_its_place(news: Library, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        news.engine.searching.search("ferry " + query)
    assert 6 <= caught.value.start < caught.value.stop <= 6 + len(query)


def test_hits_have_excerpts_with_the_words(news: Library) -> None:
    result = news.engine.searching.search("engines")
    hits = news.engine.searching.hits(result, 0, 10)
    assert len(hits) == 2
    for hit in hits:
        marked = {hit.excerpt.text[span.start : span.stop] for span in hit.excerpt.spans}
        assert marked == {"engines"}
        assert hit.score > 0
    assert news.engine.searching.hits(result, 1, 2)[0].article.id == hits[1].article.id
    assert news.engine.searching.hits(result, 5, 9) == []


def test_a_saved_search_can_not_use_another(library: Library) -> None:
    library.engine.searching.save_search("sea", "harbour")
    with pytest.raises(QueryError, match="another"):
        library.engine.searching.save_search("both", "ferry @sea")
    assert library.engine.searching.saved_searches() == {"sea": "harbour"}
