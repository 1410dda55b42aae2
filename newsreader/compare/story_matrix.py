"""Statements × outlets: what each outlet of a story says, and who says what of its facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from newsreader.article import Article, CancelCheck, FullArticle, never
from newsreader.compare.model import Document
from newsreader.compare.statements import Matrix, Mention, Statement, matrix
from newsreader.compare.story_facts import Saying, StoryFact, story_facts

MOST_COLUMNS = 10
"""Outlets from which those that print only copies stand in the column of the outlet that they copy."""

Reach = Literal["all", "some", "one"]


@dataclass(frozen=True, slots=True)
class Column:
    """An outlet, with those that only copy it where there are many."""

    name: str
    """The outlet, or the file of an article without one."""
    copied_by: tuple[str, ...]
    articles: tuple[int, ...]
    """Indices into `StoryMatrix.articles`."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article says something."""

    article: Article
    paragraph: int
    """Index into its paragraphs; -1: the headline."""
    text: str
    """Its sentences."""


@dataclass(frozen=True, slots=True)
class StoryMatrix:
    """What several articles say."""

    articles: tuple[Article, ...]
    """In the order of the story."""
    columns: tuple[Column, ...]
    """In the order of their first articles; every article is in one."""
    matrix: Matrix
    facts: tuple[StoryFact, ...]
    """Contested ones first, then by how many have them."""
    complete: bool
    """False: the time was up; statements may stand apart that are one, and facts be missing."""

    def columns_of(self, articles: Iterable[int]) -> tuple[int, ...]:
        """The columns of some articles, ascending."""
        wanted = set(articles)
        return tuple(n for n, column in enumerate(self.columns) if not wanted.isdisjoint(column.articles))

    def reach(self, statement: Statement) -> Reach:
        """Whether all outlets say it, or one alone. Of a single outlet there is nothing to tell: "some"."""
        count = len(self.columns_of(statement.articles))
        if len(self.columns) == 1:
            return "some"
        return "one" if count == 1 else "all" if count == len(self.columns) else "some"

    def place(self, mention: Mention) -> Place:
        """Where a mention stands, and how it is worded."""
        return Place(self.articles[mention.article], self.matrix.paragraph(mention), self.matrix.wording(mention))

    def said(self, saying: Saying) -> Place:
        """Where a figure, date or quotation stands."""
        mentions = self.matrix.statements[saying.statement].mentions
        return self.place(next(mention for mention in mentions if mention.article == saying.article))

    def text(self, statement: Statement) -> str:
        """A statement in the words of the first that made it."""
        return self.matrix.wording(statement.mentions[0])

    def contested(self) -> dict[int, set[int]]:
        """The statements (indices) in which articles contradict each other, and which of them (indices) do."""
        found: dict[int, set[int]] = {}
        for fact in self.facts:
            for number in fact.statements if fact.contested else ():
                readings = [{s.article for s in r.sayings if s.statement == number} for r in fact.readings]
                if sum(map(bool, readings)) > 1:
                    found.setdefault(number, set()).update(*readings)
        return found


def story_matrix(
    full: Sequence[FullArticle], documents: Sequence[Document], *, cancelled: CancelCheck = never
) -> StoryMatrix:
    """The matrix of some articles; `documents` are what of them is compared. Raises `Cancelled`."""
    articles = tuple(one.article for one in full)
    found = matrix(documents, cancelled=cancelled)
    published = [a.published if a.date_from != "file" else None for a in articles]
    facts, all_facts = story_facts(found, published, cancelled=cancelled)
    return StoryMatrix(articles, _columns(articles, found.originals), found, facts, found.complete and all_facts)


def _columns(articles: Sequence[Article], originals: Sequence[int]) -> tuple[Column, ...]:
    """One for each outlet; if there are many, those whose every article is a copy go with the one that they copy."""
    outlets: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        outlets.setdefault(article.source or f"\0{number}", []).append(number)
    home = {number: outlet for outlet, numbers in outlets.items() for number in numbers}
    copies: dict[str, list[str]] = {}
    if len(outlets) > MOST_COLUMNS:
        for outlet, numbers in outlets.items():
            copied = {home[originals[number]] for number in numbers}
            if len(copied) == 1 and outlet not in copied:
                copies.setdefault(copied.pop(), []).append(outlet)
    folded = {outlet for some in copies.values() for outlet in some}
    found = []
    for outlet, numbers in outlets.items():
        if outlet not in folded:
            others = copies.get(outlet, [])
            held = sorted([*numbers, *(number for other in others for number in outlets[other])])
            names = [articles[outlets[some][0]].outlet for some in (outlet, *others)]
            found.append(Column(names[0], tuple(names[1:]), tuple(held)))
    return tuple(sorted(found, key=lambda column: column.articles))
