"""What floods a line: marks, joiners, wide letters and endless words leave every row where it is."""

from __future__ import annotations

import unicodedata

import pytest

from newsreader.cli.show import READING_WIDTH
from newsreader.config import Config, Interface
from newsreader.text.cells import cells
from newsreader.text.clean import COMBINING_RUN_LIMIT, JOINED_LIMIT
from newsreader.tui.app import NewsreaderApp
from newsreader.tui.lists.article_list import ArticleList
from newsreader.tui.reading.pane import ReadingPane
from tests.builders import Library
from tests.text.test_clean import FLOODS
from tests.tui.conftest import settle

WIDE = {
    "wide letters": "漢字仮名" * 200,
    "one word": "x" * 50_000,
    "ambiguous": "§¡°±¶…–—“”αβγ─│┼" * 40,
    "fillers": "a" + "\u3164\uffa0\u115f\u1160\u2800" * 100,
    "odd blanks": "a" + "\u3000\u2003\u00a0\u205f\u1680" * 100 + "b",
    "families": "\u200d".join("👩" * 200),
    "flags": "🇩🇪" * 200 + "🇩",
    "tabs": "a\tb\t" * 50,
    "a pile on every letter": "".join(c + "\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309" for c in "pile" * 9),
}


@pytest.fixture
def flooded(library: Library) -> Library:
    texts = {**{name: base + mark * 400 for name, (base, mark) in FLOODS.items()}, **WIDE}
    for number, (name, text) in enumerate(texts.items()):
        head = f" date 2021-03-{number % 28 + 1:02} Ferry {number} {text} sails"
        library.write(f"{name}/{number}.txt", f"{head}\n\nThe ferry {text} sails again.\n\nParagraph {text} ends.")
    library.write("returns.txt", " date 2021-03-26 Ferry returns\r\rThe ferry sails.\r\rAgain on Saturday.\r")
    library.write("marks " + "\u0e49" * 60 + ".txt", " date 2021-03-26 Ferry named\n\nThe ferry sails on Friday.")
    library.index()
    return library


def most_marks(text: str) -> int:
    """In a row, of those that take no room."""
    most = run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf") else 0
        most = max(most, run)
    return most


@pytest.mark.parametrize("columns", [60, 100])
def test_fault_37_lines_of_commands(flooded: Library, columns: int) -> None:
    ids = list(flooded.ids().values())
    environment = {"COLUMNS": str(columns), "LANG": "C.UTF-8"}
    for arguments in (
        ["search", "ferry", "--limit", "50"], ["stories"], ["show", ids[0]], ["show", ids[3]],
        ["diff", ids[0], ids[1]], ["new", ids[2]], ["folders"], ["stories", "--coverage"], ["index", "--full", "-v"],
    ):  # fmt: skip
        ran = flooded.run(*arguments, env=environment)
        assert ran.code == 0, ran
        assert most_marks(ran.text + ran.err) <= COMBINING_RUN_LIMIT, arguments
    other = flooded.path("accents/0.txt")
    for arguments, most in ((["show"], min(columns, READING_WIDTH)), (["diff", other], columns)):
        lines = flooded.run(*arguments, flooded.path("wide letters/16.txt"), env=environment).text.splitlines()
        filled = [line for line in lines if "漢" in line and not line.startswith("+++")]
        assert len(filled) > 10
        assert max(map(cells, filled)) in (most, most - 1)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_fault_37_rows_of_the_list_and_lines_of_the_text(flooded: Library, size: tuple[int, int]) -> None:
    app = NewsreaderApp(flooded.engine, Config(interface=Interface()), index_command=["true"], name="library")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        listed, pane = app.screen.query_one(ArticleList), app.screen.query_one(ReadingPane)
        assert listed.total > 20
        for _ in range(listed.total):
            for widget in (listed, pane) if pane.size.width else (listed,):
                strips = widget.render_lines(widget.size.region)
                assert {strip.cell_length for strip in strips} == {widget.size.width}
                assert max(most_marks(strip.text) for strip in strips) <= COMBINING_RUN_LIMIT
                # a terminal that joins no pictures needs more cells, but not any number of them
                assert max(cells(strip.text) for strip in strips) <= JOINED_LIMIT * widget.size.width
            listed.move(1)
            await settle(pilot)
        assert listed.virtual_size.height == listed.total * listed.row_height
