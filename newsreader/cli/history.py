"""`newsreader history`: what an article said before its file was changed.

Lists the texts of one article or all edited articles, or compares two texts as `newsreader diff` does.
"""

from __future__ import annotations

from datetime import datetime

import click

from newsreader.cli import json_documents, output
from newsreader.cli.diff import print_comparison
from newsreader.cli.listing import article_line, heading
from newsreader.cli.session import Session
from newsreader.compare.model import Summary
from newsreader.engine.history import History
from newsreader.errors import UsageError
from newsreader.export import wording
from newsreader.text.clean import shorten

NOW = "now"
"""What the text as it is now is called beside the numbers of former ones."""


@click.command("history")
@click.argument("article", required=False)
@click.argument("old", required=False, metavar="[VERSION")
@click.argument("new", required=False, metavar="[VERSION]]")
@click.option("--list", "list_edited", is_flag=True, help="List all articles that were edited, the latest edit first.")
@click.option("--limit", type=click.IntRange(min=0), default=50, show_default=True, help="Articles in the --list.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "markdown"]),
    default="text",
    help="html and markdown are for comparisons.",
)
@click.option("--width", type=click.IntRange(min=20), metavar="N", help="Columns of a comparison as text.")
@click.pass_obj
def history_command(
    session: Session,
    article: str | None,
    old: str | None,
    new: str | None,
    list_edited: bool,
    limit: int,
    form: str,
    width: int | None,
) -> None:
    """Show the former texts of ARTICLE (an id, the beginning of one, or a path), which are kept when its file changes.

    With the number of a version, compare that with the text as it is now; with two, compare the two. `newsreader show
    ARTICLE@NUMBER` prints a former text; ARTICLE@NUMBER can be given to `newsreader diff` as well.
    """
    if list_edited:
        if article is not None:
            raise UsageError("--list is about all articles: name none with it")
        _list(session, limit, _plain(form, "--list"))
    elif article is None:
        raise UsageError("name an article, or --list those that were edited")
    elif old is None:
        _texts(session, article, _plain(form, "the list of versions"))
    else:
        _compare(session, article, old, new or NOW, form, width)


def _plain(form: str, what: str) -> str:
    if form not in ("text", "json"):
        raise UsageError(f"{what} can be had as text and as json only")
    return form


def _list(session: Session, limit: int, form: str) -> None:
    found = session.engine.history.edited_articles()
    if form == "json":
        output.print_json(json_documents.edited_articles(found[:limit], len(found)))
        return
    for edited in found[:limit]:
        times = f"{edited.article.versions}×, last seen {_when(edited.at)}"
        output.write(f"{article_line(edited.article)} {output.style(times, fg='magenta')}\n")
    if len(found) > limit:
        output.say(f"and {len(found) - limit:,} more (--limit)")
    elif not found:
        output.say("No article of the library was edited since it was first read.")


def _texts(session: Session, article: str, form: str) -> None:
    found = session.engine.history.of(article)
    summaries = session.engine.comparing.edits(found)
    if form == "json":
        output.print_json(json_documents.history(found, summaries))
        return
    output.write(heading(found.now.article, output.width()) + "\n")
    output.print_lines(_lines(found, summaries))
    if not found.former:
        output.say("It was not edited since it was first read.")


def _lines(found: History, summaries: list[Summary]) -> list[str]:
    """A line for each text: its number, until when it stood, how long it is, and what it changed."""
    lines = []
    for text, summary in zip(found.texts, [None, *summaries], strict=True):
        version = text.article.version
        name = NOW if version is None else str(version.number)
        when = "" if version is None else f"until {_when(version.until)}"
        parts = [output.style(f"{name:>4}", fg="yellow"), f"{when:23}", f"{text.article.words:>6,} words"]
        if summary is not None:
            parts.append(wording.edit(summary))
        if text.article.title != found.now.article.title:
            parts.append(output.style(shorten(text.article.title, 60), bold=True))
        lines.append("  ".join(parts).rstrip())
    return lines


def _when(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{here.day} {here:%b %Y, %H:%M}"


def _compare(session: Session, article: str, old: str, new: str, form: str, width: int | None) -> None:
    identity = session.engine.article(article).article.id
    left, right = (_reference(identity, name) for name in (old, new))
    print_comparison(session.engine.comparing.compare(left, right), form, width)


def _reference(article: str, name: str) -> str:
    if name == NOW:
        return article
    if not (name.isascii() and name.isdigit()):
        raise UsageError(f"a version is a number, or {NOW!r}; not {name!r}")
    return f"{article}@{int(name)}"
