from __future__ import annotations

import sys

import pytest
from rich.cells import cell_len, get_character_cell_size

from newsreader.text.cells import cell_size, cells, padded
from newsreader.text.clean import one_line


@pytest.mark.parametrize("text", ["plain", "café", "cafe\u0301", "中文", "한국", "ภาษาไทย", "می‌خواهم", "naïve – “so”"])
def test_cells_are_those_that_the_reader_counts(text: str) -> None:
    assert cells(text) in (cell_len(text), sum(map(get_character_cell_size, text)))


def test_no_character_is_wider_on_the_screen_than_here() -> None:
    every = (chr(code) for code in range(0x20, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    kept = [character for character in every if one_line(f"a{character}b") == f"a{character}b"]
    assert len(kept) > 100_000
    assert [hex(ord(c)) for c in kept if cell_size(c) < get_character_cell_size(c)] == []


def test_spacing_marks_count_as_in_terminals_that_know_no_better() -> None:
    assert cells("हिन्दी") == 5
    assert cell_len("हिन्दी") == 3


def test_padded_fills_up_what_is_short() -> None:
    assert padded("中文", 6) == "中文  "
    assert padded("longer", 3) == "longer"
