"""Leaving the program from a dialog."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from newsreader.config import Config
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.marks.tag_list import TagListScreen
from tests.builders import BUDGET, Library
from tests.tui.conftest import MakeReader, library_with, settle
from tests.tui.waiting import until


@pytest.mark.parametrize("key", ["question_mark", "ctrl+p", "number_sign", "F", "t", "m"])
async def test_dialogs_can_be_left_with_the_program(key: str, library: Library, reader: MakeReader) -> None:
    app = reader(library_with(library, budget=BUDGET))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        assert len(app.screen_stack) == 2
        await pilot.press("ctrl+q")
        await until(pilot, lambda: not app.is_running, "it is left")


async def test_a_letter_that_quits_is_put_in_where_letters_are(library: Library) -> None:
    config = Config(keys={"quit": "Q"})
    app = NewsreaderApp(library_with(library, budget=BUDGET), config, index_command=["true"], name="library")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("number_sign")
        await until(pilot, lambda: isinstance(app.screen, TagListScreen), "the dialog is open")
        await pilot.press("Q")
        await settle(pilot)
        assert app.screen.query_one(Input).value == "Q"
        await pilot.press("escape", "question_mark", "Q")
        await until(pilot, lambda: not app.is_running, "it is left")
