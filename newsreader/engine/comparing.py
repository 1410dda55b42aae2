"""Articles beside each other: two of them, one with its story's earlier ones, all of a story, all that one ever said.

The part of the engine behind the comparison, `newsreader new` and the matrix. What an article adds is remembered:
lists ask for it again and again, and it takes a comparison with every earlier article.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from newsreader.article import ArticleId, CancelCheck, FullArticle, never
from newsreader.compare.compared_text import compared_text
from newsreader.compare.comparison import compare
from newsreader.compare.matrix_model import MOST_ARTICLES, StoryMatrix
from newsreader.compare.meaning import Encoder
from newsreader.compare.model import Summary
from newsreader.compare.novelty import Novelty, novelty
from newsreader.compare.story_matrix import story_matrix
from newsreader.engine.connections import Connections
from newsreader.engine.history import Histories, History
from newsreader.engine.lookup import find_article
from newsreader.engine.lru import LruCache
from newsreader.engine.results import Compared, Updated
from newsreader.engine.unindexed import read_single
from newsreader.errors import Cancelled, NotFoundError
from newsreader.library.file_status import file_status
from newsreader.library.rules import ReadingRules
from newsreader.stories.update import in_story_order, known_before

MOST_READ = 1_000
"""Articles of a story that are read to find different ones for its matrix."""
NOVELTIES_KEPT = 2_000
"""What that many articles add to others is remembered: a few kB each."""


class Comparing:
    """Any thread may call."""

    def __init__(
        self,
        connections: Connections,
        history: Histories,
        rules: Callable[[], ReadingRules],
        encoder: Callable[[], Encoder | None],
    ) -> None:
        """`encoder` is asked for what compares articles in different languages, if there is to be one."""
        self._connections = connections
        self._encoder = encoder
        self._history = history
        self._rules = rules
        self._novelties: LruCache[tuple[str, int, tuple[int, ...]], Novelty] = LruCache(NOVELTIES_KEPT)

    def compare(self, left: str, right: str, *, cancelled: CancelCheck = never) -> Compared:
        """Two articles by id, prefix or path; files outside the library are read as they are. Raises `NotFoundError`,
        `ArticleError`, `Cancelled`."""
        one, two = self._readable(left), self._readable(right)
        texts = compared_text(one), compared_text(two)
        return Compared(one, two, compare(*texts, encoder=self._encoder(), cancelled=cancelled))

    def edits(self, history: History, *, cancelled: CancelCheck = never) -> list[Summary]:
        """What each text of an article changed of the one before it, from the second on. Raises `Cancelled`."""
        texts = [compared_text(text) for text in history.texts]
        return [compare(*pair, cancelled=cancelled).summary for pair in pairwise(texts)]

    def novelty(self, reference: str, *, read_only: bool = False, cancelled: CancelCheck = never) -> Updated:
        """What an article says that its story's earlier articles don't: those that are known to be earlier. With
        `read_only`, all articles of the story that the user has read. Remembered for as long as these articles stay as
        they are. Raises `NotFoundError`, `Cancelled`."""
        catalogue = self._connections.catalogue
        row = find_article(catalogue, reference)
        assert catalogue is not None
        shelf = self._connections.shelf()
        story = in_story_order(catalogue.story_members([row.story])[row.story]) if row.story else []
        if read_only:
            rows = [other for other in story if other.number != row.number]
        else:
            rows = known_before(story, row, catalogue.paragraphs)
        earlier = [(r, a) for r, a in zip(rows, shelf.articles(rows), strict=True) if a.read or not read_only]
        full = FullArticle(shelf.articles([row])[0], catalogue.paragraphs(row.number))
        key = (catalogue.meta("epoch") or "", row.number, tuple(r.number for r, _ in earlier))
        found = self._novelties.get(key)
        if found is None:
            texts = (compared_text(FullArticle(a, catalogue.paragraphs(r.number))) for r, a in earlier)
            found = novelty(compared_text(full), texts, encoder=self._encoder(), cancelled=cancelled)
            self._novelties.put(key, found)
        return Updated(full, tuple(a for _, a in earlier), found)

    def matrix(self, articles: Sequence[ArticleId], *, cancelled: CancelCheck = never) -> StoryMatrix:
        """What each of these articles says of what all of them say; they come in the order of a story. Of more than
        MOST_ARTICLES the first different ones. Raises `NotFoundError`, `Cancelled`."""
        full = self._side_by_side(articles, cancelled)
        documents = [compared_text(one) for one in full]
        left_out = len(articles) - len(full)
        return story_matrix(full, documents, left_out=left_out, encoder=self._encoder(), cancelled=cancelled)

    def _side_by_side(self, articles: Sequence[ArticleId], cancelled: CancelCheck) -> list[FullArticle]:
        """The articles to be laid side by side: of very many the first ones of different texts."""
        if len(articles) <= MOST_ARTICLES:
            return [self._history.article(article) for article in articles]
        found: dict[tuple[str, ...], FullArticle] = {}
        for article in articles[:MOST_READ]:
            if len(found) == MOST_ARTICLES:
                break
            if cancelled():
                raise Cancelled("matrix: cancelled")
            one = self._history.article(article)
            found.setdefault(tuple(one.paragraphs), one)
        return list(found.values())

    def _readable(self, reference: str) -> FullArticle:
        try:
            return self._history.article(reference)
        except NotFoundError:
            path = Path(os.path.abspath(os.path.expanduser(reference)))
            try:
                if file_status(path) is None:
                    raise
            except OSError:
                pass  # reading it says why it can't be
            return read_single(path, self._rules())
