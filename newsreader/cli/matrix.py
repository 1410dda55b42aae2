"""`newsreader stories --matrix` as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import sys
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsreader.cli import documents, report
from newsreader.cli.coverage import harmless
from newsreader.cli.diff_parts import moment
from newsreader.cli.report import style
from newsreader.text import shorten, visible

if TYPE_CHECKING:
    from newsreader.compare.matrix import Statement
    from newsreader.compare.story_facts import Reading, StoryFact
    from newsreader.engine import Engine, Story
    from newsreader.storymatrix import StoryMatrix

SAID, CONTESTED, SILENT = "■", "≠", "·"
"""Marks of a cell: the outlet says it; it does, but others give another figure, date or quotation; it does not."""
REACH = {"all": "◆", "some": " ", "one": "◇"}
CUT_SHORT = "The articles are long or many: the rest was compared only roughly."
LONGEST_NAME = 40


def print_matrix(engine: Engine, reference: str, form: str) -> None:
    """The matrix of a story, which may be named by one of its articles."""
    story = engine.story_of(reference)
    value = engine.matrix([member.article.id for member in story.members])
    match form:
        case "json":
            documents.print_json({"story": documents.story(story), **document(value)})
        case "csv":
            sys.stdout.write(csv_text(value))
            sys.stdout.flush()
        case "html":
            from newsreader.cli import matrix_html

            report.write("".join(f"{line}\n" for line in matrix_html.lines(story.title, value)))
        case _:
            report.write("".join(f"{line}\n" for line in lines(story, value, report.width())))


# text


def lines(story: Story, value: StoryMatrix, columns: int) -> Iterator[str]:
    """The outlets, then a line for each statement with a mark for each outlet, then the facts."""
    yield style(story.title, bold=True)
    yield style(f"{story.id}  {summary(value)}", fg="yellow")
    if not value.complete:
        yield f"({CUT_SHORT})"
    yield ""
    for number, column in enumerate(value.columns, 1):
        first = value.articles[column.articles[0]]
        more = f", {len(column.articles)} articles" if len(column.articles) > 1 else ""
        copied = f", copied by {', '.join(visible(name) for name in column.copied_by)}" if column.copied_by else ""
        yield f"{number:>4}  {style(visible(column.name), fg='cyan')}  {moment(first)}{more}{copied}"
    yield ""
    gap = " " if 2 * len(value.columns) <= columns // 2 else ""
    tens = [str(n // 10) if n >= 10 else " " for n in range(1, len(value.columns) + 1)]
    for digits in ([tens] if len(value.columns) >= 10 else []) + [[str(n % 10) for n, _ in enumerate(tens, 1)]]:
        yield style(("  " + gap.join(digits)).rstrip(), fg="cyan")
    contested = value.contested()
    for number, statement in enumerate(value.matrix.statements):
        marks = gap.join(cells(value, statement, contested.get(number, ())))
        text = textwrap.wrap(value.text(statement), max(20, columns - 4 - len(marks)), break_on_hyphens=False)
        reach = value.reach(statement)
        for index, line in enumerate(text or [""]):
            head = f"{REACH[reach]} {marks}" if not index else " " * (2 + len(marks))
            yield f"{head}  {style(line, bold=True) if reach == 'all' else line}".rstrip()
    yield ""
    yield f"{REACH['all']} all say it  {REACH['one']} one alone says it  {CONTESTED} others contradict it"
    yield from _facts(value, columns)


def _facts(value: StoryMatrix, columns: int) -> Iterator[str]:
    if not value.facts:
        return
    yield ""
    yield style("Figures, dates and quotations", bold=True)
    for fact in value.facts:
        for index, reading in enumerate(fact.readings):
            sign = CONTESTED if fact.contested and not index else " "
            kind = "" if index else fact.kind
            text = f"{written(fact, reading)}  ({', '.join(visible(name) for name in outlets(value, reading))})"
            yield textwrap.fill(
                text,
                columns,
                initial_indent=f"{sign} {kind:8} ",
                subsequent_indent=" " * 13,
                break_on_hyphens=False,
            )


def cells(value: StoryMatrix, statement: Statement, contested: Collection[int]) -> list[str]:
    """A mark for each column; `contested` are the articles that contradict each other there."""
    said, against = set(value.columns_of(statement.articles)), set(value.columns_of(contested))
    return [CONTESTED if n in against else SAID if n in said else SILENT for n in range(len(value.columns))]


def summary(value: StoryMatrix) -> str:
    """The matrix in one line."""
    reaches = [value.reach(statement) for statement in value.matrix.statements]
    contested = sum(fact.contested for fact in value.facts)
    parts = [
        f"{len(value.articles)} article{'s' if len(value.articles) != 1 else ''}",
        f"{len(value.columns)} outlet{'s' if len(value.columns) != 1 else ''}",
        f"{len(reaches)} statement{'s' if len(reaches) != 1 else ''}",
        f"all say {reaches.count('all')}",
        f"one alone {reaches.count('one')}",
        f"{contested} contested" if contested else "",
    ]
    return " · ".join(part for part in parts if part)


def written(fact: StoryFact, reading: Reading) -> str:
    """A reading as it is written, the ways of writing it side by side."""
    return " / ".join(f"“{text}”" if fact.kind == "quote" else text for text in reading.wordings)


def outlets(value: StoryMatrix, reading: Reading) -> list[str]:
    """Who says so."""
    return [value.columns[n].name for n in value.columns_of(reading.articles)]


# JSON


def document(value: StoryMatrix) -> dict[str, Any]:
    """Columns, statements and facts; articles by id, columns by their place."""
    ids = [article.id for article in value.articles]
    contested = value.contested()
    return {
        "columns": [
            {"outlet": c.name, "copied_by": list(c.copied_by), "articles": [ids[a] for a in c.articles]}
            for c in value.columns
        ],
        "statements": [
            {
                "text": value.text(statement),
                "reach": value.reach(statement),
                "columns": list(value.columns_of(statement.articles)),
                "contested": number in contested,
                "wordings": [
                    {"article": place.article.id, "paragraph": place.paragraph, "text": place.text}
                    for place in map(value.place, statement.mentions)
                ],
            }
            for number, statement in enumerate(value.matrix.statements)
        ],
        "facts": [
            {
                "kind": fact.kind,
                "contested": fact.contested,
                "statements": list(fact.statements),
                "readings": [
                    {
                        "wordings": list(reading.wordings),
                        "columns": list(value.columns_of(reading.articles)),
                        "outlets": outlets(value, reading),
                        "sayings": [
                            {"article": ids[s.article], "statement": s.statement, "text": s.written}
                            for s in reading.sayings
                        ],
                    }
                    for reading in fact.readings
                ],
            }
            for fact in value.facts
        ],
        "complete": value.complete,
    }


# CSV


def csv_text(value: StoryMatrix) -> str:
    """A line per statement: what it is, and for each outlet how it says it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    _write(writer, ["statement", "reach", "outlets", "contested", *(column.name for column in value.columns)])
    contested = value.contested()
    for number, statement in enumerate(value.matrix.statements):
        words = ["" for _ in value.columns]
        for mention in statement.mentions:
            for n in value.columns_of([mention.article]):
                words[n] = words[n] or value.matrix.wording(mention)
        said = str(len(value.columns_of(statement.articles)))
        yes = "yes" if number in contested else "no"
        _write(writer, [value.text(statement), value.reach(statement), said, yes, *words])
    return text.getvalue()


def _write(writer: Any, cells: Sequence[str]) -> None:
    writer.writerow([harmless(cell) for cell in cells])


def short(name: str) -> str:
    """An outlet's name for the head of a narrow column."""
    return shorten(visible(name), LONGEST_NAME)
