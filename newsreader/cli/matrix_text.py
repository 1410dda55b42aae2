"""What the outlets of a story say, as lines for the terminal: the form of `stories --matrix` for reading."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.cli.output import style
from newsreader.compare.matrix_model import StoryMatrix
from newsreader.export import matrix_parts as parts
from newsreader.export.wording import moment
from newsreader.stories.story import Story
from newsreader.text.clean import escape_harmful
from newsreader.text.wrap import wrapped


def lines(story: Story, value: StoryMatrix, columns: int) -> Iterator[str]:
    """The outlets, then a line for each statement with a mark for each outlet, then the facts."""
    yield style(story.title, bold=True)
    yield style(f"{story.id}  {parts.matrix_summary(value)}", fg="yellow")
    if not value.complete:
        yield f"({parts.CUT_SHORT})"
    yield ""
    for number, column in enumerate(value.columns, 1):
        first = value.articles[column.articles[0]]
        more = f", {len(column.articles)} articles" if len(column.articles) > 1 else ""
        copied = (
            f", copied by {', '.join(escape_harmful(name) for name in column.copied_by)}" if column.copied_by else ""
        )
        yield f"{number:>4}  {style(escape_harmful(column.name), fg='cyan')}  {moment(first)}{more}{copied}"
    yield ""
    gap = " " if 2 * len(value.columns) <= columns // 2 else ""
    tens = [str(n // 10) if n >= 10 else " " for n in range(1, len(value.columns) + 1)]
    for digits in ([tens] if len(value.columns) >= 10 else []) + [[str(n % 10) for n, _ in enumerate(tens, 1)]]:
        yield style(("  " + gap.join(digits)).rstrip(), fg="cyan")
    contested = value.contested()
    for number, statement in enumerate(value.statements):
        marks = gap.join(parts.cells(value, statement, contested.get(number, ())))
        text = wrapped(value.text(statement), max(20, columns - 4 - len(marks)))
        reach = value.reach(number)
        for index, line in enumerate(text or [""]):
            head = f"{parts.REACH[reach]} {marks}" if not index else " " * (2 + len(marks))
            yield f"{head}  {style(line, bold=True) if reach == 'all' else line}".rstrip()
    yield ""
    everyone, one, against = parts.REACH["all"], parts.REACH["one"], parts.CONTESTED
    yield f"{everyone} all say it  {one} found in one only  {against} others contradict it"
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
            who = ", ".join(escape_harmful(name) for name in parts.outlets(value, reading))
            text = f"{parts.written(fact, reading)}  ({who})"
            if index == len(fact.readings) - 1 and (happened := value.happened(fact)):
                text += f"  {happened}"
            yield from wrapped(text, columns, f"{sign} {kind:8} ", " " * 13)
