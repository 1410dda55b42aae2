"""Finds user data of articles that have left the library, and for each the article that it may be now.

Tags and notes are kept when an article leaves. When its file was moved and edited at once, the article comes back under
another id; unless that one is offered, tags and notes of the old one would never be seen again.
"""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass

from newsreader.article import ArticleId
from newsreader.errors import NotFoundError, UsageError
from newsreader.library.catalogue import Catalogue
from newsreader.library.rows import CatalogueRow
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.story_corrections import StoryCorrections


@dataclass(frozen=True, slots=True)
class Orphan:
    """An article that is gone, of which the user data know something."""

    subject: Subject
    now: CatalogueRow | None
    """The article that it may be now: of the same text, or the only one whose file is called the same. None where no
    article is like it, or several are."""
    same_text: bool


def orphans(store: Store, catalogue: Catalogue) -> list[Orphan]:
    """In the order of paths. Articles that have user data of their own are not offered."""
    used = _used(store)
    subjects = [subject for subject in store.subjects() if subject.id in used]
    present = catalogue.used_ids([subject.id for subject in subjects])
    lost = [subject for subject in subjects if subject.id not in present]
    if not lost:
        return []
    texts = catalogue.same_content({subject.fingerprint for subject in lost})
    files = _files_called({os.path.basename(subject.path) for subject in lost}, catalogue)
    found = []
    for subject in sorted(lost, key=lambda s: (s.path, s.part)):
        same = [row for row in texts.get(subject.fingerprint, ()) if row.id not in used]
        named = [
            row for row in files[os.path.basename(subject.path)] if row.id not in used and row.part == subject.part
        ]
        candidates = same or named
        found.append(Orphan(subject, candidates[0] if len(candidates) == 1 else None, bool(same)))
    return found


def find_orphan(store: Store, catalogue: Catalogue | None, reference: str) -> Subject:
    """By the id, or the beginning of it. Raises `NotFoundError`, `UsageError` for an article of the library."""
    used = _used(store)
    meant = [subject for subject in store.subjects() if subject.id in used and subject.id.startswith(reference)]
    if len(meant) != 1:
        raise NotFoundError(
            f"{'nothing' if not meant else 'more than one article'} with user data is called {reference!r}"
        )
    if catalogue is not None and catalogue.used_ids([meant[0].id]):
        raise UsageError(f"{reference}: the article is in the library, and keeps what you said of it")
    return meant[0]


def _used(store: Store) -> set[ArticleId]:
    """The articles of which the user data say anything."""
    rows = store.read("SELECT id FROM tags UNION SELECT id FROM marks UNION SELECT id FROM versions")
    return {ArticleId(row[0]) for row in rows}.union(*(one.articles for one in StoryCorrections(store).said()))


def _files_called(names: set[bytes], catalogue: Catalogue) -> dict[bytes, list[CatalogueRow]]:
    """The articles of the files with these names."""
    paths = [path for path in catalogue.known_files() if os.path.basename(path) in names]
    found: dict[bytes, list[CatalogueRow]] = defaultdict(list)
    for path, rows in catalogue.articles_of(paths).items():
        found[os.path.basename(path)] += rows
    return found
