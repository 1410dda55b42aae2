"""`newsreader diff`: two articles, or two texts of one, compared sentence by sentence.

The four forms come from four modules; here they are chosen, for `newsreader history` as well.
"""

from __future__ import annotations

from collections.abc import Iterable

import click

from newsreader.cli import comparison_text, json_documents, output
from newsreader.cli.session import Session
from newsreader.engine.results import Compared
from newsreader.errors import NotFoundError, UsageError
from newsreader.export import comparison_html, comparison_markdown


@click.command("diff")
@click.argument("a")
@click.argument("b")
@click.option("--format", "form", type=click.Choice(["text", "json", "html", "markdown"]), default="text")
@click.option("--width", type=click.IntRange(min=20), metavar="N", help="Columns of the text output.")
@click.option("--exit-code", is_flag=True, help="End with 1 when the articles differ.")
@click.pass_obj
def diff_command(session: Session, a: str, b: str, form: str, width: int | None, exit_code: bool) -> int:
    """Compare articles A and B (ids or paths; ID@NUMBER: a former text) sentence by sentence.

    Signs: ≈ reworded, ~ related, − only in A, + only in B, ↕ moved; [-words of A-] {+words of B+}. The html form is
    one file that needs nothing else; the markdown form is for notes.
    """
    try:
        compared = session.engine.comparing.compare(a, b)
    except NotFoundError as error:
        raise UsageError(str(error)) from error
    print_comparison(compared, form, width)
    differs = any(row.kind != "same" for row in compared.comparison.rows)
    return output.NO_MATCH if exit_code and differs else output.OK


def print_comparison(compared: Compared, form: str, columns: int | None) -> None:
    """As text (of this many columns, or as many as there are), json, html or markdown."""
    if form == "json":
        output.print_json(json_documents.compared(compared))
    else:
        output.print_lines(_lines(form, compared, columns or output.width()))


def _lines(form: str, compared: Compared, columns: int) -> Iterable[str]:
    match form:
        case "html":
            return comparison_html.lines(compared)
        case "markdown":
            return comparison_markdown.lines(compared)
        case _:
            return comparison_text.lines(compared, columns)
