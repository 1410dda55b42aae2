"""`newsreader stories --matrix` as text, JSON and CSV."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsreader.cli import json_documents as documents
from newsreader.cli import report
from newsreader.cli.cells import wrapped
from newsreader.cli.coverage import harmless
from newsreader.cli.report import style
from newsreader.export import matrix_parts as parts
from newsreader.export.wording import moment
from newsreader.text.clean import tame

if TYPE_CHECKING:
    from newsreader.compare.story_matrix import StoryMatrix
    from newsreader.engine.core import Engine
    from newsreader.stories.story import Story


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
            from newsreader.export import matrix_html

            report.write("".join(f"{line}\n" for line in matrix_html.lines(story.title, value)))
        case _:
            report.write("".join(f"{line}\n" for line in lines(story, value, report.width())))


# text


def lines(story: Story, value: StoryMatrix, columns: int) -> Iterator[str]:
    """The outlets, then a line for each statement with a mark for each outlet, then the facts."""
    yield style(story.title, bold=True)
    yield style(f"{story.id}  {parts.summary(value)}", fg="yellow")
    if not value.complete:
        yield f"({parts.CUT_SHORT})"
    yield ""
    for number, column in enumerate(value.columns, 1):
        first = value.articles[column.articles[0]]
        more = f", {len(column.articles)} articles" if len(column.articles) > 1 else ""
        copied = f", copied by {', '.join(tame(name) for name in column.copied_by)}" if column.copied_by else ""
        yield f"{number:>4}  {style(tame(column.name), fg='cyan')}  {moment(first)}{more}{copied}"
    yield ""
    gap = " " if 2 * len(value.columns) <= columns // 2 else ""
    tens = [str(n // 10) if n >= 10 else " " for n in range(1, len(value.columns) + 1)]
    for digits in ([tens] if len(value.columns) >= 10 else []) + [[str(n % 10) for n, _ in enumerate(tens, 1)]]:
        yield style(("  " + gap.join(digits)).rstrip(), fg="cyan")
    contested = value.contested()
    for number, statement in enumerate(value.matrix.statements):
        marks = gap.join(parts.cells(value, statement, contested.get(number, ())))
        text = wrapped(value.text(statement), max(20, columns - 4 - len(marks)))
        reach = value.reach(statement)
        for index, line in enumerate(text or [""]):
            head = f"{parts.REACH[reach]} {marks}" if not index else " " * (2 + len(marks))
            yield f"{head}  {style(line, bold=True) if reach == 'all' else line}".rstrip()
    yield ""
    everyone, one, against = parts.REACH["all"], parts.REACH["one"], parts.CONTESTED
    yield f"{everyone} all say it  {one} one alone says it  {against} others contradict it"
    yield from _facts(value, columns)


def _facts(value: StoryMatrix, columns: int) -> Iterator[str]:
    if not value.facts:
        return
    yield ""
    yield style("Figures, dates and quotations", bold=True)
    for fact in value.facts:
        for index, reading in enumerate(fact.readings):
            sign = parts.CONTESTED if fact.contested and not index else " "
            kind = "" if index else fact.kind
            who = ", ".join(tame(name) for name in parts.outlets(value, reading))
            text = f"{parts.written(fact, reading)}  ({who})"
            yield from wrapped(text, columns, f"{sign} {kind:8} ", " " * 13)


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
                        "outlets": parts.outlets(value, reading),
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
