from __future__ import annotations

import os
import threading
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from newsreader.article import ArticleId
from newsreader.errors import ArticleError, NotFoundError, QueryError, StorageError, UsageError
from tests.builders import BUDGET, HARBOUR, ORCHARD, Library

REWRITE = """\
 date 2021-03-28 Ferry sails again between Tarn and Lowland

After repairs that took eleven weeks and cost far more, the ferry between Tarn and Lowland sails again on Saturday.

Captain Iris Holm said that both engines were replaced and that the timetable of last summer holds again.
"""


@pytest.fixture
def news(library: Library) -> Library:
    library.write("tarn-post/ferry.txt", HARBOUR)
    library.write("alder-review/sails.txt", REWRITE)
    library.write("alder-review/budget.txt", BUDGET)
    library.write("orchards.txt", ORCHARD)
    library.index()
    return library


def test_an_empty_library_answers_emptily(library: Library) -> None:
    engine = library.engine
    assert engine.searching.search("").numbers.tolist() == []
    assert (engine.shelf().counts.all, engine.shelf().counts.tags, engine.folders(), engine.stories.ids()) == (
        0,
        (),
        [],
        [],
    )
    assert (engine.state()[0], engine.indexed_at(), engine.is_indexing()) == (0, None, False)
    with pytest.raises(NotFoundError, match="newsreader index"):
        engine.article("abcd")
    with pytest.raises(StorageError, match="newsreader index"):
        engine.searching.search("ferry")


def test_a_catalogue_that_was_seen_in_the_making_is_seen_when_it_is_made(news: Library) -> None:
    generation = news.engine.state()[0]
    news.close()
    made = news.locations.catalogue.read_bytes()
    news.locations.catalogue.write_bytes(b"")
    news.reopen()
    assert news.engine.state()[0] == 0
    news.locations.catalogue.write_bytes(made)  # the same file
    assert news.engine.state()[0] == generation


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


def test_tags_filter_at_once_and_without_case(news: Library) -> None:
    news.engine.marking.tag([news.id("orchards.txt")], ["Fruit trees"])
    assert news.found('tag:"fruit trees"') == {"orchards.txt"}
    assert news.found("is:tagged") == {"orchards.txt"}
    assert news.engine.shelf().counts.tags == (("Fruit trees", 1),)
    with pytest.raises(QueryError, match="Fruit trees"):
        news.engine.searching.search('tag:"fruit tree"')


def test_marks_count_and_filter(news: Library) -> None:
    ids = [news.id("orchards.txt"), news.id("tarn-post/ferry.txt")]
    news.engine.marking.set_flag(ids, "read", True)
    news.engine.marking.set_flag(ids[:1], "starred", True)
    counts = news.engine.shelf().counts
    assert (counts.all, counts.unread, counts.starred, counts.stories) == (4, 2, 1, 1)
    assert news.found("is:read") == {"orchards.txt", "tarn-post/ferry.txt"}
    assert news.found("is:starred") == {"orchards.txt"}
    news.engine.marking.set_flag(ids, "read", False)
    assert news.found("is:read") == set()


def test_renaming_a_tag(news: Library) -> None:
    ids = [news.id("orchards.txt"), news.id("tarn-post/ferry.txt")]
    news.engine.marking.tag(ids, ["old"])
    news.engine.marking.tag(ids[:1], ["new"])
    assert news.engine.marking.rename_tag("old", "new") == 2
    assert news.engine.shelf().counts.tags == (("new", 2),)
    with pytest.raises(NotFoundError, match="old"):
        news.engine.marking.rename_tag("old", "new")


def test_tagging_what_is_gone_changes_nothing(news: Library) -> None:
    with pytest.raises(NotFoundError, match="nothing was changed"):
        news.engine.marking.tag([news.id("orchards.txt"), ArticleId("f" * 16)], ["a"])
    with pytest.raises(UsageError):
        news.engine.marking.tag([news.id("orchards.txt")], ["a", " "])
    assert news.engine.shelf().counts.tags == ()


def test_articles_are_called_by_id_prefix_or_path(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    article = news.id("orchards.txt")
    monkeypatch.chdir(news.folder)
    for reference in (
        article,
        article[:6],
        str(news.folder / "orchards.txt"),
        "orchards.txt",
        "./tarn-post/../orchards.txt",
    ):
        full = news.engine.article(reference)
        assert full.article.id == article
        assert full.article.path == news.folder / "orchards.txt"
    assert full.paragraphs[0].startswith("Growers in the valley")


@pytest.mark.parametrize(
    "reference", ["", "abc", "zzzz", "ffffffffffffffff", "/nowhere.txt", "\udcff", "a\nb", "~nobody/x"]
)
def test_what_is_no_article(news: Library, reference: str) -> None:
    with pytest.raises(NotFoundError):
        news.engine.article(reference)


def test_an_ambiguous_prefix_is_refused(library: Library) -> None:
    for number in range(60):
        library.write(f"{number}.txt", f"Title {number}\n\nText number {number}.")
    library.index()
    ids = sorted(library.ids().values())
    from newsreader.engine import lookup as references

    assert references.SHORTEST_ID == 4
    shared = next((a[:4] for a, b in pairwise(ids) if a[:4] == b[:4]), None)
    if shared is not None:  # rarely
        with pytest.raises(NotFoundError, match="more than one"):
            library.engine.article(shared)
    assert library.engine.article(ids[0][:8]).article.id == ids[0]


def test_the_story_of_two_outlets(news: Library) -> None:
    (story,) = news.engine.stories.by_ids(news.engine.stories.ids())
    assert [member.article.path.name for member in story.members] == ["ferry.txt", "sails.txt"]
    assert story.members[0].relation == "first"
    assert all(0 < member.similarity <= 1 for member in story.members)
    assert set(story.sources) == {"tarn-post", "alder-review"}
    assert story.first is not None
    assert story.first.date() == date(2021, 3, 27)
    assert news.engine.stories.story(story.id[:6]).id == story.id
    assert news.found(f"story:{story.id}") == {"tarn-post/ferry.txt", "alder-review/sails.txt"}
    assert news.engine.stories.ids(news.engine.searching.search("frost")) == []
    assert news.engine.stories.ids(news.engine.searching.search("harbour")) == [story.id]
    assert news.engine.stories.ids(since=date(2021, 3, 28)) == [story.id]
    assert news.engine.stories.ids(since=date(2021, 3, 29)) == []
    assert news.engine.stories.ids(min_sources=3) == news.engine.stories.ids(min_size=3) == []
    with pytest.raises(NotFoundError):
        news.engine.stories.story("nothing")


def test_comparing_articles_and_files_outside_the_library(news: Library) -> None:
    outside = news.home / "outside.txt"
    outside.write_text(REWRITE)
    compared = news.engine.comparing.compare(news.path("tarn-post/ferry.txt"), str(outside))
    assert compared.right.article.path == outside
    assert compared.comparison.summary.same >= 1
    assert compared.left.article.id == news.id("tarn-post/ferry.txt")
    (news.home / "empty.txt").write_text("")
    with pytest.raises(ArticleError, match="empty"):
        news.engine.comparing.compare(str(outside), str(news.home / "empty.txt"))
    with pytest.raises(NotFoundError):
        news.engine.comparing.compare(str(outside), "nothing")


def test_any_thread_may_ask(news: Library) -> None:
    results: list[set[str] | Exception] = []

    def ask() -> None:
        try:
            results.append(news.found("ferry"))
        except Exception as error:
            results.append(error)
        finally:
            news.engine.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [{"tarn-post/ferry.txt", "alder-review/sails.txt"}] * 6


def test_closing_in_one_thread_leaves_the_others_what_they_have_open(news: Library) -> None:
    mine = news.engine.store
    other = threading.Thread(target=news.engine.close)
    other.start()
    other.join()
    assert news.engine.store is mine


def test_every_change_moves_the_state(news: Library) -> None:
    states = [news.engine.state()]
    news.engine.marking.tag([news.id("orchards.txt")], ["a"])
    states.append(news.engine.state())
    news.write("new.txt", "New\n\nText.")
    news.index()
    states.append(news.engine.state())
    assert states[0][1] < states[1][1]
    assert states[1][0] < states[2][0]


def test_two_engines_see_each_other_at_once(news: Library) -> None:
    other = news.another()
    assert other.tags("orchards.txt") == ()
    news.engine.marking.tag([news.id("orchards.txt")], ["a"])
    assert other.tags("orchards.txt") == ("a",)
    news.write("new.txt", "New\n\nThe ferry again.")
    news.index()
    assert "new.txt" in other.found("ferry")
    other.close()


def test_folders_are_absolute_and_listed_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library.home)
    library.engine.add_folders([Path("articles"), library.folder, Path("./articles/")])
    assert library.engine.folders() == [library.folder]
    library.engine.remove_folder(Path("articles"))
    assert library.engine.folders() == []
    with pytest.raises(NotFoundError, match="not a folder of the library"):
        library.engine.remove_folder(Path("articles"))


def test_when_it_was_indexed(news: Library) -> None:
    indexed = news.engine.indexed_at()
    assert indexed is not None
    assert indexed >= os.stat(news.locations.lock).st_mtime - 5


@pytest.mark.shared
def test_the_two_real_articles_are_one_story(library: Library, shared_articles: Path) -> None:
    library.engine.add_folders([shared_articles])
    assert library.engine.index().added == 2
    assert len(library.engine.searching.search('xiaomi "great wall"').numbers) == 2
    (story,) = library.engine.stories.by_ids(library.engine.stories.ids())
    assert len(story.members) == 2
    left, right = (member.article.id for member in story.members)
    summary = library.engine.comparing.compare(left, right).comparison.summary
    assert summary.same + summary.reworded >= 8


def test_a_saved_search_can_not_use_another(library: Library) -> None:
    library.engine.searching.save_search("sea", "harbour")
    with pytest.raises(QueryError, match="another"):
        library.engine.searching.save_search("both", "ferry @sea")
    assert library.engine.searching.saved_searches() == {"sea": "harbour"}
