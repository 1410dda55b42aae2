"""What the user has said about reading files, as plain values: they go to the processes that read, and into a digest.

When the digest is another one, the same bytes would give other articles, and every file is read again.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Literal

from newsreader.formats.fields import FIELDS, Names


@dataclass(frozen=True, slots=True)
class FolderRule:
    """What holds for the files below a folder, where they don't say it themselves."""

    path: str
    """Absolute."""
    source: str | None = None
    language: str | None = None
    """ISO 639-1, lower case."""


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """Whatever makes the same bytes another article, and what is not to be read at all."""

    fields: Names = field(default_factory=lambda: FIELDS)
    """What exports and front matter call the parts of an article."""

    folders: tuple[FolderRule, ...] = ()
    ignore: tuple[str, ...] = ()
    """Patterns, as in .gitignore, of files below the library's folders that are left out."""

    def folder_saying(self, field: Literal["source", "language"], path: bytes) -> FolderRule | None:
        """The innermost folder of a file for which this field is said."""
        name = os.fsdecode(path)
        inside = (
            rule for rule in self.folders if name.startswith(rule.path.rstrip("/") + "/") and getattr(rule, field)
        )
        return max(inside, key=lambda rule: len(rule.path), default=None)

    @property
    def digest(self) -> str:
        """Another one when files would be read differently: then all are read again."""
        known = asdict(self)
        del known["ignore"]
        return blake2b(json.dumps(known, sort_keys=True).encode(), digest_size=8).hexdigest()
