"""Notes that are being written, on disk while they are: a reader that is killed, or can't keep a note, loses no word.

They lie apart from the user data, which may be what can't be written to.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from newsreader.article import ArticleId
from newsreader.errors import StorageError, disk_errors
from newsreader.library.lock import is_locked
from newsreader.library.private import make_private
from newsreader.text.json_value import load

_SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as far as it has been written."""

    article: ArticleId
    before: str
    """The note that it was to replace, empty if there was none."""
    written: str


class Drafts:
    """The drafts in a directory. Each process has its own of an article, and keeps it locked: two readers don't write
    over each other's, and which of them have ended is known also when their numbers are other processes' by now."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._locked: dict[ArticleId, int] = {}
        """Handles of those that were written here."""

    def keep(self, draft: Draft) -> None:
        """In the place of this process's last one of the article. Raises `StorageError`."""
        path = self._own(draft.article)
        partial = path.with_suffix(".partial")
        with disk_errors(path):
            make_private(self.directory)
            handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                with suppress(OSError):  # where there are no locks
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                with open(handle, "w", encoding="utf-8", closefd=False) as file:
                    json.dump({"article": draft.article, "before": draft.before, "written": draft.written}, file)
                partial.replace(path)
            except OSError:
                os.close(handle)
                raise
        self._unlock(draft.article)
        self._locked[draft.article] = handle

    def of(self, article: ArticleId) -> Draft | None:
        """What was last written on the article by this process, or by one that has ended: it is this one's from now."""
        for path, draft in self._left():
            if draft.article == article:
                if path != self._own(article):
                    with suppress(StorageError, OSError):
                        self.keep(draft)
                        path.unlink()
                return draft
        return None

    def left(self) -> list[Draft]:
        """All that no other process is writing, the latest first."""
        return [draft for _, draft in self._left()]

    def forget(self, article: ArticleId) -> None:
        """It is kept as a note, or was given up."""
        with suppress(OSError):
            self._own(article).unlink(missing_ok=True)
        self._unlock(article)

    def _unlock(self, article: ArticleId) -> None:
        if (handle := self._locked.pop(article, None)) is not None:
            os.close(handle)

    def _own(self, article: ArticleId) -> Path:
        return self.directory / f"{article}.{os.getpid()}{_SUFFIX}"

    def _left(self) -> Iterator[tuple[Path, Draft]]:
        try:
            found = [path for path in self.directory.iterdir() if path.suffix == _SUFFIX]
            found.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        except OSError:
            return
        for path in found:
            is_own = path.stem.endswith(f".{os.getpid()}")
            if not is_own and is_locked(path):
                continue
            with suppress(OSError, ValueError, KeyError, TypeError):
                said = load(path.read_text(encoding="utf-8"))
                draft = Draft(ArticleId(said["article"]), said["before"], said["written"])
                if all(isinstance(part, str) for part in (draft.article, draft.before, draft.written)):
                    yield path, draft
