"""`newsreader search`: articles that a query finds, as text, JSON or paths, and the saved searches.

Paths go out as the bytes that they are, for other programs; all else is text that is safe on a terminal.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import cast

import click

from newsreader.cli import histogram_text, json_documents, output
from newsreader.cli.listing import article_line, highlight, indented
from newsreader.cli.session import Session
from newsreader.engine.results import UNITS, Hit, Unit
from newsreader.errors import UsageError
from newsreader.index.result import Result, Sort
from newsreader.text.clean import escape_harmful, visible
from newsreader.text.plural import counted

AUTO = "auto"
"""The finest unit of a histogram whose bars fit."""


class _SearchCommand(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Behind `--histogram` without a unit begins the query; click would take its first word for the unit."""
        options = args.index("--") if "--" in args else len(args)
        for at, argument in enumerate(args[:options]):
            if argument == "--histogram" and not {*args[at + 1 : at + 2]} & {AUTO, *UNITS}:
                args[at] += f"={AUTO}"
        return super().parse_args(ctx, args)


@click.command("search", cls=_SearchCommand)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many articles.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many.")
@click.option(
    "--sort", type=click.Choice(["relevance", "recent", "date", "-date"]), default="relevance", show_default=True
)
@click.option("--format", "form", type=click.Choice(["text", "json", "paths", "paths0"]), default="text")
@click.option("--explain", is_flag=True, help="Show how the query was understood, with the hits of each part.")
@click.option("--save", metavar="NAME", help="Keep QUERY under a name: @NAME stands for it in queries.")
@click.option("--saved", is_flag=True, help="List the saved searches.")
@click.option("--forget", metavar="NAME", help="Delete a saved search.")
@click.option(
    "--any", "any_word", is_flag=True, help="QUERY is plain text: articles with any of its words, best first."
)
@click.option(
    "--histogram",
    type=click.Choice([*UNITS, AUTO]),
    help="Show when the articles were published, as bars (text, json).",
)
@click.pass_obj
def search_command(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    sort: str,
    form: str,
    explain: bool,
    any_word: bool,
    save: str | None,
    saved: bool,
    forget: str | None,
    histogram: str | None,
) -> int:
    """Search the articles. An empty QUERY lists all of them, newest first."""
    if histogram is not None and form in ("paths", "paths0"):
        raise UsageError("--histogram goes with --format text or json")
    engine, text = session.engine, " ".join(query)
    if forget is not None:
        engine.searching.delete_search(forget)
        return output.OK
    if saved:
        _saved(session, form)
        return output.OK
    with output.query_shown(text):
        if save is not None:
            engine.searching.save_search(save, text)
        result = engine.searching.search(text, sort=cast("Sort", sort), any_word=any_word, explain=explain)
    if form in ("paths", "paths0"):
        articles = engine.articles(result.numbers[offset : offset + limit].tolist())
        _print_paths([article.path for article in articles], b"\0" if form == "paths0" else b"\n")
    else:
        hits = engine.searching.hits(result, offset, offset + limit)
        bars = None
        if histogram is not None:
            bars = engine.searching.histogram(result, cast("Unit", histogram) if histogram != AUTO else None)
        if form == "json":
            output.print_json(json_documents.search(result, hits, explain=explain, histogram=bars))
        else:
            if bars is not None and len(result.numbers):
                output.print_lines([*histogram_text.lines(bars, output.width()), *([""] if hits else [])])
            _print_text(result, hits, explain)
    return output.OK if len(result.numbers) else output.NO_MATCH


def _saved(session: Session, form: str) -> None:
    searches = session.engine.searching.saved_searches()
    if form == "json":
        output.print_json({"searches": [{"name": name, "query": query} for name, query in searches.items()]})
        return
    for name, query in searches.items():
        output.write(f"@{visible(name)}  {visible(query)}\n")
    if not searches:
        output.say("There are no saved searches; `newsreader search --save NAME QUERY` keeps one.")


def _print_paths(paths: Sequence[os.PathLike[str]], end: bytes) -> None:
    """Raw bytes for other programs; on a terminal what could drive it is escaped, and in lines all with line breaks:
    each would be taken for two files, of which one may be any."""
    if sys.stdout.isatty() and end == b"\n":
        for path in paths:
            output.write(f"{visible(str(path))}\n")
        return
    sys.stdout.flush()
    names = [os.fsencode(path) for path in paths]
    broken = [name for name in names if end == b"\n" and (b"\n" in name or b"\r" in name)]
    sys.stdout.buffer.write(
        b"".join((visible(os.fsdecode(name)).encode() if name in broken else name) + end for name in names)
    )
    sys.stdout.buffer.flush()
    if broken:
        output.warn(f"{counted(len(broken), 'path')} with line breaks in it: --format paths0 has the names as they are")


def _print_text(result: Result, hits: Sequence[Hit], explain: bool) -> None:
    for note in result.query.notes:
        output.say(f"note: {note}")
    if explain:
        output.write(f"{escape_harmful(result.interpretation)}\n")
        for clause in result.clauses:
            output.write(f"  {clause.hits:>8,}  {escape_harmful(clause.meaning)}\n")
        output.write("\n")
    if result.partial:
        output.say("No article has all of that; these have some of it.")
    for hit in hits:
        output.write(article_line(hit.article, highlight(hit.title)) + "\n")
        if hit.excerpt.text:
            output.write(indented(highlight(hit.excerpt)) + "\n")
    if not len(result.numbers):
        output.say(f"Nothing found: {result.interpretation}")
    if result.blocker is not None:
        output.say(f"What empties it: {result.blocker.meaning} ({result.blocker.hits:,} by itself)")
    if result.relaxations:
        for relaxation in result.relaxations:
            output.say(f"  {relaxation.hits:>6,}  {relaxation.label}:  {relaxation.query}")
    elif result.suggestion is not None:
        output.say(f"Did you mean: {result.suggestion}")
    if len(result.numbers) and sys.stdout.isatty():
        shown = f"{len(hits):,} of " if len(hits) < len(result.numbers) else ""
        output.say(f"{shown}{counted(len(result.numbers), 'article')} · {result.interpretation}")
