"""The keys about the article under the cursor, on every screen that has one."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from newsreader.article import Article
from newsreader.engine.core import Engine
from newsreader.tui.articles.actions import ArticleActions
from newsreader.tui.articles.piping import joined_text
from newsreader.tui.commands import COMMANDS
from newsreader.tui.comparison.head import ColumnHeads
from newsreader.tui.dialogs.dossier import DossierScreen
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.marks.note import NoteScreen
from newsreader.tui.reading.said_before import SaidBeforeScreen
from newsreader.tui.story.screen import StoryScreen
from tests.tui.conftest import MakeReader, settle, type_text
from tests.tui.waiting import press_slowly

BLAST = ("slash", *"grain", "space", *"terminal", "space", *"explosion", "enter")
WAYS = {
    "main": (),
    "text": ("enter",),
    "story": (*BLAST, "S"),
    "coverage": (*BLAST, "S", "C"),
    "matrix": (*BLAST, "M", "right"),
    "compare": ("4", "enter", "d"),
    "compare-right": ("4", "enter", "d", "right"),
    "history": (*BLAST, "H"),
}
"""Screen → the keys that lead there."""


async def go(pilot: Pilot[str], *keys: str) -> ArticleActions[object]:
    await settle(pilot)
    await press_slowly(pilot, *keys)
    screen = pilot.app.screen
    assert isinstance(screen, ArticleActions)
    return screen


def here(engine: Engine, screen: ArticleActions[object]) -> Article:
    current = screen.current_article()
    assert current is not None
    return engine.article(current).article


@pytest.mark.parametrize("way", WAYS)
async def test_marks_of_the_article_under_the_cursor(way: str, samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot, *WAYS[way])
        before = here(samples, screen)
        await press_slowly(pilot, "s", "r", "t")
        await type_text(pilot, "ev")
        await press_slowly(pilot, "enter")
        assert pilot.app.screen is screen
        now = here(samples, screen)
        assert (now.starred, now.read, now.tags) == (True, not before.read, (*before.tags, "ev"))
        await press_slowly(pilot, "m")
        assert isinstance(pilot.app.screen, NoteScreen)
        await press_slowly(pilot, *"ask", "ctrl+s")
        assert samples.marking.mark(now.id).note == "ask"
        await press_slowly(pilot, "ctrl+z", "ctrl+z")
        assert samples.marking.mark(now.id).note == ""
        assert here(samples, screen).tags == before.tags
        await press_slowly(pilot, "y")
        assert pilot.app.clipboard == (before.url or str(before.path))


@pytest.mark.parametrize("way", WAYS)
async def test_marks_show_at_once(way: str, samples: Engine, reader: MakeReader) -> None:
    """On the screen where they are made; nothing waits for the watch over the library."""
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await go(pilot, *WAYS[way])
        assert "★" not in painted(pilot)
        await press_slowly(pilot, "s")
        assert "★" in painted(pilot)


async def test_marks_of_the_earlier_article_where_a_sentence_was_said_before(
    samples: Engine, reader: MakeReader
) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot, *BLAST, "j", "enter", "v", "right_curly_bracket", "V")
        assert isinstance(screen, SaidBeforeScreen)
        await press_slowly(pilot, "s")
        assert here(samples, screen).starred


async def test_what_was_done_last_is_done_to_others(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        screen = await go(pilot)
        await press_slowly(pilot, "full_stop")
        assert "no mark to repeat" in str([*app._notifications][-1].message)
        first = here(samples, screen)
        await press_slowly(pilot, "t", *"ev", "comma", *"flood", "enter", "j", "full_stop")
        second = here(samples, screen)
        assert second.id != first.id
        assert {"ev", "flood"} <= set(second.tags)
        await press_slowly(pilot, "s", "j", "full_stop")
        assert here(samples, screen).starred
        await press_slowly(pilot, "full_stop")
        assert here(samples, screen).starred, "it is not taken away again"
        await press_slowly(pilot, "ctrl+z")
        assert str([*app._notifications][-1].message) == "Took back: 1 article starred"
        assert not here(samples, screen).starred


async def test_a_mark_is_repeated_as_soon_as_it_is_asked_for(samples: Engine, reader: MakeReader) -> None:
    """The mark before may still be on its way to the disk."""
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        assert isinstance(screen, MainScreen)
        articles = screen.query_one(ArticleList)
        first, second = (row.hit.article for row in articles.rows[:2])
        articles.select({first.id})
        screen.action_toggle_flag("starred")
        articles.select({second.id})
        screen.action_repeat()
        await settle(pilot)
        assert samples.shelf().starred == {first.id, second.id}


@pytest.mark.parametrize("way", ["coverage", "compare", "matrix"])
async def test_to_the_story_of_the_article_and_back(way: str, samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot, *WAYS[way])
        article = here(samples, screen)
        await press_slowly(pilot, "S")
        assert isinstance(pilot.app.screen, StoryScreen)
        assert pilot.app.screen.current_article() == article.id
        await press_slowly(pilot, "escape")
        assert type(pilot.app.screen) is type(screen)
        await press_slowly(pilot, "W")
        assert isinstance(pilot.app.screen, DossierScreen)


async def test_the_text_goes_to_a_command(samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, str, str]] = []

    def taken(app: object, command: str, text: str, facts: dict[str, str]) -> int:
        given.append((command, text, facts["NEWSREADER_ID"]))
        return 0

    monkeypatch.setattr("newsreader.tui.terminal.pipe.pipe", taken)
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot)
        full = samples.article(str(screen.current_article()))
        await press_slowly(pilot, "vertical_line", *"wc", "enter")
        assert given == [("wc", joined_text([full]), full.article.id)]
        assert joined_text([full]).startswith(f"{full.article.title}\n\n{full.paragraphs[0]}")
        await press_slowly(pilot, "space", "space", "vertical_line", "up", "enter")
        assert given[1][0] == "wc"
        assert len(given[1][2].splitlines()) == 2
        assert given[1][1].count("\f") == 1


async def test_a_comparison_shows_which_side_keys_are_about(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await go(pilot, *WAYS["compare"])
        left = here(samples, screen)
        heads = screen.query_one(ColumnHeads)
        assert heads.render().plain.splitlines()[1].strip().startswith("▌")
        await press_slowly(pilot, "tab")
        assert here(samples, screen) != left
        assert not heads.render().plain.splitlines()[1].strip().startswith("▌")
        await press_slowly(pilot, "left")
        assert here(samples, screen) == left


def test_marks_are_made_with_the_same_keys_on_all_screens() -> None:
    marking = {c.id: set(c.places) for c in COMMANDS if c.id in ("star", "tag", "toggle_read", "note", "edit", "undo")}
    assert all(places == marking["star"] for places in marking.values())


def painted(pilot: Pilot[str]) -> str:
    screen = pilot.app.screen
    return "\n".join("".join(segment.text for segment in line) for line in screen._compositor.render_strips())
