"""The stories of a library, kept up to date as articles come and go.

Stories are a function of the articles and corrections alone: counts of terms → rarities → candidate pairs →
similarities (`pairs`) → links → components → stories (`grouping`) → stories in several languages (`foreign`). An update
works out again what the articles that came or left can have changed, and nothing else; its result equals that of
grouping all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from secrets import token_hex

import numpy as np
import numpy.typing as npt

from newsreader.article import ArticleId, CancelCheck, StoryId, never
from newsreader.stories.article_arrays import Articles, id_number
from newsreader.stories.cluster import components
from newsreader.stories.corrections import Corrections
from newsreader.stories.entry import BookEntry, StoryChanges, story_id
from newsreader.stories.foreign import Interpreter, joined_stories
from newsreader.stories.grouping import Grouping, Links, corrected_links
from newsreader.stories.pairs import CandidatePairs, PairProgress, update_pairs
from newsreader.stories.same_text import SameText
from newsreader.stories.state import ALONE, Files, State
from newsreader.terms.arrays import Flags, Ints, distinct

NO_CORRECTIONS = Corrections()
_STORY_BITS = np.uint64(16)
"""Of an article's id that are not in the id of a story."""


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
        return self._stories(self._state.told != ALONE)

    def members(self, stories: Collection[StoryId]) -> dict[StoryId, list[int]]:
        """The numbers of the articles in some stories, for those that there are."""
        wanted = np.array([int(story[1:], 16) for story in stories], np.uint64)
        found: dict[StoryId, list[int]] = {}
        chosen = (self._state.told != ALONE) & np.isin(self._state.told >> _STORY_BITS, wanted)
        for number, story in self._stories(chosen).items():
            found.setdefault(story, []).append(number)
        return found

    def _stories(self, chosen: Flags) -> dict[int, StoryId]:
        numbers, firsts = self._state.articles.number[chosen].tolist(), self._state.told[chosen].tolist()
        return {number: story_id(first) for number, first in zip(numbers, firsts, strict=True)}

    def save(self) -> None:
        """Put the book in its folder, all of it or nothing; OSError if that fails."""
        self._state = self._files.save(self._state)

    def update(
        self,
        added: Iterable[BookEntry] = (),
        removed: Collection[int] = (),
        *,
        corrections: Corrections = NO_CORRECTIONS,
        interpreter: Interpreter | None = None,
        cancelled: CancelCheck = never,
        progress: PairProgress = lambda done, total: None,
    ) -> StoryChanges:
        """Take in new articles (or new versions of known ones), drop others, and regroup what that touches.

        `corrections` are all there are, not only new ones. Without an `interpreter` no story is of several languages,
        unless names or the user make it so. Raises Cancelled, OSError when the articles can't be
        written, or ValueError for an unreadable signature or two added articles of one number; the book is then as
        before.
        """
        extent = self._files.extent()
        try:
            articles = self._files.articles(added)
            return self._take_in(articles, removed, corrections, interpreter, cancelled, progress)
        except BaseException:
            self._files.undo(extent)
            raise

    def _take_in(
        self,
        articles: Articles,
        removed: Collection[int],
        corrections: Corrections,
        interpreter: Interpreter | None,
        cancelled: CancelCheck,
        progress: PairProgress,
    ) -> StoryChanges:
        """As `update`, for articles of which those behind the known ones are new. Puts a new state in the place of the
        old one, at the very end."""
        before, known = self._state, len(self._state.there)
        there = _presence(before, articles, removed)
        parted = _numbers(corrections.out.union(*corrections.apart))
        same_before = SameText.among(before.articles, before.there, before.parted)
        same = SameText.among(articles, there, parted)
        update = update_pairs(before.pairs, articles, before.there, there, same_before, same, cancelled, progress)

        corrected = _numbers(corrections.ids())
        touched = update.touched | np.isin(articles.id, np.concatenate([corrected, before.corrected]))
        touched |= same.regrouped_since(same_before, before.there, there)
        touched[same.stand_in[touched & there]] = True
        links = _links(update.pairs)
        touched[links.pairs[touched[links.pairs].any(axis=1)]] = True  # who loses an article that is taken out
        links = corrected_links(links, articles, there, same.stand_in, corrections)
        to_regroup = _components_with(touched, links)[same.stand_in]

        story_before = np.append(before.story, np.full(len(articles) - known, ALONE))
        story = np.where(to_regroup | ~there, ALONE, story_before)
        grouping = Grouping(articles, there, update.comparer, corrections)
        for rows in grouping.stories(links.where(to_regroup[links.pairs[:, 0]]), cancelled):
            story[rows] = articles.id[_earliest(articles, rows)]
        only_copies = to_regroup & update.alike_by_text & (story == ALONE)
        story[only_copies] = articles.id[only_copies]
        story[to_regroup & there] = story[same.stand_in[to_regroup & there]]

        joined = np.full(len(articles), ALONE)
        if interpreter is not None:
            told = articles, there, same.stand_in, story, update.pairs
            for rows in joined_stories(*told, corrections, interpreter):
                joined[rows] = articles.id[_earliest(articles, rows)]

        self._state = State(token_hex(8), articles, there, update.pairs, story, joined, corrected, parted)
        changed = there.copy()
        changed[:known] &= self._state.told[:known] != before.told
        numbers, firsts = articles.number[changed].tolist(), self._state.told[changed].tolist()
        return StoryChanges(
            {n: story_id(first) if first != ALONE else None for n, first in zip(numbers, firsts, strict=True)}
        )


def _presence(before: State, articles: Articles, removed: Collection[int]) -> Flags:
    """(articles,): which of them are there: of the known ones those that were, without the removed ones and without
    former versions of new ones; all new ones. Raises ValueError if two new ones have the same number."""
    known = len(before.there)
    new = articles.number[known:]
    if len(distinct(new)) != len(new):
        raise ValueError("two added articles have the same number")
    leaving = np.append(np.array([*removed], np.int64), new)
    stays = before.there & ~np.isin(before.articles.number, leaving)
    return np.append(stays, np.ones(len(new), np.bool_))


def _numbers(ids: Collection[ArticleId]) -> npt.NDArray[np.uint64]:
    """(ids,): as in `Articles.id`, ascending."""
    return np.sort(np.array([id_number(article) for article in ids], np.uint64))


def _links(pairs: CandidatePairs) -> Links:
    """The pairs that link their articles."""
    strong = np.flatnonzero(pairs.strong)
    return Links(pairs.rows[strong].astype(np.int64), pairs.similarity[strong].astype(np.int64), pairs.copy[strong])


def _components_with(chosen: Flags, links: Links) -> Flags:
    """(articles,): those that hang together with any of the chosen ones (articles,)."""
    label = components(len(chosen), links.pairs)
    labels = np.zeros(len(chosen), np.bool_)
    labels[label[chosen]] = True
    return labels[label]


def _earliest(articles: Articles, rows: Ints) -> int:
    """The earliest of the articles, the smallest id of several; undated ones come last."""
    return int(rows[np.lexsort((articles.id[rows], articles.published[rows]))[0]])
