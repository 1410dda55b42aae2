"""The headings of a list in the order of time."""

from __future__ import annotations

from datetime import date

import numpy as np

from newsreader.article import StoryId
from newsreader.tui.lists.days import Heading, beside_siblings, headings

TODAY = date(2026, 11, 30)


def labels(*days: int, newest_first: bool = True) -> list[tuple[int, str, int]]:
    found = headings(np.array(days, np.int64), TODAY, newest_first=newest_first)
    return [(heading.index, heading.label, heading.rows) for heading in found]


def test_the_last_days_have_headings_and_older_ones_their_months() -> None:
    days = (
        20261201,
        20261130,
        20261130,
        20261129,
        20261129,
        20261127,
        20261127,
        20261110,
        20261102,
        20251231,
        20251201,
        0,
    )
    assert labels(*days) == [
        (0, "Tue 1 Dec", 1),
        (1, "Today", 2),
        (3, "Yesterday", 2),
        (5, "Fri 27 Nov", 2),
        (7, "November 2026", 2),
        (9, "December 2025", 2),
        (11, "No date", 1),
    ]
    assert [label for _, label, _ in labels(*reversed(days), newest_first=False)][:2] == ["No date", "December 2025"]


def test_a_day_that_a_zone_puts_elsewhere_stays_with_its_neighbours() -> None:
    assert labels(20261130, 20261129, 20261130, 20261129, 20261128, 20261128) == [
        (0, "Today", 1),
        (1, "Yesterday", 3),
        (4, "Sat 28 Nov", 2),
    ]


def test_headings_that_part_nothing_are_left_out() -> None:
    assert labels() == labels(20261130) == labels(20261130, 20261130, 20261029) == []
    assert labels(*[20261130] * 9) == []
    assert labels(*(20261130 - 100 * month for month in range(9))) == []


def test_articles_of_a_story_stand_together_under_their_day() -> None:
    numbers = np.array([9, 8, 7, 6, 5, 4], np.int64)
    stories = {9: StoryId("a"), 8: StoryId("b"), 7: StoryId("a"), 6: StoryId("a"), 5: StoryId("b"), 4: StoryId("a")}
    parts = (Heading(0, "Today", 3), Heading(3, "Yesterday", 3))
    order, siblings = beside_siblings(numbers, stories, parts)
    assert numbers[order].tolist() == [9, 7, 8, 6, 4, 5]
    assert siblings.tolist() == [7, 4]
    order, siblings = beside_siblings(numbers, {}, ())
    assert (numbers[order].tolist(), siblings.tolist()) == (numbers.tolist(), [])
