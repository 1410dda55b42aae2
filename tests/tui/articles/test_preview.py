"""The beginning of the article under the cursor, on the story's page and in the coverage."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from newsreader.article import ArticleId, CancelCheck
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.articles.preview import Beginning, Preview
from newsreader.tui.coverage.screen import CoverageScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.trail import CoverageStop, StoryStop
from tests.builders import SAMPLES, Library
from tests.tui.conftest import MakeReader, library_with, settle
from tests.tui.waiting import press_slowly

ALDER = sorted((SAMPLES / "alder-review").iterdir())[0]
POST = SAMPLES / "northgate-post" / "2026-10-07-brackwater-explosion.txt"


async def open_story(pilot: Pilot[str], engine: Engine) -> Preview:
    article = engine.article(str(POST)).article
    await settle(pilot)
    assert isinstance(pilot.app, NewsreaderApp)
    pilot.app.open(StoryStop(article.story, article.id))
    await settle(pilot)
    return pilot.app.screen.query_one(Preview)


def text_of(preview: Preview) -> str:
    return str(preview.render())


async def test_the_storys_article_under_the_cursor_is_previewed(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        preview = await open_story(pilot, samples)
        full = samples.article(str(POST))
        assert full.article.title in text_of(preview)
        assert "northgate-post · Wed 7 October 2026" in text_of(preview)
        assert full.paragraphs[0][:40] in text_of(preview)
        await press_slowly(pilot, "g")
        assert full.article.title not in text_of(preview)
        assert "meridian-wire" in text_of(preview)
        await pilot.click(Preview)
        await settle(pilot)
        assert isinstance(pilot.app.screen, MainScreen)
        assert samples.article(pilot.app.screen.reader.wanted or "").article.source == "meridian-wire"
        await press_slowly(pilot, "escape")
        assert isinstance(pilot.app.screen, StoryScreen)


async def test_it_is_hidden_and_reads_nothing_where_there_is_no_room(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[ArticleId] = []
    beginning = Preview._beginning

    def counting(preview: Preview, article: ArticleId, cancelled: CancelCheck) -> Beginning:
        read.append(article)
        return beginning(preview, article, cancelled)

    monkeypatch.setattr(Preview, "_beginning", counting)
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        preview = await open_story(pilot, samples)
        await press_slowly(pilot, "g", "j")
        assert not preview.display
        assert read == []
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert len({*read}) == 1
        assert samples.article(read[0]).article.title in text_of(preview)


async def test_the_last_one_stays_until_the_next_has_come(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        preview = await open_story(pilot, samples)
        before = text_of(preview)
        preview.show(samples.article(str(ALDER)).article.id)
        assert text_of(preview) == before
        await settle(pilot)
        assert "alder-review" in text_of(preview)
        preview.show(None)
        assert text_of(preview) == ""


async def test_the_coverages_cell_is_previewed_or_the_storys_first_article(samples: Engine, reader: MakeReader) -> None:
    article = samples.article(str(POST)).article
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app, NewsreaderApp)
        pilot.app.open(CoverageStop(story=article.story, outlet="northgate-post"))
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CoverageScreen)
        preview = screen.query_one(Preview)
        assert article.title in text_of(preview)
        while screen.current_article() is not None:
            await press_slowly(pilot, "right")
        assert screen.movable.outlet == "alder-review"
        assert "meridian-wire · Tue 6 October 2026" in text_of(preview), "did not carry it"
        await pilot.click(Preview)
        await settle(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_of_a_book_only_the_beginning_is_laid_out(library: Library, reader: MakeReader) -> None:
    engine = library_with(library, book="# date 2021-03-26 A book\n\n" + "word " * 200_000)
    async with reader(engine).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "S")
        preview = pilot.app.screen.query_one(Preview)
        assert preview._shown is not None
        assert sum(map(len, preview._shown.paragraphs)) < 10_000
        assert text_of(preview).splitlines()[-1].endswith("…")
