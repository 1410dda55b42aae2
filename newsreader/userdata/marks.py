"""What the user has read, starred and noted, and how far down in each article they were.

Kept by the article's id, with where the article is: so the marks follow it when its file is moved or edited.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from newsreader.article import ArticleId
from newsreader.text.clean import sanitize
from newsreader.userdata.store import Store, Subject

Flag = Literal["read", "starred"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One article's marks."""

    read: bool = False
    starred: bool = False
    position: int = 0
    """The code point of the text at the top of the pane when the article was left."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of a note."""

    before: str
    now: str
    is_joined: bool
    """Whether somebody else had written one meanwhile, which is kept above it."""


class Marks:
    """The marks in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def set_flag(self, subjects: Collection[Subject], flag: Flag, value: bool) -> None:
        """Durable when it returns; all or nothing."""
        self._set(subjects, flag, int(value))

    def set_note(self, subject: Subject, note: str, expected: str | None = None) -> Noted:
        """Durable when it returns. Where another note than the `expected` one is there by now, both are kept."""
        with self._store.writing():
            before, now = self.mark(subject.id).note, sanitize(note)
            is_joined = expected is not None and before not in (expected, now)
            if is_joined:
                now = f"{before}\n\n{now}".strip()
            self._set([subject], "note", now)
        return Noted(before, now, is_joined)

    def set_position(self, subject: Subject, position: int) -> None:
        self._set([subject], "position", position)

    def _set(self, subjects: Collection[Subject], column: str, value: int | str) -> None:
        with self._store.writing():
            self._store.remember(subjects)
            self._store.write_many(
                f"INSERT INTO marks (id, {column}) VALUES (?, ?)"
                f" ON CONFLICT (id) DO UPDATE SET {column} = excluded.{column}",
                ((subject.id, value) for subject in subjects),
            )

    def flagged(self, flag: Flag) -> set[ArticleId]:
        return {row[0] for row in self._store.read(f"SELECT id FROM marks WHERE {flag} = 1")}

    def mark(self, article: ArticleId) -> Mark:
        rows = self._store.read("SELECT read, starred, position, note FROM marks WHERE id = ?", (article,))
        return _mark(*rows[0]) if rows else Mark()

    def marks(self) -> dict[ArticleId, Mark]:
        rows = self._store.read("SELECT id, read, starred, position, note FROM marks")
        return {article: _mark(*values) for article, *values in rows}


def _mark(read: int, starred: int, position: int, note: str) -> Mark:
    return Mark(bool(read), bool(starred), position, note)
