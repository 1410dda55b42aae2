"""What every screen would write to the terminal, over articles, tags, queries and names whose every part is hostile."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual import events
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

import newsreader.tui.app
from newsreader.config import Config, Interface
from newsreader.tui.app import NewsreaderApp
from tests.builders import Library
from tests.tui.conftest import settle
from tests.tui.waiting import press_slowly

ESCAPES = (
    "\x1b]52;c;UFdORUQ=\x07\x1b]0;PWNED\x07\x1b[7777m\x1b]8;;http://pwned.test/\x1b\\link\x1b]8;;\x1b\\\x9d0;PWNED\x9c"
    "\x9b7777m\x05\x0e\x1bPpwned\x1b\\\u202eevil\u2066\u200bhid\U000e0041den\ud800"
)
MARKUP = "[@click=app.quit]PRESS[/] [/] [0] [link=http://pwned.test/]l[/link] [bold"
HOSTILE = f"{ESCAPES} {MARKUP}"
ALIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f\ud800-\udfff]"
)
"""What no cell of the screen may hold: C0, DEL, C1, bidi controls, what can't be seen, surrogates."""
OURS = {
    *("grab", "release", "scroll_up", "scroll_down"),
    *("screen.sort", "screen.story", "screen.said_before", "screen.next_unread", "screen.view('new')"),
    *(f"screen.relax({number})" for number in range(1, 5)),
}
"""The actions that Textual's own scroll bars carry, those of our links, and the offers of other queries."""
TEXT = """
The ferry between Tarn and Lowland sails again on Saturday after repairs of {number} weeks. {mark}

"Both engines were replaced at a cost of 4.2 million crowns," said captain Iris {mark} Holm of the harbour on Friday.

The timetable of last summer holds again, with {number} departures on {mark} each day of the week but Sunday.
"""


class WatchedApp(NewsreaderApp):
    """Keeps what it would send to a terminal."""

    CSS_PATH = [str(Path(newsreader.tui.app.__file__).parent / name) for name in NewsreaderApp.CSS_PATH]  # noqa: RUF012

    def __init__(self, *arguments: Any, **how: Any) -> None:
        super().__init__(*arguments, **how)
        self.seen: list[Segment] = []

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None and not self._batch_count:
            self.seen += [segment for segment in self.console.render(renderable) if not segment.control]
        super()._display(screen, renderable)

    def take(self) -> str:
        """The text of what was sent since; none of it may do anything."""
        taken, self.seen = self.seen, []
        text = "".join(segment.text for segment in taken)
        assert [segment.text for segment in taken if ALIVE.search(segment.text.replace("\n", ""))] == []
        actions = {
            str(value)
            for segment in taken
            if segment.style is not None
            for key, value in segment.style.meta.items()
            if key.startswith("@")
        }
        assert actions <= OURS
        assert not any(segment.style is not None and segment.style.link for segment in taken)
        return text


def yaml(text: str) -> str:
    """In double quotes, where every character may be written as an escape."""
    return json.dumps(text.replace("\ud800", "")).replace("\x7f", "")


def hostile_article(number: int, title: str) -> str:
    head = {
        "title": title,
        "author": f"Iris {HOSTILE}",
        "source": f"Outlet {number} {HOSTILE}",
        "date": f"2021-03-2{number}T09:00:00Z",
        "url": f"https://example.test/{HOSTILE}",
        "language": f"en{HOSTILE}",
    }
    lines = [f"{key}: {yaml(value)}" for key, value in head.items()]
    return "\n".join(("---", *lines, f"tags: [{yaml('ferry ' + HOSTILE)}]", "---", "")) + TEXT.format(
        number=number + 3, mark=HOSTILE.replace("\ud800", "")
    )


@pytest.fixture
def hostile(library: Library) -> Library:
    """Three articles of one story, one of them edited since, and files that can't be read."""
    names = [f"a {ESCAPES[:20]}.md", "b \u202etxt [bold].md", f"c {MARKUP.replace('/', '')}.md"]
    for number, name in enumerate(names):
        library.write(f"dir \x1b[7777m [bold]/{name}", hostile_article(number, f"Ferry sails {HOSTILE}"))
    library.write(f"bad {ESCAPES[21:40].replace('/', '')}.md", bytes(range(256)))
    library.index()
    library.write(f"dir \x1b[7777m [bold]/{names[2]}", hostile_article(7, f"Ferry sails again {HOSTILE}"), age=30)
    library.index()
    engine = library.engine
    articles = list(library.ids().values())
    assert len(articles) == 3
    engine.marking.tag(articles, [f"tag {HOSTILE}"])
    engine.marking.set_note(articles[0], f"note {HOSTILE}")
    engine.searching.save_search("saved", f'ferry OR "{MARKUP}"')
    return library


def watched(library: Library) -> WatchedApp:
    config = Config(
        warnings=(f"config {HOSTILE}",),
        keys={f"no such {HOSTILE}": "x"},
        interface=Interface(mark_read_after=0.0, theme=f"theme {HOSTILE}"),
    )
    return WatchedApp(library.engine, config, index_command=["/no/such/program " + MARKUP], name="library")


async def step(pilot: Pilot[str], *keys: str) -> str:
    await settle(pilot)
    await press_slowly(pilot, *keys)
    app = pilot.app
    assert isinstance(app, WatchedApp)
    assert app.is_running
    return app.take()


LITERAL = "[@click=app.quit]PRESS[/]"
SCREENS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("MainScreen", ()),
    ("MainScreen", ("enter",)),
    ("MainScreen", ("v", "right_curly_bracket")),
    ("SaidBeforeScreen", ("V",)),
    ("MainScreen", ("escape", "escape")),
    ("TagScreen", ("t",)),
    ("TagListScreen", ("escape", "number_sign")),
    ("NoteScreen", ("escape", "m")),
    ("FacetsScreen", ("escape", "F")),
    ("HistoryScreen", ("escape", "H")),
    ("HistoryScreen", ("j", "j", "p")),
    ("DossierScreen", ("escape", "W")),
    ("MainScreen", ("escape", "y", "O", "ctrl+r")),
    ("HelpScreen", ("question_mark",)),
    ("CommandPalette", ("escape", "ctrl+p")),
    ("StoryScreen", ("escape", "4", "enter")),
    ("WhyScreen", ("space", "j", "space", "w")),
    ("PickArticleScreen", ("escape", "ampersand")),
    ("StoryScreen", ("escape", "minus", "escape")),
    ("CompareScreen", ("d",)),
    ("CompareScreen", ("plus", "plus", "o", "x", "D")),
    ("PickArticleScreen", ("d",)),
    ("MatrixScreen", ("escape", "escape", "M")),
    ("MatrixScreen", ("f", "right", "j")),
    ("CoverageScreen", ("escape", "C")),
    ("StoryScreen", ("escape",)),
    ("MainScreen", ("escape", "1")),
    ("CoverageScreen", ("C",)),
    ("PeriodScreen", ("F",)),
    ("MainScreen", ("escape", "escape")),
)
"""Keys, and the screen they lead to."""


@pytest.mark.timeout(300)
async def test_no_screen_sends_anything_of_an_article_s_to_the_terminal(hostile: Library) -> None:
    app = watched(hostile)
    missing, said = [], set()
    async with app.run_test(size=(150, 45), notifications=True) as pilot:
        for screen, keys in SCREENS:
            text = await step(pilot, *keys)
            assert type(app.screen).__name__ == screen, keys
            if LITERAL not in text:
                missing.append(keys)
            said |= {str(notice.message).partition(LITERAL)[0][:6] for notice in app._notifications}
    assert set(missing) <= {("F",), ("j", "j", "p")}
    assert {"config", "There ", "/no/su"} <= said, said


async def paste(pilot: Pilot[str], text: str) -> str:
    """In the place of what the input has."""
    pilot.app.query_one(Input).value = ""
    pilot.app.post_message(events.Paste(text))
    return await step(pilot)


async def test_no_query_sends_anything_to_the_terminal(hostile: Library) -> None:
    """What is pasted into inputs: explanations, errors, offers and completions of queries, names, folders."""
    app = watched(hostile)
    (hostile.home / f"folder {MARKUP.replace('/', '')}").mkdir()
    (hostile.home / f"folder {ESCAPES[:8]}").mkdir()
    async with app.run_test(size=(150, 45), notifications=True) as pilot:
        await step(pilot, "slash")
        for query in (
            HOSTILE, f'"{HOSTILE}"', f"tag:{HOSTILE}", f"nofield:{MARKUP}", f"date:{MARKUP}", "@saved", "tag:",
            "source:", f"({MARKUP}", f"zzz {MARKUP}", f"is:{MARKUP}", "ferry~9 [/]",
        ):  # fmt: skip
            await paste(pilot, query)
        assert LITERAL in await paste(pilot, 'ferry "[@click=app.quit]PRESS[/]"')
        assert LITERAL in await step(pilot, "enter", "ctrl+s")
        assert type(app.screen).__name__ == "SaveSearchScreen"
        assert LITERAL in await paste(pilot, HOSTILE)
        await step(pilot, "enter", "escape", "escape", "escape", "m")
        assert type(app.screen).__name__ == "NoteScreen"
        app.post_message(events.Paste(HOSTILE))
        assert LITERAL in await step(pilot)
        await step(pilot, "escape", "ctrl+n")
        assert type(app.screen).__name__ == "FolderScreen"
        for folder in (f"{hostile.home}/folder", f"/nowhere/{HOSTILE}", f"~{MARKUP}/"):
            await paste(pilot, folder)
            await step(pilot, "tab", "enter")


@pytest.mark.parametrize("size", [(20, 5), (40, 10)])
async def test_fault_39_small_terminals_and_a_storm_of_sizes(hostile: Library, size: tuple[int, int]) -> None:
    app = watched(hostile)
    dice = random.Random(f"{size}")
    async with app.run_test(size=size, notifications=True) as pilot:
        for screen, keys in SCREENS[size[0] // 20 :: 6]:
            for key in keys:
                await pilot.press(key)
            for _ in range(2):
                await pilot.resize_terminal(dice.randint(1, 160), dice.randint(1, 50))
            await pilot.resize_terminal(*dice.choice([size, (1, 1)]))
            assert app.is_running, screen
            app.take()
        await step(pilot, "escape", "escape", "escape")


async def test_fault_39_dialogs_that_are_left_no_cell_of_width(hostile: Library) -> None:
    app = watched(hostile)
    async with app.run_test(size=(2, 2), notifications=True) as pilot:
        for keys in (("t",), ("escape", "ctrl+p"), ("escape", "F"), ("escape", "W"), ("escape", "m")):
            await step(pilot, *keys)
        await pilot.resize_terminal(65_535, 65_535)
        await step(pilot, "escape")
        assert app.size.width * app.size.height < 1_000_000
