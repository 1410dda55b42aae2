"""Who was first: no more is said than dates and files' dates tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest

from newsreader.article import ArticleId
from newsreader.stories.chronology import Appearance, Earliest, is_known_before, story_order

DAY = datetime(2021, 3, 26, tzinfo=UTC)
HOUR = 3_600.0
EVER = float("-inf")


def day(number: int = 0, *, saved: float | None = None, words: int = 100, article: int = 1) -> Appearance:
    """An article that states only the nth day; saved so many hours after it began."""
    when = DAY + timedelta(days=number)
    return Appearance(ArticleId(f"{article:016x}"), when, False, at(saved, when), words)


def at(hours: float | None, when: datetime = DAY) -> float | None:
    return None if hours is None else when.timestamp() + hours * HOUR


def time(hours: float, *, zone: int = 0, saved: float | None = None) -> Appearance:
    when = (DAY + timedelta(hours=hours)).astimezone(timezone(timedelta(hours=zone)))
    return Appearance(ArticleId("1" * 16), when, True, at(saved), 100)


def undated(saved: float | None = None, article: int = 1) -> Appearance:
    return Appearance(ArticleId(f"{article:016x}"), None, False, at(saved), 100)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (time(9), time(9.5)),
        (day(0), day(1)),
        (day(0), time(30)),
        (time(9), day(1)),
        (time(23, zone=-8), day(1)),
        (day(0, saved=9), day(0, saved=11)),
        (day(0, saved=20), day(0, saved=30)),
        (day(0), undated()),
        (undated(saved=0), undated(saved=40)),
    ],
    ids=[
        "times", "days", "a day and a time", "a time and a day", "a day of its own zone", "files of that day",
        "a file of that day and one of the next", "undated ones are behind", "undated files of different days",
    ],
)  # fmt: skip
def test_known_before(one: Appearance, other: Appearance) -> None:
    assert is_known_before(one, other, EVER)
    assert not is_known_before(other, one, EVER)
    assert story_order(one, EVER) < story_order(other, EVER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (day(0), day(0)),
        (time(9), time(9)),
        (day(0), time(9)),
        (day(0), time(-5, zone=9)),
        (day(0, saved=9), day(0)),
        (day(0, saved=9), day(0, saved=9.1)),
        (day(0, saved=500), day(0, saved=900)),
        (day(0, saved=9), day(0, saved=900)),
        (day(0, saved=-100), day(0, saved=9)),
        (time(9, saved=9), time(9, saved=20)),
        (undated(), undated()),
        (undated(saved=9), undated(saved=11)),
    ],
    ids=[
        "one day", "one time", "a day and its hour", "a day and its hour elsewhere", "one file of that day",
        "files of one run", "files of another month", "one file of another month", "one file of a month before",
        "files where times are stated", "undated", "undated files of one day",
    ],
)  # fmt: skip
def test_not_known(one: Appearance, other: Appearance) -> None:
    assert not is_known_before(one, other, EVER)
    assert not is_known_before(other, one, EVER)


def test_of_one_day_the_shorter_comes_first_and_files_go_before_that() -> None:
    ordered = [
        day(0, saved=9, words=300), day(0, saved=9.1, words=400), day(0, saved=12, words=50),
        day(0, words=100, article=3), day(0, words=200, article=1), day(0, words=200, article=2), day(1, words=10),
        undated(article=5),
    ]  # fmt: skip
    for shuffled in list(permutations(ordered))[::997]:
        assert sorted(shuffled, key=lambda one: story_order(one, EVER)) == ordered


def test_what_has_no_trusted_date_is_behind_the_others() -> None:
    since = DAY.timestamp()
    assert is_known_before(day(0), day(-4000), since)
    assert not is_known_before(day(-4000), day(0), since)
    assert is_known_before(day(-4000), day(-3000), since)


def test_any_is_later_than_the_earliest_if_it_is_later_than_one() -> None:
    those = [day(0), day(0, saved=9), time(2), day(0, saved=11), time(5), day(1, saved=1), undated()]
    for given in permutations(those, 4):
        before = sorted(given[:3], key=lambda one: story_order(one, EVER))
        earliest = Earliest(EVER)
        for one in before:
            earliest.note(one)
        assert earliest.before(given[3]) == any(is_known_before(one, given[3], EVER) for one in before)
