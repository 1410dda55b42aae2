"""What a user has said about reading files: values, passed as they are to the processes that read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import blake2b

from newsreader.formats.fields import FIELDS, Names


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """Whatever makes the same bytes another article. Must be picklable."""

    fields: Names = field(default_factory=lambda: FIELDS)
    """What exports and front matter call the parts of an article."""

    @property
    def digest(self) -> str:
        """Another one when files would be read differently: then all are read again."""
        return blake2b(json.dumps(asdict(self), sort_keys=True).encode(), digest_size=8).hexdigest()
