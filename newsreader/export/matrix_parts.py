"""What every form of a matrix is made of: marks and phrases, without any mark-up."""

from __future__ import annotations

from collections.abc import Collection

from newsreader.compare.matrix_model import Reading, Statement, StoryFact, StoryMatrix
from newsreader.text.clean import escape_harmful, shorten
from newsreader.text.plural import counted

SAID, CONTESTED, SILENT = "■", "≠", "·"
"""Marks of a cell: the outlet says it; it does, but others give another figure, date or quotation; it does not."""
REACH = {"all": "◆", "some": " ", "unsure": " ", "one": "◇"}
CUT_SHORT = "The articles are long or many: the rest was compared only roughly."
LONGEST_NAME = 40


def cells(value: StoryMatrix, statement: Statement, contested: Collection[int]) -> list[str]:
    """A mark for each column; `contested` are the articles that contradict each other there."""
    said, against = set(value.columns_of(statement.articles)), set(value.columns_of(contested))
    return [CONTESTED if n in against else SAID if n in said else SILENT for n in range(len(value.columns))]


def matrix_summary(value: StoryMatrix) -> str:
    """The matrix in one line."""
    reaches = [value.reach(number) for number in range(len(value.statements))]
    outlets = 1 if value.column_kind == "article" else len(value.columns)
    contested = sum(fact.contested for fact in value.facts)
    parts = [
        counted(len(value.articles), "article"),
        counted(outlets, "outlet"),
        counted(len(reaches), "statement"),
        f"all say {reaches.count('all')}",
        f"in one only {reaches.count('one')}",
        f"{contested} contested" if contested else "",
        f"{value.left_out:,} more left out" if value.left_out else "",
    ]
    return " · ".join(part for part in parts if part)


def written(fact: StoryFact, reading: Reading) -> str:
    """A reading as it is written, the ways of writing it side by side."""
    return " / ".join(f"“{text}”" if fact.kind == "quote" else text for text in reading.wordings)


def outlets(value: StoryMatrix, reading: Reading) -> list[str]:
    """Who says so."""
    return [value.columns[n].name for n in value.columns_of(reading.articles)]


def short(name: str) -> str:
    """An outlet's name for the head of a narrow column."""
    return shorten(escape_harmful(name), LONGEST_NAME)
