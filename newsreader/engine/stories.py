"""Stories, and what the user corrects of them: the part of the engine behind story pages and `newsreader stories`.

A correction is durable when its method returns. It is honoured at once (then the method answers True), unless another
run is indexing: then by that run or the next (False).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from newsreader.article import ArticleId, StoryId
from newsreader.engine.connections import Connections
from newsreader.engine.lookup import find_article, find_members, find_story, find_subjects, subject_of
from newsreader.engine.results import Explained
from newsreader.errors import LibraryLocked, NotFoundError, UsageError
from newsreader.index.result import Result
from newsreader.library.lock import library_lock
from newsreader.stories.agency import agency_shares
from newsreader.stories.chronology import is_before
from newsreader.stories.corrections import Corrections
from newsreader.stories.story import Story, StoryMember
from newsreader.stories.timeline import REWRITE, why
from newsreader.stories.update import in_story_order, story_members, update_stories
from newsreader.userdata.story_corrections import StoryCorrections


class Stories:
    """Any thread may call."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

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
                                row.relation == "same-story" and (row.similarity or 0.0) >= REWRITE,
                                None if row.closest is None else id_of.get(row.closest),
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
        """What share of each article of a story stands word for word in articles of three outlets or more. Reads all
        texts."""
        catalogue, shelf = self._connections.catalogue, self._connections.shelf()
        articles = [member.article for member in story.members if member.article.id in shelf.number_of]
        numbers = [shelf.number_of[article.id] for article in articles]
        texts = catalogue.texts(numbers) if catalogue is not None else {}
        shares = agency_shares([(a.source, texts.get(n, ())) for a, n in zip(articles, numbers, strict=True)])
        return {article.id: share for article, share in zip(articles, shares, strict=True)}

    def why(self, left: str, right: str) -> Explained:
        """What speaks for two articles being one story, and what the user has said of it. Raises `NotFoundError`."""
        catalogue = self._connections.catalogue
        rows = [find_article(catalogue, reference) for reference in (left, right)]
        assert catalogue is not None
        members = story_members(catalogue, [row.number for row in rows])
        one, other = self._connections.shelf().articles(rows)
        reasons = why(*(members[row.number] for row in rows))
        return Explained(one, other, reasons, self.corrections().between(one.id, other.id))

    def merge(self, references: Collection[str]) -> bool:
        """Make one story of several; an article stands for its story. Raises `NotFoundError`, `UsageError`."""
        catalogue = self._connections.catalogue
        if catalogue is None:
            raise NotFoundError("the library is empty: run `newsreader index FOLDER`")
        rows = {row.id: row for reference in references for row in find_members(catalogue, reference)}
        if len(rows) < 2:
            raise UsageError("merging takes two stories or articles at least")
        self._corrections.merge([subject_of(row) for row in rows.values()])
        return self.regroup()

    def take_out(self, article: ArticleId) -> bool:
        """This article is of no story. Raises `NotFoundError`."""
        self._corrections.take_out(find_subjects(self._connections.catalogue, [article])[0])
        return self.regroup()

    def never_together(self, articles: Collection[ArticleId]) -> bool:
        """No two of these are ever in one story. Raises `NotFoundError`, `UsageError`."""
        if len(set(articles)) < 2:
            raise UsageError("keeping apart takes two articles at least")
        self._corrections.keep_apart(find_subjects(self._connections.catalogue, articles))
        return self.regroup()

    def forget_corrections(self, article: ArticleId) -> bool:
        """Take back all that was said about an article, in the library or not. Raises `NotFoundError`."""
        if not self._corrections.forget([article]):
            raise NotFoundError(f"there is no correction about {article}")
        return self.regroup()

    def corrections(self) -> Corrections:
        """All that the user has said about stories."""
        return self._corrections.all()

    def replace_corrections(self, known: Corrections, wanted: Corrections) -> bool:
        """Put other corrections in the place of those that are known to be there; the articles that they are about
        were known before. Raises `UsageError` if there are others by now."""
        if not self._corrections.replace(known, wanted):
            raise UsageError("stories were corrected elsewhere since; nothing was changed")
        return self.regroup()

    def regroup(self) -> bool:
        """Honour the corrections, if no run is indexing."""
        locations = self._connections.locations
        try:
            with library_lock(locations.lock):
                if (catalogue := self._connections.catalogue) is not None:
                    update_stories(locations.stories, catalogue, self.corrections())
        except LibraryLocked:
            return False
        return True

    @property
    def _corrections(self) -> StoryCorrections:
        return StoryCorrections(self._connections.store)
