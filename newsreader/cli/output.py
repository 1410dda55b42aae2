"""How commands speak: to stdout and stderr, in colour or not, to the log, as JSON, and by their exit codes.

All that is printed goes through here, because names of files and texts of articles could else drive the terminal.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from itertools import chain, zip_longest
from pathlib import Path
from typing import IO, Any

import click

from newsreader.errors import (
    ArticleError,
    ConfigError,
    Interrupted,
    LibraryLocked,
    NewsreaderError,
    QueryError,
    StorageError,
    UsageError,
)
from newsreader.text.clean import escape_harmful, visible

OK, NO_MATCH, USAGE, UNREADABLE, STORAGE, LOCKED = 0, 1, 2, 65, 74, 75

SCHEMA = 1
"""What every JSON document says of itself."""
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""DEL, C1 and bidi controls in names of files: JSON itself escapes only C0."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_logs: list[tuple[Path, IO[str]]] = []
"""The log that is open, if any."""

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CODES: tuple[tuple[tuple[type[NewsreaderError], ...], int], ...] = (
    ((QueryError, ConfigError, UsageError, ArticleError), USAGE),
    ((LibraryLocked,), LOCKED),
    ((StorageError,), STORAGE),
)
"""What these errors end the program with; all others with NO_MATCH."""


def exit_code(error: NewsreaderError) -> int:
    """What the program ends with after an error."""
    if isinstance(error, Interrupted):
        return 128 + error.signum
    return next((code for kinds, code in _CODES if isinstance(error, kinds)), NO_MATCH)


def complain(error: NewsreaderError, query: str | None = None) -> None:
    """Say what is wrong, on stderr; for a query with the place under it, and the query as it may have been meant."""
    say(f"newsreader: {error}")
    if isinstance(error, QueryError) and query is not None and query.isprintable() and len(query) < 200:
        say(f"  {query}")
        say("  " + " " * error.start + "^" * max(1, min(error.stop, len(query)) - error.start))
        if error.suggestion is not None:
            from newsreader.index.query import repaired

            if (meant := repaired(query, error, today=date.today())) is not None:
                say(f"Did you mean: {meant}")


@contextmanager
def query_shown(query: str) -> Iterator[None]:
    """Within the block, a `QueryError` ends the command, with the place in this query."""
    try:
        yield
    except QueryError as error:
        complain(error, query)
        raise click.exceptions.Exit(USAGE) from error


def say(text: str, *, shown: bool = True) -> None:
    """One line to stderr, never styled: it names files and other things from outside, whose line breaks would make
    lines that we never said. And to the log, if there is one, also where it is not `shown`. A full disk ends no run:
    what can't be said is left out."""
    line = visible(text)
    if shown:
        try:
            write(f"{line}\n", sys.stderr)
        except BrokenPipeError:  # nobody wants to hear of this run any more
            raise
        except OSError:
            discard(sys.stderr)
    if _logs:
        path, log = _logs[-1]
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            log.write(f"{now} {line}\n")
            log.flush()
        except OSError as error:
            _logs.pop()
            warn(f"{path}: the log can't be written ({error.strerror or error}), the run goes on without")


def discard(stream: IO[str]) -> None:
    """What is still to be written there goes nowhere: at the exit it would fail once more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def log_to(path: Path | None) -> Iterator[None]:
    """Within the block, what is said is appended to this file too, each line with its time. Raises `StorageError`."""
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    log = os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace")
    _logs.append((path, log))
    try:
        yield
    except NewsreaderError as error:
        say(f"newsreader: {error}", shown=False)
        raise
    finally:
        _logs.clear()
        with suppress(OSError):  # said already
            log.close()


def warn(text: str) -> None:
    say(f"newsreader: warning: {text}")


def write(text: str, stream: IO[str] | None = None) -> None:
    """Text to stdout or another stream. What could drive a terminal, but for colours, is shown as an escape: names of
    files go through `visible` first, so that they have no colours either."""
    click.echo(
        "\n".join(map(_escape_line, text.split("\n"))), file=stream, nl=False, color=colour_wanted(stream or sys.stdout)
    )


def _escape_line(line: str) -> str:
    if line.isprintable():
        return line
    colours = _COLOUR.findall(line)
    return "".join(chain.from_iterable(zip_longest(map(escape_harmful, _COLOUR.split(line)), colours, fillvalue="")))


def print_json(document: dict[str, Any]) -> None:
    """One document to stdout, without anything that could drive a terminal.

    Bytes of file names that are no UTF-8 come out as U+FFFD: as unpaired surrogates, which they are to Python, other
    programs refuse the document.
    """
    write_data(json_line(document) + "\n")


def json_line(document: dict[str, Any]) -> str:
    """A document on one line, as `print_json` prints it."""
    text = json.dumps({"schema": SCHEMA, **document}, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", _SURROGATE.sub("\ufffd", text))


def print_lines(lines: Iterable[str]) -> None:
    """Lines to stdout, all of them or, where making them fails, none."""
    write("".join(f"{line}\n" for line in lines))


def write_data(text: str) -> None:
    """Text for another program, to stdout as it is: nothing in it may be escaped once more."""
    sys.stdout.write(text)
    sys.stdout.flush()


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
