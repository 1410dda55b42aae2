"""Stories, and what the user corrects of them: the part of the engine behind story pages and `newsreader stories`.

A correction is durable when its method returns. It is honoured at once, unless another run is indexing or the cache
can't be written to: then by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date

from newsreader.article import ArticleId, StoryId
from newsreader.compare.credits import without_credits
from newsreader.compare.features import without_dateline
from newsreader.compare.meaning import Encoder
from newsreader.engine.connections import Connections
from newsreader.engine.lookup import find_article, find_members, find_story, find_subjects, is_story
from newsreader.engine.results import Corrected, Explained
from newsreader.errors import LibraryLocked, NotFoundError, StorageError, UsageError, disk_errors
from newsreader.index.result import Result
from newsreader.indexing.interpreter import group_stories
from newsreader.library.lock import library_lock
from newsreader.library.rows import CatalogueRow
from newsreader.stories.agency import CarriedText, agency_shares
from newsreader.stories.chronology import is_before
from newsreader.stories.corrections import Correction, Corrections, Part
from newsreader.stories.story import REWRITE, Story, StoryMember
from newsreader.stories.timeline import Member, why
from newsreader.stories.update import in_story_order, sharing_first, story_members
from newsreader.userdata.story_corrections import StoryCorrections


class Stories:
    """Any thread may call."""

    def __init__(self, connections: Connections, encoder: Callable[[], Encoder | None]) -> None:
        """`encoder` is asked for what tells stories in several languages, if there is to be one."""
        self._connections = connections
        self._encoder = encoder

    def by_ids(self, ids: Collection[StoryId]) -> list[Story]:
        """In the order asked; what is gone is left out."""
        catalogue = self._connections.catalogue
        if catalogue is None:
            return []
        members = catalogue.story_members(ids)
        titles = catalogue.story_titles(list(ids))
        shelf = self._connections.shelf()
        found = []
        for story in ids:
            if rows := in_story_order(members.get(story, ())):
                articles = shelf.articles(rows)
                sharing = sharing_first(rows)
                firsts = {a.source: a for a in reversed(articles) if a.source}
                id_of = {row.number: row.id for row in rows}
                found.append(
                    Story(
                        story,
                        titles.get(story, articles[0].title),
                        tuple(
                            StoryMember(
                                article,
                                row.relation or "same-story",
                                row.similarity or 0.0,
                                row.relation != "copy"
                                and is_before(firsts.get(article.source or "", article), article),
                                row.relation == "same-story" and (row.taken or 0.0) >= REWRITE,
                                None if row.closest is None else id_of.get(row.closest),
                                row.number in sharing,
                            )
                            for article, row in zip(articles, rows, strict=True)
                        ),
                        tuple(dict.fromkeys(a.source for a in articles if a.source)),
                    )
                )
        return found

    def ids(
        self,
        result: Result | None = None,
        *,
        since: date | None = None,
        min_size: int = 2,
        min_sources: int = 0,
    ) -> list[StoryId]:
        """Newest first; with `result`, those that have an article in it."""
        catalogue = self._connections.catalogue
        if catalogue is None:
            return []
        wanted = None
        if result is not None:
            story_of = self._connections.shelf().story_of
            wanted = {story_of[n] for n in result.numbers.tolist() if n in story_of}
        return catalogue.stories(since=since, min_size=min_size, min_sources=min_sources, only=wanted)

    def story(self, reference: str) -> Story:
        """By id or unambiguous prefix. Raises `NotFoundError`."""
        return self.by_ids([find_story(self._connections.catalogue, reference)])[0]

    def story_of(self, reference: str) -> Story:
        """A story, or the one that an article belongs to. Raises `NotFoundError`."""
        catalogue = self._connections.catalogue
        ids = {row.story for row in find_members(catalogue, reference)} if catalogue is not None else set()
        if None in ids:
            raise NotFoundError("the article is in no story: no other one reports the same event")
        return self.by_ids([story for story in ids if story])[0] if ids else self.story(reference)

    def agency_shares(self, story: Story) -> dict[ArticleId, float]:
        """What share of each article of a story is agency copy, 0 to 1. Reads all texts."""
        catalogue, shelf = self._connections.catalogue, self._connections.shelf()
        articles = [member.article for member in story.members if member.article.id in shelf.number_of]
        numbers = [shelf.number_of[article.id] for article in articles]
        texts = catalogue.texts(numbers) if catalogue is not None else {}
        carried = [CarriedText(a.source, a.author, texts.get(n, ())) for a, n in zip(articles, numbers, strict=True)]
        shares = agency_shares(carried)
        return {article.id: share for article, share in zip(articles, shares, strict=True)}

    def why(self, left: str, right: str) -> Explained:
        """What speaks for two articles being one story, and what the user has said of it. Who wrote them, and where,
        speaks for nothing: credits and datelines are left out. Raises `NotFoundError`."""
        catalogue = self._connections.catalogue
        rows = [find_article(catalogue, reference) for reference in (left, right)]
        assert catalogue is not None
        members = story_members(catalogue, [row.number for row in rows])
        one, other = self._connections.shelf().articles(rows)
        texts = [members[row.number] for row in rows]
        reasons = why(*map(_statements_of, texts))
        return Explained(one, other, reasons, self.corrections().between(one.id, other.id))

    def merge(self, references: Collection[str]) -> Corrected:
        """Make one story of several; an article stands for its story. Raises `NotFoundError`, `UsageError`."""
        catalogue = self._connections.catalogue
        if catalogue is None:
            raise NotFoundError("the library is empty: run `newsreader index FOLDER`")
        said = self._corrections.said()
        rows: dict[ArticleId, CatalogueRow] = {}
        parts: set[Part] = set()
        for reference in references:
            members = find_members(catalogue, reference)
            named = not is_story(catalogue, reference)
            meant = find_article(catalogue, reference) if named else in_story_order(members)[0]
            own = own_members(members, meant.id, said)
            rows |= {row.id: row for row in members if row.id in own}
            parts.add(own)
        if len(rows) < 2:
            raise UsageError("merging takes two stories or articles at least")
        return self._said(self._corrections.merge(find_subjects(catalogue, list(rows)), parts))

    def take_out(self, article: ArticleId) -> Corrected:
        """This article is of no story. Raises `NotFoundError`."""
        return self._said(self._corrections.take_out(find_subjects(self._connections.catalogue, [article])[0]))

    def never_together(self, articles: Collection[ArticleId]) -> Corrected:
        """No two of these are ever in one story. Raises `NotFoundError`, `UsageError`."""
        if len(set(articles)) < 2:
            raise UsageError("keeping apart takes two articles at least")
        return self._said(self._corrections.keep_apart(find_subjects(self._connections.catalogue, articles)))

    def forget_corrections(self, article: ArticleId) -> Corrected:
        """Take back all that was said about an article, in the library or not. Raises `NotFoundError`."""
        taken_back = self._corrections.forget([article])
        if not taken_back:
            raise NotFoundError(f"there is no correction about {article}")
        return Corrected((), tuple(taken_back), self.regroup())

    def revoke_correction(self, correction: str) -> Corrected:
        """Take back one thing that was said, by its id or the beginning of it. Raises `NotFoundError`."""
        known = [one.id for one in self._corrections.said() if one.id.startswith(correction)]
        taken_back = self._corrections.revoke(known) if len(known) == 1 else []
        if not taken_back:
            raise NotFoundError(f"{'more than one' if len(known) > 1 else 'no'} correction is called {correction!r}")
        return Corrected((), tuple(taken_back), self.regroup())

    def undo_correction(self, done: Corrected) -> Corrected:
        """Take back what one of these methods did, and that alone. Raises `UsageError` when it is already."""
        store, corrections = self._connections.store, self._corrections
        with store.writing():
            if len(taken_back := corrections.revoke([one.id for one in done.said])) != len(done.said):
                raise UsageError("that was taken back elsewhere already; nothing was changed")
            corrections.put_back(done.taken_back)
        return Corrected(done.taken_back, tuple(taken_back), self.regroup())

    def corrections(self) -> Corrections:
        """What holds of all that the user has said about stories."""
        return self._corrections.holding()

    def corrections_said(self) -> list[Correction]:
        """All that the user has said about stories and not taken back, the earliest first."""
        return self._corrections.said()

    def _said(self, correction: Correction) -> Corrected:
        return Corrected((correction,), (), self.regroup())

    def regroup(self) -> str | None:
        """Honour the corrections. None, or why the next run has to do it: what was said is on disk, so it is no error
        that a run is indexing, or that the cache can't be written to."""
        locations = self._connections.locations
        try:
            with library_lock(locations.lock), disk_errors(locations.stories):
                if (catalogue := self._connections.catalogue) is not None:
                    group_stories(locations, catalogue, self.corrections(), self._encoder())
        except LibraryLocked:
            return "another run is indexing"
        except StorageError as error:
            return str(error)
        return None

    @property
    def _corrections(self) -> StoryCorrections:
        return StoryCorrections(self._connections.store)


def _statements_of(member: Member) -> Member:
    """An article without its credits and its dateline."""
    paragraphs = without_credits(map(without_dateline, member.paragraphs), member.language)
    return replace(member, title=without_dateline(member.title), paragraphs=paragraphs)


def own_members(members: Collection[CatalogueRow], meant: ArticleId, said: Iterable[Correction]) -> Part:
    """The articles of a story that one of them brings along by itself, without those that only an earlier correction
    put beside it. Were they in a later correction too, taking back the earlier one would change nothing."""
    number_of = {row.id: row.number for row in members}
    parts = [part & number_of.keys() for one in said if one.kind == "merged" for part in one.parts]
    merged = frozenset().union(*parts)
    if not merged:
        return frozenset(number_of)
    beside: dict[ArticleId, set[ArticleId]] = {article: set() for article in number_of}
    for part in parts:
        for article in part:
            beside[article] |= part
    id_of = {number: article for article, number in number_of.items()}
    for row in members:  # who is not in a correction is there because of what it is most like
        closest = id_of.get(row.closest) if row.closest is not None else None
        if closest is not None and not {row.id, closest} <= merged:
            beside[row.id].add(closest)
            beside[closest].add(row.id)
    found, new = {meant}, [meant]
    while new:
        new = list({article for one in new for article in beside[one]} - found)
        found.update(new)
    return frozenset(found if found & merged else number_of)
