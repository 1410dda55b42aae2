"""What takes long says so, and escape leaves it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.engine.core import Engine
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.tags import TagScreen
from tests.tui.conftest import QUICK, MakeReader, settle, type_text
from tests.tui.waiting import press_slowly, until

HASTY = replace(QUICK, under_way=0.001)


@contextmanager
def busy(engine: Engine) -> Iterator[None]:
    """While another process writes to the user data, so that a change has to wait."""
    other = sqlite3.connect(engine.locations.userdata, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def said(pilot: Pilot[str]) -> str:
    main = pilot.app.screen_stack[0]
    return " ".join(str(notice.content) for notice in main.query(".notice").results(Static))


async def test_a_change_that_takes_long_is_said_to_be_under_way_and_is_done(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples, delays=HASTY).run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        with busy(samples):
            await pilot.press("s")
            await until(pilot, lambda: "marking…" in said(pilot), lambda: said(pilot))
        await until(pilot, lambda: len(samples.shelf().starred) == 1, "the star")
        await until(pilot, lambda: "starred" in said(pilot), lambda: said(pilot))


async def test_escape_gives_up_what_is_under_way_and_all_that_was_typed_behind_it(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples, delays=HASTY).run_test(size=(120, 30)) as pilot:
        await press_slowly(pilot, "asterisk")
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        with busy(samples):
            await pilot.press("s")
            await until(pilot, lambda: "marking…" in said(pilot), lambda: said(pilot))
            await pilot.press("s", "r", "escape")
        await until(pilot, lambda: "Given up" in said(pilot), lambda: said(pilot))
        await settle(pilot)
        shelf = samples.shelf()
        assert not shelf.starred
        assert not shelf.read
        assert "selected" in str(screen.query_one("#facts-of-library", Static).content), "escape did nothing else"
        await press_slowly(pilot, "s")
        assert samples.shelf().starred, "the next one is done"


async def test_tags_that_take_long_can_be_left_and_stay_in_the_dialog(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples, delays=HASTY).run_test(size=(120, 30)) as pilot:
        await press_slowly(pilot, "asterisk", "t")
        await type_text(pilot, "slow")
        await settle(pilot)
        with busy(samples):
            await pilot.press("enter")
            await until(pilot, lambda: "marking…" in said(pilot), lambda: said(pilot))
            await pilot.press("s", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, TagScreen)
        assert "slow" not in samples.shelf().by_tag
        assert not samples.shelf().starred, "what was typed behind it is forgotten"
        assert pilot.app.screen.query(".dialog-message").results(Static)
