"""The dumps that the program keeps by itself: one a day, the last seven, and beside them one of all former texts where
these are too many to be in each.

From them the doctor restores user data whose file is damaged. Each has a checksum: a damaged dump must not be restored.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.errors import StorageError, UsageError, disk_errors
from newsreader.library.private import make_private
from newsreader.userdata.store import Store

if TYPE_CHECKING:  # imported below where a dump is made or read: most runs only ask whether anything has changed
    from newsreader.article import ArticleId
    from newsreader.userdata.dump import Dump
    from newsreader.userdata.versions import FormerText, KeptHistory

KEPT = 7
"""Dumps of different days."""
MOST_TEXTS = 4_000_000
"""Bytes of compressed former texts in a dump: of 2,700 articles of 2.4 kB. All dumps have less than 40 MB
of them."""
_NAME = re.compile(r"userdata-(?P<day>\d{8})T\d{6}-r(?P<revision>\d{1,19})\.txt")
"""The revision may be of any size: a dump that is not seen here would be written again and again, and never removed."""
_HISTORIES = re.compile(r"former-texts-(?P<day>\d{8})T\d{6}-r(?P<revision>\d{1,19})\.txt")
_SUM, _HISTORY = "#sum ", "#history "


@dataclass(frozen=True, slots=True)
class Backup:
    """A file in the directory of dumps."""

    path: Path
    day: str
    revision: int
    """Of the user data when it was written."""


def backups(directory: Path) -> list[Backup]:
    """The one that has seen most changes first: a clock may have been ahead. What else lies there is left out."""
    return _named(directory, _NAME)


def _named(directory: Path, name: re.Pattern[str]) -> list[Backup]:
    with suppress(OSError):
        found = [(path, name.fullmatch(path.name)) for path in directory.iterdir()]
        dumps = [Backup(path, match["day"], int(match["revision"])) for path, match in found if match]
        return sorted(dumps, key=lambda kept: (kept.revision, kept.path.name), reverse=True)
    return []


def back_up(store: Store, directory: Path) -> Path | None:
    """Dump the user data if they changed since the newest dump; None if they did not. Of former texts, which may take a
    hundred megabytes, the latest are in it, all others in the file of histories. Raises `StorageError`."""
    revision = store.revision
    before = backups(directory)
    if not revision or any(kept.revision == revision for kept in before):
        return None
    from newsreader.library.output_file import write_private
    from newsreader.userdata.dump import dump

    with disk_errors(directory):
        make_private(directory)
    _keep_histories(store, directory)
    now = datetime.now(UTC)
    written = directory / f"userdata-{now:%Y%m%dT%H%M%S}-r{revision}.txt"
    header, *rest = dump(store, folders=True, versions=MOST_TEXTS)
    lines = [header, f"#revision {revision}", *rest]
    write_private([*lines, _SUM + _digest(lines)], written)
    for path in superfluous([kept for kept in before if kept.path != written], f"{now:%Y%m%d}", revision):
        with suppress(OSError):
            path.unlink()
    return written


def _keep_histories(store: Store, directory: Path) -> None:
    """Where not all former texts fit into a dump, dump all of them into a file of their own, unless the one that is
    there has those that don't fit: they are seldom written, so that writing them whole each time costs little."""
    from newsreader.userdata.versions import Versions, latest_that_fit

    histories = {article: kept for article, kept in Versions(store).histories().items() if article.isalnum()}
    fitting = set(latest_that_fit(histories, MOST_TEXTS))
    wanted = {_history_line(*history) for history in histories.items() if history[0] not in fitting}
    before = history_files(directory)
    if not wanted or any(wanted <= _covered(kept.path) for kept in before):
        return
    from newsreader.library.output_file import write_private
    from newsreader.userdata.dump import HEADER, version_lines

    about = [HEADER, f"#revision {store.revision}", *sorted(_history_line(*one) for one in histories.items())]
    written = directory / f"former-texts-{datetime.now(UTC):%Y%m%dT%H%M%S}-r{store.revision}.txt"
    write_private(_summed(chain(about, version_lines(store, sorted(histories)))), written)
    for kept in before:
        if kept.path != written:
            with suppress(OSError):
                kept.path.unlink()


def history_files(directory: Path) -> list[Backup]:
    """Newest first; there is more than one only where a run was killed."""
    return _named(directory, _HISTORIES)


def dumped_histories(directory: Path, besides: Collection[ArticleId]) -> list[tuple[ArticleId, FormerText]]:
    """All former texts that the newest good file of histories has of other articles than these."""
    from newsreader.userdata.dump import parse_dump

    for kept in history_files(directory):
        with suppress(StorageError, UsageError), disk_errors(kept.path):
            if not _is_sound(kept.path):
                continue
            with kept.path.open(encoding="utf-8", newline="\n") as file:
                return [one for one in parse_dump(file).versions if one[0] not in besides]
    return []


def _history_line(article: ArticleId, history: KeptHistory) -> str:
    return f"{_HISTORY}{article} {history.texts} {history.size} {history.last} {history.until}"


def _covered(path: Path) -> set[str]:
    """What the beginning of a file of histories says that it has."""
    try:
        with path.open(encoding="utf-8") as file:
            head = takewhile(lambda line: line.startswith("#"), file)
            return {line.rstrip("\n") for line in head if line.startswith(_HISTORY)}
    except (OSError, UnicodeDecodeError):
        return set()


def _summed(lines: Iterable[str]) -> Iterator[str]:
    """The lines, with their checksum at the end."""
    digest, between = _new_digest(), b""
    for line in lines:
        digest.update(between + line.encode("utf-8"))
        between = b"\n"
        yield line
    yield _SUM + digest.hexdigest()


def _is_sound(path: Path) -> bool:
    """Whether a dump is what was written; a line at a time. Raises OSError."""
    digest, between, last = _new_digest(), b"", b""
    with path.open("rb") as file:
        for number, line in enumerate(file):
            if number:
                digest.update(between + last)
                between = b"\n"
            last = line.rstrip(b"\n")
    return last == f"{_SUM}{digest.hexdigest()}".encode()


def superfluous(older: Sequence[Backup], today: str, revision: int) -> list[Path]:
    """Which dumps are not needed beside a new one: today's earlier ones, and all but the newest. Those that had seen
    more changes are of other data, and perhaps of those that matter: as many of them are kept as well."""
    others = [kept for kept in older if kept.revision > revision]
    same = [kept for kept in older if kept.day == today and kept not in others]
    rest = [kept for kept in older if kept not in same and kept not in others]
    return [kept.path for kept in (*same, *rest[KEPT - 1 :], *others[KEPT:])]


def read_backup(kept: Backup) -> Dump:
    """Raises `UsageError` for a dump that is not what was written, `StorageError`."""
    from newsreader.userdata.dump import parse_dump

    try:
        with disk_errors(kept.path):
            lines = kept.path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise UsageError(f"{kept.path}: damaged") from error
    if not lines or lines[-1] != _SUM + _digest(lines[:-1]):
        raise UsageError(f"{kept.path}: damaged")
    return parse_dump(lines)


def newest_good(directory: Path) -> tuple[Backup, Dump] | None:
    for kept in backups(directory):
        with suppress(UsageError, StorageError):
            return kept, read_backup(kept)
    return None


def _digest(lines: Iterable[str]) -> str:
    digest = _new_digest()
    digest.update("\n".join(lines).encode("utf-8"))
    return digest.hexdigest()


def _new_digest() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)
