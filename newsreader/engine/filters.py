"""Filters that the index can't answer: tags, marks, stories, and which article is meant.

The index would have to be written to whenever something is tagged or read. It asks here instead for the numbers of the
articles, as of the overview that the whole search is made with.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsreader.engine.lookup import find_article
from newsreader.engine.overview import Shelf
from newsreader.errors import NotFoundError, QueryError
from newsreader.index.query import Filter, nearest
from newsreader.library.catalogue import Catalogue
from newsreader.library.rows import CatalogueRow
from newsreader.terms.arrays import Ints

if TYPE_CHECKING:  # loads Whoosh, as the import below does: the list of all articles comes before it
    from newsreader.index.compile import SimilarTo


@dataclass(frozen=True, slots=True)
class Conditions:
    """As of one shelf, and the catalogue that belongs to it."""

    shelf: Shelf
    catalogue: Catalogue
    since_last_visit: Callable[[], Ints]
    """Gives what came since the user was last here."""

    def resolve(self, condition: Filter) -> Collection[int]:
        """The numbers that a filter means. Raises `QueryError`."""
        shelf, value = self.shelf, condition.value
        where = (condition.start, condition.stop)
        if condition.field == "tag":
            wanted = value.casefold()
            found = [numbers for tag, numbers in shelf.by_tag.items() if tag.casefold() == wanted]
            if not found and (suggestion := nearest(value, list(shelf.by_tag))) is not None:
                raise QueryError(f"no article is tagged {value!r}", *where, f"tag:{suggestion}")
            return set().union(*found)
        if condition.field == "is":
            if value == "first":
                return set(self.catalogue.first_articles())
            if value == "copy":
                return set(self.catalogue.copied_articles())
            if value == "arrived":
                return set(self.since_last_visit().tolist())
            return shelf.flagged(value, int(time.time()))
        if condition.field == "story":
            stories = [story for story in shelf.story_sizes if story.startswith(value)]
            if len(stories) != 1:
                raise QueryError(f"{'no story' if not stories else 'more than one story'} is called {value!r}", *where)
            return {number for number, story in shelf.story_of.items() if story == stories[0]}
        return {self._meant(condition).number}

    def similar(self, condition: Filter) -> SimilarTo:
        """The article that `similar:` means. Raises `QueryError`."""
        from newsreader.index.compile import SimilarTo

        row = self._meant(condition)
        return SimilarTo(row.number, "\n".join((row.title, *self.catalogue.paragraphs(row.number))), row.language)

    def _meant(self, condition: Filter) -> CatalogueRow:
        try:
            return find_article(self.catalogue, condition.value)
        except NotFoundError as error:
            raise QueryError(str(error), condition.start, condition.stop) from error
