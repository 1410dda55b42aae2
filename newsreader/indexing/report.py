"""What a run says of itself: while it goes on, and at its end.

Cron jobs, hooks and the interface know of a run only what is here: what is not put in the report nobody hears of.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from newsreader.article import ArticleId
from newsreader.library.changes import LibraryChanges
from newsreader.library.scan import Scan
from newsreader.stories.growth import Growth

EachFile = Callable[[str, Path, int], None]
"""Called with what became of a file (`new`, `changed`, `gone`), its path, and how many of its articles are
new or changed."""


def unsaid(what: str, path: Path, articles: int) -> None:
    """The `EachFile` of runs that tell of no files."""


@dataclass(slots=True)
class IndexReport:
    """What a run did, in articles; a dry run reads no files, and counts these."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    edited: list[ArticleId] = field(default_factory=list)
    """Articles whose former text was kept."""
    failed: list[tuple[Path, str]] = field(default_factory=list)
    """Files that could not be read, also those that failed before and have not changed since."""
    newly_failed: list[tuple[Path, str]] = field(default_factory=list)
    skipped: list[tuple[Path, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """Trouble that cost nothing: unavailable folders, metadata that could not be understood, a rebuilt cache."""
    seconds: float = 0.0
    generation: int = 0
    stories: Growth = field(default_factory=Growth)
    """Stories that are new or grew, if that was asked for."""
    interrupted: bool = False

    def take_scan(self, found: Scan, changes: LibraryChanges) -> None:
        """What could be said before any file was read."""

        def fate(directory: bytes) -> str:
            if any(path.startswith(directory.rstrip(b"/") + b"/") for path in changes.kept):
                return "its articles are kept (--purge removes them)"
            return "none of its articles are listed"

        self.skipped = [(as_path(path), reason) for path, reason in sorted(found.skipped.items())]
        self.warnings.extend(found.warnings)
        missing = {os.fsencode(folder) for folder, _ in changes.missing_folders}
        for folder, reason in changes.missing_folders:
            self.warnings.append(f"{folder}: the folder is {reason}; {fate(os.fsencode(folder))}")
        for some in changes.left_out if changes.kept else ():
            self.warnings.append(
                f"{some.folder}: {some.files:,} of its {some.known:,} files are left out now"
                f" ({some.reason}); their articles are kept (--purge removes them)"
            )
        for thin in changes.thinned if changes.kept else ():
            self.warnings.append(
                f"{thin.folder}: {thin.lost:,} of its {thin.known:,} files went at once; their articles are kept until"
                " they are back (--purge removes them)"
            )
        for directory, reason in found.unavailable.items():
            if directory not in missing:
                self.warnings.append(f"{as_path(directory)}: can't be listed ({reason.lower()}); {fate(directory)}")


def as_path(path: bytes) -> Path:
    return Path(os.fsdecode(path))
