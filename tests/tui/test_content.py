"""Values as styled text: rows of the list, excerpts, times."""

from __future__ import annotations

from datetime import UTC, date, datetime

from newsreader.engine.core import Engine
from newsreader.text.spans import HighlightedText, Span
from newsreader.tui.content import age, highlighted, hit_lines, short_date


def test_a_row_fits_its_width_at_every_width(samples: Engine) -> None:
    result = samples.searching.search("ferry")
    for hit in samples.searching.hits(result, 0, 9):
        for width in (12, 30, 47, 80, 200):
            assert all(line.cell_length <= width for line in hit_lines(hit, width, date(2026, 11, 1)))


def test_an_excerpt_is_moved_until_its_match_is_seen(samples: Engine) -> None:
    hit = samples.searching.hits(samples.searching.search("ferry"), 0, 1)[0]
    text = "word " * 40 + "ferry at last"
    moved = type(hit)(hit.article, 0.0, HighlightedText(text, (Span(200, 205),)), hit.title)
    line = hit_lines(moved, 40, date(2026, 11, 1))[2]
    assert "ferry" in line.plain
    assert [line.plain[s.start : s.end] for s in line.spans if "underline" in str(s.style)] == ["ferry"]


def test_words_for_times() -> None:
    moment = datetime(2026, 3, 5, 9, 14, tzinfo=UTC)
    assert short_date(moment, date(2026, 11, 1)) == "5 Mar"
    assert short_date(moment, date(2027, 1, 1)) == "5 Mar 2026"
    assert [age(s) for s in (3, 300, 7_300, 400_000)] == ["just now", "5 min ago", "2 h ago", "4 days ago"]
    assert highlighted("a[/b]c", [Span(1, 5)]).plain == "a[/b]c"
