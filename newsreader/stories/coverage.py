"""Who carried a story, who was first and by how long, and who did not: the table of outlets × stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from newsreader.article import Article
from newsreader.stories.chronology import Lag, is_before, lag, stated
from newsreader.stories.story import Story


@dataclass(frozen=True, slots=True)
class Carried:
    """An outlet that carried a story."""

    outlet: str
    articles: tuple[Article, ...]
    """Earliest first."""
    published: datetime | None
    """Of its first article; None if that states no date, or one so long before all others that it is nobody's."""
    has_time: bool
    behind: Lag | None
    """How long after the first outlet; no time at all for those that no date says to have been beaten, None where no
    date is stated."""
    is_first: bool
    """Nobody is known to have beaten it: of one day, also by files' dates and by who contains whom."""


@dataclass(frozen=True)
class StoryCoverage:
    """A row of the table."""

    story: Story
    carried: tuple[Carried, ...]
    """Earliest first, those without a date last."""
    missing: tuple[str, ...]
    """The outlets that did not carry it, in the order of the table."""
    first: tuple[str, ...]
    """Who was first; several when the dates don't part them; none when no date is stated."""
    lead: Lag | None
    """How long before the second outlet; None unless exactly one was first, and another one followed."""

    def of(self, outlet: str) -> Carried | None:
        return self._by_outlet.get(outlet)

    @cached_property
    def _by_outlet(self) -> dict[str, Carried]:
        return {carried.outlet: carried for carried in self.carried}


@dataclass(frozen=True, slots=True)
class Coverage:
    """The table, outlets × stories."""

    outlets: tuple[str, ...]
    """All that could have carried a story, those that carried most of them first."""
    stories: tuple[StoryCoverage, ...]


def coverage(stories: Sequence[Story], outlets: Collection[str]) -> Coverage:
    """The coverage of some stories by these outlets. Articles that name no outlet are nobody's."""
    carried = [_carried(story) for story in stories]
    counts = Counter(c.outlet for row in carried for c in row)  # an outlet is in a row once
    ordered = tuple(sorted(outlets, key=lambda outlet: (-counts[outlet], outlet.casefold(), outlet)))
    return Coverage(ordered, tuple(_row(story, row, ordered) for story, row in zip(stories, carried, strict=True)))


def _row(story: Story, carried: tuple[Carried, ...], outlets: Sequence[str]) -> StoryCoverage:
    there = {c.outlet for c in carried}
    first = tuple(c.outlet for c in carried if c.is_first)
    later = [c.behind for c in carried if c.behind is not None and not c.is_first]
    lead = min(later) if len(first) == 1 and later and min(later).time else None
    return StoryCoverage(story, carried, tuple(outlet for outlet in outlets if outlet not in there), first, lead)


def _carried(story: Story) -> tuple[Carried, ...]:
    by_outlet: dict[str, list[Article]] = {}
    for member in story.members:
        if member.article.source:
            by_outlet.setdefault(member.article.source, []).append(member.article)
    since = story.dates_count_since
    firsts = [articles[0] for articles in by_outlet.values()]
    counting = [article for article in firsts if (when := stated(article)) is not None and when.timestamp() >= since]
    earliest = _earliest(counting)
    behind = {article.id: _behind(article, earliest) for article in counting}
    unbeaten = {a.source for a in counting if not behind[a.id].time}
    told = unbeaten & {member.article.source for member in story.members if member.is_first}
    return tuple(
        Carried(
            outlet,
            tuple(articles),
            stated(first) if first.id in behind else None,
            first.has_time,
            behind.get(first.id),
            outlet in (told or unbeaten),
        )
        for (outlet, articles), first in zip(by_outlet.items(), firsts, strict=True)
    )


def _earliest(articles: Collection[Article]) -> list[Article]:
    """Those of the articles, at most three, behind one of which any article is furthest: moments are compared with
    moments, days with all else. Going through all for each would take minutes for a story of thousands of outlets."""
    dated = [(when, article) for article in articles if (when := stated(article)) is not None]
    groups = (
        [(when, article) for when, article in dated if article.has_time],
        [(when.date(), article) for when, article in dated if article.has_time],
        [(when.date(), article) for when, article in dated if not article.has_time],
    )
    return [min(group, key=lambda found: found[0])[1] for group in groups if group]


def _behind(article: Article, earliest: Collection[Article]) -> Lag:
    lags = [found for other in earliest if is_before(other, article) and (found := lag(other, article)) is not None]
    return max(lags, default=Lag(timedelta(), article.has_time))
