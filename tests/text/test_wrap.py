from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.text.cells import cells
from newsreader.text.clean import one_line
from newsreader.text.wrap import wrap, wrapped

letters = st.text(st.sampled_from("ab é中文字かナ한กิ้हिa\u0301-.,"), max_size=80)


@given(letters, st.integers(10, 40), st.booleans())
def test_lines_fit_and_lose_nothing(text: str, columns: int, break_words: bool) -> None:
    text = one_line(text)
    lines = wrapped(text, columns, "− ", "   ", break_words=break_words)
    assert "".join(lines).replace(" ", "").removeprefix("−") == text.replace(" ", "")
    for number, line in enumerate(lines):
        assert line.startswith("   " if number else "− ")
        longest = max((cells(word) for word in line.split()), default=0)
        assert cells(line) <= (columns if break_words else max(columns, 3 + longest))


@given(letters, st.integers(0, 40), st.integers(0, 40))
def test_lines_are_places_of_the_text_in_order(text: str, first: int, width: int) -> None:
    lines = wrap(text, width, first=first)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    for (_, stop), (start, _) in pairwise(lines):
        assert stop <= start
        assert text[stop:start].strip(" ") == ""
    for number, (start, stop) in enumerate(lines):
        assert cells(text[start:stop].rstrip()) <= max(2, width if number else first)


@pytest.mark.parametrize("marks", ["\u0301", "\u0e34"])
def test_as_many_marks_as_wide_letters_hide_none_of_their_cells(marks: str) -> None:
    assert wrapped("漢字仮名" + f"e{marks}" * 4 + " 漢字", 4) == [
        "漢字",
        "仮名",
        f"e{marks}" * 4,
        "漢字",
    ]


def test_wide_letters_break_anywhere_and_addresses_nowhere() -> None:
    assert wrapped("中文字体世界", 8) == ["中文字体", "世界"]
    assert wrapped("中文 https://example.test/long", 8, break_words=False) == ["中文", "https://example.test/long"]
    assert wrapped("https://example.test/long and more", 8, break_words=False) == [
        "https://example.test/long",
        "and more",
    ]
    assert wrapped("中文 abcdefghijkl", 8) == ["中文", "abcdefgh", "ijkl"]
    assert wrapped("ab abcdefghijkl", 8) == ["ab", "abcdefgh", "ijkl"]


def test_no_mark_is_parted_from_its_letter() -> None:
    assert wrapped("中\u0301" * 5, 4) == ["中\u0301中\u0301", "中\u0301中\u0301", "中\u0301"]


def test_blanks_at_the_ends_of_lines_are_left_out() -> None:
    assert wrapped("one  two", 4) == ["one", "two"]
    assert wrapped("one  two", 5) == ["one", "two"]
    assert wrapped("中文  ab", 5) == ["中文", "ab"]
    assert wrapped("  ", 5) == []
    assert wrap("", 5) == ((0, 0),)
