"""What a run is asked to do, in one value from the command line to the run.

A flag that one of the three places between them forgot to hand on would do nothing, without a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsreader.userdata.versions import LARGEST_HISTORY


@dataclass(frozen=True, slots=True)
class IndexOptions:
    full: bool = False
    """Read all files again, changed or not."""
    rebuild: bool = False
    """Drop the cache and build it anew."""
    renew_index: bool = False
    """Build index and stories anew from the catalogue, which is kept."""
    dry_run: bool = False
    """Only say what would be done."""
    purge: bool = False
    """Forget the articles of folders that are missing or empty, lost most of their files, or have many left out."""
    optimize: bool = False
    """Then write the index as one piece."""
    tell_stories: bool = False
    """Say which stories are new or grew."""
    history: int = LARGEST_HISTORY
    """Bytes of former texts that are kept at most; with 0 none are."""


PLAIN_RUN = IndexOptions()
"""What is new or changed, and nothing else."""
