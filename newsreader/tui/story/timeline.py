"""A story's articles in the order of time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.content import Content

from newsreader.article import Article, ArticleId
from newsreader.stories.story import StoryMember
from newsreader.tui.content import (
    ACCENT,
    EMPTY,
    FAINT,
    HEADLINE,
    MUTED,
    article_signs,
    edges,
    joined,
    plain,
    reading_time,
    tag_list,
)
from newsreader.tui.widgets.row_list import RowList

WHEN_WIDTH = 13
"""Cells of "Wed 26 Oct ~" and a blank."""
BAR_CELLS = 10
BAR_FROM = 90
"""Cells of a line that has room for the bar beside the figure."""
LEAST_AGENCY = 0.005
"""Less rounds to nothing."""
WIDEST = 100
"""Cells of a line, at most: the eye has to find its way from the headline to the overlap."""
RELATIONS = {"first": "first", "copy": "copy", "near-copy": "near-copy", "same-story": ""}
"""What is said of an article's place in its story; of most there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An article on the time line."""

    article: Article
    relation: str
    """first, copy, near-copy or same-story."""
    is_first: bool
    """None is known to have appeared earlier; true of copies too."""
    top: bool
    """It is the uppermost."""
    new_day: bool
    """The article before it is of another day."""
    last: bool
    detail: str = ""
    """update, rewrite, or nothing."""
    agency: float = 0.0
    """Share of it that is agency copy, 0..1."""
    said: str = ""
    """What the user has said about its story, in a few words."""
    overlap: float | None = None
    """Share of the words that it and the reference have in common, 0..1; None while that is not known."""
    is_reference: bool = False
    chosen: bool = False
    """The user has selected it."""


def moments(
    members: Sequence[StoryMember],
    agency: Mapping[ArticleId, float] | None = None,
    said: Mapping[ArticleId, str] | None = None,
) -> list[Moment]:
    """A time line of articles, earliest first."""
    found: list[Moment] = []
    for index, member in enumerate(members):
        article = member.article
        before = members[index - 1].article.published if index else None
        found.append(
            Moment(
                article,
                member.relation,
                member.is_first,
                index == 0,
                before is None or article.published is None or before.date() != article.published.date(),
                index == len(members) - 1,
                member.detail or "",
                (agency or {}).get(article.id, 0.0),
                (said or {}).get(article.id, ""),
            )
        )
    return found


class StoryTimeline(RowList[Moment]):
    """Date and headline; time, outlet, relation, length and overlap; and a line of the line."""

    ROW_HEIGHT: ClassVar[int] = 3

    def show_overlaps(
        self, overlaps: Mapping[ArticleId, float], reference: ArticleId | None, chosen: Collection[ArticleId]
    ) -> None:
        """How much each has in common with the reference. Of a story of thousands few change with a key."""
        changed = {}
        for index, moment in self._rows.items():
            article = moment.article.id
            now = overlaps.get(article), article == reference, article in chosen
            if now != (moment.overlap, moment.is_reference, moment.chosen):
                overlap, is_reference, is_chosen = now
                changed[index] = replace(moment, overlap=overlap, is_reference=is_reference, chosen=is_chosen)
        if changed:
            self.put(self.version, changed)

    def lines_of(self, row: Moment, width: int) -> Sequence[Content]:
        article = row.article
        knot, line = ("┬" if row.top else "└" if row.last else "├"), (" " if row.last else "│")
        day, hour = self._when(row)
        relation = RELATIONS.get(row.relation, row.relation)
        first = "first" if row.is_first and row.relation != "first" else ""
        metadata = joined(
            [
                plain(article.source or "", MUTED),
                plain(first, ACCENT),
                plain(relation, ACCENT),
                plain(row.detail, ACCENT),
                plain(f"{row.agency:.0%} agency".replace("%", " %") if row.agency >= LEAST_AGENCY else "", MUTED),
                plain(reading_time(article.words), MUTED),
                plain(row.said, f"italic {MUTED}"),
                tag_list(article.tags),
            ]
        )
        lines = [
            plain(day.ljust(WHEN_WIDTH), MUTED)
            + plain(f"{knot}─ ", FAINT)
            + plain(article.title, MUTED if article.read else HEADLINE),
            edges(
                plain(f"{hour.ljust(WHEN_WIDTH)}{line}  ", FAINT) + metadata,
                self._overlap(row, min(width, WIDEST)),
                min(width, WIDEST),
            ),
            plain(" " * WHEN_WIDTH + line, FAINT),
        ]
        return [text.truncate(width, ellipsis=True) for text in lines]

    @staticmethod
    def _when(row: Moment) -> tuple[str, str]:
        article = row.article
        if article.published is None:
            return "", ""
        about = "~" if article.date_from == "file" else ""
        day = f"{about}{article.published:%a} {article.published.day} {article.published:%b}" if row.new_day else ""
        return day, f"{article.published:%H:%M}" if article.has_time else ""

    @staticmethod
    def _overlap(row: Moment, width: int) -> Content:
        if row.is_reference:
            text = "measured against this one" if width >= BAR_FROM else "this one"
            return plain(text, ACCENT if row.chosen else FAINT)
        if row.overlap is None:
            return EMPTY
        if width < BAR_FROM:
            return plain(f"{row.overlap * 100:3.0f} % shared", MUTED)
        full = round(row.overlap * BAR_CELLS)
        bar = plain("━" * full, ACCENT) + plain("━" * (BAR_CELLS - full), "$foreground 15%")
        return bar + plain(f" {row.overlap * 100:3.0f} % shared", MUTED)

    def signs_of(self, row: Moment) -> Sequence[str]:
        return article_signs(row.article, [row.article.id] if row.chosen else [])

    def key_of(self, row: Moment) -> str:
        return row.article.id
