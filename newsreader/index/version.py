"""What the index holds: its version, and the catalogue that it belongs to.

Apart, so that a run with nothing to do need not load Whoosh to compare them.
"""

from __future__ import annotations

from pathlib import Path

SCHEMA_VERSION = 2
"""Raised whenever the same text would give other terms: an older index is then built anew."""


def index_directory(directory: Path) -> Path:
    """Where the index of this version lives below the cache's index directory."""
    return directory / f"v{SCHEMA_VERSION}"


def epoch_file(directory: Path) -> Path:
    """Names the catalogue that the index was made from."""
    return index_directory(directory) / "epoch"


def index_epoch(directory: Path) -> str | None:
    """The epoch of the catalogue that the index was made from; None where there is no index, or it can't be told."""
    try:
        return epoch_file(directory).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None
