from __future__ import annotations

import pytest

from newsreader.text.plural import counted


@pytest.mark.parametrize(
    ("number", "words", "expected"),
    [
        (0, ("article",), "0 articles"),
        (1, ("article",), "1 article"),
        (1_204, ("article",), "1,204 articles"),
        (1, ("story", "stories"), "1 story"),
        (2, ("story", "stories"), "2 stories"),
    ],
)
def test_counted(number: int, words: tuple[str, ...], expected: str) -> None:
    assert counted(number, *words) == expected
