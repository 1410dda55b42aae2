from __future__ import annotations

from itertools import pairwise

import pytest

from newsreader.engine.lookup import SHORTEST_ID
from newsreader.errors import NotFoundError
from tests.builders import Library


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
    assert SHORTEST_ID == 4
    shared = next((a[:4] for a, b in pairwise(ids) if a[:4] == b[:4]), None)
    if shared is not None:  # rarely
        with pytest.raises(NotFoundError, match="more than one"):
            library.engine.article(shared)
    assert library.engine.article(ids[0][:8]).article.id == ids[0]
