"""Tags: what the user added to articles, and which of the files' own tags they took away.

The second is kept as well: the file still has the tag, and the next run would bring it back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from newsreader.article import ArticleId
from newsreader.errors import UsageError
from newsreader.text.clean import one_line
from newsreader.userdata.store import Store, Subject

LONGEST_TAG = 200
"""Code points."""


def valid_tag(name: str) -> str:
    """The name as it is stored: sanitized, on one line. Blanks, quotes and emoji are allowed.

    Raises `UsageError` for names that are empty or too long.
    """
    tag = one_line(name)
    if not tag:
        raise UsageError("a tag needs a name")
    if len(tag) > LONGEST_TAG:
        raise UsageError(f"a tag's name has at most {LONGEST_TAG} characters: {tag[:40]}…")
    return tag


def spellings(name: str) -> tuple[str, ...]:
    """What user data may have a tag under that somebody names: as it is given, and as it would be stored. An older
    program, an edited dump or another tool may have put any name there, and all of them can be taken away.

    Raises `UsageError` for a name that is empty.
    """
    found = tuple(dict.fromkeys(tag for tag in (name, one_line(name)) if tag and _can_be_stored(tag)))
    if not found:
        raise UsageError("a tag needs a name")
    return found


def _can_be_stored(name: str) -> bool:
    """Not so bytes on a command line that are no text: SQLite takes no surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


class Tags:
    """The tags in a store. An entry says that a tag is there, or that a tag of the file's own is not wanted."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def change(self, subjects: Collection[Subject], add: Iterable[str], remove: Iterable[str]) -> None:
        """Durable when it returns; all or nothing. Raises `UsageError` for what no new tag may be called."""
        entries = [(self._usable(tag), 1) for tag in add]
        entries += [(spelling, 0) for tag in remove for spelling in spellings(tag)]
        with self._store.writing():
            self._store.remember(subjects)
            self._store.write_many(
                "INSERT INTO tags VALUES (?, ?, ?) ON CONFLICT (id, tag) DO UPDATE SET present = excluded.present",
                ((subject.id, tag, present) for subject in subjects for tag, present in entries),
            )

    def rename(self, old: str, new: str) -> int:
        """Every entry of one tag becomes one of the other; returns how many articles had it."""
        new = self._usable(new)
        olds = [spelling for spelling in spellings(old) if spelling != new]
        with self._store.writing():
            count = self._store.write_many(
                "INSERT INTO tags SELECT id, ?, 1 FROM tags WHERE tag = ? AND present = 1"
                " ON CONFLICT (id, tag) DO UPDATE SET present = 1",
                [(new, spelling) for spelling in olds],
            )
            self._store.write_many("UPDATE tags SET present = 0 WHERE tag = ?", [(spelling,) for spelling in olds])
        return count

    def _usable(self, name: str) -> str:
        """What articles may be given: a valid name, or one that is there already. Raises `UsageError`."""
        if not name or not _can_be_stored(name):
            return valid_tag(name)
        known = self._store.read("SELECT 1 FROM tags WHERE tag = ? LIMIT 1", (name,))
        return name if known else valid_tag(name)

    def entries(self) -> dict[ArticleId, dict[str, bool]]:
        """Every entry: article → tag → there (True) or taken away (False)."""
        found: dict[ArticleId, dict[str, bool]] = {}
        for article, tag, present in self._store.read("SELECT id, tag, present FROM tags"):
            found.setdefault(article, {})[tag] = bool(present)
        return found


def effective_tags(file_tags: Iterable[str], entries: dict[str, bool] | None) -> tuple[str, ...]:
    """An article's tags: those of its file and those added, without those taken away. Sorted."""
    tags = set(file_tags)
    for tag, present in (entries or {}).items():
        (tags.add if present else tags.discard)(tag)
    return tuple(sorted(tags, key=lambda tag: (tag.casefold(), tag)))
