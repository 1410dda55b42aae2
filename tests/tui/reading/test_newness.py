"""What is new: dimmed sentences, jumps, shares in the list, where a sentence was said before."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.article import ArticleId, CancelCheck
from newsreader.config import Config, ReadingOptions, load_config
from newsreader.engine.core import Engine
from newsreader.engine.results import Updated
from newsreader.errors import Cancelled, ConfigError
from newsreader.text.spans import Span
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.content import share_text
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.reading.newness import Newness, Told, newness_of
from newsreader.tui.reading.pane import ReadingPane
from newsreader.tui.reading.said_before import SaidBeforeScreen
from tests.builders import Library
from tests.tui.conftest import SAMPLES, MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly, until

IDRIS = SAMPLES / "northgate-post" / "2026-10-21-idris-aftermath.txt"


def pane_of(pilot: Pilot[str]) -> ReadingPane:
    return pilot.app.screen_stack[0].query_one(ReadingPane)


def lines_of(pane: ReadingPane) -> list[str]:
    """Without the border of the pane that has the focus."""
    return [strip.text.rstrip().removeprefix("▏") for strip in pane.render_lines(pane.size.region)]


async def until_known(pilot: Pilot[str]) -> None:
    """Until it has been found out what is new."""

    def is_known() -> bool:
        looks = any(worker.group == "novelty" for worker in pilot.app.workers)
        return pane_of(pilot).newness is not None and not looks

    await until(pilot, is_known, "what is new in the article")
    await settle(pilot)


async def open_later(pilot: Pilot[str], engine: Engine) -> Newness:
    """The last of the three articles on the storm."""
    await settle(pilot)
    await pilot.press("slash")
    await type_text(pilot, "source:northgate-post title:idris")
    await pilot.press("enter")
    await settle(pilot)
    await pilot.press("enter")
    await until_known(pilot)
    newness = pane_of(pilot).newness
    assert newness is not None
    assert len(newness.earlier) == 2
    return newness


# values


def test_sentences_stand_where_the_text_has_them(samples: Engine) -> None:
    for story in samples.stories.by_ids(samples.stories.ids()):
        for member in story.members:
            updated = samples.comparing.novelty(member.article.id)
            newness = newness_of(updated.article, updated.novelty, updated.earlier)
            texts = [
                updated.article.paragraphs[told.paragraph][told.span.start : told.span.stop] for told in newness.told
            ]
            assert texts == [told.text for told in newness.told]
            assert texts == [statement.sentence.text for statement in updated.novelty.statements]
            assert sorted((*newness.new, *newness.repeated)) == list(range(len(texts)))


def test_what_was_found_is_remembered(samples: Engine) -> None:
    article = samples.stories.by_ids(samples.stories.ids())[1].members[1].article.id
    first = samples.comparing.novelty(article).novelty
    assert samples.comparing.novelty(article).novelty is first
    assert samples.comparing.novelty(article, read_only=True).novelty is not first, "compared with other articles"


TOLD = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2), st.none() | st.integers(0, 3)), max_size=12)


@given(TOLD, st.integers(0, 3), st.integers(0, 40), st.integers(1, 12))
def test_sentences_of_a_stretch(
    parts: list[tuple[int, int, int | None]], paragraph: int, start: int, length: int
) -> None:
    told, at, number = [], 0, 0
    for size, gap, earlier in parts:
        if gap == 2:
            number, at = number + 1, 0
        told.append(Told(number, Span(at, at + size), "x" * size, earlier))
        at += size + gap
    newness = Newness(ArticleId("0"), tuple(told), 0.5, True, ())
    stop = start + length
    inside = [i for i, t in enumerate(told) if t.paragraph == paragraph and t.span.start < stop and t.span.stop > start]
    assert [index for index, _ in newness.between(paragraph, start, stop)] == inside
    after = [i for i, t in enumerate(told) if (t.paragraph, t.span.stop) > (paragraph, start)]
    assert newness.at(paragraph, start) == (after[0] if after else None)


def test_a_share_is_never_shown_as_nothing_or_all() -> None:
    assert [share_text(share) for share in (0, 0.001, 0.384, 0.999, 1)] == [
        "nothing new",
        "1 % new",
        "38 % new",
        "99 % new",
        "all new",
    ]


def test_the_setting_is_checked(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "config.toml"
    file.write_text('[reading]\nsaid_before = "read"\n')
    assert load_config(file).reading.said_before == "read"
    file.write_text('[reading]\nsaid_before = "mine"\n')
    with pytest.raises(ConfigError, match=r"reading.said_before.*mine"):
        load_config(file)


# in the reading pane


async def test_the_head_says_how_much_is_new(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(160, 40)) as pilot:
        newness = await open_later(pilot, samples)
        head = " ".join(lines_of(pane_of(pilot))[:8])
        assert share_text(newness.share) in head
        assert "said before in meridian-wire, 19 Oct, and 1 other" in " ".join(head.split())


async def test_v_dims_and_marks_the_margin(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        newness = await open_later(pilot, samples)
        pane = pane_of(pilot)
        assert not any("▎" in line for line in lines_of(pane))
        await pilot.press("v")
        await settle(pilot)
        lines = lines_of(pane)
        new, old = newness.told[newness.new[3]], newness.told[newness.repeated[0]]
        assert next(line for line in lines if new.text[:20] in line).strip().startswith("▎")
        assert next(line for line in lines if old.text[:20] in line).strip().startswith(old.text[:20])
        shades = {}
        for told in (new, old):
            y = next(n for n, line in enumerate(lines) if told.text[:20] in line)
            segments = pane.render_line(y)
            shades[told.text] = next(s.style.color for s in segments if s.style and told.text[:8] in s.text)
        assert shades[new.text] != shades[old.text]
        await press_slowly(pilot, "v")
        assert not any("▎" in line for line in lines_of(pane))


async def test_dimming_stays_on_for_the_next_run(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("v")
        await settle(pilot)
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert pane_of(pilot).dims


async def test_jumping_between_new_sentences(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 24)) as pilot:
        newness = await open_later(pilot, samples)
        pane = pane_of(pilot)
        seen = []
        for _ in newness.new:
            await pilot.press("right_curly_bracket")
            await settle(pilot)
            seen.append(pane._marks.current)
            told = newness.told[seen[-1] or 0]
            assert any("▌" in line for line in lines_of(pane)), told.text
        assert tuple(seen) == newness.new
        await pilot.press("right_curly_bracket")
        await settle(pilot)
        assert pane._marks.current == newness.new[-1]
        await pilot.press("left_curly_bracket")
        await settle(pilot)
        assert pane._marks.current == newness.new[-2]


async def test_where_it_was_said_before(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        newness = await open_later(pilot, samples)
        pane = pane_of(pilot)
        await pilot.press("V")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, SaidBeforeScreen)
        for place, index in enumerate(newness.repeated):
            told = newness.told[index]
            assert told.earlier is not None
            assert pane._marks.current == index
            assert newness.earlier[told.earlier].title in str(screen.query_one("#said-source", Static).render())
            assert told.wording in str(screen.query_one("#said-wording", Static).render())
            if place + 1 < len(newness.repeated):
                await pilot.press("j")
                await settle(pilot)
        await pilot.press("k", "enter")
        await settle(pilot)
        told = newness.told[newness.repeated[-2]]
        assert told.earlier is not None
        assert pane.page is not None
        assert pane.page.article.id == newness.earlier[told.earlier].id
        assert told.wording[:20] in " ".join(" ".join(lines_of(pane)).split())


async def test_from_there_to_the_comparison(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        newness = await open_later(pilot, samples)
        await pilot.press("V", "d")
        await settle(pilot)
        assert isinstance(pilot.app.screen, CompareScreen)
        told = newness.told[newness.repeated[0]]
        assert pilot.app.screen._pair == (newness.earlier[told.earlier or 0].id, newness.article)


async def test_a_click_on_a_dimmed_sentence(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(160, 40)) as pilot:
        newness = await open_later(pilot, samples)
        await pilot.press("v")
        await settle(pilot)
        pane = pane_of(pilot)
        told = newness.told[newness.repeated[1]]
        y, x = next((n, line.find(told.text[:12])) for n, line in enumerate(lines_of(pane)) if told.text[:12] in line)
        await pilot.click(pane, offset=(x + 1 + pane.gutter.left, y))
        await settle(pilot)
        assert isinstance(pilot.app.screen, SaidBeforeScreen)
        assert pane._marks.current == newness.repeated[1]


async def test_articles_with_nothing_earlier_say_so(samples: Engine, reader: MakeReader) -> None:
    app = reader(samples)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot)
        for key in ("v", "right_curly_bracket", "V"):
            await pilot.press(key)
            await settle(pilot)
        told = [notification.message for notification in app._notifications]
        assert told == ["All of it is new: no other article tells this story."]  # once, however often it is asked
        assert not any("▎" in line for line in lines_of(pane_of(pilot)))


# in the list


def shares(pilot: Pilot[str]) -> dict[str, str]:
    """Headline → what the row says about what is new."""
    articles = pilot.app.screen.query_one(ArticleList)
    found = {}
    for article in articles.in_view():
        row = next(row for row in articles._rows.values() if row.article.id == article.id)
        parts = [part for line in articles.lines_of(row, 60) for part in line.plain.split(" · ")]
        found[article.title] = next((part for part in parts if part.endswith("new")), "")
    return found


async def test_rows_of_stories_say_how_much_is_new(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(160, 50)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "idris")
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: sum(map(bool, shares(pilot).values())) == 2, "two rows that say what is new")
        found = shares(pilot)
        for hit in samples.searching.hits(samples.searching.search("idris"), 0, 10):
            updated = samples.comparing.novelty(hit.article.id)
            wanted = share_text(updated.novelty.new_share) if updated.earlier else ""
            assert found[hit.article.title] == wanted
        assert sum(map(bool, found.values())) == 2
        await pilot.press("j", "r")
        await settle(pilot)
        assert sum(map(bool, shares(pilot).values())) == 1, "nothing is new of what was read"


@pytest.mark.parametrize("reads", [False, True])
async def test_only_what_was_read_counts_if_the_user_wants(library: Library, reads: bool) -> None:
    text = "The harbour ferry will run through the winter, the town council of Brenhaven said on Tuesday. "
    more = "Repairs of its engine will cost the town 1.2 million crowns, the treasurer told the meeting. "
    engine = library_with(
        library,
        one=f" date 2021-03-26 Ferry to run all winter\n\n{text}{more}\n",
        two=f" date 2021-03-27 Ferry keeps running all winter\n\n{text}{more}It needs a new pier at Brenhaven.\n",
    )
    if reads:
        engine.marking.set_flag([library.id("one.txt")], "read", True)
    config = Config(reading=ReadingOptions(said_before="read"))
    app = NewsreaderApp(engine, config, index_command=["true"], name="library")
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await until_known(pilot)
        newness = pane_of(pilot).newness
        assert newness is not None
        assert newness.article == library.id("two.txt")
        assert [len(newness.new), len(newness.earlier)] == ([1, 1] if reads else [3, 0])


async def test_a_new_list_stops_the_comparing(samples: Engine, reader: MakeReader) -> None:
    given_up: list[threading.Event] = []

    def endless(reference: str, *, read_only: bool, cancelled: CancelCheck) -> Updated:
        given_up.append(threading.Event())
        while not cancelled():
            time.sleep(0.01)
        given_up[-1].set()
        raise Cancelled("the user went on")

    samples.comparing.novelty = endless  # type: ignore[method-assign]
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: given_up, "the comparing to begin")
        await settle(pilot)
        last = given_up[-1]
        await pilot.press("slash", "i")
        await until(pilot, last.is_set, "the comparing to be given up")
        articles = pilot.app.screen.query_one(ArticleList)
        assert articles.article is not None


@pytest.mark.parametrize("size", [(40, 10), (80, 24), (200, 50)])
async def test_hostile_sentences(library: Library, reader: MakeReader, size: tuple[int, int]) -> None:
    odd = "The [/b] house[@click=app.quit] of 漢字漢字 said yes to e\u0301\u0301 40 crowns on Tuesday, people said. "
    engine = library_with(
        library,
        one=f" date 2021-03-26 Bill [/b] passes the house\n\n{odd * 3}\n",
        two=f" date 2021-03-27 Bill [b] passes the house\n\n{odd}{'word ' * 500}. {odd}\n",
    )
    async with reader(engine).run_test(size=size) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await until_known(pilot)
        await pilot.press("v", "right_curly_bracket", "V")
        await settle(pilot)
        assert isinstance(pilot.app.screen, SaidBeforeScreen)
        assert "[@click=app.quit]" in str(pilot.app.screen.query_one("#said-wording", Static).render())
        await pilot.press("escape")
        await pilot.pause()
        pane = pane_of(pilot)
        assert {strip.cell_length for strip in pane.render_lines(pane.size.region)} == {pane.size.width}
