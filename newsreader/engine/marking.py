"""What the user says of articles: tags, marks, notes, and what became of them when an article left the library.

The part of the engine that writes to the user data. All of it is durable when a method returns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import cached_property

from newsreader.article import Article, ArticleId, CancelCheck, never
from newsreader.engine.connections import Connections
from newsreader.engine.lookup import find_article, find_subjects
from newsreader.engine.orphans import Orphan, find_orphan, orphans
from newsreader.errors import Cancelled, NotFoundError
from newsreader.terms.batches import batched
from newsreader.userdata.adopt import adopt
from newsreader.userdata.backups import backups
from newsreader.userdata.drafts import Drafts
from newsreader.userdata.dump import Dump, restore
from newsreader.userdata.marks import Flag, Mark, Marks, Noted
from newsreader.userdata.store import Store, Subject
from newsreader.userdata.tags import Tags

CHANGED_AT_ONCE = 1_000
"""Articles."""


class UserMarks:
    """Any thread may call."""

    def __init__(self, connections: Connections, regroup: Callable[[], str | None]) -> None:
        """`regroup` honours corrections of stories that have changed: None, or why the next run has to."""
        self._connections = connections
        self._regroup = regroup

    def tag(
        self,
        articles: Collection[ArticleId],
        add: Collection[str] = (),
        remove: Collection[str] = (),
        cancelled: CancelCheck = never,
    ) -> None:
        """All or nothing. Raises `UsageError` for a bad name, `NotFoundError`, `Cancelled`."""
        with self._connections.writing("tags") as store:
            self._tag(store, articles, add, remove, cancelled)

    def _tag(
        self,
        store: Store,
        articles: Collection[ArticleId],
        add: Collection[str],
        remove: Collection[str],
        cancelled: CancelCheck,
    ) -> None:
        for subjects in self._batches(articles, cancelled):
            Tags(store).change(subjects, add, remove)

    def rename_tag(self, old: str, new: str) -> int:
        """Returns how many articles had it. Raises `NotFoundError` when none has."""
        catalogue = self._connections.catalogue
        numbers = self._connections.shelf().by_tag.get(old, set())
        with self._connections.writing("tags") as store:
            elsewhere = Tags(store).rename(old, new)  # also of articles that are not in the library now
            if numbers and catalogue is not None:
                self._tag(store, [row.id for row in catalogue.rows(sorted(numbers))], [new], [old], never)
        if not numbers and not elsewhere:
            raise NotFoundError(f"no article is tagged {old!r}")
        return max(len(numbers), elsewhere)

    def mark(self, article: ArticleId) -> Mark:
        """What is marked of an article: read, starred, how far, and the note."""
        return Marks(self._connections.store).mark(article)

    def set_flag(
        self, articles: Collection[ArticleId], flag: Flag, value: bool, cancelled: CancelCheck = never
    ) -> None:
        """Mark as read or starred, or not: all or nothing. Raises `NotFoundError`, `Cancelled`."""
        with self._connections.writing(flag) as store:
            for subjects in self._batches(articles, cancelled):
                Marks(store).set_flag(subjects, flag, value)

    def set_position(self, article: ArticleId, position: int) -> None:
        """How far down the user is, code points of the text. Raises `NotFoundError`."""
        with self._connections.writing() as store:
            Marks(store).set_position(self._subjects([article])[0], position)

    def set_note(self, article: ArticleId, note: str, expected: str | None = None) -> Noted:
        """Write a note in the place of the one that is `expected`; another one that is there by now is kept as well.
        Raises `NotFoundError`."""
        with self._connections.writing() as store:
            return Marks(store).set_note(self._subjects([article])[0], note, expected)

    @cached_property
    def drafts(self) -> Drafts:
        """Notes that are being written, or could not be kept."""
        return Drafts(self._connections.locations.drafts)

    def with_copies(self, articles: Collection[ArticleId]) -> list[ArticleId]:
        """These, and what folds together with them: other outlets' copies of the same text."""
        shelf, catalogue = self._connections.shelf(), self._connections.catalogue
        known = [shelf.number_of[article] for article in articles if article in shelf.number_of]
        numbers = dict.fromkeys(other for number in known for other in shelf.folds.together(number))
        return [row.id for row in catalogue.rows(list(numbers))] if catalogue is not None else []

    def restore(self, dumped: Dump, *, accumulate: bool = False) -> str | None:
        """Take a dump in; what it has of articles that go by another id now is given to these. Its revision is believed
        only as far as dumps of our own have come: others would be older than it for ever. Returns why stories are not
        grouped anew yet, None where they are."""
        from newsreader.indexing.identity import current_ids  # loads what reads articles: no tag should wait for it

        ours = max((kept.revision for kept in backups(self._connections.locations.dumps)), default=0)
        dumped = replace(dumped, revision=min(dumped.revision, ours))
        catalogue = self._connections.catalogue
        now = current_ids([article.subject for article in dumped.articles], catalogue) if catalogue is not None else {}
        restore(self._connections.store, dumped.renamed(now), accumulate=accumulate)
        return self._regroup() if dumped.corrections else None

    def orphans(self) -> list[Orphan]:
        """User data of articles that are not in the library, with those that these may be now."""
        catalogue = self._connections.catalogue
        return orphans(self._connections.store, catalogue) if catalogue is not None else []

    def adopt(self, orphan: str, reference: str) -> tuple[Subject, Article]:
        """Give what the user data say of an article that is gone (an id of `orphans`) to one of the library. Where the
        stories can't be grouped anew at once, the next run does it. Raises `NotFoundError`, `UsageError`."""
        store, catalogue = self._connections.store, self._connections.catalogue
        row = find_article(catalogue, reference)
        gone = find_orphan(store, catalogue, orphan)
        adopt(store, gone, self._subjects([row.id])[0])
        self._regroup()
        return gone, self._connections.shelf().articles([row])[0]

    def _batches(self, articles: Collection[ArticleId], cancelled: CancelCheck) -> Iterator[list[Subject]]:
        """What the user data know these articles by, a part at a time, at least an empty one: those of a whole library,
        thrown away at once, would stop all threads. Raises `NotFoundError`, `Cancelled`."""
        for part in batched(articles, CHANGED_AT_ONCE) if articles else ((),):
            if cancelled():
                raise Cancelled("the change is no longer wanted")
            yield self._subjects(part)

    def _subjects(self, articles: Collection[ArticleId]) -> list[Subject]:
        return find_subjects(self._connections.catalogue, articles)
