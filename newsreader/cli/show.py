"""`newsreader show`: one article to read, or where each of its values comes from."""

from __future__ import annotations

import click

from newsreader.cli import json_documents, output
from newsreader.cli.listing import SHORT_ID, heading, paragraph
from newsreader.cli.session import Session
from newsreader.export.comparison_parts import former
from newsreader.export.wording import day
from newsreader.text.clean import visible

READING_WIDTH = 80


@click.command("show")
@click.argument("article")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--raw-meta", is_flag=True, help="Show where title, date and the rest come from; reads the file again.")
@click.pass_obj
def show_command(session: Session, article: str, form: str, raw_meta: bool) -> None:
    """Show ARTICLE: an id, the beginning of one, or a path."""
    if raw_meta:
        _show_provenance(session, article, form)
        return
    full = session.engine.article(article)
    if form == "json":
        output.print_json({**json_documents.article(full.article), "paragraphs": list(full.paragraphs)})
        return
    shown = full.article
    columns = min(READING_WIDTH, output.width())
    about = [shown.source, shown.author, day(shown).strip(), f"{shown.words:,} words", shown.url]
    output.write(heading(shown, columns, *about))
    if shown.version is not None:
        output.write(output.style(f"{former(shown)}; this is not what its file says now", fg="magenta") + "\n")
    elif shown.edited:
        output.write(output.style(f"edited: newsreader history {shown.id[:SHORT_ID]}", fg="magenta") + "\n")
    if shown.tags:
        output.write(output.style(" ".join(f"#{tag}" for tag in shown.tags), fg="green") + "\n")
    output.write(f"{visible(str(shown.path))}\n")
    for text in full.paragraphs:
        output.write("\n" + paragraph(text, columns) + "\n")


def _show_provenance(session: Session, reference: str, form: str) -> None:
    article, values = session.engine.provenance(reference)
    if form == "json":
        meta = {value.field: {"value": value.value, "from": value.origin} for value in values}
        output.print_json({"id": article.id, "path": str(article.path), "meta": meta})
        return
    output.write(f"{visible(str(article.path))}\n")
    for value in values:
        origin = output.style(f"  ({visible(value.origin)})", fg="cyan") if value.origin else ""
        output.write(f"{value.field:10} {visible(value.value or '–')}{origin}\n")
