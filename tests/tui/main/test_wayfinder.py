"""Ways from one article to another: to what is unread, to other stories, through a story."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from newsreader.engine.core import Engine
from newsreader.stories.story import Story
from newsreader.tui.main.screen import MainScreen
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly, until

SIZES = [(150, 40), (80, 24)]
NEXT, PREVIOUS = "right_square_bracket", "left_square_bracket"


def main(pilot: Pilot[str]) -> MainScreen:
    assert isinstance(pilot.app.screen, MainScreen)
    return pilot.app.screen


def stories_of(engine: Engine) -> list[Story]:
    return list(engine.stories.by_ids(engine.stories.ids(None)))


async def in_stories(pilot: Pilot[str]) -> MainScreen:
    await settle(pilot)
    await press_slowly(pilot, "4")
    await until(pilot, lambda: main(pilot).browser.request_shown.kind == "stories", "the list of stories")
    await settle(pilot)
    return main(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_list_of_stories_brackets_go_from_story_to_story(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    async with reader(samples).run_test(size=size) as pilot:
        screen = await in_stories(pilot)
        for keys, row in (((NEXT,), 1), ((NEXT, NEXT), 3), ((PREVIOUS,), 2), (("g", PREVIOUS), 0)):
            await press_slowly(pilot, *keys)
            assert screen.browser.list.cursor == row
        await press_slowly(pilot, "G")
        last = screen.browser.list.cursor
        await press_slowly(pilot, NEXT)
        assert screen.browser.list.cursor == last == screen.browser.list.total - 1


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_list_of_stories_u_goes_to_the_next_with_something_unread(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    stories = stories_of(samples)
    unread = {1, len(stories) - 1}
    read = [m.article.id for i, story in enumerate(stories) if i not in unread for m in story.members]
    samples.marking.set_flag(read, "read", True)
    async with reader(samples).run_test(size=size) as pilot:
        screen = await in_stories(pilot)
        for row in (1, len(stories) - 1, 1):
            await press_slowly(pilot, "u")
            assert screen.browser.list.cursor == row


@pytest.mark.parametrize("size", SIZES)
async def test_in_the_list_of_stories_one_goes_through_the_story_under_the_cursor(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    stories = stories_of(samples)
    row = next(index for index, story in enumerate(stories) if index and len(story.members) > 2)
    members = [member.article.id for member in stories[row].members]
    async with reader(samples).run_test(size=size) as pilot:
        screen = await in_stories(pilot)
        await press_slowly(pilot, *["j"] * row)
        for key, index in (("J", 1), ("J", 2), ("K", 1), ("K", 0), ("K", 0)):
            await press_slowly(pilot, key)
            assert screen.current_article() == members[index]
            assert screen.text.page is not None
            assert screen.text.page.article.id == members[index], "what is read is what is seen"
            assert screen.browser.list.cursor == row


async def test_in_the_text_beside_stories_the_rest_of_the_story_is_next(samples: Engine, reader: MakeReader) -> None:
    stories = stories_of(samples)
    members = [member.article.id for member in stories[0].members]
    async with reader(samples).run_test(size=(150, 40)) as pilot:
        screen = await in_stories(pilot)
        await press_slowly(pilot, "tab")
        assert screen.current_article() == members[0]
        await press_slowly(pilot, "u")
        assert screen.current_article() == members[1]
        assert screen.browser.list.cursor == 0
        samples.marking.set_flag(members, "read", True)
        await press_slowly(pilot, "u")
        assert screen.browser.list.cursor == 1
        assert screen.current_article() == stories[1].members[0].article.id


@pytest.mark.parametrize("size", SIZES)
async def test_space_at_the_end_of_a_text_goes_to_the_next_unread(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    async with reader(samples, mark_read_after=60.0).run_test(size=size) as pilot:
        await settle(pilot)
        screen = main(pilot)
        await press_slowly(pilot, "enter")
        first = screen.current_article()
        assert first is not None
        for _ in range(200):
            await press_slowly(pilot, "space")
            if screen.current_article() != first:
                break
        assert screen.browser.list.cursor == 1
        assert screen.text.page is not None
        assert screen.browser.list.article is not None
        assert screen.current_article() == screen.text.page.article.id == screen.browser.list.article.id
        assert screen.text.scroll_offset.y == 0
        assert samples.article(first).article.read, "who goes on at the end has read it"


@pytest.mark.parametrize("size", SIZES)
async def test_an_article_that_the_list_has_not_is_the_only_one_that_keys_are_about(
    samples: Engine, reader: MakeReader, size: tuple[int, int]
) -> None:
    story = next(s for s in stories_of(samples) if len(s.members) > 1)
    here, other = (member.article.id for member in story.members[:2])
    samples.marking.set_flag([here], "starred", True)
    async with reader(samples).run_test(size=size) as pilot:
        await settle(pilot)
        await press_slowly(pilot, "3")
        await until(pilot, lambda: main(pilot).browser.list.total == 1, "the list of what has a star")
        await settle(pilot)
        screen = main(pilot)
        assert screen.current_article() == here
        await press_slowly(pilot, "J")
        assert screen.current_article() == other
        assert screen.text.page is not None
        assert screen.text.page.article.id == other, "it is seen, also where only one pane is"
        assert not screen.browser.list._shows_cursor
        await press_slowly(pilot, "s")
        assert samples.article(other).article.starred
        assert samples.article(here).article.starred, "no other loses its star"
        assert samples.shelf().counts.starred == 2
