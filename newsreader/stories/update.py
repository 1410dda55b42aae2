"""The stories kept in step with the catalogue: what is new is grouped, and what comes of it is written there.

Book and catalogue are two sets of files that no transaction spans. The order of writing and a token in both make sure
that a run killed in between costs a regrouping, never a wrong story.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import chain, takewhile
from pathlib import Path

import numpy as np

from newsreader.article import CancelCheck, Progress, StoryId, never
from newsreader.errors import Cancelled, StorageError
from newsreader.library.catalogue import Catalogue
from newsreader.library.rows import UNDATED, CatalogueRow, SignedArticle, StoryPlace, StoryRecord
from newsreader.library.workers import cores, read_in_workers
from newsreader.stories.book import StoryBook
from newsreader.stories.chronology import Appearance, Earliest, is_known_before, stated, story_order, trusted_since
from newsreader.stories.corrections import Corrections
from newsreader.stories.entry import BookEntry
from newsreader.stories.foreign import Interpreter
from newsreader.stories.timeline import CONTAINED, LONGER, Member, is_contained, long_timeline, timelines
from newsreader.stories.version import VERSION
from newsreader.terms.batches import batched

STORIES_AT_ONCE = 200
"""Stories whose articles are looked up together while their timelines are made."""
LONG = 200
"""Articles of a story from which its timeline is made by itself, from the signatures and few of the texts, and where it
was known goes on from there."""
WORKERS_FROM = 600
"""Stories from which worker processes pay, which take a tenth of a second to start."""


def update_stories(
    folder: Path,
    catalogue: Catalogue,
    corrections: Corrections,
    *,
    interpreter: Interpreter | None = None,
    cancelled: CancelCheck = never,
    progress: Progress = lambda what, done, total: None,
) -> None:
    """Place what is new in stories and take out what is gone; stories are in several languages if there is an
    `interpreter`. Raises `Cancelled`; then nothing has changed.

    The book is saved just before the catalogue commits what comes of it: after a crash between the two their tokens
    differ, and the book starts anew from the signatures in the catalogue. Which corrections the stories honour, and
    their version, is noted last: a crash before that costs a regrouping.
    """
    book = StoryBook.open(folder)
    if book.token != (catalogue.meta("stories") or ""):
        catalogue.reset_stories()
        book = StoryBook(folder)
    add, delete = catalogue.unstoried()
    before = catalogue.stories_of([*add, *delete])
    changes = book.update(
        _entries(catalogue, add),
        delete,
        corrections=corrections,
        interpreter=interpreter,
        cancelled=cancelled,
        progress=partial(progress, "grouping stories"),
    )
    before |= catalogue.stories_of(list(changes.story_of))
    members = book.members(before | {story for story in changes.story_of.values() if story is not None})
    known = {story: catalogue.story_places(story) for story, those in members.items() if len(those) > LONG}
    for story, places in known.items():
        if not places.keys() <= set(members[story]):  # who has left may have been nearest to many
            known[story] = {}
    records = _records(catalogue, members, known, interpreter, cancelled, partial(progress, "making timelines"))
    ended = before - members.keys()
    catalogue.set_stories(changes.story_of, records, ended, add, delete, book.token, book.save)
    catalogue.set_meta(corrections=corrections.digest, stories_version=str(VERSION))


def _entries(catalogue: Catalogue, numbers: Sequence[int]) -> Iterator[BookEntry]:
    for found in catalogue.signatures(numbers):
        yield BookEntry(found.number, found.id, found.source, _published(found), bool(found.has_time), found.signature)


def _published(article: SignedArticle) -> float | None:
    """When an article appeared; a file's own date tells only when it was saved."""
    return None if article.date_from == "file" or article.sort_time == UNDATED else float(article.sort_time)


def _records(
    catalogue: Catalogue,
    stories: Mapping[StoryId, Sequence[int]],
    known: Mapping[StoryId, Mapping[int, StoryPlace]],
    interpreter: Interpreter | None,
    cancelled: CancelCheck,
    progress: Callable[[int, int], None],
) -> Iterator[StoryRecord]:
    short = {story: numbers for story, numbers in stories.items() if len(numbers) <= LONG}
    yield from _short_records(catalogue, short, interpreter, cancelled, lambda done: progress(done, len(stories)))
    for done, story in enumerate(stories.keys() - short.keys(), len(short)):
        progress(done, len(stories))
        members = story_members(catalogue, stories[story], texts=False)
        found = long_timeline(
            _as_written(list(members.values()), interpreter),
            known.get(story, {}),
            lambda member: catalogue.paragraphs(member.entry.number),
            cancelled,
        )
        yield StoryRecord(story, found.headline, found.places)


def _short_records(
    catalogue: Catalogue,
    stories: Mapping[StoryId, Sequence[int]],
    interpreter: Interpreter | None,
    cancelled: CancelCheck,
    progress: Callable[[int], None],
) -> Iterator[StoryRecord]:
    chunks = _with_members(catalogue, stories, interpreter, cancelled, progress)
    if len(stories) < WORKERS_FROM or cores() == 1:
        yield from chain.from_iterable(map(_records_of, chunks))
        return
    tasks = ([pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)] for chunk in chunks)
    with closing(read_in_workers(tasks, _prepared, _read, _lost, workers=cores(), ahead=2 * cores())) as answers:
        for made in chain.from_iterable(answers):
            if isinstance(made, str):
                raise StorageError(f"stories: timelines can't be made: {made}")
            yield from made


def _records_of(stories: Mapping[StoryId, Sequence[Member]]) -> list[StoryRecord]:
    return [
        StoryRecord(story, found.headline, found.places)
        for story, found in zip(stories, timelines(stories.values()), strict=True)
    ]


# in worker processes, as they call them


def _prepared(items: Sequence[bytes]) -> None:
    pass


def _read(item: bytes, begun: object) -> list[StoryRecord]:
    return _records_of(pickle.loads(item))


def _lost(item: bytes, begun: object, reason: str) -> str:
    return reason


def _with_members(
    catalogue: Catalogue,
    stories: Mapping[StoryId, Sequence[int]],
    interpreter: Interpreter | None,
    cancelled: CancelCheck,
    progress: Callable[[int], None],
) -> Iterator[dict[StoryId, list[Member]]]:
    """The stories with their articles, some at a time."""
    done = 0
    for chunk in batched(stories, STORIES_AT_ONCE):
        if cancelled():
            raise Cancelled("stories: cancelled")
        progress(done)
        done += len(chunk)
        members = story_members(catalogue, [number for story in chunk for number in stories[story]])
        yield {story: _as_written([members[n] for n in stories[story]], interpreter) for story in chunk}


def _as_written(members: list[Member], interpreter: Interpreter | None) -> list[Member]:
    """The articles of a story, those of one in several languages with the language that each is in, not that its file
    names."""
    if interpreter is None:
        return members
    languages = interpreter.languages(np.array([member.entry.number for member in members], np.int64)).tolist()
    if len({language for language in languages if language}) < 2:
        return members
    return [replace(m, language=found.decode() or None) for m, found in zip(members, languages, strict=True)]


def story_members(catalogue: Catalogue, numbers: Sequence[int], *, texts: bool = True) -> dict[int, Member]:
    """Articles as the grouping takes them, by number; perhaps without their texts."""
    entries = {entry.number: entry for entry in _entries(catalogue, numbers)}
    rows, found = catalogue.rows(numbers), catalogue.texts(numbers) if texts else {}
    return {
        row.number: Member(entries[row.number], appearance(row), row.title, found.get(row.number, ()), row.language)
        for row in rows
    }


def appearance(row: CatalogueRow) -> Appearance:
    return Appearance(row.id, stated(row), row.has_time, row.saved, row.words)


def sharing_first(rows: Sequence[CatalogueRow]) -> set[int]:
    """Of a story's articles, in its order, the numbers of those that none is known to have appeared before: the first
    ones, and those copies and near-copies of them of which neither date nor text says that they came later."""
    found = [(row, appearance(row)) for row in rows]
    earliest = Earliest(trusted_since(one.moment for _, one in found))
    first: dict[int, CatalogueRow] = {}
    for row, one in found:
        original = first.get(row.closest or 0) if row.relation in ("copy", "near-copy") else None
        is_copy_of_first = original is not None and not (_has_taken_in(row, original) or earliest.before(one))
        if row.relation == "first" or is_copy_of_first:
            first[row.number] = row
        earliest.note(one)
    return set(first)


def _has_taken_in(row: CatalogueRow, original: CatalogueRow) -> bool:
    """Whether a near-copy is longer than its original and has nearly all of it."""
    share = (row.taken or 0.0) * row.words / max(1, original.words)
    return row.relation == "near-copy" and row.words >= LONGER * original.words and share >= CONTAINED


def known_before(
    rows: Sequence[CatalogueRow], row: CatalogueRow, paragraphs: Callable[[int], Sequence[str]]
) -> list[CatalogueRow]:
    """Of a story's articles, in its order, those that are known to have appeared before one of them: by their dates,
    or, of one day, because it has nearly all of their texts."""
    since = trusted_since(appearance(one).moment for one in rows)
    its, found = appearance(row), []
    for other in takewhile(lambda other: other.number != row.number, rows):
        if is_known_before(appearance(other), its, since) or is_contained(
            (other.title, paragraphs(other.number)), (row.title, paragraphs(row.number))
        ):
            found.append(other)
    return found


def in_story_order(rows: Collection[CatalogueRow]) -> list[CatalogueRow]:
    """Earliest first, as timelines have it: articles that state no date, or nobody's, last."""
    found = [(appearance(row), row) for row in rows]
    since = trusted_since(one.moment for one, _ in found)
    return [row for _, row in sorted(found, key=lambda both: story_order(both[0], since))]
