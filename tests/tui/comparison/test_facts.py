from __future__ import annotations

import pytest

from newsreader.compare.model import Fact
from newsreader.tui.comparison.content import fact_columns, fact_content, ordered_facts
from newsreader.tui.content import ACCENT, MUTED

SURE = Fact("number", "five boats", "two boats", 0, True, sure=True)
ALSO = Fact("money", "$5 million", "$7 million", 1, True)
SHORTER = Fact("quote", "we sail", "we sail tomorrow", 2, True, minor=True, quoted="shorter")
OTHERWISE = Fact("quote", "we will sail", "we may sail", 3, True, quoted="differently")
ALONE = Fact("name", None, "Ilse Tamm", 4, True)
AGREED = Fact("percent", "8 percent", "8%", 5, False)


@pytest.mark.parametrize(
    ("fact", "shown", "style"),
    [
        (SURE, "five boats ≠ two boats", ACCENT),
        (ALSO, "$5 million also $7 million", MUTED),
        (SHORTER, "“we sail” quoted shorter “we sail tomorrow”", MUTED),
        (OTHERWISE, "“we will sail” quoted differently “we may sail”", MUTED),
        (ALONE, "+ Ilse Tamm", ACCENT),
        (AGREED, "8 percent = 8%", MUTED),
    ],
)
def test_only_what_is_sure_is_said_to_contradict(fact: Fact, shown: str, style: str) -> None:
    content = fact_content(fact)
    assert content.plain == shown
    assert style in {str(span.style) for span in content.spans}
    assert fact_columns(fact, 80).cell_length <= 80


def test_what_is_worth_reading_comes_first_and_what_is_minor_last() -> None:
    assert ordered_facts([AGREED, SHORTER, ALONE, OTHERWISE, ALSO, SURE]) == [
        SURE,
        OTHERWISE,
        ALSO,
        ALONE,
        AGREED,
        SHORTER,
    ]
