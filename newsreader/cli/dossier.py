"""`newsreader dossier`."""

from __future__ import annotations

from pathlib import Path

import click

from newsreader.cli import report
from newsreader.cli.root import Session
from newsreader.errors import QueryError
from newsreader.export.files import Form, checked, form_of, write_new


@click.command("dossier")
@click.argument("what", nargs=-1, required=True, metavar="STORY | ARTICLE... | QUERY...")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE", help="- is stdout.")
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), help="Else by the suffix of FILE.")
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="Articles of a query.")
@click.pass_obj
def dossier_command(session: Session, what: tuple[str, ...], output: Path, form: Form | None, limit: int) -> None:
    """Write a dossier of a story, of articles, or of what a query finds.

    It has your notes and tags, what the articles contradict each other on, what all, several and one of them say, and
    quotations and figures, each with outlet, date, path and paragraph. A file that exists is never written over.
    """
    from newsreader.export.dossier import choose, dossier
    from newsreader.export.dossier_lines import dossier_lines

    to_stdout = str(output) == "-"
    if not to_stdout:
        checked(output)
    try:
        chosen = choose(session.engine, what, limit)
    except QueryError as error:
        report.complain(error, " ".join(what))
        raise SystemExit(report.USAGE) from error
    if chosen.found > len(chosen.articles):
        report.say(f"newsreader: the first {len(chosen.articles)} of {chosen.found} articles; --limit takes more")
    lines = dossier_lines(dossier(session.engine, chosen), form or form_of(output))
    if to_stdout:
        report.write("".join(f"{line}\n" for line in lines))
    else:
        write_new(output, lines)
