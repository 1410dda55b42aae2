"""A morning's work, in keystrokes counted: what somebody does who opens the reader every day.

Each part presses keys as a person would, waits for nothing but what is on the screen, and says what is seen then and
what is kept. A key that comes to do something else, or one more that is needed, makes it fail.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from textual.events import Paste
from textual.pilot import Pilot
from textual.screen import Screen

from newsreader.cli.launch import index_command
from newsreader.config import Config, Interface
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.dialogs.welcome import WelcomeScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.story.screen import StoryScreen
from tests.builders import locations, set_age
from tests.tui.conftest import QUICK
from tests.tui.waiting import settle, until

TRIAGED = 50
"""Articles that are looked at one by one."""
MOST_KEYS = 120
"""For all of them, and for what is done to twenty of them."""

TAGGED, STARRED, READ, OPENED = range(2, 19, 3), range(20, 33, 3), range(35, 48, 3), range(1, 11, 3)
"""Rows, twenty in all."""
KEYS = {"index": 2, "triage": 78, "read": 9, "compare": 4, "story": 4, "back": 4, "quit": 1}
"""What each part takes."""

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "zo")
OUTLETS = ("Northgate Post", "Tarn Gazette", "Alder Courier", "Lowland Wire")
STORIES = (
    (
        "Ferry sails again after eleven weeks",
        "The ferry between Tarn and Lowland sails again on Saturday after repairs that took eleven weeks.",
        "Captain Iris Holm said that both engines were replaced, and that last summer's timetable holds.",
        "The harbour office expects four thousand passengers on the first weekend alone.",
    ),
    (
        "Frost takes half of the apples",
        "Growers in the Orrin valley expect half of last year's apples after three nights of hard frost.",
        "The minister of agriculture promised them loans, which their union called a beginning and no more.",
        "Insurance covers hail and storms, yet hardly any orchard is insured against frost in April.",
    ),
    (
        "Council passes budget after a night's debate",
        "The council of Northgate passed its budget on Friday after a debate of nine hours.",
        "The mayor said that 4.2 million crowns go to schools, and that the swimming hall stays open.",
        "Six members voted against it, and opponents announced a complaint to the court in Alder.",
    ),
)
OWN = (
    ("Our reporter was there from the beginning.", "It rained, and nobody minded."),
    ("Nobody at the scene would say more than that.", "Most had gone home by ten."),
    ("A spokeswoman confirmed it by telephone.", "Other papers were told the same."),
)


def write_articles(folder: Path) -> None:
    """Sixty: three stories that three outlets tell, and 51 articles that stand alone."""
    chance = random.Random(5)

    def coined() -> str:
        return "".join(chance.choices(SYLLABLES, k=3))

    def write(outlet: str, name: str, day: int, title: str, sentences: list[str]) -> None:
        path = folder / outlet / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f" date 2021-04-{day:02} {title}\n\n" + "\n\n".join(sentences) + "\n", encoding="utf-8")
        set_age(path, 3600)

    for number in range(51):
        words = [coined() for _ in range(24)]
        sentences = [f"{' '.join(words[start : start + 8]).capitalize()}." for start in (0, 8, 16)]
        write(OUTLETS[number % 4], f"alone-{number:02}", 1 + number % 20, f"{words[0]} {words[9]}".title(), sentences)
    for number, (title, *sentences) in enumerate(STORIES):
        for place, outlet in enumerate(OUTLETS[:3]):
            told = [sentence for left_out, sentence in enumerate(sentences) if left_out != place] + [*OWN[place]]
            write(outlet, f"story-{number}", 22 + place, f"{title}, says {outlet}", told)


@dataclass
class Morning:
    """A reader at work, and the keys that each part of the morning took."""

    pilot: Pilot[str]
    keys: dict[str, int] = field(default_factory=dict)
    _part: str = ""

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._part = name
        self.keys[name] = 0
        yield

    async def press(self, *keys: str) -> None:
        for key in keys:
            self.keys[self._part] += 1
            await self.pilot.press(key)
        await settle(self.pilot)

    async def paste(self, text: str) -> None:
        """One key of the terminal."""
        self.keys[self._part] += 1
        self.pilot.app.post_message(Paste(text))
        await settle(self.pilot)

    @property
    def screen(self) -> Screen[object]:
        return self.pilot.app.screen

    @property
    def main(self) -> MainScreen:
        main = self.pilot.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        return main

    @property
    def title(self) -> str:
        """Of the article under the cursor of the list."""
        article = self.main.browser.list.article
        assert article is not None
        return article.title

    @property
    def listed(self) -> int:
        listing = self.main.browser.listing
        return listing.total if listing is not None else 0

    @property
    def read(self) -> str:
        """The title of the article in the text pane."""
        page = self.main.text.page
        return page.article.title if page is not None else ""

    @property
    def place(self) -> tuple[str, int, str]:
        """Query, row and article."""
        return self.main.browser.request_shown.query, self.main.browser.list.cursor, self.title


def reader(home: Path) -> NewsreaderApp:
    where = locations(home)
    config = Config(interface=Interface(mark_read_after=0.0))
    return NewsreaderApp(Engine(where), config, index_command=index_command(where), name="library", delays=QUICK)


async def test_a_morning(tmp_path: Path) -> None:
    folder, home = tmp_path / "articles", tmp_path / "home"
    write_articles(folder)
    app = reader(home)
    engine = app.engine
    async with app.run_test(size=(120, 40)) as pilot:
        morning = Morning(pilot)
        await settle(pilot)

        with morning.part("index"):
            assert isinstance(morning.screen, WelcomeScreen)
            await morning.paste(str(folder))
            await morning.press("enter")
            await until(pilot, lambda: not engine.is_indexing() and morning.listed == 60, "the list")
            await settle(pilot)
            assert morning.read == morning.title, "the first article is there to be read"
            assert engine.shelf().counts.unread == 60

        with morning.part("triage"):
            for row in range(TRIAGED):
                if row:
                    await morning.press("j")
                assert morning.place == ("", row, morning.read), "what is highlighted can be read"
                if row == TAGGED[0]:
                    await morning.press("t", *"ev", "enter")
                elif row in TAGGED:
                    await morning.press("full_stop")
                elif row in STARRED:
                    await morning.press("s")
                elif row in READ:
                    await morning.press("r")
                elif row in OPENED:
                    await morning.press("enter", "escape")
            await morning.press("circumflex_accent", "enter")
            counts = engine.shelf().counts
            assert (counts.unread, counts.starred, counts.tags) == (60 - TRIAGED, len(STARRED), (("ev", len(TAGGED)),))
        assert morning.keys["triage"] < MOST_KEYS
        triaged = morning.place
        assert triaged[1] == TRIAGED - 1

        with morning.part("read"):
            await morning.press("slash", *"ferry", "enter")
            assert morning.listed == 3
            await morning.press("j", "enter")
            found, first = morning.place, morning.read
            assert first.startswith("Ferry sails again")
            assert morning.screen.focused is morning.main.text

        with morning.part("compare"):
            await morning.press("d")
            assert isinstance(morning.screen, CompareScreen)
            await morning.press("n", "n", "escape")
            assert morning.screen is morning.main
            assert (morning.place, morning.read) == (found, first)

        with morning.part("story"):
            await morning.press("S")
            assert isinstance(morning.screen, StoryScreen)
            await morning.press("g", "enter")
            assert morning.screen is morning.main
            assert morning.read.startswith("Ferry sails again")
            assert morning.read != first, "another article of the story"
            await morning.press("s")
            assert engine.shelf().counts.starred == len(STARRED) + 1

        with morning.part("back"):
            await morning.press("escape")
            assert isinstance(morning.screen, StoryScreen)
            await morning.press("escape")
            assert (morning.screen, morning.place, morning.read) == (morning.main, found, first)
            await morning.press("escape")
            assert morning.screen.focused is morning.main.browser.list
            await morning.press("escape")
            assert morning.place == triaged

        with morning.part("quit"):
            await morning.press("q")
            await until(pilot, lambda: not app.is_running, "it is left")
    engine.close()

    app = reader(home)
    async with app.run_test(size=(120, 40)) as pilot:
        again = Morning(pilot)
        await settle(pilot)
        assert again.place == triaged, "the next morning begins where this one ended"
        counts = app.engine.shelf().counts
        assert (counts.unread, counts.starred, counts.tags) == (
            60 - TRIAGED,
            len(STARRED) + 1,
            (("ev", len(TAGGED)),),
        )
    app.engine.close()
    assert morning.keys == KEYS
