"""Saying what is one story and what is not, from a story's page."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.library.lock import library_lock
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.dialogs.pick_article import PickArticleScreen
from newsreader.tui.marks.changes import Changes
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.story.timeline import StoryTimeline
from newsreader.tui.story.why import WhyScreen
from newsreader.tui.trail import StoryStop
from newsreader.tui.widgets.question import QuestionScreen
from tests.tui.conftest import SAMPLES, MakeReader, settle, type_text

POST = SAMPLES / "northgate-post" / "2026-10-07-brackwater-explosion.txt"


async def open_story(pilot: Pilot[str], engine: Engine, path: object = POST) -> tuple[StoryScreen, StoryTimeline]:
    article = engine.article(str(path)).article
    await settle(pilot)
    assert isinstance(pilot.app, NewsreaderApp)
    pilot.app.open(StoryStop(article.story, article.id))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, StoryScreen)
    return screen, screen.query_one(StoryTimeline)


def ids_of(timeline: StoryTimeline) -> list[ArticleId]:
    return [moment.article.id for moment in timeline.rows]


def facts(screen: StoryScreen) -> str:
    return str(screen.query_one("#story-facts", Static).render())


def lone(engine: Engine) -> ArticleId:
    """An article of no story."""
    shelf = engine.shelf()
    return next(a.id for a in engine.articles(shelf.numbers.tolist()) if a.story is None)


async def test_taking_out_and_back(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        before = ids_of(timeline)
        await pilot.press("g", "minus", "enter")
        await settle(pilot)
        assert ids_of(timeline) == before[1:], "the page follows the rest of the story"
        assert samples.article(before[0]).article.story is None
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert ids_of(timeline) == before
        assert not samples.stories.corrections().ids()


async def test_corrections_ask_first(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        before = ids_of(timeline)
        for key in ("minus", "backspace", "exclamation_mark"):
            await pilot.press("g", "space", "j", "space", key)
            await settle(pilot)
            assert isinstance(pilot.app.screen, QuestionScreen)
            assert "ctrl+z takes it back" in str(pilot.app.screen.query_one(".dialog-text", Static).render())
            await pilot.press("escape", "escape")
            await settle(pilot)
        assert ids_of(timeline) == before
        assert not samples.stories.corrections().ids()


async def test_never_grouping_the_selected_ones(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        screen, timeline = await open_story(pilot, samples)
        await pilot.press("exclamation_mark")
        await settle(pilot)
        assert any("Select" in str(n.message) for n in app._notifications)
        one, other, *_ = ids_of(timeline)
        await pilot.press("g", "space", "j", "exclamation_mark", "enter")
        await settle(pilot)
        assert samples.stories.corrections().between(one, other) == "apart"
        assert not {one, other} <= set(ids_of(timeline))
        assert "kept apart by you" in "\n".join(s.text for s in timeline.render_lines(timeline.size.region))
        kept = timeline.row
        assert kept is not None
        where = next(k for k, found in enumerate(ids_of(timeline)) if found in (one, other))
        timeline.move_to(where)
        await pilot.press("backspace", "enter")
        await settle(pilot)
        assert not samples.stories.corrections().ids()
        assert {one, other} <= set(ids_of(screen.query_one(StoryTimeline)))


async def test_merging_with_a_picked_article(samples: Engine, reader: MakeReader) -> None:
    other = samples.article(lone(samples)).article
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        screen, timeline = await open_story(pilot, samples)
        before = ids_of(timeline)
        await pilot.press("ampersand")
        await settle(pilot)
        picker = pilot.app.screen
        assert isinstance(picker, PickArticleScreen)
        assert picker._choices
        assert not set(picker._choices) & set(before)
        await type_text(pilot, f"story:{other.id}" if other.story else other.title.split()[0].lower())
        await settle(pilot)
        picker.dismiss(other.id)
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert set(ids_of(timeline)) == {*before, other.id}
        assert f"{len(before) + 1} articles" in facts(screen)
        await pilot.press("ctrl+z")
        await settle(pilot)
        assert ids_of(timeline) == before


async def test_an_article_alone_has_a_page_and_can_be_merged(samples: Engine, reader: MakeReader) -> None:
    article = samples.article(lone(samples)).article
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        screen, timeline = await open_story(pilot, samples, article.path)
        assert ids_of(timeline) == [article.id]
        assert "stands alone" in facts(screen)
        await pilot.press("M")
        await settle(pilot)
        assert pilot.app.screen is screen, "nobody else says anything"
        await pilot.press("ampersand")
        await settle(pilot)
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert len(timeline.rows) > 1
        assert samples.article(article.id).article.story is not None


async def test_while_another_run_is_indexing(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        _, timeline = await open_story(pilot, samples)
        before = ids_of(timeline)
        with library_lock(samples.locations.lock):
            await pilot.press("g", "minus", "enter")
            await settle(pilot)
        assert any("another run is indexing" in str(n.message) for n in app._notifications)
        assert ids_of(timeline) == before
        assert samples.stories.corrections().out == {before[0]}


async def test_one_history_for_marks_and_corrections(samples: Engine) -> None:
    changes = Changes(samples)
    article = samples.article(str(POST)).article
    changes.flag([article.id], "starred", True)
    changes.correct("taken out", lambda: samples.stories.take_out(article.id))
    assert changes.undo() == "taken out"
    assert samples.article(article.id).article.story == article.story
    assert changes.undo() == "1 article starred"


async def test_undo_takes_back_that_alone_whatever_was_said_since(samples: Engine) -> None:
    changes = Changes(samples)
    article = samples.article(str(POST)).article
    changes.correct("taken out", lambda: samples.stories.take_out(article.id))
    elsewhere = samples.stories.take_out(lone(samples)).said
    assert changes.undo() == "taken out"
    assert samples.stories.corrections_said() == list(elsewhere)
    changes.correct("forgotten", lambda: samples.stories.forget_corrections(min(elsewhere[0].articles)))
    assert samples.stories.corrections_said() == []
    assert changes.undo() == "forgotten"
    assert samples.stories.corrections_said() == list(elsewhere)


async def test_why(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        screen, _ = await open_story(pilot, samples)
        await pilot.press("w")
        await settle(pilot)
        why = pilot.app.screen
        assert isinstance(why, WhyScreen)
        text = "\n".join(str(line) for line in why._lines())
        assert "% alike" in text
        assert "NAMES" in text
        assert "Brackwater" in text
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is screen
