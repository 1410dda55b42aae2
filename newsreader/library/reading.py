"""Reading files into records: bytes → article, id-making fingerprint, story signature. Runs in worker processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from multiprocessing import get_context
from time import time_ns

from newsreader import formats
from newsreader.article import ParsedArticle
from newsreader.fingerprint import fingerprint
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import FileStamp, read_file, suffix_of
from newsreader.signature import signature
from newsreader.text import words

WORKERS_FROM = 300
"""Files from which worker processes pay: starting two takes as long as reading about 150 files."""
CHUNK = 64
"""Files per task: large enough that passing results costs under 5 % of reading them."""
AHEAD = 64
"""Tasks that may be under way or done before their results are taken: workers read the next batch while this one is
indexed. About 20 MB of articles."""


@dataclass(frozen=True, slots=True)
class Record:
    """One article read from a file, with what is computed from its text."""

    article: ParsedArticle
    """With `published` filled from the file's own date if the text states none."""
    words: int
    fingerprint: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class FileRead:
    """The outcome of reading one file: records, or the reason why there are none."""

    path: bytes
    stamp: FileStamp | None
    """None when the file couldn't even be opened."""
    read_ns: int
    records: tuple[Record, ...] = ()
    failure: str | None = None


def read_articles(path: bytes, rules: ReadingRules) -> FileRead:
    """Read one file. Never raises for what a file may contain."""
    read_ns = time_ns()
    try:
        data, stamp = read_file(path)
    except OSError as error:
        return FileRead(path, None, read_ns, failure=(error.strerror or type(error).__name__).lower())
    except ValueError as error:
        return FileRead(path, None, read_ns, failure=str(error))
    try:
        parsed = formats.parse(data, suffix_of(os.path.basename(path)), rules.fields)
    except formats.Unreadable as error:
        return FileRead(path, stamp, read_ns, failure=str(error))
    except Exception as error:  # a parser's bug on hostile bytes costs this file only
        return FileRead(path, stamp, read_ns, failure=f"can't be parsed ({type(error).__name__}: {str(error)[:80]})")
    return FileRead(path, stamp, read_ns, tuple(_record(article, stamp) for article in parsed))


def _record(article: ParsedArticle, stamp: FileStamp) -> Record:
    if article.published is None:
        article = _dated(article, stamp)
    return Record(
        article,
        words=len(words(article.title)) + sum(len(words(p)) for p in article.paragraphs),
        fingerprint=fingerprint(article.title, article.paragraphs),
        signature=signature(article.title, article.paragraphs, article.language),
    )


def _dated(article: ParsedArticle, stamp: FileStamp) -> ParsedArticle:
    from dataclasses import replace

    try:
        moment = datetime.fromtimestamp(stamp.mtime_ns // 1_000_000_000, UTC)
    except (OverflowError, ValueError, OSError):
        return article
    return replace(article, published=moment, has_time=True, date_from="file")


def read_many(paths: Sequence[bytes], rules: ReadingRules, cancelled: Callable[[], bool]) -> Iterator[FileRead]:
    """Read files in the order given, in worker processes when there are many."""
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(paths) < WORKERS_FROM or workers < 2:
        for path in paths:
            if cancelled():
                return
            yield read_articles(path, rules)
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=get_context("fork" if os.name == "posix" else "spawn"),
        initializer=_ignore_signals,
    ) as pool:
        chunks = iter([paths[i : i + CHUNK] for i in range(0, len(paths), CHUNK)])
        running: list[Future[list[FileRead]]] = [pool.submit(_read_chunk, c, rules) for c in islice(chunks, AHEAD)]
        try:
            while running:
                results = running.pop(0).result()
                if (chunk := next(chunks, None)) is not None:
                    running.append(pool.submit(_read_chunk, chunk, rules))
                yield from results
                if cancelled():
                    return
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _read_chunk(paths: Iterable[bytes], rules: ReadingRules) -> list[FileRead]:
    return [read_articles(path, rules) for path in paths]


def _ignore_signals() -> None:
    """The parent decides when a run ends; a worker that dies of ctrl+c would look like a crash."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
