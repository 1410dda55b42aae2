"""The user's corrections of stories on disk. The latest word wins: what contradicts it is taken back.

`stories.corrections` has them as values, for those who group articles. Here they are kept with where their articles
are, so that they hold after moves, edits and the loss of the cache.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from newsreader.article import ArticleId
from newsreader.stories.corrections import Corrections
from newsreader.userdata.store import Store, Subject

Groups = Sequence[frozenset[ArticleId]]


class StoryCorrections:
    """The corrections in a store. Every change is durable when it returns; all or nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> Corrections:
        groups: dict[str, set[ArticleId]] = {}
        for article, story in self._store.read("SELECT id, story FROM merged ORDER BY story, id"):
            groups.setdefault(story, set()).add(ArticleId(article))
        return Corrections(
            tuple(map(frozenset, groups.values())),
            frozenset(frozenset(pair) for pair in self._store.read("SELECT one, other FROM apart")),
            frozenset(ArticleId(row[0]) for row in self._store.read("SELECT id FROM taken_out")),
        )

    def merge(self, subjects: Collection[Subject]) -> None:
        """These articles are of one story, and so is what was merged with any of them before."""
        with self._store.writing():
            self._store.remember(subjects)
            known = self.all()
            groups = _joined([*known.merged, frozenset(s.id for s in subjects)])
            together = next(ids for ids in groups if any(s.id in ids for s in subjects))
            self._put_in([s.id for s in subjects])
            self._delete_apart(pair for pair in known.apart if pair <= together)
            self._write_merged(groups)

    def take_out(self, subject: Subject) -> None:
        """This article is of no story."""
        with self._store.writing():
            self._store.remember([subject])
            self._write_merged([ids - {subject.id} for ids in self.all().merged])
            self._store.write_many("INSERT OR IGNORE INTO taken_out VALUES (?)", [(subject.id,)])

    def keep_apart(self, subjects: Collection[Subject]) -> None:
        """No two of these articles are ever in one story; those that were merged with each other no longer are."""
        ids = {s.id for s in subjects}
        with self._store.writing():
            self._store.remember(subjects)
            self._write_merged([group - ids if len(group & ids) > 1 else group for group in self.all().merged])
            self._insert_apart(map(frozenset, combinations(ids, 2)))

    def forget(self, ids: Collection[ArticleId]) -> bool:
        """Take back everything that is said about these articles; whether anything was."""
        with self._store.writing():
            known = self.all()
            self._write_merged([group - set(ids) for group in known.merged])
            self._delete_apart(pair for pair in known.apart if pair & set(ids))
            self._put_in(ids)
        return not known.ids().isdisjoint(ids)

    def add(self, more: Corrections) -> None:
        """Put these beside what is there; the articles that they are about are known to the store already."""
        with self._store.writing():
            self._write_merged(_joined([*self.all().merged, *more.merged]))
            self._insert_apart(more.apart)
            self._store.write_many("INSERT OR IGNORE INTO taken_out VALUES (?)", ((i,) for i in more.out))

    def replace(self, known: Corrections, wanted: Corrections) -> bool:
        """Put `wanted` in the place of `known`; False, and nothing is done, if something else is there."""
        with self._store.writing():
            if self.all().digest != known.digest:
                return False
            self._write_merged(())
            self._delete_apart(known.apart)
            self._put_in(known.out)
            self.add(wanted)
        return True

    def _put_in(self, ids: Iterable[ArticleId]) -> None:
        self._store.write_many("DELETE FROM taken_out WHERE id = ?", ((article,) for article in ids))

    def _write_merged(self, groups: Groups) -> None:
        """A group is called by its smallest id; one article alone is not merged with anything."""
        self._store.write_many("DELETE FROM merged", [()])
        self._store.write_many(
            "INSERT INTO merged VALUES (?, ?)", ((i, min(ids)) for ids in groups if len(ids) > 1 for i in ids)
        )

    def _insert_apart(self, pairs: Iterable[frozenset[ArticleId]]) -> None:
        self._store.write_many("INSERT OR IGNORE INTO apart VALUES (?, ?)", (sorted(pair) for pair in pairs))

    def _delete_apart(self, pairs: Iterable[frozenset[ArticleId]]) -> None:
        self._store.write_many("DELETE FROM apart WHERE one = ? AND other = ?", (sorted(pair) for pair in pairs))


def _joined(groups: Groups) -> list[frozenset[ArticleId]]:
    """The groups, those that share an article as one."""
    joined: list[frozenset[ArticleId]] = []
    for group in groups:
        touching = [ids for ids in joined if ids & group]
        joined = [ids for ids in joined if not ids & group]
        joined.append(group.union(*touching))
    return joined
