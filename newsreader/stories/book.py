"""The stories of a library, kept up to date as articles come and go.

Everything here is a function of the articles and corrections alone: terms' counts → rarities → candidate pairs →
similarities → components → stories. An update recomputes what an addition or removal can have changed and
nothing else, so its result equals that of grouping all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from secrets import token_hex

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck, StoryId, never
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import Articles, id_number
from newsreader.stories.candidates import candidate_pairs, key_terms
from newsreader.stories.cluster import components
from newsreader.stories.corrections import Corrections
from newsreader.stories.entry import Changes, Entry, story_id
from newsreader.stories.grouping import TOGETHER, Grouping, Links, corrected_links
from newsreader.stories.similarity import Comparer, rarities, same_event, term_counts
from newsreader.stories.state import ALONE, GONE, Files, State
from newsreader.terms.arrays import Flags, Ints, distinct, stretches

Progress = Callable[[int, int], None]
"""Called with the articles looked at and all that are to be."""

_STORY_BITS = np.uint64(16)
"""Of an article's id that are not in the id of a story."""
_PAIRS_AT_ONCE = 1 << 17
_NEW_KEYS, _NEW_RARITY = 1, 2


class StoryBook:
    """The stories of one library. Not for use by several threads or processes at once."""

    def __init__(self, folder: Path) -> None:
        """An empty book that `save` will put in the place of what is in the folder."""
        self._files, self._state = Files(folder), State()

    @classmethod
    def open(cls, folder: Path) -> StoryBook:
        """The book kept in this folder; an empty one if there is none, or it is damaged or of another version."""
        book = cls(folder)
        book._files, book._state = Files.open(folder)
        return book

    @property
    def token(self) -> str:
        """Changes with every update: what else was stored with the same token belongs to this state of the book."""
        return self._state.token

    def __len__(self) -> int:
        """Articles in the book."""
        return int(self._state.there.sum())

    def stories(self) -> dict[int, StoryId]:
        """Article number: its story, for every article that is in one."""
        return self._stories(self._state.story != ALONE)

    def members(self, stories: Collection[StoryId]) -> dict[StoryId, list[int]]:
        """The numbers of the articles in some stories, for those that there are."""
        wanted = np.array([int(story[1:], 16) for story in stories], np.uint64)
        found: dict[StoryId, list[int]] = {}
        chosen = (self._state.story != ALONE) & np.isin(self._state.story >> _STORY_BITS, wanted)
        for number, story in self._stories(chosen).items():
            found.setdefault(story, []).append(number)
        return found

    def _stories(self, chosen: Flags) -> dict[int, StoryId]:
        numbers, firsts = self._state.articles.number[chosen].tolist(), self._state.story[chosen].tolist()
        return {number: story_id(first) for number, first in zip(numbers, firsts, strict=True)}

    def save(self) -> None:
        """Put the book in its folder, all of it or nothing; OSError if that fails."""
        self._state = self._files.save(self._state)

    def update(
        self,
        added: Iterable[Entry] = (),
        removed: Collection[int] = (),
        *,
        corrections: Corrections | None = None,
        cancelled: CancelCheck = never,
        progress: Progress | None = None,
    ) -> Changes:
        """Take in new articles (or new versions of known ones), drop others, and regroup what that touches.

        `corrections` are all there are, not only new ones. Raises Cancelled, OSError when the articles can't be
        written, or ValueError for an unreadable signature or two added articles of one number; the book is then as
        before.
        """
        mark = self._files.mark()
        try:
            articles = self._files.articles(added)
            return self._take_in(articles, removed, corrections or Corrections(), cancelled, progress or _no_progress)
        except BaseException:
            self._files.undo(mark)
            raise

    def _take_in(
        self,
        articles: Articles,
        removed: Collection[int],
        corrections: Corrections,
        cancelled: CancelCheck,
        progress: Progress,
    ) -> Changes:
        """As `update`, for articles of which the last are new."""
        before = self._state
        known = len(before.there)
        new = articles.number[known:]
        if len(distinct(new)) != len(new):
            raise ValueError("two added articles have the same number")
        left = np.isin(before.articles.number, np.append(np.array([*removed], np.int64), new))
        there = np.append(before.there & ~left, np.ones(len(new), np.bool_))
        comparer, pairs, similarity, copy, touched = _relink(before, articles, there, cancelled, progress)

        corrected = np.unique(np.array([id_number(i) for i in corrections.ids()], np.uint64))
        touched |= np.isin(articles.id, np.concatenate([corrected, before.corrected]))
        strong = np.flatnonzero(_strong(similarity, copy))
        links = Links(pairs[strong].astype(np.int64), similarity[strong].astype(np.int64), copy[strong])
        touched[links.pairs[touched[links.pairs].any(axis=1)]] = True  # who loses an article that is taken out
        links = corrected_links(links, articles, there, corrections)
        label = components(len(articles), links.pairs)
        regroup = np.zeros(len(articles), np.bool_)
        regroup[label[touched]] = True
        regroup = regroup[label]
        old_story = np.append(before.story, np.full(len(new), ALONE))
        story = np.where(regroup | ~there, ALONE, old_story)
        grouping = Grouping(articles, there, comparer, corrections)
        for rows in grouping.stories(links.where(regroup[links.pairs[:, 0]]), cancelled):
            story[rows] = articles.id[_first(articles, rows)]

        self._state = State(token_hex(8), articles, there, pairs, similarity, copy, story, corrected)
        changed = there & (story != old_story)
        changed[known:] = True
        numbers, firsts = articles.number[changed].tolist(), story[changed].tolist()
        return Changes(
            {n: story_id(first) if first != ALONE else None for n, first in zip(numbers, firsts, strict=True)}
        )


def _strong(similarity: npt.NDArray[np.int32], copy: Flags) -> Flags:
    """Which pairs are links."""
    strong: Flags = (similarity >= TOGETHER) | (copy & (similarity != GONE))
    return strong


def _relink(
    before: State, articles: Articles, there: Flags, cancelled: CancelCheck, progress: Progress
) -> tuple[Comparer, npt.NDArray[np.int32], npt.NDArray[np.int32], Flags, Flags]:
    """All candidate pairs of the articles with their similarities, which of them are copies, and the articles whose
    stories may change. The articles of the state before are the first of the articles now, those that left too."""
    known = len(before.there)
    left = np.flatnonzero(before.there & ~there[:known])
    old_counts = term_counts(articles, np.flatnonzero(before.there))
    counts = old_counts + term_counts(articles, np.arange(known, len(articles))) - term_counts(articles, left)
    rarity, keys = rarities(counts, int(there.sum())), key_terms(counts)
    was = rarities(old_counts, int(before.there.sum()))
    changed = np.where(keys != key_terms(old_counts), _NEW_KEYS, 0) | np.where(rarity != was, _NEW_RARITY, 0)
    what = _changed(articles, known, changed.astype(np.uint8))
    renewed = there & ((what & _NEW_KEYS) != 0)
    renewed[known:] = True
    stale = renewed | (there & (what != 0))

    pairs, live = before.pairs, before.similarity != GONE
    strong = _strong(before.similarity, before.copy)
    kept = there[pairs].all(axis=1) & live
    touched = np.zeros(len(articles), np.bool_)
    touched[pairs[strong & ~kept]] = True
    doubtful = stale[pairs].any(axis=1)
    touched[pairs[kept & strong & doubtful]] = True
    touched &= there

    looked_up = np.flatnonzero(renewed)
    found = candidate_pairs(
        articles, there, looked_up, counts, cancelled, lambda done: progress(done // 2, len(looked_up))
    )
    lost = np.flatnonzero(renewed[pairs].any(axis=1))  # unless they are found again
    again, is_new = _matched(pairs, lost, found)
    similarity = np.where(kept, before.similarity, np.int32(GONE))
    similarity[lost] = GONE
    compared = np.concatenate(
        [np.flatnonzero((similarity != GONE) & doubtful), again, np.arange(is_new.sum()) + len(pairs)]
    )
    found = found[is_new]
    pairs = np.concatenate([pairs, found])
    similarity = np.concatenate([similarity, np.zeros(len(found), np.int32)])
    copy = np.concatenate([before.copy, np.zeros(len(found), np.bool_)])
    comparer = Comparer(articles, rarity)
    half = len(looked_up) // 2
    for start in range(0, len(compared), _PAIRS_AT_ONCE):
        progress(half + half * start // len(compared), len(looked_up))
        if cancelled():
            raise Cancelled("stories: cancelled")
        some = compared[start : start + _PAIRS_AT_ONCE]
        one, other = articles.published[pairs[some]].T
        similarity[some] = same_event(comparer.cosines(pairs[some]), one, other)
        unseen = some[some >= len(before.pairs)]
        copy[unseen] = comparer.copies(pairs[unseen])
    touched[pairs[compared[_strong(similarity[compared], copy[compared])]]] = True
    return comparer, pairs, similarity, copy, touched


def _matched(pairs: npt.NDArray[np.int32], some: Ints, found: npt.NDArray[np.int32]) -> tuple[Ints, Flags]:
    """(which of some of the pairs are among those found, which of these are new)."""
    old, new = _key(pairs[some]), _key(found)
    return some[np.isin(old, new, assume_unique=True)], ~np.isin(new, old, assume_unique=True)


def _key(pairs: npt.NDArray[np.int32]) -> Ints:
    key: Ints = pairs[:, 0].astype(np.int64) << 32 | pairs[:, 1]
    return key


def _changed(articles: Articles, known: int, changed: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """What has changed about the terms of each article; nothing is looked up for those behind the known ones."""
    what = np.zeros(len(articles), np.uint8)
    if changed.any():
        for some in stretches(known):
            what[some] = np.bitwise_or.reduce(changed[articles.terms[some]], axis=1)
    return what


def _first(articles: Articles, rows: Ints) -> int:
    """The earliest of the articles, the smallest id of several; undated ones come last."""
    return int(rows[np.lexsort((articles.id[rows], articles.published[rows]))[0]])


def _no_progress(done: int, total: int) -> None:
    """Tells nobody."""
