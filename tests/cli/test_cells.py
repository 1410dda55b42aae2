from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from newsreader.cli.cells import cells, padded, wrapped
from newsreader.text.clean import one_line

letters = st.text(st.sampled_from("ab é中文字かナ한กิ้हिa\u0301-.,"), max_size=80)


@pytest.mark.parametrize("text", ["plain", "café", "cafe\u0301", "中文", "한국", "ภาษาไทย", "می‌خواهم", "naïve – “so”"])
def test_cells_are_those_that_the_reader_counts(text: str) -> None:
    assert cells(text) in (cell_len(text), sum(map(get_character_cell_size, text)))


def test_spacing_marks_count_as_in_terminals_that_know_no_better() -> None:
    assert cells("हिन्दी") == 5
    assert cell_len("हिन्दी") == 3


def test_padded_fills_up_what_is_short() -> None:
    assert padded("中文", 6) == "中文  "
    assert padded("longer", 3) == "longer"


@given(letters, st.integers(10, 40), st.booleans())
def test_lines_fit_and_lose_nothing(text: str, columns: int, break_words: bool) -> None:
    text = one_line(text)
    lines = wrapped(text, columns, "− ", "   ", break_words=break_words)
    assert "".join(lines).replace(" ", "").removeprefix("−") == text.replace(" ", "")
    for number, line in enumerate(lines):
        assert line.startswith("   " if number else "− ")
        longest = max((cells(word) for word in line.split()), default=0)
        assert cells(line) <= (columns if break_words else max(columns, 3 + longest))


def test_wide_letters_break_anywhere_and_addresses_nowhere() -> None:
    assert wrapped("中文字体世界", 8) == ["中文字体", "世界"]
    assert wrapped("中文 https://example.test/long", 8, break_words=False) == ["中文", "https://example.test/long"]
    assert wrapped("中文 abcdefghijkl", 8) == ["中文", "abcdefgh", "ijkl"]


def test_no_mark_is_parted_from_its_letter() -> None:
    assert wrapped("中\u0301" * 5, 4) == ["中\u0301中\u0301", "中\u0301中\u0301", "中\u0301"]
