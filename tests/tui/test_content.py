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
            for lines in (3, 4):
                row = hit_lines(hit, width, date(2026, 11, 1), lines=lines)
                assert len(row) == lines
                assert all(line.cell_length <= width for line in row)


def test_a_row_has_the_whole_headline_and_the_excerpt_on_what_is_left(samples: Engine) -> None:
    hit = samples.searching.hits(samples.searching.search("ferry aground"), 0, 1)[0]
    title, width = hit.article.title, len(hit.article.title) - 8
    low, high = (hit_lines(hit, width, date(2026, 11, 1), lines=lines) for lines in (3, 4))
    assert [" ".join(line.plain for line in row[:2]) for row in (low, high)] == [title, title]
    assert "ferry" in high[3].plain.lower()
    assert [line.plain for line in high[:3]] == [line.plain for line in low]
    long, short = (hit_lines(hit, room, date(2026, 11, 1), lines=4) for room in (20, 90))
    assert long[1].plain.endswith("…"), "more than two lines"
    assert short[0].plain == title
    assert len(short[2].plain) > 70 < len(short[3].plain) + 10, "two lines of it"


def test_an_excerpt_is_moved_until_its_match_is_seen(samples: Engine) -> None:
    hit = samples.searching.hits(samples.searching.search("ferry"), 0, 1)[0]
    text = "word " * 40 + "ferry at last"
    moved = type(hit)(hit.article, 0.0, HighlightedText(text, (Span(200, 205),)), hit.title)
    line = hit_lines(moved, 40, date(2026, 11, 1), lines=4)[3]
    assert "ferry" in line.plain
    assert [line.plain[s.start : s.end] for s in line.spans if "underline" in str(s.style)] == ["ferry"]


def test_words_for_times() -> None:
    moment = datetime(2026, 3, 5, 9, 14, tzinfo=UTC)
    assert short_date(moment, date(2026, 11, 1)) == "5 Mar"
    assert short_date(moment, date(2027, 1, 1)) == "5 Mar 2026"
    assert [age(s) for s in (3, 300, 7_300, 400_000)] == ["just now", "5 min ago", "2 h ago", "4 days ago"]
    assert highlighted("a[/b]c", [Span(1, 5)]).plain == "a[/b]c"
