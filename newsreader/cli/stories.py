"""`newsreader stories`."""

from __future__ import annotations

from datetime import date

import click

from newsreader.cli import documents, report
from newsreader.cli.listing import article_line
from newsreader.cli.root import Session
from newsreader.errors import QueryError, UsageError


@click.command("stories")
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(min=0), default=20, show_default=True, help="At most so many stories.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out the first so many.")
@click.option("--since", metavar="DATE", help='With an article from this day on (2021-03-26, yesterday, "2 weeks").')
@click.option("--min-size", type=click.IntRange(min=1), default=2, show_default=True, help="At least so many articles.")
@click.option("--min-sources", type=click.IntRange(min=0), default=0, help="At least so many outlets.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def stories_command(
    session: Session,
    query: tuple[str, ...],
    limit: int,
    offset: int,
    since: str | None,
    min_size: int,
    min_sources: int,
    form: str,
) -> None:
    """List the stories that several articles tell, the newest first; with QUERY those that it finds."""
    engine, text = session.engine, " ".join(query)
    try:
        result = engine.search(text) if text.strip() else None
    except QueryError as error:
        report.complain(error, text)
        raise SystemExit(report.USAGE) from error
    ids = engine.story_ids(result, since=_day(since), min_size=min_size, min_sources=min_sources)
    found = engine.stories(ids[offset : offset + limit])
    if form == "json":
        documents.print_json({"total": len(ids), "stories": [documents.story(story) for story in found]})
        return
    for story in found:
        outlets = f"{len(story.sources)} outlet{'s' if len(story.sources) != 1 else ''}"
        about = f"{story.id}  {len(story.members)} articles, {outlets}"
        report.write(f"{report.style(story.title, bold=True)}\n  {report.style(about, fg='yellow')}\n")
        for member in story.members:
            report.write(f"  {article_line(member.article)}  ({member.relation})\n")
        report.write("\n")
    if not found:
        report.say("No stories.")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    from newsreader.index.periods import parse_age

    try:
        return parse_age(text, date.today())
    except ValueError as error:
        raise UsageError(f"--since: {error}") from error
