"""The command group: global options, loading of commands, errors to exit codes."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newsreader import __version__
from newsreader.cli import report
from newsreader.errors import NewsreaderError, QueryError
from newsreader.library.locations import Locations

if TYPE_CHECKING:
    from newsreader.config import Config
    from newsreader.engine.core import Engine

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "demo": ("launch", "Open the reader on the sample articles; your own library is left alone."),
    "index": ("index", "Bring catalogue, index and stories up to date."),
    "search": ("search", "Search the articles."),
    "show": ("show", "Show an article."),
    "stories": ("stories", "List the stories that several articles tell."),
    "diff": ("diff", "Compare two articles sentence by sentence."),
    "history": ("history", "Show what an article said before its file was changed."),
    "new": ("new", "Show what an article adds to the earlier ones of its story."),
    "dossier": ("dossier", "Write a dossier of a story, of articles or of what a query finds."),
    "tag": ("tag", "Add and remove tags."),
    "folders": ("library", "List or remove the library's folders."),
    "doctor": ("doctor", "Check everything and mend the cache."),
    "cron": ("cron", "Print a crontab line or systemd units that keep the library up to date."),
    "dirs": ("library", "Print where everything is kept."),
    "config": ("library", "Show, check or edit the configuration."),
    "completions": ("library", "Print the completion script for a shell."),
}
"""Command → its module, and its line in the help (which must not load the module)."""
_GLOBAL_OPTIONS = ("--config", "--data-dir", "--cache-dir", "--state-dir", "--color")


@dataclass(slots=True)
class Session:
    """What every command is given."""

    locations: Locations
    _engine: Engine | None = None
    _config: Config | None = None

    @property
    def engine(self) -> Engine:
        if self._engine is None:
            from newsreader.engine.core import Engine

            self._engine = Engine(self.locations, rules=lambda: self.config().reading_rules)
        return self._engine

    def config(self) -> Config:
        """The configuration, with its warnings said. Raises `ConfigError`."""
        from newsreader.config import load_config

        if self._config is None:
            self._config = load_config(self.locations.config)
            for warning in self._config.warnings:
                report.warn(warning)
        return self._config


class _Group(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"newsreader.cli.{_COMMANDS[cmd_name][0]}")
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
            report.discard(sys.stdout)
            return report.OK

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


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
    from newsreader.paths import find_locations

    context.obj = Session(find_locations(config=config, data=data_dir, cache=cache_dir, state=state_dir))
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
        return result if isinstance(result, int) else report.OK
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        return _usage(error, arguments)
    except NewsreaderError as error:
        report.complain(error, getattr(error, "query", None) if isinstance(error, QueryError) else None)
        return report.exit_code(error)
    except (KeyboardInterrupt, click.Abort):
        report.say("newsreader: interrupted")
        return 130
    except BrokenPipeError:
        report.discard(sys.stdout)
        return report.OK
    except OSError as error:  # the output above all: its disk is full, its terminal gone
        report.discard(sys.stdout)
        where = f"{os.fsdecode(error.filename)}: " if error.filename else ""
        report.say(f"newsreader: {where}{error.strerror or error}")
        return report.STORAGE


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
    report.say(f"newsreader: {message[:1].lower()}{message[1:].rstrip('.')}")
    if isinstance(error, click.NoSuchOption) and "search" in arguments:
        report.say("(words that begin with - go behind --, as in: newsreader search -- -apples pears)")
    return report.USAGE


def _hoist(arguments: list[str]) -> list[str]:
    """Move the global options to the front: they may stand before or after the command."""
    front: list[str] = []
    rest: list[str] = []
    at = 0
    while at < len(arguments):
        argument = arguments[at]
        name, equals, _ = argument.partition("=")
        if argument == "--":
            rest.extend(arguments[at:])
            break
        if name in _GLOBAL_OPTIONS:
            front.append(argument)
            if not equals and at + 1 < len(arguments):
                at += 1
                front.append(arguments[at])
        else:
            rest.append(argument)
        at += 1
    return front + rest
