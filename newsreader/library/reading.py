"""Files → articles, each with its fingerprint (which its id is made of) and its signature (for stories).

Runs in worker processes where there are many files: a parser that crashes or hangs then costs one file, and all
processor cores are used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, count, groupby, islice, repeat, takewhile
from time import time_ns
from typing import Generic, TypeVar

from newsreader import formats
from newsreader.article import ParsedArticle, fingerprint, never
from newsreader.formats import READERS
from newsreader.formats.pieces import PieceByPiece, watched
from newsreader.library.rules import ReadingRules
from newsreader.library.scan import LARGEST_STREAM, FileStamp, NoArticleFile, open_file, read_file, suffix_of
from newsreader.library.workers import CPU_SECONDS, Begun, Watch, cores, cpu_seconds, read_in_workers
from newsreader.terms.signature import signatures
from newsreader.terms.vocabulary import Tokens, ValueTable, Vocabulary, tokenize
from newsreader.text.clean import is_plain, visible, words

WORKERS_FROM = 300
"""Files from which worker processes pay: starting two takes as long as reading about 150 files."""
CHUNK = 256
"""Files per task, at most: 128 cost merging a fifth more, as every task brings its own list of terms."""
FIRST_CHUNK = 16
"""Of the first task; the next have twice as many each, until they are as large as all others."""
AHEAD = 32
"""Tasks that may be under way or done before their results are taken: workers read the next batch while this one is
indexed. About 60 MB of articles and postings."""
PIECES_SECONDS = 30.0
"""Processor time after which no other piece (message, record) of a file is begun, and for its size as in
`cpu_seconds`: whole exports of ten thousand articles take that, and each piece may take ten by itself."""
LARGE = 4 * 2**20
"""Bytes: a file of this size, as mailboxes are, is a task of its own, and with one in the library far fewer tasks are
read ahead."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """One article read from a file, with what is computed from its text."""

    article: ParsedArticle
    """With `published` filled from the file's own date if the text states none."""
    words: int
    fingerprint: str
    signature: bytes
    tokens: Tokens | None = None
    """For what is worked out of a text where it is read; not sent to other processes."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """The outcome of reading one file: records, or the reason why there are none."""

    path: bytes
    stamp: FileStamp | None
    """None when the file couldn't even be opened."""
    read_ns: int
    records: tuple[ReadArticle, ...] = ()
    failure: str | None = None
    tells_nothing: bool = False
    """Whether the failure was a limit, a reader's death or an error of ours: the articles known of the file may be in
    it still."""
    left_out: str | None = None
    """What of it was not read, if only the rest was: articles known of the file that are not in `records` may be in it
    still."""
    again: bool = False
    """Whether it is to be tried again though it has not changed: what went wrong may not be the file's fault."""

    @property
    def trouble(self) -> str | None:
        """What of it could not be read; None if all could."""
        return self.failure or self.left_out


Digest = TypeVar("Digest")


@dataclass(frozen=True, slots=True)
class ReadChunk(Generic[Digest]):
    """Some files, with what was worked out of the articles in them together."""

    reads: Sequence[FileRead]
    digest: Digest


def _signed(reads: Sequence[FileRead]) -> list[FileRead]:
    """With the signatures of their articles, which are made together, and without the tokens."""
    texts = [
        (record.tokens, record.article.language)
        for read in reads
        for record in read.records
        if record.tokens is not None
    ]
    made = iter(signatures(texts))
    return [
        replace(read, records=tuple(replace(record, signature=next(made), tokens=None) for record in read.records))
        for read in reads
    ]


def _read(path: bytes, rules: ReadingRules, watch: Watch) -> FileRead:
    """Read one file. Raises MemoryError, and nothing else for what a file may contain."""
    read_ns = time_ns()
    suffix = suffix_of(path)
    stamp, reading, articles_left, again = None, None, False, False
    try:
        if formats.is_streamed(suffix):
            with open_file(path, LARGEST_STREAM) as (file, stamp):
                reading, again = _reading(watch, stamp, read_ns)
                with watched(reading):
                    parsed = formats.parse_file(file, suffix)
        else:
            data, stamp = read_file(path)
            reading, again = _reading(watch, stamp, read_ns)
            with watched(reading):
                parsed = formats.parse(data, suffix, rules.fields)
        records = tuple(_record(_placed(article, rules, path), stamp) for article in parsed)
        trouble = reading.trouble()
        return FileRead(path, stamp, read_ns, records, left_out=visible(trouble) if trouble else None, again=again)
    except NoArticleFile as error:
        return FileRead(path, None, read_ns, failure=str(error))
    except OSError as error:
        return FileRead(path, None, read_ns, failure=(error.strerror or type(error).__name__).lower())
    except formats.Unreadable as error:
        failure, articles_left = str(error), True
    except MemoryError:
        raise
    except RecursionError:
        failure = "nested too deeply"
    except Exception as error:  # a parser's bug on hostile bytes costs this file only
        failure = f"can't be parsed ({type(error).__name__}: {str(error)[:80]})"
    if reading is not None and (trouble := reading.trouble()):  # all that it holds, perhaps
        return FileRead(path, stamp, read_ns, failure=visible(trouble), tells_nothing=True, again=again)
    return FileRead(path, stamp, read_ns, failure=failure, tells_nothing=not articles_left)


def _reading(watch: Watch, stamp: FileStamp, read_ns: int) -> tuple[PieceByPiece, bool]:
    """(what is known of the reading that begins, whether the file is to be tried again)"""
    pass_over = watch.begun(Begun(stamp, read_ns))
    seconds = PIECES_SECONDS - CPU_SECONDS + cpu_seconds(stamp.size)
    return PieceByPiece(watch.at, pass_over.pieces, pass_over.last, seconds), not pass_over.certain


def _placed(article: ParsedArticle, rules: ReadingRules, path: bytes) -> ParsedArticle:
    """With what the user has said of its folder."""
    origins = dict(article.origins)
    if article.source is None and (rule := rules.folder_saying("source", path)) is not None:
        origins["source"] = f"configuration, folder {visible(rule.path)}"
        article = replace(article, source=rule.source)
    if article.language is None and (rule := rules.folder_saying("language", path)) is not None:
        origins["language"] = f"configuration, folder {visible(rule.path)}"
        article = replace(article, language=rule.language)
    return replace(article, origins=tuple(origins.items())) if len(origins) > len(article.origins) else article


def _record(article: ParsedArticle, stamp: FileStamp) -> ReadArticle:
    if article.published is None:
        article = _dated(article, stamp)
    tokens = tokenize(article.title, article.paragraphs)
    words = _words_per_token(tokens.vocabulary)
    return ReadArticle(
        article,
        words=int(words[tokens.title].sum() + words[tokens.text].sum()),
        fingerprint=fingerprint(article.title, article.paragraphs),
        signature=b"",  # made for many articles together
        tokens=tokens,
    )


@lru_cache(maxsize=1)
def _words_per_token(vocabulary: Vocabulary) -> ValueTable:
    return ValueTable(vocabulary, lambda token: 1 if is_plain(token) else len(words(token)), "q")


def _dated(article: ParsedArticle, stamp: FileStamp) -> ParsedArticle:
    try:
        moment = datetime.fromtimestamp(stamp.mtime_ns // 1_000_000_000, UTC)
    except (OverflowError, ValueError, OSError):
        return article
    return replace(article, published=moment, has_time=True, date_from="file")


def read_many(
    paths: Sequence[bytes],
    rules: ReadingRules,
    digest: Callable[[Sequence[ReadArticle]], Digest],
    cancelled: Callable[[], bool],
    stamps: Mapping[bytes, FileStamp] | None = None,
) -> Iterator[ReadChunk[Digest]]:
    """Read files in the order given, in processes with limits: what no file gets over is a failure of that file.

    `digest` is called where the files are read, with the records of a chunk in their order; they have their tokens
    then, and no signatures yet. `stamps` tell which files are large: without them, none is.
    """
    large = {path for path in paths if stamps and path in stamps and stamps[path].size >= LARGE}

    def read(path: bytes, watch: Watch) -> FileRead:
        return _read(path, rules, watch)

    def finish(reads: Sequence[FileRead]) -> ReadChunk[Digest]:
        digested = digest([record for read in reads for record in read.records])
        return ReadChunk(_signed(reads), digested)

    workers = cores() if len(paths) >= WORKERS_FROM or len(large) > 1 else 1
    ahead = 2 * workers if large else AHEAD
    tasks = _tasks(paths, large, min(CHUNK, 1 + len(paths) // (4 * workers)))
    with closing(
        read_in_workers(tasks, _prepare, read, _lost, finish=finish, workers=workers, ahead=ahead, cancelled=cancelled)
    ) as chunks:
        yield from chunks


def read_one(path: bytes, rules: ReadingRules) -> FileRead:
    """As `read_many`, one file."""
    (chunk,) = read_many([path], rules, len, never)
    return chunk.reads[0]


def _tasks(paths: Sequence[bytes], large: Collection[bytes], size: int) -> Iterator[Sequence[bytes]]:
    """Of so many files at most; the first are smaller, so that soon some have been read."""
    sizes = chain(takewhile(lambda few: few < size, (FIRST_CHUNK << times for times in count())), repeat(size))
    for is_large, run in groupby(paths, large.__contains__):
        files = iter(run)
        while task := tuple(islice(files, 1 if is_large else next(sizes))):
            yield task


def _prepare(paths: Iterable[bytes]) -> None:
    for suffix in {suffix_of(path) for path in paths} & READERS.keys():
        with suppress(ImportError):
            formats.load(suffix)


def _lost(path: bytes, begun: Begun | None, reason: str) -> FileRead:
    stamp, read_ns = (None, time_ns()) if begun is None else (begun.stamp, begun.read_ns)
    return FileRead(path, stamp, read_ns, failure=reason, tells_nothing=True, again=True)
