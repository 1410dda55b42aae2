from __future__ import annotations

import pytest

from newsreader.errors import ArticleError, NotFoundError
from tests.builders import REWRITE, Library


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
