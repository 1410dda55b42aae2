"""A story's time line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.article import ArticleId, StoryId
from newsreader.engine.core import Engine
from newsreader.stories.story import StoryMember
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.story.timeline import Moment, StoryTimeline, moments
from newsreader.tui.trail import StoryStop
from newsreader.tui.widgets.time_bars import TimeBars
from tests.builders import HARBOUR, REWRITE, Library
from tests.tui.conftest import SAMPLES, MakeReader, settle
from tests.tui.waiting import press_slowly

POST = SAMPLES / "northgate-post" / "2026-10-07-brackwater-explosion.txt"


async def open_story(pilot: Pilot[str], engine: Engine) -> tuple[StoryScreen, StoryTimeline]:
    article = engine.article(str(POST)).article
    assert article.story is not None
    await settle(pilot)
    assert isinstance(pilot.app, NewsreaderApp)
    pilot.app.open(StoryStop(article.story, article.id))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, StoryScreen)
    return screen, screen.query_one(StoryTimeline)


async def overlaps(pilot: Pilot[str]) -> None:
    await settle(pilot)


def wanted(pilot: Pilot[str]) -> ArticleId | None:
    """What is read on the main screen."""
    assert isinstance(pilot.app.screen, MainScreen)
    return pilot.app.screen.reader.wanted


def text_of(timeline: StoryTimeline) -> str:
    return "\n".join(strip.text.rstrip() for strip in timeline.render_lines(timeline.size.region))


async def test_articles_in_the_order_of_time(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        screen, timeline = await open_story(pilot, samples)
        shown = text_of(timeline)
        assert shown.index("Tue 6 Oct") < shown.index("Wed 7 Oct") < shown.index("Thu 8 Oct")
        assert shown.count("Wed 7 Oct") == 1
        assert "meridian-wire · first" in shown
        assert "near-copy" in shown
        assert "min" in shown
        assert timeline.row is not None
        assert timeline.row.article.source == "northgate-post"
        facts = str(screen.query_one("#story-facts", Static).render())
        assert "5 articles" in facts
        assert "5 outlets" in facts
        assert "5 unread" in facts


async def test_overlaps_with_the_highlighted_and_the_chosen_one(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await overlaps(pilot)
        assert text_of(timeline).count("% shared") == 4
        before = [moment.overlap for moment in timeline.rows]
        await pilot.press("space", "k")
        await overlaps(pilot)
        assert [moment.overlap for moment in timeline.rows] == before
        assert [moment.chosen for moment in timeline.rows].count(True) == 1
        await pilot.press("j", "space", "k")
        await overlaps(pilot)
        assert [moment.overlap for moment in timeline.rows] != before


async def test_a_step_changes_only_the_rows_that_look_otherwise(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A story may have thousands, and all of them were drawn anew for each key and each overlap."""
    changed: list[int] = []
    put = StoryTimeline.put

    def counting(timeline: StoryTimeline, version: int, rows: Mapping[int, Moment]) -> None:
        changed.append(len(rows))
        put(timeline, version, rows)

    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await pilot.press("space")
        await overlaps(pilot)
        monkeypatch.setattr(StoryTimeline, "put", counting)
        await pilot.press("j", "k")
        await overlaps(pilot)
        assert changed == []  # measured against the chosen one, whatever the cursor is on
        await pilot.press("space")
        await overlaps(pilot)
        assert changed == [1]
        assert timeline.row is not None
        assert not timeline.row.chosen


async def test_opening(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await pilot.press("g")
        first = timeline.row
        await pilot.press("enter")
        await settle(pilot)
        assert first is not None
        assert wanted(pilot) == first.article.id
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, StoryScreen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_a_click_highlights_and_two_open(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await pilot.click(StoryTimeline, offset=(30, 3))
        assert timeline.cursor == 1
        await pilot.click(StoryTimeline, offset=(30, 3), times=2)
        await settle(pilot)
        assert timeline.row is not None
        assert wanted(pilot) == timeline.row.article.id


async def test_comparing_the_highlighted_with_the_chosen_one(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        ids = [moment.article.id for moment in timeline.rows]
        await pilot.press("G", "space", "g", "d")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        assert screen._pair == (ids[0], ids[-1])


async def test_comparing_the_two_selected_wherever_the_cursor_is(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        story, timeline = await open_story(pilot, samples)
        ids = [moment.article.id for moment in timeline.rows]
        await pilot.press("G", "space", "k", "space", "g", "d")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        assert screen._pair == (ids[-2], ids[-1])
        await pilot.press("escape", "space", "d")
        await settle(pilot)
        assert pilot.app.screen is story
        assert any("select two" in str(n.message) for n in app._notifications)
        await press_slowly(pilot, "escape")
        assert not any(moment.chosen for moment in timeline.rows)
        assert pilot.app.screen is story


async def test_agency_copy_updates_and_who_was_first(library: Library, reader: MakeReader) -> None:
    wire = HARBOUR.partition("\n\n")[2]
    own = "Two operators of the harbour said on Monday that the ferry would need new engines before long.\n"
    for at, outlet in enumerate(("wire", "post", "herald")):
        text = f" date 2021-03-{27 + at} Harbour ferry returns to service\n\n{wire}\n{own}"
        library.write(f"{outlet}/ferry.txt", text)
    text = f" date 2021-03-31 Harbour ferry returns to service again\n\n{wire[:160]}.\n\n{own * 3}"
    library.write("wire/later.txt", text)
    library.index()
    first = library.engine.article(library.path("wire/ferry.txt")).article
    assert first.story is not None
    async with reader(library.engine).run_test(size=(110, 40)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app, NewsreaderApp)
        pilot.app.open(StoryStop(first.story, first.id))
        await settle(pilot)
        screen = pilot.app.screen
        shown = text_of(screen.query_one(StoryTimeline))
        assert "wire · first · 100 % agency" in shown
        assert "post · copy · 100 % agency" in shown
        assert "update" in shown[shown.index("again") :]
        facts = str(screen.query_one("#story-facts", Static).render())
        assert "first wire, by 1d" in facts


async def test_articles_of_one_day_are_all_first(library: Library, reader: MakeReader) -> None:
    for outlet in ("wire", "post"):
        library.write(f"{outlet}/ferry.txt", HARBOUR)
    library.write("review/sails.txt", REWRITE.replace("2021-03-28", "2021-03-27"))
    library.index()
    wire = library.engine.article(library.path("wire/ferry.txt")).article
    async with reader(library.engine).run_test(size=(110, 40)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app, NewsreaderApp)
        pilot.app.open(StoryStop(wire.story, wire.id))
        await settle(pilot)
        screen = pilot.app.screen
        shown = text_of(screen.query_one(StoryTimeline))
        assert "first · copy" in shown
        assert shown.count("first") == 3
        assert shown.count("┬") == 1
        assert "first" not in str(screen.query_one("#story-facts", Static).render())


async def test_comparing_with_the_nearest(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await overlaps(pilot)
        best = max((moment.overlap or 0.0, moment.article.id) for moment in timeline.rows)[1]
        await pilot.press("d")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        assert best in screen._pair


async def test_to_the_next_unread(samples: Engine, reader: MakeReader) -> None:
    ids = [member.article.id for member in samples.stories.story(str(samples.article(str(POST)).article.story)).members]
    samples.marking.set_flag(ids[:-1], "read", True)
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        await press_slowly(pilot, "u")
        assert timeline.cursor == len(ids) - 1


async def test_where_all_is_read_no_cursor_moves(samples: Engine, reader: MakeReader) -> None:
    ids = [member.article.id for member in samples.stories.story(str(samples.article(str(POST)).article.story)).members]
    samples.marking.set_flag(ids, "read", True)
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        _, timeline = await open_story(pilot, samples)
        before = timeline.cursor
        await press_slowly(pilot, "u")
        assert timeline.cursor == before


async def test_a_change_of_the_library_keeps_the_place(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(100, 20)) as pilot:
        screen, timeline = await open_story(pilot, samples)
        await pilot.press("G", "k", "space", "k")
        cursor, top = timeline.key_at(timeline.cursor), timeline.scroll_offset.y
        samples.marking.set_flag([ArticleId(timeline.key_at(timeline.cursor) or "")], "read", True)
        screen.post_message(LibraryChanged(*samples.state()))
        await settle(pilot)
        assert (timeline.key_at(timeline.cursor), timeline.scroll_offset.y) == (cursor, top)
        assert timeline.row is not None
        assert timeline.row.article.read
        assert [moment.chosen for moment in timeline.rows].count(True) == 1


async def test_a_story_that_is_gone(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert isinstance(pilot.app, NewsreaderApp)
        pilot.app.open(StoryStop(StoryId("0123456789abcdef"), None))
        await settle(pilot)
        screen = pilot.app.screen
        assert "no story" in str(screen.query_one("#story-title", Static).render()).lower()
        await pilot.press("j", "d", "space", "u", "enter", "G")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is not screen


def test_days_and_ends(samples: Engine) -> None:
    article = samples.article(str(POST)).article
    undated = replace(article, published=None)
    members = [(article, "first"), (article, "copy"), (undated, "same-story")]
    found = moments([StoryMember(found, relation, 1.0) for found, relation in members])
    assert [moment.new_day for moment in found] == [True, False, True]
    assert [moment.last for moment in found] == [False, False, True]
    assert len(StoryTimeline().lines_of(found[2], 30)) == StoryTimeline.ROW_HEIGHT


async def test_the_bars_of_time_lead_to_the_articles_of_a_day(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 40)) as pilot:
        screen, timeline = await open_story(pilot, samples)
        bars = screen.query_one(TimeBars)
        assert bars.display
        await press_slowly(pilot, "T", "home")
        assert bars.bar is not None
        assert bars.bar.value == "2026-10-06"
        await press_slowly(pilot, "enter")
        assert timeline.has_focus
        assert timeline.cursor == 0
        await press_slowly(pilot, "T", "right", "enter")
        assert timeline.row is not None
        assert (timeline.cursor, str(timeline.row.article.published)[:10]) == (1, "2026-10-07")
        await press_slowly(pilot, "T", "escape")
        assert timeline.has_focus
        assert screen.is_current


async def test_a_low_window_shows_the_bars_only_while_they_are_gone_to(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        screen, _ = await open_story(pilot, samples)
        bars = screen.query_one(TimeBars)
        assert not bars.display
        await press_slowly(pilot, "T")
        assert bars.display
        await press_slowly(pilot, "T")
        assert not bars.display
