"""The stories of a library, kept up to date as articles come and go.

Everything here is a function of the articles and corrections alone: terms' counts → rarities → candidate pairs →
similarities → components → stories. An update recomputes what an addition or removal can have changed and
nothing else, so its result equals that of grouping all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from itertools import pairwise
from pathlib import Path
from secrets import token_hex

import numpy as np
import numpy.typing as npt

from newsreader.article import CancelCheck, StoryId, never
from newsreader.corrections import Corrections
from newsreader.errors import Cancelled
from newsreader.stories.articles import Articles, id_number
from newsreader.stories.candidates import candidate_pairs, key_terms
from newsreader.stories.cluster import components
from newsreader.stories.entry import Changes, Entry, story_id
from newsreader.stories.grouping import TOGETHER, Grouping, Links, corrected_links
from newsreader.stories.similarity import Comparer, rarities, same_event, term_counts
from newsreader.stories.state import State, load_state, save_state

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

Progress = Callable[[int, int], None]
"""Called with the articles compared and all that are to be."""
ALONE = np.uint64(0)


class StoryBook:
    """The stories of one library. Not for use by several threads at once."""

    def __init__(self, folder: Path, state: State | None = None) -> None:
        """An empty book, or one with this state, that `save` will write to the folder."""
        self._folder = folder
        self._state = state or State()

    @classmethod
    def open(cls, folder: Path) -> StoryBook:
        """The book kept in this folder; an empty one if there is none, or it is damaged or of another version."""
        return cls(folder, load_state(folder))

    @property
    def token(self) -> str:
        """Changes with every update: what else was stored with the same token belongs to this state of the book."""
        return self._state.token

    def __len__(self) -> int:
        """Articles in the book."""
        return len(self._state.articles)

    def stories(self) -> dict[int, StoryId]:
        """Article number: its story, for every article that is in one."""
        state = self._state
        grouped = state.story != ALONE
        numbers, firsts = state.articles.number[grouped].tolist(), state.story[grouped].tolist()
        return {number: story_id(first) for number, first in zip(numbers, firsts, strict=True)}

    def save(self) -> None:
        """Put the book in its folder, all of it or nothing; OSError if that fails."""
        save_state(self._folder, self._state)

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

        `corrections` are all there are, not only new ones. Raises Cancelled, or ValueError for an unreadable
        signature or two added articles of one number; the book is then as before.
        """
        corrections = corrections or Corrections()
        before, new = self._state, list(added)
        if len({entry.number for entry in new}) != len(new):
            raise ValueError("two added articles have the same number")
        stay = ~np.isin(before.articles.number, [*removed, *(entry.number for entry in new)])
        articles = before.articles.kept(stay, Articles.of(new))
        comparer, links, touched = _relink(before, stay, articles, cancelled, progress or _no_progress)

        corrected = np.unique(np.array([id_number(i) for i in corrections.ids()], np.uint64))
        touched |= np.isin(articles.id, np.concatenate([corrected, before.corrected]))
        strong = links.where(links.bound | (links.similarity >= TOGETHER))
        touched[strong.pairs[touched[strong.pairs].any(axis=1)]] = True  # who loses an article that is taken out
        strong = corrected_links(strong, articles, corrections)
        label = components(len(articles), strong.pairs)
        regroup = np.isin(label, label[touched])
        old_story = np.concatenate([before.story[stay], np.full(len(new), ALONE)])
        story = np.where(regroup, ALONE, old_story)
        grouping = Grouping(articles, comparer, corrections)
        for rows in grouping.stories(strong.where(regroup[strong.pairs[:, 0]]), cancelled):
            story[rows] = articles.id[_first(articles, rows)]

        self._state = State(token_hex(8), articles, links.pairs, links.similarity, links.bound, story, corrected)
        changed = story != old_story
        changed[int(stay.sum()) :] = True
        numbers, firsts = articles.number[changed].tolist(), story[changed].tolist()
        return Changes(
            {n: story_id(first) if first != ALONE else None for n, first in zip(numbers, firsts, strict=True)}
        )


def _relink(
    before: State, stay: Flags, articles: Articles, cancelled: CancelCheck, progress: Progress
) -> tuple[Comparer, Links, Flags]:
    """All candidate pairs of the articles with their similarities, and the articles whose stories may change.

    `stay` says which articles of the state before are, in their order, the first of the articles now.
    """
    fresh = np.arange(len(articles)) >= stay.sum()
    counts, old_counts = term_counts(articles), term_counts(before.articles)
    rarity, old_rarity = rarities(counts, len(articles)), rarities(old_counts, len(before.articles))
    keys = key_terms(counts)
    renewed = fresh | _holders(articles, keys != key_terms(old_counts))
    stale = renewed | _holders(articles, rarity != old_rarity)

    links = Links(before.pairs, before.similarity, before.copy)
    strong = links.bound | (links.similarity >= TOGETHER)
    kept = stay[links.pairs].all(axis=1)
    now = np.cumsum(stay) - 1
    touched = np.zeros(len(articles), np.bool_)
    lost = links.pairs[strong & ~kept]
    touched[now[lost[stay[lost]]]] = True
    links = Links(now[links.pairs[kept]], links.similarity[kept], links.bound[kept])
    touched[links.pairs[strong[kept] & stale[links.pairs].any(axis=1)]] = True

    links = links.where(~renewed[links.pairs].any(axis=1))
    found = candidate_pairs(articles, np.flatnonzero(renewed), keys, cancelled)
    known = len(links.pairs)
    pairs = np.concatenate([links.pairs, found])
    similarity = np.concatenate([links.similarity, np.zeros(len(found), np.int64)])
    copy = np.concatenate([links.bound, np.zeros(len(found), np.bool_)])
    again = np.flatnonzero(stale[pairs[:, 0]] | stale[pairs[:, 1]])
    comparer = Comparer(articles, rarity)
    one = np.where(stale[pairs[again, 0]], pairs[again, 0], pairs[again, 1])
    order = np.argsort(one, kind="stable")
    again, one = again[order], one[order]
    starts = np.flatnonzero(np.diff(one, prepend=-1))
    for done, (start, end) in enumerate(pairwise([*starts.tolist(), len(one)])):
        if done % 256 == 0:
            progress(done, len(starts))
            if cancelled():
                raise Cancelled("stories: cancelled")
        chosen, row = again[start:end], int(one[start])
        others = pairs[chosen].sum(axis=1) - row
        similarity[chosen] = comparer.cosines(row, others)
        unseen = chosen >= known
        if unseen.any():
            copy[chosen[unseen]] = comparer.copies(row, others[unseen])
    one_time, other_time = articles.published[pairs[again]].T
    similarity[again] = same_event(similarity[again], one_time, other_time)
    touched[pairs[again[copy[again] | (similarity[again] >= TOGETHER)]]] = True
    return comparer, Links(pairs, similarity, copy), touched


def _holders(articles: Articles, terms: Flags) -> Flags:
    """Which articles have one of the terms."""
    return np.asarray(terms[articles.terms].any(axis=1))


def _first(articles: Articles, rows: Ints) -> int:
    """The earliest of the articles, the smallest id of several; undated ones come last."""
    return int(rows[np.lexsort((articles.id[rows], articles.published[rows]))[0]])


def _no_progress(done: int, total: int) -> None:
    """Tells nobody."""
