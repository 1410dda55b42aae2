"""The two texts side by side: order, signs, places, selection."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Offset
from textual.selection import Selection

from newsreader.compare.comparison import compare
from newsreader.compare.model import ComparedText, Comparison
from newsreader.text.wrap import wrap
from newsreader.tui.comparison.layout import Layout
from newsreader.tui.comparison.plan import STUB, aligned, reading
from newsreader.tui.comparison.sheet import Sheet
from newsreader.tui.comparison.view import FAR_RIGHT
from tests.tui.comparison.comparisons import ViewApp, as_text, comparison, long_comparison
from tests.tui.waiting import settle

WIDE, NARROW = (120, 40), (80, 24)


# wrapping


@given(st.text(alphabet="ab 漢é\u0301-", max_size=80), st.integers(2, 20))
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(text[start:stop].rstrip(" ")) <= width for start, stop in lines)
    kept = {at for start, stop in lines for at in range(start, stop)}
    assert all(text[at] == " " for at in range(len(text)) if at not in kept)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(lines))


def test_words_are_whole_where_they_fit() -> None:
    text = "The quick brown fox"
    assert [text[start:stop] for start, stop in wrap(text, 10)] == ["The quick", "brown fox"]


# order and place


def laid_out(found: Comparison, columns: int = 2, only: bool = False, own_order: bool = False) -> Layout:
    plan = reading if own_order else aligned
    layout = Layout(plan(as_text(found), columns, only), columns, 20, level=not own_order)
    layout.grow()
    return layout


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("own_order", [False, True])
def test_every_sentence_is_shown_once(columns: int, own_order: bool) -> None:
    found = comparison()
    layout = laid_out(found, columns, own_order=own_order)
    shown = " ".join(placed.cell.text.text for column in layout.columns for placed in column)
    for sentence in (*found.left_sentences, *found.right_sentences):
        assert sentence.text in shown


def test_the_sides_of_a_row_begin_on_the_same_line() -> None:
    layout = laid_out(comparison())
    tops = [
        {placed.cell.rows: placed.top for placed in column if placed.cell.side != STUB} for column in layout.columns
    ]
    assert all(tops[0][rows] == tops[1][rows] for rows in tops[0].keys() & tops[1].keys())


def test_each_text_in_its_own_order() -> None:
    layout = laid_out(comparison(), own_order=True)
    right = [placed.cell.text.text for placed in layout.columns[1]]
    assert right[-2:] == ["moved from ¶3  It moved.", "New at last."]


def moved_block() -> Comparison:
    """Two sentences and a sentence of the left text's own go from the beginning to the end."""
    block = ("Rain fell on the northern hills all week.", "Rivers rose by half a metre in two days.")
    rest = ("The market opened as usual.", "Traders sold apples, pears and cheese.", "Schools stayed open on Friday.")
    own = "Nobody was hurt."
    return compare(ComparedText(None, (block[0], own, block[1], *rest)), ComparedText(None, (*rest, *block)))


@pytest.mark.parametrize("columns", [1, 2])
def test_a_moved_passage_is_one_block_and_has_a_mark_where_it_stood(columns: int) -> None:
    found = moved_block()
    assert [block.rows for block in found.blocks] == [(0, 2)]
    layout = laid_out(found, columns)
    cells = [placed.cell for placed in layout.columns[-1]]
    stubs = [cell for cell in cells if cell.side == STUB]
    assert [cell.text.text for cell in stubs] == ["2 sentences of ¶4, shown beside ¶1"]
    assert cells.index(stubs[0]) > next(n for n, cell in enumerate(cells) if "Schools stayed" in cell.text.text)
    block = [placed.cell for column in layout.columns for placed in column if placed.cell.rows in ((0,), (2,))]
    assert {cell.marks[0] for cell in block} == {"↕", "⤷", "│", "⤶"} - ({"↕"} if columns == 1 else set())
    assert sum("moved from ¶4" in cell.text.text for cell in block) == 1


async def test_differences_where_a_mark_stands_first() -> None:
    found = moved_block()
    mirrored = compare(
        ComparedText(None, tuple(sentence.text for sentence in found.right_sentences)),
        ComparedText(None, tuple(sentence.text for sentence in found.left_sentences)),
    )
    app = ViewApp(mirrored)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "⤶ 2 sentences of ¶1, shown beside ¶4" in app.lines()[0]
        assert app.view.to_difference(1)
        assert app.view.current is not None


async def test_from_a_moved_passage_to_where_it_stood_and_back() -> None:
    filling = tuple(f"Filling number {n} of the text is said by both sides." for n in range(120))
    moved = ("Rain fell on the northern hills all week.", "Rivers rose by half a metre in two days.")
    found = compare(ComparedText(None, (*moved, *filling)), ComparedText(None, (*filling, *moved)))
    app = ViewApp(found)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert app.view.to_other_place()
        await settle(pilot)
        assert any("⤶ 2 sentences of ¶121, shown beside ¶1" in line for line in app.lines())
        assert app.view.scroll_offset.y > 50
        assert app.view.to_other_place()
        await settle(pilot)
        assert any("↕ Rain fell" in line for line in app.lines())
        app.view.reading_order = True
        await settle(pilot)
        assert app.view.to_other_place()
        await settle(pilot)
        assert any("moved from ¶121  Rain fell" in line for line in app.lines())
        app.view.reading_order = False
        await settle(pilot)
        app.view.go_to(60)
        await settle(pilot)
        assert not app.view.to_other_place()


def test_what_both_say_folds() -> None:
    layout = laid_out(comparison(), only=True)
    assert [band.text.text for band in layout.bands.values()] == [
        "· 1 sentence both say ·",
        "· 2 sentences both say ·",
    ]
    assert layout.extent(6) == layout.extent(7)


def test_a_layout_bit_by_bit_is_the_same() -> None:
    found = long_comparison(200)
    whole = laid_out(found)
    layout = Layout(aligned(as_text(found), 2, False), 2, 20, level=True)
    while not layout.complete:
        height = layout.height
        layout.grow(lambda height=height: layout.height > height)  # type: ignore[misc]
    assert [p.top for p in layout.columns[0]] == [p.top for p in whole.columns[0]]


def test_two_columns_from_a_hundred_cells() -> None:
    assert Sheet.fit(98, 80).columns == 1
    assert Sheet.fit(99, 80).columns == 2
    for width in range(4, 300):
        assert Sheet.fit(width, 80).width + Sheet.fit(width, 80).margin <= max(width, 7)


# on the screen


async def test_signs_and_level_rows() -> None:
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        lines = app.lines()
        assert any("− Left title" in line and "+ Right title" in line for line in lines)
        assert any("≈ It cost 40 crowns." in line and "≈ It cost 46 crowns." in line for line in lines)
        assert any("↕ It moved." in line and "⤷ moved from ¶3  It moved." in line for line in lines)
        assert any(line.strip().endswith("+ New at last.") for line in lines)


async def test_one_column_marks_the_sides() -> None:
    app = ViewApp(comparison())
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        lines = [line.strip() for line in app.lines()]
        at = lines.index("≈◂ It cost 40 crowns.")
        assert lines[at + 1] == "≈▸ It cost 46 crowns."
        assert lines.count("Both say this.") == 1


async def test_without_colour_changes_stand_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert any("It cost ‹40› crowns." in line for line in app.lines())


async def test_to_the_next_and_previous_difference() -> None:
    app = ViewApp(long_comparison(500))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        view = app.view
        for row in (0, 10, 20, 30):
            assert view.to_difference(1)
            await settle(pilot)
            assert view.current == row
            assert any(f"Sentence {row} " in line for line in app.lines())
        assert view.to_difference(-1)
        assert view.current == 20
        view.move_to_end()
        await settle(pilot)
        assert view.to_difference(-1), "from where the reader is, not from the last one"
        assert view.current == 480 or view.current == 490
        view.go_to(490)
        assert not view.to_difference(1)


async def test_the_place_survives_resizing_folding_and_ordering() -> None:
    app = ViewApp(long_comparison(500))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.view.go_to(300)
        await settle(pilot)
        for change in ("resize", "order", "fold", "unfold"):
            if change == "resize":
                await pilot.resize_terminal(*NARROW)
            elif change == "order":
                app.view.reading_order = True
            else:
                app.view.only_differences = change == "fold"
            await settle(pilot)
            assert any("Sentence 300 " in line for line in app.lines()), change


async def test_a_selection_stays_in_the_column_it_began_in() -> None:
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        lines = app.lines()
        first = next(n for n, line in enumerate(lines) if "Both say this." in line)
        last = next(n for n, line in enumerate(lines) if "It cost 40 crowns." in line)
        assert await pilot.mouse_down(offset=(3 + 5, first))
        await pilot.hover(offset=(100, last))
        await pilot.mouse_up(offset=(100, last))
        await settle(pilot)
        assert app.screen.get_selected_text() == "say this.\n\nIt cost 40 crowns."


async def test_marks_are_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        view = app.view
        view._selected_column = 1
        whole = Selection(Offset(0, 0), Offset(2 * FAR_RIGHT, 100))
        app.screen.selections = {view: whole}
        copied = view.get_selection(whole)
        assert copied is not None
        assert (
            copied[0]
            == "Right title\n\nBoth say this.\n\nIt cost 46 crowns.\n\nIt moved. Equal one. Equal two. New at last."
        )


async def test_a_click_makes_a_row_the_current_one_and_opens_a_fold() -> None:
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        where = next(n for n, line in enumerate(app.lines()) if "It cost 40" in line)
        await pilot.click(offset=(10, where))
        assert app.view.current == 3
        app.view.only_differences = True
        await settle(pilot)
        where = next(n for n, line in enumerate(app.lines()) if "2 sentences both say" in line)
        await pilot.click(offset=(60, where))
        await settle(pilot)
        assert not app.view.only_differences
        assert any("Equal two." in line for line in app.lines())


HOSTILE = {
    "markup": ("[/b] [@click=app.quit]x[/] [bold", "[red]y[/] [link=file:///]"),
    "one long word": ("a" * 200_000, "word " * 20_000),
    "wide and combining": ("漢字" * 3_000, "e\u0301\u0301\u0301" * 3_000 + "👩‍👩‍👧 " * 500),
    "empty": ("", ""),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts(name: str) -> None:
    left, right = (ComparedText("[/b] title", (text,) if text else ()) for text in HOSTILE[name])
    app = ViewApp(compare(left, right, budget=1.0))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for size in (NARROW, (20, 5), (200, 50)):
            await pilot.resize_terminal(*size)
            app.view.to_difference(1)
            await settle(pilot)
            assert all(strip.cell_length <= size[0] for strip in app.view.render_lines(app.view.size.region))


async def test_twenty_thousand_rows_do_not_freeze() -> None:
    found = long_comparison(20_000)
    app = ViewApp(comparison())
    async with app.run_test(size=WIDE) as pilot:
        app.view.show(found, ("a", "b"))
        await settle(pilot)
        app.view.go_to(19_990)
        await settle(pilot)
        assert any("Sentence 19990 " in line for line in app.lines())
