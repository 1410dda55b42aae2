"""The command group: global options, loading of commands, errors to exit codes.

Whatever a command raises ends here, as one line on stderr and the documented code: no traceback reaches a user, and
scripts can tell "nothing found" from "wrong usage".
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import click

from newsreader import __version__
from newsreader.cli import output
from newsreader.cli.session import Session
from newsreader.errors import NewsreaderError
from newsreader.paths import OPTIONS, find_locations

_COMMANDS: Mapping[str, str] = {
    "demo": "Open the reader on the sample articles; your own library is left alone.",
    "index": "Bring catalogue, index and stories up to date.",
    "search": "Search the articles.",
    "show": "Show an article.",
    "stories": "List the stories that several articles tell.",
    "diff": "Compare two articles sentence by sentence.",
    "history": "Show what an article said before its file was changed.",
    "new": "Show what an article adds to the earlier ones of its story.",
    "dossier": "Write a dossier of a story, of articles or of what a query finds.",
    "tag": "Add and remove tags.",
    "folders": "List or remove the library's folders.",
    "doctor": "Check everything and mend the cache.",
    "cron": "Print a crontab line or systemd units that keep the library up to date.",
    "dirs": "Print where everything is kept.",
    "config": "Show, check or edit the configuration.",
    "completions": "Print the completion script for a shell.",
}
"""Command, which is also its module's name → its line in the help, which must not load the module."""
_GLOBAL_OPTIONS = (*OPTIONS.values(), "--color")


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"newsreader.cli.{cmd_name}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f"; did you mean {near[0]}?" if near else "; `newsreader --help` lists them"
            raise click.UsageError(f"there is no command {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # the reader of our output has seen enough; click would end with 1, our "no match"
            output.discard(sys.stdout)
            return output.OK

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


_path = click.Path(path_type=Path)


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Without a command the reader opens on your library. Options above may stand before or after the command.",
)
@click.option("--config", type=_path, metavar="FILE", help="Configuration file.")
@click.option("--data-dir", type=_path, metavar="DIR", help="Tags, marks and all else that you made.")
@click.option("--cache-dir", type=_path, metavar="DIR", help="Catalogue and index; may be deleted at any time.")
@click.option("--state-dir", type=_path, metavar="DIR", help="Log, history, window state.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour in the output.")
@click.version_option(__version__, "--version", prog_name="newsreader", message="%(prog)s %(version)s")
@click.pass_context
def newsreader(
    context: click.Context,
    config: Path | None,
    data_dir: Path | None,
    cache_dir: Path | None,
    state_dir: Path | None,
    color: str,
) -> None:
    """A terminal news reader for articles kept as files: search, stories, comparison, tags."""
    context.obj = Session(find_locations(config=config, data=data_dir, cache=cache_dir, state=state_dir))
    context.call_on_close(context.obj.close)
    if context.invoked_subcommand is None:
        from newsreader.cli.launch import open_reader

        open_reader(context.obj)


def run(arguments: list[str]) -> int:
    """Run with these arguments: the exit code."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        result = newsreader.main(_hoist(arguments), prog_name="newsreader", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else output.OK
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _usage(error, arguments)
    except NewsreaderError as error:
        output.complain(error)
        return output.exit_code(error)
    except (KeyboardInterrupt, click.Abort):
        output.say("newsreader: interrupted")
        return 130
    except BrokenPipeError:
        output.discard(sys.stdout)
        return output.OK
    except OSError as error:  # the output above all: its disk is full, its terminal gone
        output.discard(sys.stdout)
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        output.say(f"newsreader: {where}{error.strerror or error}")
        return output.STORAGE


def _open_closed_streams() -> None:
    """Who was started without stdin, stdout or stderr has them go nowhere: else files would get their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115


def _usage(error: click.ClickException, arguments: list[str]) -> int:
    message = " ".join(error.format_message().split())  # of a missing option click lists the choices in lines
    output.say(f"newsreader: {message[:1].lower()}{message[1:].rstrip('.')}")
    if isinstance(error, click.NoSuchOption) and "search" in arguments:
        output.say("(words that begin with - go behind --, as in: newsreader search -- -apples pears)")
    return output.USAGE


def _hoist(arguments: list[str]) -> list[str]:
    """Move the global options to the front: they may stand before or after the command."""
    front: list[str] = []
    rest: list[str] = []
    remaining = iter(arguments)
    for argument in remaining:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            rest += [argument, *remaining]
        elif name in _GLOBAL_OPTIONS:
            front += [argument] if equals else [argument, *islice(remaining, 1)]
        else:
            rest.append(argument)
    return front + rest
