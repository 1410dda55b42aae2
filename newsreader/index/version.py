"""The version of what the index holds: apart, so that a run with nothing to do need not load Whoosh to compare it."""

from __future__ import annotations

from pathlib import Path

SCHEMA_VERSION = 2
"""Raised whenever the same text would give other terms: an older index is then built anew."""


def index_directory(directory: Path) -> Path:
    """Where the index of this version lives below the cache's index directory."""
    return directory / f"v{SCHEMA_VERSION}"
