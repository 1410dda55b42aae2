"""Which article or story is meant by an id, the beginning of one, or a path.

Every command and screen takes the same names. What could mean several articles is refused with their names: a guess
would tag or show the wrong one.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence

from newsreader.article import ArticleId, StoryId
from newsreader.errors import NotFoundError
from newsreader.library.catalogue import Catalogue
from newsreader.library.rows import CatalogueRow
from newsreader.text.clean import shorten
from newsreader.userdata.store import Subject
from newsreader.userdata.subjects import subjects_of

SHORTEST_ID = 4
"""Digits of an id prefix that are taken for one."""
NAMED_ARTICLES = 5
"""Of those that a reference may mean; of a mailbox there are thousands."""
LONGEST_TITLE = 60


def find_article(catalogue: Catalogue | None, reference: str) -> CatalogueRow:
    """An article by id, unambiguous id prefix, or path. Raises `NotFoundError`."""
    if catalogue is None:
        raise NotFoundError("the library is empty: run `newsreader index FOLDER`")
    rows: Sequence[CatalogueRow] = ()
    if len(reference) >= SHORTEST_ID and all(c in "0123456789abcdef" for c in reference):
        rows = catalogue.by_id_prefix(reference, NAMED_ARTICLES + 1)
    path = os.fsencode(os.path.abspath(os.path.expanduser(reference)))
    if not rows:
        rows = catalogue.by_path(path)
    if len(rows) > 1:
        raise NotFoundError(f"{reference!r} means more than one article: {_named(rows)}")
    if not rows and (reason := catalogue.failure(path)) is not None:
        raise NotFoundError(f"{os.fsdecode(path)}: could not be read as an article ({reason})")
    if not rows:
        raise NotFoundError(f"no article in the library is called {reference!r}")
    return rows[0]


def _named(rows: Sequence[CatalogueRow]) -> str:
    named = [f"{row.id} ({shorten(row.title, LONGEST_TITLE)})" for row in rows[:NAMED_ARTICLES]]
    return ", ".join(named) + (" and more" if len(rows) > NAMED_ARTICLES else "")


def find_story(catalogue: Catalogue | None, reference: str) -> StoryId:
    """A story by id or unambiguous prefix. Raises `NotFoundError`."""
    ids = catalogue.story_ids(reference) if catalogue is not None else []
    if len(ids) != 1:
        raise NotFoundError(f"{'no story' if not ids else 'more than one story'} is called {reference!r}")
    return ids[0]


def is_story(catalogue: Catalogue, reference: str) -> bool:
    """Whether it is the id of a story, or the beginning of one: no article's id begins so."""
    return reference.startswith("s") and bool(catalogue.story_ids(reference))


def find_members(catalogue: Catalogue, reference: str) -> Collection[CatalogueRow]:
    """The articles of a story, or of an article's story: that article at least. Raises `NotFoundError`."""
    if is_story(catalogue, reference):
        story = find_story(catalogue, reference)
    else:
        row = find_article(catalogue, reference)
        if row.story is None:
            return [row]
        story = row.story
    return catalogue.story_members([story])[story]


def find_subjects(catalogue: Catalogue | None, articles: Collection[ArticleId]) -> list[Subject]:
    """What the user data know these articles by. Raises `NotFoundError` where one is gone."""
    rows = catalogue.by_ids(list(articles)) if catalogue is not None else []
    if catalogue is None or len(rows) != len(set(articles)):
        raise NotFoundError("an article is no longer in the library; nothing was changed")
    return subjects_of(catalogue, rows)
