"""The user's corrections of stories on disk, each as it was said, so that each can be taken back by itself.

`stories.corrections` has them as values, for those who group articles. Here they are kept with where their articles
are, so that they hold after moves, edits and the loss of the cache.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress

from newsreader.article import ArticleId
from newsreader.errors import UsageError
from newsreader.stories.corrections import (
    MOST_APART,
    Correction,
    CorrectionKind,
    Corrections,
    Part,
    in_order,
    parts_as_text,
)
from newsreader.userdata.store import Store, Subject

MOST_PAIRS = 1_000_000
"""Of articles that are kept apart: every run works out what holds of them, which takes 1 s for so many."""


class StoryCorrections:
    """The corrections in a store. Every change is durable when it returns; all or nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def said(self) -> list[Correction]:
        """All that was said and not taken back, the earliest first. What makes no sense, as another tool may
        have written it, is left out."""
        found = []
        for row in self._store.read("SELECT id, kind, time, parts FROM corrections"):
            with suppress(ValueError, TypeError):
                found.append(Correction.checked(*row))
        return in_order(found)

    def holding(self) -> Corrections:
        """What holds of it."""
        return Corrections.holding(self.said())

    def merge(self, subjects: Collection[Subject], stories: Iterable[Part] = ()) -> Correction:
        """These articles are of one story; `stories` are those that they were of, if they were not each alone."""
        return self._say("merged", stories or [frozenset({subject.id}) for subject in subjects], subjects)

    def take_out(self, subject: Subject) -> Correction:
        """This article is of no story."""
        return self._say("out", [frozenset({subject.id})], [subject])

    def keep_apart(self, subjects: Collection[Subject]) -> Correction:
        """No two of these articles are ever in one story. Raises `UsageError` for too many."""
        return self._say("apart", [frozenset({subject.id}) for subject in subjects], subjects)

    def _say(self, kind: CorrectionKind, parts: Iterable[Part], subjects: Collection[Subject]) -> Correction:
        with self._store.writing():
            self._store.remember(subjects)
            said = Correction.made(kind, max(_now(), self._latest() + 1), parts)
            self._refuse_too_many([said])
            self._write([said])
        return said

    def revoke(self, ids: Collection[str]) -> list[Correction]:
        """Take back the corrections with these ids: those that were there, the earliest first."""
        with self._store.writing():
            gone = [one for one in self.said() if one.id in ids]
            self._delete(gone)
        return gone

    def forget(self, articles: Collection[ArticleId]) -> list[Correction]:
        """Take back what is said about these articles: the corrections as they were, the earliest first. One that keeps
        several articles apart still keeps apart the others."""
        with self._store.writing():
            changed = [(one, left) for one in self.said() if (left := one.without(articles)) != one]
            self._delete(one for one, _ in changed)
            self._write(left for _, left in changed if left is not None)
        return [one for one, _ in changed]

    def put_back(self, corrections: Iterable[Correction]) -> None:
        """Undo what `revoke` or `forget` did."""
        self._store.write_many("INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)", map(_row, corrections))

    def add(self, more: Sequence[Correction]) -> None:
        """Put these beside what is there, each once; the articles that they are about are known to the store already.

        They may come from elsewhere. What is said to be of the future becomes of now: it would go before all that the
        user says until then. Raises `UsageError` for too many.
        """
        with self._store.writing():
            self._refuse_too_many(more)
            latest = max(_now(), self._latest())
            present = []
            for one in in_order(more):
                if one.time > latest:
                    latest += 1
                    one = Correction(one.id, one.kind, latest, one.parts)
                present.append(one)
            self._store.write_many("INSERT OR IGNORE INTO corrections VALUES (?, ?, ?, ?)", map(_row, present))

    def rename(self, old: ArticleId, new: ArticleId) -> None:
        """What was said of one article is said of another."""
        with self._store.writing():
            changed = [(one, one.renamed({old: new})) for one in self.said() if old in one.articles]
            self._delete(one for one, _ in changed)
            self._write(now for _, now in changed if now.is_sound)

    def _refuse_too_many(self, more: Iterable[Correction]) -> None:
        apart = {one.id: len(one.parts) for one in (*more, *self.said()) if one.kind == "apart"}
        if max(apart.values(), default=0) > MOST_APART:
            raise UsageError(f"at most {MOST_APART:,} articles can be kept apart at once; nothing was changed")
        if sum(count * (count - 1) // 2 for count in apart.values()) > MOST_PAIRS:
            raise UsageError(f"more than {MOST_PAIRS:,} pairs of articles would be kept apart; nothing was changed")

    def _latest(self) -> int:
        ((latest,),) = self._store.read("SELECT coalesce(max(time), 0) FROM corrections")
        return int(latest)

    def _write(self, corrections: Iterable[Correction]) -> None:
        self._store.write_many("INSERT INTO corrections VALUES (?, ?, ?, ?)", map(_row, corrections))

    def _delete(self, corrections: Iterable[Correction]) -> None:
        self._store.write_many("DELETE FROM corrections WHERE id = ?", ((one.id,) for one in corrections))


def _row(one: Correction) -> Sequence[str | int]:
    return one.id, one.kind, one.time, parts_as_text(one.parts)


def _now() -> int:
    """Microseconds since the epoch."""
    return time.time_ns() // 1_000
