from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from newsreader.errors import NotFoundError
from tests.builders import Library


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
