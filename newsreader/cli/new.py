"""`newsreader new`: what an article adds to the earlier ones of its story.

Only the new sentences are printed, in their paragraphs, with a mark where something known was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from newsreader.cli import json_documents, output
from newsreader.cli.listing import article_line, heading, paragraph
from newsreader.cli.session import Session
from newsreader.engine.results import Updated
from newsreader.text.plural import counted

if TYPE_CHECKING:  # it loads NumPy, for which `--help` has no use
    from newsreader.compare.novelty import CheckedSentence

GAP = "[…]"
"""Stands for sentences between two new ones of a paragraph."""

SHOWN_EARLIER = 10
"""Earlier articles that are listed before the rest is only counted."""


@click.command("new")
@click.argument("article")
@click.option("--read", "read_only", is_flag=True, help="Only what you have read counts as said before.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def new_command(session: Session, article: str, read_only: bool, form: str) -> None:
    """Show what ARTICLE (an id, the beginning of one, or a path) adds to the earlier articles of its story.

    A sentence is said before if an earlier one reports the same: one with another figure or date, or that denies what
    was said, is new. […] stands for what was said before; credits are neither.
    """
    updated = session.engine.comparing.novelty(article, read_only=read_only)
    if form == "json":
        output.print_json(json_documents.updated(updated))
        return
    columns = output.width()
    output.write(heading(updated.article.article, columns) + "\n")
    output.write(paragraph(_verdict(updated, read_only), columns) + "\n")
    for earlier in updated.earlier[:SHOWN_EARLIER]:
        output.write(f"  {article_line(earlier)}\n")
    if len(updated.earlier) > SHOWN_EARLIER:
        output.write(f"  and {len(updated.earlier) - SHOWN_EARLIER} more\n")
    for text in _new_paragraphs(updated.novelty.statements):
        output.write("\n" + paragraph(text, columns) + "\n")


def _verdict(updated: Updated, read_only: bool) -> str:
    """How much is new, compared to what."""
    count, found = len(updated.earlier), updated.novelty
    if not count:
        none = "other article that you have read" if read_only else "article that is known to be earlier"
        return f"All of it is new: its story has no {none}."
    checked = [statement for statement in found.statements if not statement.is_credit]
    new = sum(statement.is_new for statement in checked)
    articles = counted(count, "article" if read_only else "earlier article")
    against = f"compared to {articles} of its story{' that you have read' if read_only else ''}"
    share = {0: "Nothing", len(checked): "All of it"}.get(new) or _percent(found.new_share)
    rough = "" if found.complete else " (not all of them: there was no time)"
    return f"{share} is new ({new} of {len(checked)} sentences), {against}{rough}:"


def _percent(share: float) -> str:
    """A share that is neither nothing nor all, and never shown as either."""
    return f"{min(max(share, 0.01), 0.99):.0%}"


def _new_paragraphs(statements: Sequence[CheckedSentence]) -> Iterator[str]:
    """The new sentences of each paragraph that has any, with a gap for each run of others."""
    reports = (statement for statement in statements if not statement.is_credit)
    for _, group in groupby(reports, key=lambda statement: statement.sentence.paragraph):
        pieces: list[str] = []
        for is_new, run in groupby(group, key=lambda statement: statement.is_new):
            pieces += [statement.sentence.text for statement in run] if is_new else [GAP]
        if any(piece != GAP for piece in pieces):
            yield " ".join(pieces)
