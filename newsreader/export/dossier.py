"""Articles that belong together for somebody's work: with their notes, and what each says of what the others say.

Here it is chosen and gathered, from the library; the other `dossier_` modules write it without asking for more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsreader.article import Article, ArticleId, CancelCheck, StoryId, never
from newsreader.compare.matrix_model import StoryMatrix
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled, NotFoundError

MOST = 40
"""Articles of a query that are taken."""
_STORY = re.compile(r"s[0-9a-f]{4,}")
_ARTICLE = re.compile(r"[0-9a-f]{8,16}|.*/.*")


@dataclass(frozen=True, slots=True)
class DossierArticle:
    """An article of the dossier."""

    article: Article
    note: str
    """The user's; empty if there is none."""


@dataclass(frozen=True, slots=True)
class Section:
    """Articles of one story, or one that stands alone."""

    title: str
    matrix: StoryMatrix


@dataclass(frozen=True, slots=True)
class Dossier:
    title: str
    entries: tuple[DossierArticle, ...]
    """In the order of the sections."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """What a dossier is about."""

    title: str
    articles: tuple[ArticleId, ...]
    found: int
    """How many there were to choose from: more than these where a query finds many."""


def choose(engine: Engine, words: Sequence[str], limit: int = MOST) -> Selection:
    """A story by its id; articles by ids or paths; or the best hits of a query.

    Raises `NotFoundError`, `QueryError`.
    """
    text = " ".join(words)
    if len(words) == 1 and _STORY.fullmatch(text):
        story = engine.stories.story(text)
        return Selection(story.title, tuple(member.article.id for member in story.members), len(story.members))
    if words and all(_ARTICLE.fullmatch(word) for word in words):
        articles = [engine.article(word).article for word in words]
        ids = tuple(dict.fromkeys(article.id for article in articles))
        return Selection(articles[0].title if len(ids) == 1 else "Selected articles", ids, len(ids))
    result = engine.searching.search(text)
    if not len(result.numbers):
        raise NotFoundError(f"nothing found: {result.interpretation}")
    articles = engine.articles(result.numbers[:limit].tolist())
    return Selection(text, tuple(article.id for article in articles), len(result.numbers))


def dossier(engine: Engine, chosen: Selection, *, cancelled: CancelCheck = never) -> Dossier:
    """Gather it: stories in the order of their first articles. Raises `NotFoundError`, `Cancelled`."""
    articles = []
    for chosen_article in chosen.articles:
        if cancelled():
            raise Cancelled("the dossier is no longer wanted")
        articles.append(engine.article(chosen_article).article)
    title_of = {article.id: article.title for article in articles}
    groups: dict[StoryId | ArticleId, list[ArticleId]] = {}
    for article in articles:
        groups.setdefault(article.story or article.id, []).append(article.id)
    sections = []
    for key, ids in groups.items():
        title = title_of[ids[0]]
        if len(ids) > 1:
            story = engine.stories.story(key)
            title = story.title
            ids = [member.article.id for member in story.members if member.article.id in ids]
        sections.append(Section(title, engine.comparing.matrix(ids, cancelled=cancelled)))
    entries = [
        DossierArticle(a, engine.marking.mark(a.id).note) for section in sections for a in section.matrix.articles
    ]
    return Dossier(chosen.title, tuple(entries), tuple(sections))
