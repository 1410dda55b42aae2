"""Keys are about the article that the user sees, whatever window it is seen in."""

from __future__ import annotations

from newsreader.engine.core import Engine
from newsreader.tui.main.screen import MainScreen
from tests.tui.conftest import MakeReader, settle
from tests.tui.waiting import press_slowly


async def test_a_window_that_gets_wide_shows_the_text_of_the_row(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        await press_slowly(pilot, "enter", "escape", "j", "j")
        await pilot.resize_terminal(150, 40)
        await settle(pilot)
        highlighted = main.browser.list.article
        assert highlighted is not None
        assert main.text.page is not None
        assert main.current_article() == main.text.page.article.id == highlighted.id
        await press_slowly(pilot, "s")
        assert samples.article(highlighted.id).article.starred


async def test_only_the_text_is_that_of_the_row_in_a_narrow_window(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        await press_slowly(pilot, "enter", "escape", "j", "j", "z")
        highlighted = main.browser.list.article
        assert highlighted is not None
        assert main.text.page is not None
        assert main.current_article() == main.text.page.article.id == highlighted.id


async def test_a_narrow_window_shows_the_cursor_that_keys_are_about(samples: Engine, reader: MakeReader) -> None:
    """Also when the text, which is out of view then, was another article's."""
    async with reader(samples).run_test(size=(150, 40)) as pilot:
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        strayed = next(s for s in samples.stories.by_ids(samples.stories.ids(None)) if len(s.members) > 2)
        main.reader.open(strayed.members[0].article.id)
        await settle(pilot)
        assert not main.browser.list._shows_cursor
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert main.browser.list._shows_cursor
        assert main.browser.list.article is not None
        assert main.current_article() == main.browser.list.article.id
