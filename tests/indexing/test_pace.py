"""The words for how a run gets on."""

from __future__ import annotations

from newsreader.indexing.pace import Pace, left


def test_a_step_is_told_with_its_rate_and_what_is_left() -> None:
    clock = iter([0.0, 0.0, 1.0, 1.0, 2.0, 4.0, 4.0, 8.0])
    pace = Pace(lambda: next(clock))
    assert pace.words("looking for files", 0, 0) == "looking for files"
    assert pace.words("looking for files", 1204, 0) == "looking for files: 1,204 so far"
    assert pace.words("reading", 0, 4000) == "reading 0 of 4,000"
    assert pace.words("reading", 400, 4000) == "reading 400 of 4,000 · 400 a second · 9 s left"
    assert pace.words("indexing", 400, 4000) == "indexing 400 of 4,000"
    assert pace.words("reading", 400, 4000) == "reading 400 of 4,000 · 400 a second · 9 s left", "steps take turns"
    assert pace.words("reading", 4000, 4000) == "reading 4,000 of 4,000"


def test_what_is_left_is_told_roughly() -> None:
    assert [left(seconds) for seconds in (0.2, 59, 61, 3599, 5400)] == [
        "1 s left",
        "59 s left",
        "1 min left",
        "60 min left",
        "1.5 h left",
    ]
