"""Rows and the lines that they are on."""

from __future__ import annotations

from newsreader.tui.widgets.row_lines import HEADING, RowLines


def test_rows_and_lines_are_each_other_s_inverse() -> None:
    for height in (1, 3):
        for headed in ([], [0], [0, 1, 4], [2, 4]):
            lines = RowLines(5, height, headed)
            expected = [(row, part) for row in range(5) for part in range(HEADING * (row in headed), height)]
            assert lines.count == len(expected)
            assert [lines.at(line) for line in range(lines.count)] == expected
            for row in range(5):
                assert expected[lines.first(row)] == (row, 0)
                assert expected[lines.with_heading(row)] == (row, HEADING if row in headed else 0)


def test_lines_below_the_last_belong_to_no_row() -> None:
    lines = RowLines(2, 3, [1])
    assert lines.at(lines.count)[0] == 2
    assert RowLines(0, 3, [0]).count == 0
