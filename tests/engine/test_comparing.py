from __future__ import annotations

import pytest

from newsreader.engine import comparing
from newsreader.errors import ArticleError, Cancelled, NotFoundError
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


def test_of_very_many_articles_the_first_different_ones_are_laid_side_by_side(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "MOST_ARTICLES", 3)
    monkeypatch.setattr(comparing, "MOST_READ", 8)
    for number in range(12):
        text = f"The crew counted {min(number, 7) // 2 * 3 + 100} seals near the skerries on that day."
        library.write(f"{number:02}.txt", f" date 2021-03-{number + 1:02} Seals counted near Tarn\n\n{text}")
    library.index()
    ids = [library.id(f"{number:02}.txt") for number in range(12)]
    matrix = library.engine.comparing.matrix(ids)
    assert [article.id for article in matrix.articles] == [ids[0], ids[2], ids[4]]
    assert matrix.left_out == 9
    assert library.engine.comparing.matrix(ids[:3]).left_out == 0
    with pytest.raises(Cancelled):
        library.engine.comparing.matrix(ids, cancelled=lambda: True)
