"""`newsreader tag`: adds and removes tags of all that a query finds, lists them, dumps and restores user data.

Arguments are read by hand: `-old` takes a tag away, where any other command would see an option.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

import click

from newsreader.cli import output
from newsreader.cli.listing import SHORT_ID
from newsreader.cli.session import Session
from newsreader.errors import StorageError, UsageError
from newsreader.library.output_file import write_private
from newsreader.text.clean import visible
from newsreader.text.plural import counted
from newsreader.userdata.dump import LONGEST_LINE, Dump, dump, parse_dump
from newsreader.userdata.tags import spellings, valid_tag

SHOWN_FOLDERS = 3


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
@click.option("--folders", is_flag=True, help="With --restore: also the dump's folders become folders of the library.")
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
    folders: bool,
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
        _restore(session, _file(words), accumulate=accumulate, folders=folders, dry_run=dry_run)
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
    remove = [spellings(tag[1:])[0] for tag in tags if tag[0] == "-"]
    return add, remove, " ".join(raw).strip()


def _list(session: Session, form: str) -> None:
    tags = session.engine.shelf().counts.tags
    if form == "json":
        output.print_json({"tags": [{"tag": tag, "articles": count} for tag, count in tags]})
    else:
        for tag, count in tags:
            output.write(f"{count:>8,}  {visible(tag)}\n")


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
        write_private(lines, target)


def _restore(session: Session, source: Path | None, *, accumulate: bool, folders: bool, dry_run: bool) -> None:
    """A dump may be someone else's: the folders that it names are read only by who asks for it."""
    dumped = _read_dump(source)
    left_out = () if folders else tuple(dumped.folders)
    if not folders:
        dumped.folders = []
    pending = None if dry_run else session.engine.marking.restore(dumped, accumulate=accumulate)
    if pending is not None:
        output.say(f"newsreader: {pending}; all is restored, and stories are grouped anew by that run or the next")
    if dry_run or sys.stderr.isatty():
        output.say(f"{counted(len(dumped.articles), 'article')} {'would be restored' if dry_run else 'restored'}")
    if left_out:
        output.say(
            f"newsreader: {counted(len(left_out), 'folder')} of the dump not added to the library ({_some(left_out)});"
            " --folders adds them"
        )


def _read_dump(source: Path | None) -> Dump:
    """From a file or stdin. Raises `UsageError` that names file and line, `StorageError`."""
    name = "stdin" if source is None else visible(str(source))
    try:
        if source is None:
            return parse_dump(_lines(sys.stdin))
        with source.open(encoding="utf-8", newline="\n") as file:
            return parse_dump(_lines(file))
    except OSError as error:
        raise StorageError(f"{name}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: not UTF-8, so no dump of newsreader") from error
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error


def _lines(file: IO[str]) -> Iterator[str]:
    """One at a time, none much longer than a dump has."""
    return iter(lambda: file.readline(LONGEST_LINE + 2), "")


def _some(folders: Sequence[Path]) -> str:
    shown = ", ".join(visible(str(folder)) for folder in folders[:SHOWN_FOLDERS])
    return shown + (", …" if len(folders) > SHOWN_FOLDERS else "")
