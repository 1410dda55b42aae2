"""What a story's matrix is made of: statements and who makes them, facts and what each outlet gives, the outlets.

Apart from their making, which loads numpy: who only shows or exports a matrix need not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from newsreader.article import Article
from newsreader.compare.model import Sentence

MOST_ARTICLES = 100
"""Articles laid side by side. All pairs of 100 different ones take the time that there is; a table of thousands of
outlets took minutes and had 800 MB."""

StoryFactKind = Literal["number", "money", "percent", "date", "quote"]
Reach = Literal["all", "some", "unsure", "one"]
ColumnKind = Literal["outlet", "article"]

NEAR = 0.21
"""Likeness of a sentence of other outlets from which nobody can say that only one makes a statement. Of 111 statements
without a partner (ECB+, NeuS, Reuters stories; judged by hand) it was right of 65 %, of the 40 % below of 93 %. Without
names, or with weights of the words from the story itself, it tells less."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an article makes a statement."""

    article: int
    """Index of the document."""
    sentences: tuple[int, ...]
    """Indices into `Statements.sentences[article]`, ascending: several if it takes several, or says it twice."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Sentences of several articles that say the same, or one that only one article has."""

    mentions: tuple[Mention, ...]
    """By article, ascending; never empty."""

    @property
    def articles(self) -> tuple[int, ...]:
        return tuple(mention.article for mention in self.mentions)


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements × articles. Headlines, which repeat what the text says, and credits are left out."""

    sentences: tuple[tuple[Sentence, ...], ...]
    """Of each article, in order."""
    statements: tuple[Statement, ...]
    """In the order of the first article, what others add where they say it; each of the sentences is in exactly
    one."""
    originals: tuple[int, ...]
    """For every article the longer one that it is copied from, nearly word for word; itself if there is none."""
    complete: bool
    """False: the time was up; statements may stand apart that are one."""

    def wording(self, mention: Mention) -> str:
        """How an article says it; what it repeats word for word stands once."""
        return " ".join(dict.fromkeys(self.sentences[mention.article][index].text for index in mention.sentences))

    def paragraph(self, mention: Mention) -> int:
        """Where it begins: index into the document's paragraphs; -1: the headline."""
        return self.sentences[mention.article][mention.sentences[0]].paragraph


@dataclass(frozen=True, slots=True)
class Saying:
    """An article says it there."""

    article: int
    """Index of the document."""
    statement: int
    """Index into `Statements.statements`."""
    written: str
    """As written there, with its qualifier ("more than 8%"), a number with what it counts ("six of the injured"); a
    quotation without its marks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that articles agree on, however they write it."""

    sayings: tuple[Saying, ...]
    """By article, then statement; never empty."""

    @property
    def articles(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(saying.article for saying in self.sayings))

    @property
    def wordings(self) -> tuple[str, ...]:
        """How it is written, each way once, the earliest first."""
        return tuple(dict.fromkeys(saying.written for saying in self.sayings))


@dataclass(frozen=True, slots=True)
class StoryFact:
    """A figure, a date or a quotation, and the readings of it."""

    kind: StoryFactKind
    readings: tuple[Reading, ...]
    """The one of most articles first; one where all who have it agree."""
    contested: bool
    """Articles contradict each other, or put different words inside the quotation marks. A quotation that is only
    trimmed has two readings and is not contested."""

    @property
    def articles(self) -> tuple[int, ...]:
        return tuple(sorted({article for reading in self.readings for article in reading.articles}))

    @property
    def statements(self) -> tuple[int, ...]:
        return tuple(sorted({saying.statement for reading in self.readings for saying in reading.sayings}))


@dataclass(frozen=True, slots=True)
class Nearest:
    """What other columns say that is most like a statement."""

    article: int
    """Index of the document."""
    sentence: int
    """Index into `Statements.sentences[article]`."""
    likeness: float
    """Cosine of the weighted words, 0..1."""


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """An outlet, or an article of the only one, with those that only copy it where there are many."""

    name: str
    """The outlet, the file of an article without one, or the day of one of the only outlet's articles."""
    copied_by: tuple[str, ...]
    articles: tuple[int, ...]
    """Indices into `StoryMatrix.articles`."""


@dataclass(frozen=True, slots=True)
class Citation:
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
    columns: tuple[MatrixColumn, ...]
    """In the order of their first articles; every article is in one."""
    column_kind: ColumnKind
    """What a column stands for: an article where all are of one outlet."""
    found: Statements
    nearest: tuple[Nearest | None, ...]
    """For each statement of a single column what others say that is most like it; None if that was not looked for."""
    facts: tuple[StoryFact, ...]
    """Contested ones first, then by how many have them."""
    complete: bool
    """False: the time was up; statements may stand apart that are one, and facts be missing."""
    left_out: int = 0
    """Other articles of the story that were not compared: more than can be laid side by side."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """In the order of the story."""
        return self.found.statements

    def columns_of(self, articles: Iterable[int]) -> tuple[int, ...]:
        """The columns of some articles, ascending."""
        wanted = set(articles)
        return tuple(n for n, column in enumerate(self.columns) if not wanted.isdisjoint(column.articles))

    def reach(self, number: int) -> Reach:
        """Who makes a statement (index): all columns, some, or one; "unsure" if one does and others come near it. Of a
        single column there is nothing to tell: "some"."""
        count = len(self.columns_of(self.statements[number].articles))
        if count == len(self.columns):
            return "all" if count > 1 else "some"
        if count > 1:
            return "some"
        nearest = self.nearest[number]
        return "one" if nearest is not None and nearest.likeness < NEAR else "unsure"

    def in_one_only(self) -> list[int]:
        """The statements (indices) of one column to which no other comes near, those first that are least like
        anything else."""
        likeness = {n: near.likeness for n, near in enumerate(self.nearest) if near and self.reach(n) == "one"}
        return sorted(likeness, key=lambda n: (likeness[n], n))

    def near(self, number: int) -> Citation | None:
        """What other columns say that is most like a statement (index) of one column that they come near to."""
        nearest = self.nearest[number]
        if nearest is None or self.reach(number) != "unsure":
            return None
        return self.place(Mention(nearest.article, (nearest.sentence,)))

    def place(self, mention: Mention) -> Citation:
        """Where a mention stands, and how it is worded."""
        return Citation(self.articles[mention.article], self.found.paragraph(mention), self.found.wording(mention))

    def said(self, saying: Saying) -> Citation:
        """Where a figure, date or quotation stands."""
        mentions = self.statements[saying.statement].mentions
        return self.place(next(mention for mention in mentions if mention.article == saying.article))

    def text(self, statement: Statement) -> str:
        """A statement in the words of the first that made it."""
        return self.found.wording(statement.mentions[0])

    def happened(self, fact: StoryFact) -> str:
        """Of a date, what happened on it, as the first says that gives it: alone it tells nothing. Else empty."""
        return self.said(fact.readings[0].sayings[0]).text if fact.kind == "date" else ""

    def contested(self) -> dict[int, set[int]]:
        """The statements (indices) in which articles contradict each other, and which of them (indices) do."""
        found: dict[int, set[int]] = {}
        for fact in self.facts:
            for number in fact.statements if fact.contested else ():
                readings = [{s.article for s in r.sayings if s.statement == number} for r in fact.readings]
                if sum(map(bool, readings)) > 1:
                    found.setdefault(number, set()).update(*readings)
        return found
