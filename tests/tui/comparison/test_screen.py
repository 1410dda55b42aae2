"""Comparing two articles of the library."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.tui.comparison.head import ColumnHeads, FactLine, FactList, SummaryLine
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.comparison.view import ComparisonView
from newsreader.tui.dialogs.pick_article import PickArticleScreen
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.trail import ComparisonStop
from tests.builders import Library
from tests.tui.conftest import SAMPLES, MakeReader, library_with, settle, type_text
from tests.tui.waiting import press_slowly

WIRE = SAMPLES / "meridian-wire" / "2026-10-06-brackwater-grain-terminal.txt"
POST = SAMPLES / "northgate-post" / "2026-10-07-brackwater-explosion.txt"


def id_of(engine: Engine, path: Path) -> ArticleId:
    return engine.article(str(path)).article.id


async def open_screen(pilot: Pilot[str], engine: Engine, left: ArticleId, right: ArticleId) -> CompareScreen:
    screen = CompareScreen(pilot.app, engine, pilot.app.changes, ComparisonStop(left, right))
    await pilot.app.push_screen(screen)
    await settle(pilot)
    return screen


def text_of(screen: CompareScreen) -> str:
    view = screen.query_one(ComparisonView)
    return "\n".join(strip.text.rstrip() for strip in view.render_lines(view.size.region))


async def test_head_summary_facts_and_rows(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        summary = screen.query_one(SummaryLine).render().plain
        assert "% shared" in summary
        assert "reworded" in summary
        assert "differences" in summary
        heads = screen.query_one(ColumnHeads).render().plain
        assert "meridian-wire" in heads
        assert "northgate-post" in heads
        assert "6 October 2026" in heads
        assert "≠" in screen.query_one(FactLine).render().plain
        shown = text_of(screen)
        assert "Explosion at Brackwater" in shown
        assert "≈" in shown


async def test_headlines_stay_in_sight(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 30)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        assert "Explosion" not in screen.query_one(ColumnHeads).render().plain
        await pilot.press("pagedown")
        await pilot.pause()
        assert "Explosion" in screen.query_one(ColumnHeads).render().plain


async def test_differences_by_key(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        await pilot.press("n", "n", "n", "N")
        await pilot.pause()
        assert "difference 2 of" in screen.query_one(SummaryLine).render().plain
        view = screen.query_one(ComparisonView)
        await press_slowly(pilot, "D")
        assert view.only_differences
        await press_slowly(pilot, "o")
        assert view.reading_order
        await pilot.press("G")
        await pilot.pause()
        assert view.scroll_offset.y == view.max_scroll_y > 0
        await pilot.press("g")
        await pilot.pause()
        assert view.scroll_offset.y == 0


async def test_swapping_keeps_the_row(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        view = screen.query_one(ComparisonView)
        before = samples.comparing.compare(str(WIRE), str(POST)).comparison
        paired = next(n for n, row in enumerate(before.rows) if row.left and row.right and n > 4)
        view.go_to(paired)
        await pilot.press("x")
        await settle(pilot)
        after = samples.comparing.compare(str(POST), str(WIRE)).comparison
        heads = screen.query_one(ColumnHeads).render().plain
        assert heads.index("northgate") < heads.index("meridian")
        assert view.current is not None
        assert after.rows[view.current].left == before.rows[paired].right


@pytest.mark.parametrize("keys", [(), ("n", "n", "n"), ("j",) * 9, ("n", "n", "F", "j", "j")])
async def test_swapping_moves_nothing(samples: Engine, reader: MakeReader, keys: tuple[str, ...]) -> None:
    async with reader(samples).run_test(size=(120, 24)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        view, facts = screen.query_one(ComparisonView), screen.query_one(FactList)
        await press_slowly(pilot, *keys)
        kept = screen._kept()
        assert kept is not None

        def where_else() -> tuple[object, ...]:
            return screen.focused, facts.cursor, screen.current_article()

        before = kept.standing.is_current, *where_else()
        for _ in range(2):
            await press_slowly(pilot, "x")
            assert (view.standing is not None and view.standing.is_current, *where_else()) == before
            assert screen._compared is not None
            assert view._layout_now is not None
            row = kept.found_in(screen._compared.comparison)
            assert row is not None
            extent = view._layout_now.extent(row.row)
            assert extent is not None
            assert extent[0] - view.scroll_offset.y == kept.standing.line


async def test_the_first_picture_has_the_texts_in_it(
    samples: Engine, reader: MakeReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    app = reader(samples)
    paint = app._display

    def looked_at(screen: Screen[object], picture: object) -> None:
        if isinstance(screen, CompareScreen) and not app._batch_count and picture is not None:
            painted.append("\n".join(strip.text for strip in screen._compositor.render_strips()))
        paint(screen, picture)  # type: ignore[arg-type]

    monkeypatch.setattr(app, "_display", looked_at)
    monkeypatch.setattr(app, "delays", replace(app.delays, frame=60.0))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        await settle(pilot)
        assert screen.is_current
        assert painted
        assert all("Explosion at Brackwater" in picture and "% shared" in picture for picture in painted)


async def test_an_edited_text_is_compared_anew_in_its_place(library: Library, reader: MakeReader) -> None:
    paragraphs = [f"Speaker number {n} told the council of Northgate about item {n * 7}." for n in range(40)]
    text = " date 2021-03-26 The council sat for long\n\n" + "\n\n".join(paragraphs) + "\n"
    engine = library_with(library, one=text, other=text.replace("told", "lectured"))
    one, other = id_of(engine, library.folder / "one.txt"), id_of(engine, library.folder / "other.txt")
    async with reader(engine).run_test(size=(120, 24)) as pilot:
        screen = await open_screen(pilot, engine, one, other)
        view = screen.query_one(ComparisonView)
        view.go_to(20)
        await settle(pilot)
        before, compared = text_of(screen), screen._compared
        engine.marking.set_flag([one], "starred", True)
        screen.post_message(LibraryChanged(*engine.state()))
        await settle(pilot)
        assert screen._compared is compared, "a mark is no change of the text"
        library.write("one.txt", text.replace("number 3 told", "number 3 whispered to"), age=0)
        engine.index()
        screen.post_message(LibraryChanged(*engine.state()))
        await settle(pilot)
        await settle(pilot)
        assert screen._compared is not None
        assert "whispered" in " ".join(screen._compared.left.paragraphs)
        assert view.current is not None
        row = screen._compared.comparison.rows[view.current]
        assert screen._compared.comparison.left_sentences[row.left[0]].text == paragraphs[19]
        assert paragraphs[19][:30] in before
        assert paragraphs[19][:30] in text_of(screen)


async def test_facts_by_key_and_as_a_table(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        view, facts = screen.query_one(ComparisonView), screen.query_one(FactList)
        await press_slowly(pilot, "f")
        assert view.current is not None
        await pilot.press("plus")
        await pilot.pause()
        assert facts.display
        assert facts.has_focus
        await pilot.press("j", "j")
        await pilot.pause()
        assert facts.row is not None
        assert view.current == facts.row.row
        await pilot.press("escape")
        await pilot.pause()
        assert not facts.display
        assert view.has_focus
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is not screen


async def test_choosing_another_article(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, POST))
        await pilot.press("d")
        await settle(pilot)
        picker = pilot.app.screen
        assert isinstance(picker, PickArticleScreen)
        assert picker.query_one(OptionList).option_count == 4, "the story's other articles"
        await type_text(pilot, "ferry")
        await settle(pilot)
        assert picker.query_one(Input).value == "ferry"
        assert picker.query_one(OptionList).option_count > 1
        await pilot.press("down", "enter")
        await settle(pilot)
        assert pilot.app.screen is screen
        assert "northgate-post  Wed 7 October" not in screen.query_one(ColumnHeads).render().plain


async def test_a_query_that_cannot_be_understood(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        await pilot.app.push_screen(PickArticleScreen(samples, samples.article(str(WIRE)).article))
        await settle(pilot)
        await type_text(pilot, "date:nonsense")
        await settle(pilot)
        assert "nonsense" in str(pilot.app.screen.query_one("#pick-state", Static).render())
        await pilot.press("escape")


async def test_an_article_that_is_gone(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), ArticleId("0123456789abcdef"))
        state = screen.query_one("#compare-state", Static)
        assert state.display
        assert "no article" in str(state.render()).lower()
        await pilot.press("n", "D", "o", "x", "f", "plus", "d", "j", "G", "g")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is not screen


@pytest.mark.parametrize("size", [(20, 5), (80, 24), (200, 50)])
async def test_markup_is_text(library: Library, reader: MakeReader, size: tuple[int, int]) -> None:
    texts = {
        "one": " date 2021-03-26 Bill [/b] passes\n\nThe [@click=app.quit]house[/] said [bold]yes to 40 crowns.\n",
        "two": " date 2021-03-26 Bill [b] passes\n\nThe [@click=app.quit]senate[/] said [bold]yes to 46 crowns.\n",
    }
    engine = library_with(library, **texts)
    async with reader(engine).run_test(size=size) as pilot:
        screen = await open_screen(pilot, engine, library.id("one.txt"), library.id("two.txt"))
        await pilot.press("n", "f", "plus", "j", "plus", "d")
        await settle(pilot)
        await pilot.press("escape")
        if size[1] > 20:
            assert "[@click=app.quit]" in text_of(screen)


async def test_an_article_with_itself(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_screen(pilot, samples, id_of(samples, WIRE), id_of(samples, WIRE))
        assert "no differences" in screen.query_one(SummaryLine).render().plain
        await pilot.press("n", "D")
        await pilot.pause()
        assert "both say" in text_of(screen)
