"""`newsreader dossier`: articles that belong together, as a document for somebody's work.

The document goes to a new file or to stdout; a file that exists is refused before anything is gathered.
"""

from __future__ import annotations

from pathlib import Path

import click

from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.export.files import Form, checked, form_of, write_new


@click.command("dossier")
@click.argument("what", nargs=-1, required=True, metavar="STORY | ARTICLE... | QUERY...")
@click.option(
    "-o", "--output", "target", required=True, type=click.Path(path_type=Path), metavar="FILE", help="- is stdout."
)
@click.option("--format", "form", type=click.Choice(["markdown", "html"]), help="Else by the suffix of FILE.")
@click.option("--limit", type=click.IntRange(min=1), default=40, show_default=True, help="Articles of a query.")
@click.pass_obj
def dossier_command(session: Session, what: tuple[str, ...], target: Path, form: Form | None, limit: int) -> None:
    """Write a dossier of a story, of articles, or of what a query finds.

    It has your notes and tags, what the articles contradict each other on, what all, several and one of them say, and
    quotations and figures, each with outlet, date, path and paragraph. A file that exists is never written over.
    """
    from newsreader.export.dossier import choose, dossier
    from newsreader.export.dossier_lines import dossier_lines

    to_stdout = str(target) == "-"
    if not to_stdout:
        checked(target, streams=True)
    with output.query_shown(" ".join(what)):
        chosen = choose(session.engine, what, limit)
    if chosen.found > len(chosen.articles):
        output.say(f"newsreader: the first {len(chosen.articles)} of {chosen.found} articles; --limit takes more")
    lines = dossier_lines(dossier(session.engine, chosen), form or form_of(target))
    if to_stdout:
        output.print_lines(lines)
    else:
        write_new(target, lines)
