"""Wording, colour and exit codes: how the program speaks."""

from __future__ import annotations

import os
import re
import sys
from typing import IO

import click

from newsreader.errors import (
    ArticleError,
    ConfigError,
    Interrupted,
    LibraryLocked,
    NewsreaderError,
    NotFoundError,
    QueryError,
    StorageError,
    UsageError,
)
from newsreader.text import visible

OK, NO_MATCH, USAGE, UNREADABLE, STORAGE, LOCKED = 0, 1, 2, 65, 74, 75

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CODES: tuple[tuple[type[NewsreaderError], int], ...] = (
    (QueryError, USAGE),
    (ConfigError, USAGE),
    (UsageError, USAGE),
    (ArticleError, USAGE),
    (NotFoundError, NO_MATCH),
    (LibraryLocked, LOCKED),
    (StorageError, STORAGE),
)


def exit_code(error: NewsreaderError) -> int:
    """What the program ends with after an error."""
    if isinstance(error, Interrupted):
        return 128 + error.signum
    return next((code for kind, code in _CODES if isinstance(error, kind)), NO_MATCH)


def complain(error: NewsreaderError, query: str | None = None) -> None:
    """Say what is wrong, on stderr; for a query with the place under it."""
    say(f"newsreader: {error}")
    if isinstance(error, QueryError) and query is not None and query.isprintable() and len(query) < 200:
        say(f"  {query}")
        say("  " + " " * error.start + "^" * max(1, min(error.stop, len(query)) - error.start))


def say(text: str) -> None:
    """Lines to stderr, never styled: they name files and other things from outside."""
    write("\n".join(map(visible, text.split("\n"))) + "\n", sys.stderr)


def warn(text: str) -> None:
    say(f"newsreader: warning: {text}")


def write(text: str, stream: IO[str] | None = None) -> None:
    """Text to stdout or another stream. What could drive a terminal, but for colours, is shown as an escape: names of
    files go through `visible` first, so that they have no colours either."""
    click.echo(
        "\n".join(map(_tame, text.split("\n"))), file=stream, nl=False, color=colour_wanted(stream or sys.stdout)
    )


def _tame(line: str) -> str:
    plain = _COLOUR.sub("", line)
    return line if plain.isprintable() else visible(plain)


def style(text: str, **how: object) -> str:
    """Styled text; the colour is taken out again where none is wanted."""
    return click.style(text, **how)  # type: ignore[arg-type]


def colour_wanted(stream: IO[str]) -> bool:
    """`--color`, then NO_COLOR, then whether it is a terminal."""
    context = click.get_current_context(silent=True)
    wanted = context.find_root().params.get("color", "auto") if context else "auto"
    if wanted != "auto":
        return bool(wanted == "always")
    return not os.environ.get("NO_COLOR") and stream.isatty()


def width() -> int:
    """Columns to write in."""
    import shutil

    return min(120, shutil.get_terminal_size((100, 40)).columns)
