"""Who says what: statements and facts against outlets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.article import ArticleId
from newsreader.engine.core import Engine
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.comparison.screen import CompareScreen
from newsreader.tui.main.screen import MainScreen
from newsreader.tui.matrix.content import fact_rows
from newsreader.tui.matrix.grid import GridPlan, MatrixGrid, MatrixHead, head_names, letter
from newsreader.tui.matrix.screen import MatrixScreen
from newsreader.tui.messages import LibraryChanged
from newsreader.tui.story.screen import StoryScreen
from newsreader.tui.trail import MatrixStop
from tests.builders import Library
from tests.compare.test_story_matrix import LEDE, LOSS, LOSS_RAISED, build
from tests.tui.conftest import SAMPLES, MakeReader, settle, type_text
from tests.tui.waiting import press_slowly

POST = SAMPLES / "northgate-post" / "2026-10-07-brackwater-explosion.txt"
VACCINE = SAMPLES / "northgate-post" / "2026-09-29-dengue-trial.txt"
OUTLETS = ["meridian-wire", "harbour-courier", "tarn-valley-gazette", "northgate-post", "lowland-ledger"]


async def open_matrix(pilot: Pilot[str], engine: Engine, reference: str = str(POST)) -> MatrixScreen:
    story = engine.stories.story_of(reference)
    await settle(pilot)
    assert isinstance(pilot.app, NewsreaderApp)
    pilot.app.open(MatrixStop(story.title, tuple(member.article.id for member in story.members)))
    await settle(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, MatrixScreen)
    return screen


def grid_of(screen: MatrixScreen) -> MatrixGrid:
    return screen.query_one(MatrixGrid)


def lines_of(screen: MatrixScreen) -> list[str]:
    grid = grid_of(screen)
    return [strip.text.rstrip() for strip in grid.render_lines(grid.size.region)]


def below(screen: MatrixScreen) -> str:
    return str(screen.query_one("#wordings Static", Static).render())


def head(screen: MatrixScreen) -> str:
    return str(screen.query_one(MatrixHead).render())


async def test_statements_by_outlets(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        grid = grid_of(screen)
        assert list(grid.names) == OUTLETS
        assert "meridian" in head(screen)
        assert "5 articles · 5 outlets" in str(screen.query_one("#matrix-summary", Static).render())
        assert {len(row.cells) for row in grid.rows} == {5}
        assert all(line.count("■") + line.count("≠") + line.count("·") == 5 for line in lines_of(screen)[1:8])
        assert all(grid.rows[n].cells.count("·") == 4 for n, row in enumerate(grid.rows) if row.sign == "◇")
        assert all("·" not in row.cells for row in grid.rows if row.sign == "◆")


async def test_the_wordings_of_the_row(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        grid = grid_of(screen)
        await press_slowly(pilot, "n")
        assert "≠" in grid.rows[grid.cursor].cells
        shown = below(screen)
        assert "Five of the injured were in a serious condition" in shown
        assert "Six of the injured remain" in shown
        assert "Five of the injured ≠" in shown
        assert "lowland-ledger" in shown.splitlines()[-1]
        assert shown.count("serious condition at Osmere") == 1, "what two word alike stands once"


async def test_jumping(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(100, 30)) as pilot:
        screen = await open_matrix(pilot, samples, str(VACCINE))
        grid = grid_of(screen)
        value = screen._value
        assert value is not None
        alone = value.in_one_only()
        assert sorted(alone) == [n for n, row in enumerate(grid.rows) if row.sign == "◇"]
        shared = [n for n, row in enumerate(grid.rows) if row.sign == "◆"]
        await press_slowly(pilot, "i", "i")
        assert grid.cursor == alone[1]
        assert f"2 of {len(alone)}, least like the others first" in below(screen)
        await press_slowly(pilot, "I", "I")
        assert grid.cursor == alone[0], "that it was the first is said"
        await press_slowly(pilot, "I")
        assert grid.cursor == alone[-1], "from the first to the last"
        await press_slowly(pilot, "a", "a")
        assert grid.cursor == shared[0]
        await press_slowly(pilot, "g", "A", "A")
        assert grid.cursor == shared[-1]


async def test_facts_and_back(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        grid = grid_of(screen)
        await press_slowly(pilot, "j", "j", "f")
        assert "facts 1/" in head(screen)
        signs = [row.sign for row in grid.rows]
        contested = signs.count("≠")
        assert contested
        assert signs == ["≠"] * contested + [""] * (len(signs) - contested)
        assert {"a", "b"} <= set(grid.rows[contested - 1].cells)
        assert set(grid.rows[contested].cells) <= {"■", "·"}
        await press_slowly(pilot, *["j"] * (contested - 1))
        assert "they contradict each other" in below(screen)
        assert "Six of the injured remain" in below(screen)
        await press_slowly(pilot, "j", "f")
        assert "statements 3/" in head(screen)
        await press_slowly(pilot, "f")
        assert f"facts {contested + 1}/" in head(screen)


async def test_opening_the_article_of_an_outlet(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        await press_slowly(pilot, "right", "right", "right", "right", "right", "left")
        assert grid_of(screen).column == 3
        assert "northgate-post" in head(screen)
        await pilot.press("enter")
        await settle(pilot)
        main = pilot.app.screen
        assert isinstance(main, MainScreen)
        assert main.reader.wanted == samples.article(str(POST)).article.id
        await press_slowly(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, MainScreen)


async def test_comparing_two_that_say_it(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        await pilot.press("right", "right", "right", "d")
        await settle(pilot)
        compare = pilot.app.screen
        assert isinstance(compare, CompareScreen)
        ids = [member.article.id for member in samples.stories.story_of(str(POST)).members]
        assert compare._pair == (ids[0], ids[3])
        assert screen.is_attached


async def test_a_click_goes_to_row_and_outlet(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        screen = await open_matrix(pilot, samples)
        grid = grid_of(screen)
        plan = grid.plan
        await pilot.click(MatrixGrid, offset=(4 + plan.text + 2 * plan.cell, 5))
        assert (grid.cursor, grid.column) == (5, 2)


async def test_narrow_windows_use_letters(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(60, 20)) as pilot:
        screen = await open_matrix(pilot, samples)
        assert not grid_of(screen).plan.named
        assert "A  B  C  D  E" in head(screen)
        assert "A meridian-wire" in below(screen)
        assert all(len(line) <= 60 for line in lines_of(screen))
        await pilot.resize_terminal(200, 50)
        await settle(pilot)
        assert grid_of(screen).plan.named


async def test_from_the_main_screen_and_the_story(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await type_text(pilot, "brackwater terminal")
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("M")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MatrixScreen)
        await pilot.press("q")
        await pilot.pause()
        await pilot.press("S")
        await settle(pilot)
        assert isinstance(pilot.app.screen, StoryScreen)
        await pilot.press("M")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MatrixScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, MainScreen)


async def test_an_article_that_is_gone(samples: Engine, reader: MakeReader) -> None:
    async with reader(samples).run_test(size=(80, 24)) as pilot:
        screen = MatrixScreen(
            pilot.app, samples, pilot.app.changes, MatrixStop("Gone", (ArticleId("0123456789abcdef"),))
        )
        pilot.app.push_screen(screen)
        await settle(pilot)
        assert "no article" in str(screen.query_one("#matrix-state", Static).render()).lower()
        await pilot.press("j", "d", "n", "i", "a", "f", "right", "right_parenthesis", "enter", "G")
        await pilot.press("q")
        await pilot.pause()
        assert pilot.app.screen is not screen


async def test_the_first_edit_while_it_is_open_shows(library: Library, reader: MakeReader) -> None:
    value = build(library, wire__a=f"{LEDE} {LOSS}", post__b=f"{LEDE} {LOSS}")
    app = reader(library.engine)
    async with app.run_test(size=(120, 40)) as pilot:
        stop = MatrixStop("Blast", tuple(article.id for article in value.articles))
        screen = MatrixScreen(app, library.engine, app.changes, stop)
        app.push_screen(screen)
        await settle(pilot)
        assert LOSS_RAISED not in below(screen)
        library.write("post/b.txt", f" date 2026-10-02 Blast at Brackwater\n\n{LEDE} {LOSS_RAISED}\n")
        library.index()
        screen.post_message(LibraryChanged(*library.engine.state()))
        await settle(pilot)
        await press_slowly(pilot, "n")
        assert LOSS_RAISED in below(screen)


async def test_hostile_texts(library: Library, reader: MakeReader) -> None:
    lede = "An explosion tore through the grain terminal at Brackwater early on Tuesday."
    texts = ["word " * 30_000, "x" * 50_000, "[b]bold[/b] [@click=app.quit]quit[/] " * 40, "宽" * 3_000]
    for number, text in enumerate(texts):
        library.write(f"[b]outlet {number}/a.txt", f" date 2026-10-0{number + 1} Blast\n\n{lede} {text}\n")
    library.index()
    paths = [library.path(f"[b]outlet {number}/a.txt") for number in range(4)]
    library.engine.stories.merge(paths)
    async with reader(library.engine).run_test(size=(80, 24)) as pilot:
        screen = await open_matrix(pilot, library.engine, paths[0])
        assert grid_of(screen).rows[0].cells == ("■",) * 4
        for _ in range(grid_of(screen).total):
            assert below(screen)
            await press_slowly(pilot, "j")
        assert all(
            strip.cell_length == grid_of(screen).size.width
            for strip in grid_of(screen).render_lines(grid_of(screen).size.region)
        )


def test_an_outlet_that_changes_its_figure(library: Library) -> None:
    """Its cell says that it has given several."""
    value = build(library, wire__a=f"{LEDE} {LOSS}", post__b=f"{LEDE} {LOSS}", wire__c=f"{LEDE} {LOSS_RAISED}")
    [loss] = [row for row in fact_rows(value) if row.sign == "≠"]
    assert loss.cells == ("&", "a")


@given(st.integers(20, 250), st.lists(st.integers(1, 40), min_size=1, max_size=60), st.data())
def test_plans_fit(width: int, lengths: list[int], data: st.DataObject) -> None:
    column = data.draw(st.integers(0, len(lengths) - 1))
    plan = GridPlan.fit(width, ["n" * length for length in lengths], column)
    assert column in plan.shown
    assert plan.shown.stop <= len(lengths)
    assert plan.text + 1 + plan.cell * plan.count <= width + 1
    assert plan.text >= 4


def test_names_of_columns() -> None:
    assert head_names("wire", 6) == ("", "wire")
    assert head_names("northgate-post", 9) == ("northgate", "post")
    assert head_names("tarn-valley-gazette", 6) == ("tarn", "valle…")
    assert head_names("a" * 20, 6) == ("aaaaaa", "aaaaa…")
    assert [letter(n) for n in (0, 25, 26, 99)] == ["A", "Z", "a", "*"]
