"""What the lists show, and ways through them, fetched through the engine.

Everything here runs in a `Lane`: on the event loop it would hold up the keys.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from math import inf

import numpy as np

from newsreader.article import Article, ArticleId, CancelCheck
from newsreader.engine.arrivals import ARRIVED
from newsreader.engine.copies import Folded
from newsreader.engine.core import Engine
from newsreader.errors import Cancelled
from newsreader.index.result import Result
from newsreader.stories.story import Story
from newsreader.tui.lists.days import Heading, beside_siblings, headings
from newsreader.tui.lists.listing import ArticleRow, Listing, ListPosition, Request

COUNT_STORIES_BELOW = 5_000
"""Hits for which it is said how many stories they are."""


def find(engine: Engine, request: Request, position: ListPosition | None, rows: int, cancelled: CancelCheck) -> Listing:
    """A list, with so many rows of it from the position on and a few before it. Raises `QueryError`, `Cancelled`,
    `StorageError`."""
    if cancelled():
        raise Cancelled("the list is no longer wanted")
    result, folded = None, None
    if request.kind == "articles" or request.query.strip():
        result = engine.searching.search(
            request.query, sort=request.sort, typing=request.typing, explain=True, cancelled=cancelled
        )
    found = result
    if result is not None and request.kind == "articles" and request.folded:
        folded = engine.shelf().folds.fold(result.numbers, request.opened)
        result = _only(result, folded)
    parts: tuple[Heading, ...] = ()
    siblings = frozenset[int]()
    if result is not None and request.kind == "articles":
        result, parts, siblings = _by_day(engine, request, result)
    stories = tuple(engine.stories.ids(result)) if request.kind == "stories" else ()
    total = len(stories) if request.kind == "stories" else len(result.numbers) if result is not None else 0
    cursor, anchor = 0, None
    if position is not None:
        if request.kind == "stories" or result is None:
            where: dict[str | None, int] = {story: i for i, story in enumerate(stories)}
        else:
            where = dict(_indexes(engine, result, position).items())
        cursor = next((where[id_] for id_ in (position.cursor, *position.after) if id_ in where), 0)
        anchor = where.get(position.anchor)
    if cancelled():
        raise Cancelled("the list is no longer wanted")
    top = anchor if anchor is not None else cursor
    count = _story_count(engine, request, found)
    listing = Listing(request, total, cursor, anchor, {}, result, stories, count, found, folded, parts, siblings)
    return replace(listing, rows=rows_of(engine, listing, max(0, top - rows // 4), min(total, top + rows)))


def _by_day(engine: Engine, request: Request, result: Result) -> tuple[Result, tuple[Heading, ...], frozenset[int]]:
    """A result in the order of time with its headings; of what is new, with each story's articles together."""
    shelf, scores = engine.shelf(), result.scores
    if request.sort not in ("date", "-date") and scores.any():
        return result, (), frozenset()
    at = shelf.places_of(result.numbers)
    if len(at) != len(result.numbers):  # the library has changed meanwhile: the list is about to be another one
        return result, (), frozenset()
    parts = headings(shelf.days[at], date.today(), newest_first=request.sort != "date")
    if request.query != ARRIVED:
        return result, parts, frozenset()
    order, siblings = beside_siblings(result.numbers, shelf.story_of, parts)
    ordered = replace(result, numbers=result.numbers[order], scores=scores[order] if len(scores) else scores)
    return ordered, parts, frozenset(siblings.tolist())


def _only(result: Result, folded: Folded) -> Result:
    """A result without its folded copies."""
    if len(folded.rows) == len(result.numbers) and not folded.beneath:
        return result
    scores = result.scores[folded.rows] if len(result.scores) else result.scores
    return replace(result, numbers=result.numbers[folded.rows], scores=scores)


def rows_of(engine: Engine, listing: Listing, start: int, stop: int) -> dict[int, ArticleRow] | dict[int, Story]:
    """The rows of a list from `start` up to `stop`, by index."""
    if listing.request.kind == "stories":
        return dict(enumerate(engine.stories.by_ids(listing.stories[start:stop]), start))
    assert listing.result is not None
    hits = engine.searching.hits(listing.result, start, stop)
    shelf, folded = engine.shelf(), listing.folded
    rows = {}
    for index, hit in enumerate(hits, start):
        number = shelf.number_of.get(hit.article.id, 0)
        copies, beneath = (folded.copies.get(number, 0), number in folded.beneath) if folded is not None else (0, False)
        fold = shelf.folds.head(number) if copies or beneath else None
        is_open, sibling = fold in listing.request.opened, number in listing.siblings
        rows[index] = ArticleRow(hit, fold, copies, is_open, beneath, sibling)
    return rows


def _indexes(engine: Engine, result: Result, position: ListPosition) -> dict[str, int]:
    """Index in the result by id, of the articles that a position names."""
    number_of = engine.shelf().number_of
    found = {}
    for name in {position.cursor, position.anchor, *position.after} - {None}:
        number = number_of.get(ArticleId(str(name)))
        if number is not None and len(at := np.flatnonzero(result.numbers == number)):
            found[str(name)] = int(at[0])
    return found


def _story_count(engine: Engine, request: Request, result: Result | None) -> int | None:
    if result is None or not request.query.strip() or not 0 < len(result.numbers) <= COUNT_STORIES_BELOW:
        return None
    story_of = engine.shelf().story_of
    return len({story_of[n] for n in result.numbers.tolist() if n in story_of})


# finding a way through a list


def all_ids(engine: Engine, listing: Listing) -> list[ArticleId]:
    """Of every article in a list, folded copies too."""
    if listing.found is None:
        return []
    wanted = set(listing.found.numbers.tolist())
    return [id_ for id_, number in engine.shelf().number_of.items() if number in wanted]


def unread_ids(engine: Engine, listing: Listing, rows: int | None = None) -> list[ArticleId]:
    """Of what is unread in a list, or in its first rows: with the copies that are folded there, or of every story."""
    shelf = engine.shelf()
    if listing.request.kind == "stories":
        stories = set(listing.stories[:rows])
        wanted = {number for number, story in shelf.story_of.items() if story in stories}
    elif listing.found is None or listing.result is None:
        return []
    else:
        wanted = set(listing.found.numbers.tolist())
        if rows is not None:
            wanted &= {n for head in listing.result.numbers[:rows].tolist() for n in shelf.folds.together(head)}
    wanted &= set(shelf.unread.tolist())
    return [id_ for id_, number in shelf.number_of.items() if number in wanted]


def next_unread(engine: Engine, listing: Listing, cursor: int, times: int = 1) -> int | None:
    """Index of the next unread article below the cursor, or else from the top; of so many on, or of the last before
    the cursor. In a list of stories: of the next story that has something unread."""
    shelf = engine.shelf()
    if listing.request.kind == "stories":
        stories = {shelf.story_of.get(number) for number in shelf.unread.tolist()}
        unread = np.flatnonzero([story in stories for story in listing.stories])
    elif listing.result is None:
        return None
    else:
        unread = np.flatnonzero(np.isin(listing.result.numbers, shelf.unread))
    others = unread[unread != cursor]
    if not len(others):
        return None
    return int(others[(np.searchsorted(others, cursor) + min(times, len(others)) - 1) % len(others)])


def unread_copy(engine: Engine, listing: Listing) -> ArticleId | None:
    """The first unread article among the folded copies."""
    if listing.found is None or listing.result is None or listing.found is listing.result:
        return None
    unread = engine.shelf().flagged("unread", 0) - set(listing.result.numbers.tolist())
    number = next((n for n in listing.found.numbers.tolist() if n in unread), None)
    return next((article.id for article in engine.articles([number])), None) if number is not None else None


def unread_ahead(engine: Engine, listing: Listing, cursor: int) -> Article | None:
    """The article that going to the next unread one would lead to."""
    index = next_unread(engine, listing, cursor)
    if index is not None and listing.result is not None:
        return next(iter(engine.articles([int(listing.result.numbers[index])])), None)
    copy = unread_copy(engine, listing)
    return next(iter(engine.by_ids([copy])), None) if copy is not None else None


def fold_of(engine: Engine, listing: Listing, article: ArticleId) -> int | None:
    """The fold that an article of the list is hidden in; None when it is not."""
    shelf = engine.shelf()
    number = shelf.number_of.get(article)
    if number is None or listing.found is None or listing.result is None:
        return None
    hidden = number in listing.found.numbers and number not in listing.result.numbers
    return shelf.folds.head(number) if hidden else None


def other_story(engine: Engine, listing: Listing, cursor: int, step: int, times: int = 1) -> int | None:
    """Index of the article, in one direction, at which another story than the cursor's begins; of so many on, or of
    the last. In a list of stories each row is another one."""
    if listing.request.kind == "stories":
        index = max(0, min(cursor + step * times, listing.total - 1))
        return index if index != cursor else None
    if listing.result is None:
        return None
    story_of = engine.shelf().story_of
    numbers = listing.result.numbers.tolist()
    if not 0 <= cursor < len(numbers):
        return None
    found, here = None, story_of.get(numbers[cursor])
    for index in range(cursor + step, len(numbers) if step > 0 else -1, step):
        there = story_of.get(numbers[index])
        if there is None or there != here:
            found, here, times = index, there, times - 1
            if not times:
                break
    return found


def index_of(engine: Engine, listing: Listing, article: ArticleId) -> int | None:
    """Where an article stands in a list, if it does; in a list of stories, where its story does."""
    if listing.request.kind == "stories":
        shelf = engine.shelf()
        story = shelf.story_of.get(shelf.number_of.get(article, -1))
        return listing.stories.index(story) if story in listing.stories else None
    if listing.result is None:
        return None
    return _indexes(engine, listing.result, ListPosition(article, None)).get(article)


def of_same_story(engine: Engine, article: ArticleId, step: int) -> ArticleId | None:
    """The article of the same story that comes next, or before, in time."""
    story = engine.article(article).article.story
    members = [m.article.id for s in engine.stories.by_ids([story]) for m in s.members] if story is not None else []
    if article not in members:
        return None
    here = members.index(article)
    there = max(0, min(here + step, len(members) - 1))
    return members[there] if there != here else None


def unread_of_story(engine: Engine, article: ArticleId) -> ArticleId | None:
    """The unread article of the same story that comes next in time, or else its first; never this one."""
    story = engine.article(article).article.story
    members = [m.article for s in engine.stories.by_ids([story]) for m in s.members] if story is not None else []
    here = next((index for index, member in enumerate(members) if member.id == article), -1)
    in_turn = (*members[here + 1 :], *members[: max(here, 0)])
    return next((member.id for member in in_turn if not member.read), None)


def pair_of(engine: Engine, selected: Collection[ArticleId], current: ArticleId) -> tuple[ArticleId, ArticleId] | None:
    """What is to be compared: two selected articles, or the selected and the current one, the one that lies longer
    back on the left; else the current one and the nearest of its story. None if that has no other."""
    pair = set(selected) if len(selected) == 2 else {*selected, current}
    if len(pair) < 2:
        other = nearest_in_story(engine, current)
        return None if other is None else (current, other)
    numbers = engine.shelf().number_of
    articles = engine.articles([numbers[article] for article in pair if article in numbers])
    articles.sort(key=lambda a: (inf if a.published is None else a.published.timestamp(), a.id))
    return (articles[0].id, articles[1].id) if len(articles) == 2 else None


def nearest_in_story(engine: Engine, article: ArticleId) -> ArticleId | None:
    """The article of the same story that is most like this one."""
    story = engine.article(article).article.story
    members = [m for s in engine.stories.by_ids([story]) for m in s.members] if story is not None else []
    others = [(m.similarity, m.article.id) for m in members if m.article.id != article]
    return max(others, key=lambda other: other[0])[1] if others else None
