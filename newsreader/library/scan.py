"""Which article files there are below the library's folders, with the stamps that tell whether they have changed.

Only `stat` is asked, nothing is opened: a run over 100,000 unchanged files takes seconds. Folders that can't be seen
are noted, so that nothing is concluded from what is missing there.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from newsreader.formats import READERS
from newsreader.formats.base import LARGEST_FILE
from newsreader.library.ignore import (
    IGNORE_FILE,
    LARGEST_IGNORE_FILE,
    MOST_PATTERNS,
    Patterns,
    is_ignored,
    patterns,
)

LARGEST_STREAM = 4 * 1024 * 1024 * 1024
"""Bytes of a file that is read in blocks, as mailboxes are: 600 MB of mails with pictures take 5 s of processor time to
read, and no file may take longer than 120 s of any."""

_DELIVERED = re.compile(rb".+[:;!]2,[A-Za-z]*|\d{9,11}\.[^.]+\..+", re.DOTALL)
"""Names of a Maildir's messages: with their flags, or as they come in: time, delivery, host."""
_MAILDIR = frozenset((b"cur", b"new", b"tmp"))
_UNWANTED = frozenset((b".trash", b".junk", b".spam", b".drafts"))
"""Folders of a Maildir++ whose mails nobody wants to read."""
_PAGES = (b".html", b".htm", b".xhtml", b".HTML", b".HTM")
_PAGE_FILES = re.compile(
    rb"(.+)(?:_files|\.files|_file|-Dateien|-filer|_fichiers|_archivos|_arquivos|_ficheiros|_bestanden|-bestanden"
    rb"|_soubory|_pliki|-tiedostot|_elemei|_dosyalar)",
    re.DOTALL,
)
"""The folder of images and frames that browsers of several languages write beside a saved page of this name."""
_PLAIN = {suffix.encode(): suffix for suffix in READERS if suffix.startswith(".") and not suffix.endswith(".gz")}

FEW_FRAMES = 2
"""Pages of its own that the folder of a saved page may have, and nothing else, before it is taken for a folder of
articles: mostly it has dozens of pictures and scripts."""
OWN = "newsreader's own files"

_WORDS = {
    "No such file or directory": "missing",
    "Permission denied": "not readable",
    "Not a directory": "not a directory",
}

_CHANGED = "changed while it was read; the next run reads it again"


class NoArticleFile(ValueError):
    """A file that can't be read as an article, whatever is in it; the text says why, without the path."""


class FileStamp(NamedTuple):
    """What tells that a file has changed without reading it."""

    size: int
    """Bytes."""
    mtime_ns: int
    """Nanoseconds since the epoch. Like the inode it may need more than SQLite's 64 bits with a sign."""
    inode: int
    ctime_ns: int = 0
    """When its content, name or permissions last changed, which nobody can set; 0: not known."""

    @classmethod
    def of(cls, status: os.stat_result) -> FileStamp:
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, status.st_ctime_ns)

    def is_of(self, other: FileStamp) -> bool:
        """Whether nothing tells that the file has changed between the two."""
        return self[:3] == other[:3] and (self.ctime_ns == other.ctime_ns or 0 in (self.ctime_ns, other.ctime_ns))


@dataclass(slots=True)
class Scan:
    """What was found below the library's folders. Paths are bytes: file names need not be text."""

    files: dict[bytes, FileStamp] = field(default_factory=dict)
    skipped: dict[bytes, str] = field(default_factory=dict)
    """Files that are no articles by their name or kind, and why."""
    unavailable: dict[bytes, str] = field(default_factory=dict)
    """Folders that can't be listed now, or with files in them that can't be looked at, and why: what was known below
    them is not gone."""
    warnings: list[str] = field(default_factory=list)
    """Patterns of files to be ignored that mean nothing."""
    mounts: set[bytes] = field(default_factory=set)
    """Folders on another device than the one that they are in: disks are mounted there."""
    empty: set[bytes] = field(default_factory=set)
    """Folders with nothing at all in them, as places for disks are that are not mounted."""


def scan(
    folders: Collection[Path],
    suffixes: Collection[str],
    cancelled: Callable[[], bool],
    ignore: Sequence[str] = (),
    own: Collection[Path] = (),
    *,
    progress: Callable[[int], None] = lambda files: None,
) -> Scan:
    """List the folders. Hidden names are passed over, symbolic links are not followed, and what the patterns `ignore`
    or an `IGNORE_FILE` name is left out, as are directories that are among `own`, by whatever name. `progress` is told
    how many files were found, after each directory."""
    found = Scan()
    ours = {identity for path in own if (identity := _identity(path)) is not None}
    known = frozenset(suffixes)
    for folder in folders:
        root = os.fsencode(folder)
        everywhere = (patterns(root, ignore, "library.ignore", found.warnings),) if ignore else ()
        waiting: list[tuple[bytes, tuple[Patterns, ...], int | None]] = [(root, everywhere, None)]
        while waiting and not cancelled():
            directory, held, around = waiting.pop()
            try:
                status = os.stat(directory)
                device = status.st_dev
                if (device, status.st_ino) in ours and directory != root:
                    found.skipped[directory] = OWN
                    continue
                if device != (os.stat(os.path.dirname(root)).st_dev if around is None else around):
                    found.mounts.add(directory)
                inside = _scan_directory(directory, known, held, found, cancelled)
                waiting.extend((below, more, device) for below, more in inside)
                progress(len(found.files))
            except OSError as error:
                found.unavailable[directory] = error.strerror or type(error).__name__
    return found


def _identity(directory: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(directory)
    except OSError:  # not made yet, or away
        return None
    return status.st_dev, status.st_ino


def away(folder: Path) -> str | None:
    """What a folder is that can't be listed now, in plain words; None for one that can."""
    try:
        os.scandir(folder).close()
    except OSError as error:
        return plainly(error.strerror or type(error).__name__)
    return None


def plainly(reason: str) -> str:
    """What a folder is that is `unavailable` for this reason."""
    return _WORDS.get(reason) or f"not available ({reason.lower()})"


def _scan_directory(
    directory: bytes,
    suffixes: frozenset[str],
    held: tuple[Patterns, ...],
    found: Scan,
    cancelled: Callable[[], bool],
) -> Iterator[tuple[bytes, tuple[Patterns, ...]]]:
    with os.scandir(directory) as listing:
        entries = list(listing)
        names = [entry.name for entry in entries]
        if not names:
            found.empty.add(directory)
        is_maildir = _MAILDIR.issubset(names)
        pages = {os.path.splitext(name)[0] for name in names if name.endswith(_PAGES)}
        if IGNORE_FILE in names:
            held = (*held, _patterns_beside(directory, held, found.warnings))
        for entry in entries:
            if held and cancelled():
                return
            name = entry.name
            if name.startswith(b".") and not is_maildir:
                continue
            try:
                if is_maildir and not _holds_mail(entry) and not _is_named_article(entry, suffixes):
                    found.skipped[entry.path] = "the mail program's own, in a Maildir"
                elif held and is_ignored(entry.path, entry.is_dir(follow_symlinks=False), held):
                    found.skipped[entry.path] = "ignored"
                elif entry.is_file(follow_symlinks=False):
                    path = entry.path
                    if (suffix := suffix_of(path)) in suffixes:
                        status = entry.stat(follow_symlinks=False)
                        found.files[path] = FileStamp.of(status)
                    else:
                        found.skipped[path] = f"no reader for {suffix} files"
                elif entry.is_dir(follow_symlinks=False):
                    parts = _PAGE_FILES.fullmatch(name) if pages else None
                    if parts and parts.group(1) in pages and not _holds_articles(entry.path, suffixes):
                        found.skipped[entry.path] = "the files of a saved page"
                    else:
                        yield entry.path, held
                else:
                    found.skipped[entry.path] = "a symbolic link" if entry.is_symlink() else "not a regular file"
            except FileNotFoundError:
                continue  # since the listing
            except OSError as error:  # a disk that went away meanwhile, or a folder that may only be listed
                found.skipped[entry.path] = reason = error.strerror or type(error).__name__
                found.unavailable[directory] = reason


def _holds_mail(entry: os.DirEntry[bytes]) -> bool:
    """Whether something in a Maildir is a folder of messages. Maildir++ has folders with a point before their name."""
    if entry.name == b"tmp" or entry.name.lower() in _UNWANTED or not entry.is_dir(follow_symlinks=False):
        return False
    if not entry.name.startswith(b"."):
        return True
    try:
        return stat.S_ISDIR(os.stat(os.path.join(entry.path, b"cur")).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True  # it can't be told; listing it will say why


def _is_named_article(entry: os.DirEntry[bytes], suffixes: Collection[str]) -> bool:
    """Whether it is a file that says by its suffix that it may be an article, which nothing of a mail program does."""
    suffix = suffix_of(entry.path)
    return suffix != "" and suffix in suffixes and entry.is_file(follow_symlinks=False)


def _holds_articles(directory: bytes, suffixes: Collection[str]) -> bool:
    """Whether a folder that is called like a page's has rather articles than what belongs to a page. Raises OSError."""
    articles = frames = others = 0
    with os.scandir(directory) as listing:
        for entry in listing:
            if not _is_named_article(entry, suffixes):
                others += entry.is_file(follow_symlinks=False)
            elif entry.name.endswith(_PAGES):
                frames += 1
            else:
                articles += 1
    return articles > others or (frames > FEW_FRAMES and articles + frames > others)


def suffix_of(path: bytes) -> str:
    """The suffix of a file's name, lower case with its point; empty when there is none. Of a packed file's both.

    Messages in a Maildir's `cur` and `new` have none either, whatever comes after the last point of their names (the
    host, flags): they count as `.eml`.
    """
    if (plain := _PLAIN.get(path[path.rfind(b".") :])) is not None:  # nearly all files, in a tenth of the time
        return plain
    folder, name = os.path.split(path)
    stem, last = os.path.splitext(name)
    if last.lower() == b".gz":
        last = os.path.splitext(stem)[1] + last
    suffix = last.decode("ascii", "replace").lower()
    if suffix not in READERS and os.path.basename(folder) in (b"cur", b"new") and _DELIVERED.fullmatch(name):
        return ".eml"
    return suffix


def _patterns_beside(directory: bytes, held: Sequence[Patterns], warnings: list[str]) -> Patterns:
    """Those of the directory's `IGNORE_FILE`. Raises OSError when it can't be read: then nothing here is looked at."""
    path = os.path.join(directory, IGNORE_FILE)
    try:
        data, _ = read_file(path, LARGEST_IGNORE_FILE)
    except (OSError, ValueError) as error:
        raise OSError(0, f"{IGNORE_FILE.decode()}: {getattr(error, 'strerror', None) or error}") from error
    lines = data.decode("utf-8-sig", "surrogateescape").splitlines()
    left = MOST_PATTERNS - sum(len(above.patterns) for above in held)
    return patterns(directory, lines, os.fsdecode(path), warnings, left)


def read_file(path: bytes, largest: int = LARGEST_FILE) -> tuple[bytes, FileStamp]:
    """A regular file's bytes and the stamp that belongs to them.

    Never waits on a pipe and never follows a link. Raises OSError; `NoArticleFile` for what is no regular
    file, is too large, or changed while it was read.
    """
    with open_file(path, largest) as (file, stamp):
        data = file.read(largest + 1)
        if len(data) != stamp.size:
            raise NoArticleFile(_CHANGED)
    return data, stamp


@contextmanager
def open_file(path: bytes, largest: int) -> Iterator[tuple[BinaryIO, FileStamp]]:
    """A regular file of at most `largest` bytes, to be read within the block, at whose end it must be unchanged.

    Raises as `read_file` does.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise NoArticleFile("not a regular file")
        if before.st_size > largest:
            raise NoArticleFile(f"larger than {largest // 2**20} MiB")
        yield file, FileStamp.of(before)
        after = os.fstat(handle)
    if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise NoArticleFile(_CHANGED)
