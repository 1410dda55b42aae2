from __future__ import annotations

import pytest

from newsreader.article import ArticleId
from newsreader.errors import NotFoundError, QueryError, UsageError
from tests.builders import Library


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
