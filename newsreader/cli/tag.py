"""`newsreader tag`: adds and removes tags of all that a query finds, lists them, dumps and restores user data.

Arguments are read by hand: `-old` takes a tag away, where any other command would see an option.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newsreader.cli import output
from newsreader.cli.listing import SHORT_ID
from newsreader.cli.session import Session
from newsreader.errors import StorageError, UsageError
from newsreader.text.plural import counted
from newsreader.userdata.dump import dump, parse_dump, write_dump
from newsreader.userdata.tags import valid_tag


class _TagCommand(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keeps the `--`, which click would drop: what is behind it is query, also where it begins with + or -."""
        if "--" in args:
            args.insert(args.index("--"), "--")
        return super().parse_args(ctx, args)


@click.command(
    "tag",
    cls=_TagCommand,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},  # -hot takes away the tag hot
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="+TAG -TAG … -- QUERY")
@click.option("--list", "list_tags", is_flag=True, help="List the tags with their counts.")
@click.option("--dump", is_flag=True, help="Write your data as text to stdout, or to the file given.")
@click.option("--versions", is_flag=True, help="With --dump: also the former texts of edited articles.")
@click.option("--restore", is_flag=True, help="Read a dump from stdin, or from the file given.")
@click.option("--accumulate", is_flag=True, help="With --restore: add to what is there, take nothing away.")
@click.option("--rename", nargs=2, metavar="OLD NEW", help="Give all articles of one tag another instead.")
@click.option("--dry-run", is_flag=True, help="Say what would be done.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Of --list.")
@click.pass_context
def tag_command(
    context: click.Context,
    words: tuple[str, ...],
    list_tags: bool,
    dump: bool,
    versions: bool,
    restore: bool,
    accumulate: bool,
    rename: tuple[str, str] | None,
    dry_run: bool,
    form: str,
) -> int:
    """Add (+) and remove (-) tags of all articles that a query finds:

    newsreader tag +toread -old -- title:budget date:2021
    """
    session: Session = context.obj
    if sum((list_tags, dump, restore, rename is not None)) > 1:
        raise UsageError("--list, --dump, --restore and --rename can't be combined")
    if list_tags:
        _list(session, form)
    elif dump:
        _dump(session, _file(words), versions=versions)
    elif restore:
        _restore(session, _file(words), accumulate=accumulate, dry_run=dry_run)
    elif rename is not None:
        count = (
            len(session.engine.shelf().by_tag.get(rename[0], ()))
            if dry_run
            else session.engine.marking.rename_tag(*rename)
        )
        output.say(f"{counted(count, 'article')} {'would be ' if dry_run else ''}tagged {rename[1]}")
    else:
        return _change(session, words, dry_run)
    return output.OK


def _change(session: Session, words: tuple[str, ...], dry_run: bool) -> int:
    add, remove, query = _split(words)
    if not add and not remove:
        raise UsageError("name tags with + or -, then -- and a query: newsreader tag +toread -- title:budget")
    if not query:
        raise UsageError("a query is needed behind --; to tag every article, write '*'")
    engine = session.engine
    with output.query_shown(query):
        result = engine.searching.search("" if query == "*" else query)
    articles = [] if result.partial else engine.articles(result.numbers.tolist())
    if articles and not dry_run:
        engine.marking.tag([article.id for article in articles], add, remove)
    if dry_run:
        for article in articles:
            output.write(f"{article.id[:SHORT_ID]}  {article.title}\n")
    if not articles:
        output.say(f"newsreader: nothing found: {query}")
    elif dry_run or sys.stderr.isatty():
        what = " ".join([*(f"+{tag}" for tag in add), *(f"-{tag}" for tag in remove)])
        output.say(f"{counted(len(articles), 'article')} {'would get' if dry_run else 'got'} {what}")
    return output.OK if articles else output.NO_MATCH


def _split(words: tuple[str, ...]) -> tuple[list[str], list[str], str]:
    """(tags to add, tags to remove, query): tags come first, the query behind `--` or where no sign leads."""
    raw = list(words)
    tags: list[str] = []
    while raw and raw[0] != "--" and raw[0][:1] in "+-" and len(raw[0]) > 1:
        tags.append(raw.pop(0))
    if raw and raw[0] == "--":
        raw.pop(0)
    add = [valid_tag(tag[1:]) for tag in tags if tag[0] == "+"]
    remove = [valid_tag(tag[1:]) for tag in tags if tag[0] == "-"]
    return add, remove, " ".join(raw).strip()


def _list(session: Session, form: str) -> None:
    tags = session.engine.shelf().counts.tags
    if form == "json":
        output.print_json({"tags": [{"tag": tag, "articles": count} for tag, count in tags]})
    else:
        for tag, count in tags:
            output.write(f"{count:>8,}  {tag}\n")


def _file(words: tuple[str, ...]) -> Path | None:
    words = tuple(word for word in words if word != "--")
    if len(words) > 1:
        raise UsageError("at most one file can be named")
    return Path(words[0]) if words and words[0] != "-" else None


def _dump(session: Session, target: Path | None, *, versions: bool) -> None:
    lines = dump(session.engine.store, versions=sys.maxsize if versions else 0)
    if target is None:
        sys.stdout.writelines(line + "\n" for line in lines)
    else:
        write_dump(lines, target)


def _restore(session: Session, source: Path | None, *, accumulate: bool, dry_run: bool) -> None:
    name = "stdin" if source is None else str(source)
    try:
        text = sys.stdin.read() if source is None else source.read_text(encoding="utf-8")
        dumped = parse_dump(text.split("\n"))
    except OSError as error:
        raise StorageError(f"{name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8, so no dump of newsreader") from error
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
    if not dry_run:
        session.engine.marking.restore(dumped, accumulate=accumulate)
    if dry_run or sys.stderr.isatty():
        output.say(f"{len(dumped.articles):,} articles {'would be restored' if dry_run else 'restored'}")
