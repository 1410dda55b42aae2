"""`newsreader diff`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from newsreader.article import Article
from newsreader.cli import documents, report
from newsreader.cli.listing import day
from newsreader.cli.root import Session
from newsreader.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from newsreader.compare.comparison import Change, Comparison, Row, Sentence

_SIGNS = {"same": " ", "reworded": "≈", "left-only": "−", "right-only": "+"}


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--width", type=click.IntRange(min=20), metavar="N", help="Columns of the text output.")
@click.option("--exit-code", is_flag=True, help="End with 1 when the articles differ.")
@click.pass_obj
def diff_command(session: Session, a: str, b: str, form: str, width: int | None, exit_code: bool) -> int:
    """Compare articles A and B (ids or paths) sentence by sentence.

    Signs: ≈ reworded, − only in A, + only in B, ↕ moved; [-words of A-] {+words of B+}.
    """
    try:
        compared = session.engine.compare(a, b)
    except NotFoundError as error:
        raise UsageError(str(error)) from error
    comparison = compared.comparison
    if form == "json":
        documents.print_json(documents.compared(compared))
    else:
        columns = width or report.width()
        for line in _text(compared.left.article, compared.right.article, comparison, columns):
            report.write(line + "\n")
    differs = any(row.kind != "same" for row in comparison.rows)
    return report.NO_MATCH if exit_code and differs else report.OK


def _text(left: Article, right: Article, comparison: Comparison, columns: int) -> Iterator[str]:
    yield report.style(f"−−− {_about(left)}", bold=True)
    yield report.style(f"+++ {_about(right)}", bold=True)
    s = comparison.summary
    yield (
        f"{s.overlap:.0%} shared · {s.same} same · {s.reworded} reworded · {s.moved} moved"
        f" · −{s.left_only} +{s.right_only}"
    )
    if facts := [fact for fact in comparison.facts if fact.differs]:
        yield ""
        yield report.style("Facts that differ", bold=True)
        for fact in facts:
            yield f"  {fact.kind:8} {fact.left or '–'}  ≠  {fact.right or '–'}"
    yield ""
    for row in comparison.rows:
        sign = _SIGNS[row.kind] + ("↕" if row.moved else " ")
        colour = {"left-only": "red", "right-only": "green"}.get(row.kind)
        body = _row_text(row, comparison)
        yield report.style(
            textwrap.fill(body, columns, initial_indent=f"{sign} ", subsequent_indent="   ", break_on_hyphens=False),
            fg=colour,
        )
    if not comparison.complete:
        yield "(the texts are long: the rest was compared only roughly)"


def _about(article: Article) -> str:
    return " · ".join(part for part in (article.source, day(article).strip(), article.title) if part)


def _row_text(row: Row, comparison: Comparison) -> str:
    if row.kind == "reworded":
        old = _marked(row.left, comparison.left_sentences, row.left_changes, "[-", "-]")
        new = _marked(row.right, comparison.right_sentences, row.right_changes, "{+", "+}")
        return f"{old}  ⇒  {new}"
    indices, sentences = (
        (row.right, comparison.right_sentences) if row.kind == "right-only" else (row.left, comparison.left_sentences)
    )
    return " ".join(sentences[i].text for i in indices)


def _marked(
    indices: Sequence[int], sentences: Sequence[Sentence], changes: Sequence[Change], opening: str, closing: str
) -> str:
    parts = []
    for index in indices:
        text, at, pieces = sentences[index].text, 0, []
        for change in sorted((c for c in changes if c.sentence == index), key=lambda c: c.start):
            pieces += [text[at : change.start], opening, text[change.start : change.stop], closing]
            at = change.stop
        parts.append("".join((*pieces, text[at:])))
    return " ".join(parts)
