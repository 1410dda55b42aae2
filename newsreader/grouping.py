"""Stories for the engine: the story book kept in step with the catalogue, and stories as values."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.article import Article, CancelCheck, StoryId
from newsreader.library.catalogue import Catalogue, CatalogueRow

if TYPE_CHECKING:
    from newsreader.engine import Story


def update_stories(folder: Path, catalogue: Catalogue, cancelled: CancelCheck) -> None:
    """Place what is new in stories and take out what is gone."""
    add, delete = catalogue.unstoried()
    catalogue.set_stories({}, add, delete, "")


def make_story(story: StoryId, rows: Sequence[CatalogueRow], articles: Sequence[Article], catalogue: Catalogue) -> Story:
    """The story with these members, earliest first."""
    from newsreader.engine import Story, StoryMember

    members = tuple(StoryMember(article, "same-story", 0.0) for article in articles)
    sources = tuple(dict.fromkeys(a.source for a in articles if a.source))
    return Story(story, articles[0].title, members, sources)
