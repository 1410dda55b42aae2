"""`newsreader index`: brings catalogue, index and stories up to date; what cron calls.

Silent where nobody reads along, so that cron sends no mail for a run without trouble. A signal ends it after a clean
commit.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click

from newsreader.article import Progress
from newsreader.cli import output
from newsreader.cli.hooks import after_index, before_index
from newsreader.cli.listing import SHORT_ID
from newsreader.cli.notify import Notification
from newsreader.cli.session import Session
from newsreader.config import Hooks
from newsreader.errors import Interrupted
from newsreader.indexing.options import IndexOptions
from newsreader.indexing.report import EachFile, IndexReport, unsaid
from newsreader.library.ownership import require_own_file

SHOWN_FAILURES = 20
"""Files that could not be read, all named on stderr; of more than these the reasons are."""
PROGRESS_EVERY = 0.1
"""Seconds."""


@click.command("index")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on success.")
@click.option("-v", "--verbose", is_flag=True, help="Name every file that matters, and stories.")
@click.option("--full", is_flag=True, help="Read all files again, changed or not.")
@click.option(
    "--rebuild", is_flag=True, help="Build the cache anew, beside the one in use until it is whole; tags are kept."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done.")
@click.option(
    "--purge",
    is_flag=True,
    help="Forget what is kept only because so much went at once, or a folder is missing or empty.",
)
@click.option("--optimize", is_flag=True, help="Then write the index as one piece; needed never, quickens large ones.")
@click.option("--strict", is_flag=True, help="End with 65 when a file could not be read.")
@click.option("--wait", type=float, default=0.0, metavar="SECONDS", help="Wait for another run to end.")
@click.option("--notify", is_flag=True, help="Print what saved searches find that is new since the last --notify.")
@click.option(
    "--notify-format", type=click.Choice(["text", "json"]), default="text", help="A line each, or JSON lines."
)
@click.option("--no-hooks", is_flag=True, help="Don't run the hooks.")
@click.option("--progress-lines", is_flag=True, hidden=True, help="Progress as JSON lines on stderr, for the reader.")
@click.option("--log-file", type=click.Path(path_type=Path), metavar="FILE", help="Append what --verbose says.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_obj
def index_command(
    session: Session,
    /,
    paths: tuple[Path, ...],
    quiet: bool,
    verbose: bool,
    strict: bool,
    wait: float,
    notify: bool,
    notify_format: str,
    no_hooks: bool,
    progress_lines: bool,
    log_file: Path | None,
    as_json: bool,
    **work: bool,  # the flags that `IndexOptions` has
) -> int:
    """Bring catalogue, index and stories up to date. PATHS, if any, are added to the library first."""
    with output.log_to(log_file):
        engine, config = session.engine, session.config()
        detailed = verbose or log_file is not None
        options = IndexOptions(**work, tell_stories=as_json or detailed, history=config.history.size)
        hooks = Hooks() if no_hooks or options.dry_run else config.hooks
        if hooks != Hooks():
            require_own_file(session.locations.config)  # whoever can write there runs commands as its user
        if hooks.pre_index is not None:
            before_index(hooks.pre_index, session.locations)
        with _signals() as stopped, _progress(quiet or as_json, progress_lines) as progress:
            done = engine.index(
                options,
                new_folders=paths,
                wait=wait,
                progress=progress,
                each_file=_file_teller(verbose) if detailed else unsaid,
                cancelled=lambda: bool(stopped),
            )
        _tell(done, quiet=quiet, verbose=verbose, logged=log_file is not None, dry_run=options.dry_run)
        if detailed and done.edited:
            for article in engine.by_ids(done.edited):
                edited = f"edited {article.path}: {article.title} (newsreader history {article.id[:SHORT_ID]})"
                output.say(edited, shown=verbose)
        ended = not options.dry_run and not done.interrupted
        told = Notification(session, notify_format, hooks.notify) if notify and ended else None
        if as_json:
            from newsreader.cli import json_documents  # with all values of the program: a run by cron need not wait

            more = {} if told is None else {"notices": [json_documents.notice(notice) for notice in told.notices]}
            output.print_json({**json_documents.index_report(done), **more})
        elif told is not None:
            told.print_lines()
        if told is not None:
            told.finish()
        if ended and hooks.post_index is not None:
            after_index(hooks.post_index, session.locations, done)
        if done.interrupted and stopped:
            raise Interrupted(stopped[0])
        return output.UNREADABLE if strict and done.failed else output.OK


def _file_teller(shown: bool) -> EachFile:
    def tell(what: str, path: Path, articles: int) -> None:
        count = f" ({articles} articles)" if articles > 1 else ""
        output.say(f"{what} {path}{count}", shown=shown)

    return tell


def _tell(done: IndexReport, *, quiet: bool, verbose: bool, logged: bool, dry_run: bool) -> None:
    """What is not for this run's stderr goes to the log, if there is one."""
    detailed = verbose or logged
    for warning in done.warnings:
        output.warn(warning)
    if verbose or len(done.newly_failed) <= SHOWN_FAILURES:
        for path, reason in done.failed if verbose else done.newly_failed:
            output.warn(f"{path}: {reason}")
    else:
        _warn_of_many(done.newly_failed)
    if detailed:
        for path, reason in done.skipped:
            output.say(f"skipped {path}: {reason}", shown=verbose)
        for word, stories in (("new", done.stories.new), ("grown", done.stories.grown)):
            for story in stories:
                output.say(f"{word} story {story.id} ({story.size} articles): {story.title}", shown=verbose)
    shown = verbose or (not quiet and sys.stderr.isatty())
    if shown or logged:
        output.say(_summary(done, dry_run), shown=shown)


def _warn_of_many(failed: Sequence[tuple[Path, str]]) -> None:
    """What failed for one reason goes together: of a disk that went away meanwhile all does."""
    alike: dict[str, list[Path]] = {}
    for path, reason in failed:
        alike.setdefault(reason, []).append(path)
    told = list(alike.items())[:SHOWN_FAILURES]
    for reason, (first, *others) in told:
        more = f" and {len(others):,} more files" if others else ""
        output.warn(f"{first}{more}: {reason}{' (--verbose names them)' if others else ''}")
    if rest := len(failed) - sum(len(paths) for _, paths in told):
        output.warn(f"{rest:,} more files could not be read (--verbose names them)")


def _summary(done: IndexReport, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    counts = [
        f"{count:,} {would}{word}"
        for count, word in (
            (done.added, "added"),
            (done.updated, "updated"),
            (len(done.edited), "edited"),
            (done.moved, "moved"),
            (done.removed, "removed"),
            (len(done.failed), "unreadable"),
        )
        if count
    ]
    return f"{', '.join(counts) or 'nothing new'}; {done.unchanged:,} unchanged ({done.seconds:.1f} s)"


@contextmanager
def _signals() -> Iterator[list[int]]:
    """The list gets the number of the first SIGINT, SIGTERM or SIGHUP; a second one ends the program at once."""
    received: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        if received:
            raise KeyboardInterrupt
        received.append(number)

    numbers = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` has it
        numbers.append(signal.SIGHUP)
    before = [signal.signal(number, note) for number in numbers]
    try:
        yield received
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextmanager
def _progress(hidden: bool, lines: bool) -> Iterator[Progress]:
    """A bar on a terminal, JSON lines if asked for, nothing elsewhere."""
    if lines:
        yield _seldom(_progress_line)
        return
    if hidden or not sys.stderr.isatty():
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from newsreader.indexing.pace import Pace

    pace = Pace()
    columns = (BarColumn(bar_width=20), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking for files", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=pace.words(what, done, total), completed=done, total=total or None)

        yield _seldom(show)


def _seldom(progress: Progress) -> Progress:
    """It is told of each step's beginning and end, and between them no more often than anybody can read."""
    last, said_at = "", 0.0

    def tell(what: str, done: int, total: int) -> None:
        nonlocal last, said_at
        now = time.monotonic()
        if what != last or done == total or now - said_at >= PROGRESS_EVERY:
            last, said_at = what, now
            progress(what, done, total)

    return tell


def _progress_line(what: str, done: int, total: int) -> None:
    output.say(json.dumps({"progress": what, "done": done, "total": total}))
