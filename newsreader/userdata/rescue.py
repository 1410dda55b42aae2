"""A damaged file of user data: what can still be read of it is read, kind by kind, and it is put aside.

It is never deleted or written to: the user may have a better tool, or a copy to mend it with.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from newsreader.article import ArticleId
from newsreader.errors import StorageError, UsageError
from newsreader.userdata.dump import Dump, DumpedArticle, restore
from newsreader.userdata.marks import Mark, Marks
from newsreader.userdata.notified import Notified
from newsreader.userdata.searches import Searches, valid_name
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections
from newsreader.userdata.tags import Tags, valid_tag
from newsreader.userdata.versions import FormerText, Versions

Rescued = TypeVar("Rescued")
_COMPANIONS = ("", "-wal", "-shm")
"""What the names of SQLite's files end with."""


@dataclass(slots=True)
class Salvaged:
    """What a damaged file still gave."""

    dump: Dump = field(default_factory=Dump)
    lost: list[str] = field(default_factory=list)
    """What could not be read, in words."""


def salvage(path: Path) -> Salvaged:
    """Read what can be read of a damaged file, kind by kind. Raises nothing for what can't; changes nothing."""
    found = Salvaged()
    try:
        store = Store.open_damaged(path)
    except StorageError:
        found.lost.append("the whole file")
        return found

    def look(what: str, read: Callable[[], Rescued], otherwise: Rescued) -> Rescued:
        try:
            return read()
        except (StorageError, UsageError, ValueError, TypeError):
            found.lost.append(what)
            return otherwise

    with closing(store):
        subjects: list[Subject] = look("which articles there are", store.subjects, [])
        tags: dict[ArticleId, dict[str, bool]] = look("tags", lambda: _checked_tags(store), {})
        marks: dict[ArticleId, Mark] = look("marks and notes", lambda: Marks(store).marks(), {})
        found.dump = Dump(
            [DumpedArticle(s, tags.get(s.id, {}), marks.get(s.id, Mark())) for s in subjects],
            look("saved searches", lambda: {valid_name(n): q for n, q in Searches(store).all().items()}, {}),
            look("corrections of stories", StoryCorrections(store).said, []),
            look("folders", store.folders, []),
            look("what you were told of", Notified(store).all, {}),
            look("former texts", lambda: _texts(store), []),
        )
    return found


def _checked_tags(store: Store) -> dict[ArticleId, dict[str, bool]]:
    entries = Tags(store).entries()
    for tags in entries.values():
        for tag in tags:
            valid_tag(tag)
    return entries


def _texts(store: Store) -> list[tuple[ArticleId, FormerText]]:
    """Those that are whole: each has a checksum."""
    found = []
    for article in Versions(store).counts():
        try:
            found += [(article, text) for text in Versions(store).of(article)]
        except StorageError:
            continue
    return found


def replace_damaged(path: Path, dumps: Sequence[Dump]) -> Path:
    """Put a new file with all of these dumps, the first one's word going before the others', in the place of a damaged
    one. Returns what the damaged one is called now. Raises `StorageError`; the damaged file is then where it was."""
    made = path.with_name(f"{path.name}.restored")
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    try:
        for end in _COMPANIONS:
            made.with_name(made.name + end).unlink(missing_ok=True)
        with closing(Store.open(made)) as store:
            for dumped in dumps:
                restore(store, dumped, accumulate=True)
            store.join_companions()
        os.link(path, aside)  # first: there are file systems that can't
        for end in _COMPANIONS[1:]:  # they belong to the damaged file: SQLite would apply them to the new one
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).rename(aside.with_name(aside.name + end))
        made.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: can't be replaced ({error.strerror or error})") from error
    return aside
