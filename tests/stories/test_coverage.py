"""Who carried a story, and when: no more is said than the dates tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.article import Article, ArticleId, StoryId
from newsreader.stories.chronology import Lag, is_before, lag
from newsreader.stories.coverage import StoryCoverage, coverage
from newsreader.stories.story import Story, StoryMember
from tests.examples import examples

MARCH = datetime(2021, 3, 26, tzinfo=UTC)


def article(number: int, source: str | None, when: datetime | None, *, day_only: bool = False) -> Article:
    return Article(
        id=ArticleId(f"{number:016x}"), path=Path(f"/news/{number}.txt"), title=f"Title {number}", source=source,
        author=None, url=None, language=None, published=when or MARCH, has_time=not day_only,
        date_from="header" if when else "file", words=1, tags=(), read=False, starred=False, story=StoryId("s1"),
        story_size=2,
    )  # fmt: skip


def at(hours: float) -> datetime:
    return MARCH + timedelta(hours=hours)


def one(*articles: Article, outlets: tuple[str, ...] = ("daily", "post", "wire")) -> StoryCoverage:
    members = tuple(StoryMember(a, "same-story", 0.5) for a in articles)
    sources = tuple(dict.fromkeys(a.source for a in articles if a.source))
    (row,) = coverage([Story(StoryId("s1"), "Title", members, sources)], outlets).stories
    return row


def test_the_first_outlet_and_its_lead() -> None:
    row = one(article(1, "wire", at(9)), article(2, "daily", at(11.5)), article(3, "wire", at(12)))
    assert (row.first, row.lead, row.missing) == (("wire",), Lag(timedelta(hours=2.5), True), ("post",))
    assert [(c.outlet, len(c.articles), c.behind) for c in row.carried] == [
        ("wire", 2, Lag(timedelta(), True)),
        ("daily", 1, Lag(timedelta(hours=2.5), True)),
    ]
    assert row.of("post") is None


def test_days_without_times_part_only_by_days() -> None:
    row = one(
        article(1, "wire", MARCH, day_only=True), article(2, "daily", at(9)), article(3, "post", at(25), day_only=False)
    )
    assert row.first == ("wire", "daily")
    assert row.lead is None
    assert row.of("post") is not None
    assert [c.behind for c in row.carried][2] == Lag(timedelta(days=1), False)


def test_the_days_are_those_of_the_outlets_own_zone() -> None:
    early = datetime(2021, 3, 27, 1, tzinfo=timezone(timedelta(hours=9)))  # still the 26th in UTC
    assert lag(article(1, "wire", MARCH, day_only=True), article(2, "post", early)) == Lag(timedelta(days=1), False)


def test_undated_articles_are_neither_first_nor_behind() -> None:
    row = one(article(1, "wire", at(9)), article(2, "post", None))
    assert (row.first, row.lead) == (("wire",), None)
    assert [(c.outlet, c.behind, c.published) for c in row.carried][1] == ("post", None, None)
    assert one(article(1, "wire", None), article(2, "post", None)).first == ()


def test_articles_without_an_outlet_are_nobodys() -> None:
    row = one(article(1, None, at(1)), article(2, "post", at(2)))
    assert (row.first, [c.outlet for c in row.carried]) == (("post",), ["post"])


def test_the_outlets_that_carry_most_come_first() -> None:
    stories = [
        Story(StoryId(f"s{n}"), "Title", (StoryMember(article(n, source, at(n)), "first", 1.0),), (source,))
        for n, source in enumerate(["wire", "wire", "daily"])
    ]
    assert coverage(stories, ("Zeta", "alpha", "daily", "wire")).outlets == ("wire", "daily", "alpha", "Zeta")
    assert coverage([], ("wire",)).stories == ()


@pytest.mark.parametrize(
    ("earlier", "later", "sure"),
    [
        (article(1, "a", at(1)), article(2, "a", at(2)), True), (article(1, "a", at(2)), article(2, "a", at(1)), False),
        (article(1, "a", MARCH, day_only=True), article(2, "a", at(5)), False),
        (article(1, "a", MARCH, day_only=True), article(2, "a", at(24)), True),
        (article(1, "a", None), article(2, "a", at(24)), False),
        (article(1, "a", at(1)), article(1, "a", at(1)), False),
    ],
)  # fmt: skip
def test_surely_before(earlier: Article, later: Article, sure: bool) -> None:
    assert is_before(earlier, later) is sure


def test_a_date_long_before_all_others_is_nobodys_first() -> None:
    row = one(
        article(2, "daily", at(2)),
        article(3, "post", at(5)),
        article(1, "wire", datetime(1999, 1, 1, tzinfo=UTC), day_only=True),
    )
    assert (row.first, row.lead) == (("daily",), Lag(timedelta(hours=3), True))
    assert [(c.outlet, c.behind, c.published) for c in row.carried][2] == ("wire", None, None)
    assert (row.story.first, row.story.last) == (at(2), at(5))


@examples(50)
@given(st.lists(st.tuples(st.integers(0, 100), st.booleans(), st.sampled_from([-9, 0, 9])), min_size=1, max_size=12))
def test_each_is_as_far_behind_as_behind_any_other(moments: list[tuple[int, bool, int]]) -> None:
    articles = [
        article(n, f"outlet {n}", at(hours).astimezone(timezone(timedelta(hours=zone))), day_only=day_only)
        for n, (hours, day_only, zone) in enumerate(moments)
    ]
    for carried in one(*articles).carried:
        (own,) = carried.articles
        behind = [found for other in articles if (found := lag(other, own)) is not None and is_before(other, own)]
        assert carried.behind == max(behind, default=Lag(timedelta(), own.has_time))


def test_thousands_of_outlets_are_not_held_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[Article] = []

    def counting(earlier: Article, later: Article) -> bool:
        compared.append(later)
        return is_before(earlier, later)

    monkeypatch.setattr("newsreader.stories.coverage.is_before", counting)
    row = one(*(article(n, f"outlet {n}", at(n / 60)) for n in range(500)))
    assert (row.first, row.lead) == (("outlet 0",), Lag(timedelta(minutes=1), True))
    assert len(compared) <= 3 * 500
