"""The directories that the program works with: one value, so that tests and several libraries can have others."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Locations:
    """All absolute; none need exist yet."""

    config: Path
    """The configuration file."""
    data: Path
    """User data: truth."""
    cache: Path
    """Catalogue, index, stories, meanings: may be deleted at any time."""
    state: Path
    """Log, history, window state: disposable; and drafts of notes, which are to be there when `data` is not."""

    @property
    def directories(self) -> tuple[Path, ...]:
        """All that the program writes to by itself."""
        return (self.data, self.cache, self.state, self.dumps, self.index, self.stories, self.meanings)

    @property
    def userdata(self) -> Path:
        return self.data / "userdata.sqlite"

    @property
    def dumps(self) -> Path:
        return self.data / "dumps"

    @property
    def userdata_seen(self) -> Path:
        """That there were user data, and where."""
        return self.cache / "userdata-seen.json"

    @property
    def drafts(self) -> Path:
        return self.state / "drafts"

    @property
    def catalogue(self) -> Path:
        return self.cache / "catalogue.sqlite"

    @property
    def index(self) -> Path:
        return self.cache / "index"

    @property
    def stories(self) -> Path:
        return self.cache / "stories"

    @property
    def meanings(self) -> Path:
        """What was learned of articles in several languages."""
        return self.cache / "meanings"

    @property
    def lock(self) -> Path:
        return self.cache / "index.lock"

    @property
    def being_built(self) -> Path:
        """A cache that is being made anew, with all that is in a cache."""
        return self.cache / "being-built"

    @property
    def built(self) -> Path:
        """One that is whole and about to take the place of that in use."""
        return self.cache / "built"
