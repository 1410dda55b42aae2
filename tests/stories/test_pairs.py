"""Pairs brought up to date are what they would be at once, and whose links are others is said to be touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from newsreader.article import CancelCheck, never
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import NO_TERM, Articles
from newsreader.stories.candidates import KEYS_SHARED, key_terms
from newsreader.stories.cluster import components
from newsreader.stories.grouping import TOGETHER
from newsreader.stories.pairs import GONE, CandidatePairs, PairProgress, PairsUpdate, update_pairs
from newsreader.stories.same_text import SameText, one_of_each_text
from newsreader.stories.similarity import COPY_DAYS, DAY, same_event, term_counts
from newsreader.terms.arrays import Flags, Ints
from tests.examples import examples
from tests.stories.invented import SUBJECTS, entry, invented

Shown = dict[tuple[int, int], tuple[int, bool]]
"""Pair of rows: (similarity, whether they are copies)."""


def articles(seeds: Iterable[int]) -> Articles:
    return Articles.of([invented(seed) for seed in seeds])


def presence(count: int, *absent: int) -> Flags:
    there = np.ones(count, np.bool_)
    there[list(absent)] = False
    return there


def updated(
    before: CandidatePairs,
    there_before: Flags,
    there: Flags,
    *,
    rows: Sequence[int] | None = None,
    cancelled: CancelCheck = never,
    progress: PairProgress = lambda done, total: None,
) -> PairsUpdate:
    known = articles(range(len(there)) if rows is None else rows)
    same = [SameText.among(known, presence, NOBODY) for presence in (there_before, there)]
    return update_pairs(before, known, there_before, there, same[0], same[1], cancelled, progress)


NOBODY = np.zeros(0, np.uint64)


def at_once(there: Flags) -> Shown:
    """The pairs of those that are there, when nothing else has ever been."""
    rows = np.flatnonzero(there).tolist()
    all_there = presence(len(rows))
    update = updated(CandidatePairs.none(), presence(0), all_there, rows=rows)
    return {(rows[one], rows[other]): told for (one, other), told in shown(update.pairs).items()}


def shown(pairs: CandidatePairs, chosen: Flags | None = None) -> Shown:
    """The candidates, or those of them that are chosen. Each is there once: what is left of a pair that was there twice
    would link articles with one that is gone."""
    wanted = pairs.similarity != GONE if chosen is None else chosen
    assert len({*map(tuple, pairs.rows[wanted].tolist())}) == wanted.sum()
    columns = (pairs.rows[wanted].tolist(), pairs.similarity[wanted].tolist(), pairs.copy[wanted].tolist())
    return {(one, other): (alike, copy) for (one, other), alike, copy in zip(*columns, strict=True)}


def with_changed_links(before: CandidatePairs, after: CandidatePairs) -> set[int]:
    old, new = shown(before, before.strong).items(), shown(after, after.strong).items()
    return {row for pair, _ in old ^ new for row in pair}


COUNTS = st.lists(st.integers(0, 12), min_size=1, max_size=4)


@examples(40, phases=[Phase.explicit, Phase.generate])
@given(COUNTS, st.data())
def test_any_path_leads_to_the_same_pairs(small_limits: None, steps: Sequence[int], data: st.DataObject) -> None:
    pairs, there = CandidatePairs.none(), presence(0)
    for come in steps:
        before, there_before = pairs, there
        leave = data.draw(st.sets(st.sampled_from(range(len(there))), max_size=6)) if len(there) else set()
        there = np.append(there, presence(come))
        there[list(leave)] = False
        update = updated(before, there_before, there)
        pairs = update.pairs
        assert pairs.rows[: len(before)].tolist() == before.rows.tolist()
        touched = set(np.flatnonzero(update.touched).tolist())
        assert touched >= with_changed_links(before, pairs) & set(np.flatnonzero(there).tolist())
        assert touched <= set(np.flatnonzero(there).tolist())
    assert shown(pairs) == at_once(there)


def test_cancelling_leaves_the_pairs_as_they_were(small_limits: None) -> None:
    before = updated(CandidatePairs.none(), presence(0), presence(20)).pairs
    kept = shown(before)
    with pytest.raises(Cancelled):
        updated(before, presence(20), presence(30), cancelled=lambda: True)
    assert shown(before) == kept


def test_progress_goes_on_to_the_end(small_limits: None) -> None:
    told: list[tuple[int, int]] = []
    updated(
        CandidatePairs.none(),
        presence(0),
        presence(40),
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert len({total for _, total in told}) == 1
    assert all(0 <= done <= total <= 40 for done, total in told)


# copies


def linked_one_by_one(known: Articles, pairs_of: PairsUpdate) -> Ints:
    """For each article the first that it hangs together with, were every article compared with every other one."""
    rows = np.arange(len(known))
    counts = term_counts(known, one_of_each_text(known, rows >= 0))
    keys = key_terms(counts)
    keys[NO_TERM] = False
    found = []
    for one, other in combinations(range(len(known)), 2):
        days = abs(known.published[one] - known.published[other]) / DAY
        shared = np.intersect1d(known.terms[one], known.terms[other])
        if not days > COPY_DAYS and keys[shared].sum() >= KEYS_SHARED:
            pair = np.array([[other, one]])
            alike = same_event(pairs_of.comparer.cosines(pair), *known.published[pair].T)
            if alike[0] >= TOGETHER or pairs_of.comparer.copies(pair)[0]:
                found.append([other, one])
    return components(len(known), np.array(found, np.int64).reshape(-1, 2))


@examples(30, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.integers(0, 60), unique=True, min_size=2, max_size=40))
def test_those_are_linked_that_would_be_one_by_one(small_limits: None, seeds: Sequence[int]) -> None:
    known, there = articles(seeds), presence(len(seeds))
    update = updated(CandidatePairs.none(), presence(0), there, rows=seeds)
    same = SameText.among(known, there, NOBODY)
    with_stand_ins = np.flatnonzero(update.alike_by_text[same.stand_in])
    links = np.concatenate(
        [update.pairs.rows[update.pairs.strong], np.column_stack([with_stand_ins, same.stand_in[with_stand_ins]])]
    )
    assert components(len(seeds), links).tolist() == linked_one_by_one(known, update).tolist()


def flood(count: int, days: Callable[[int], float | None]) -> Articles:
    """So many copies of each of two reports of one event."""
    texts = [
        ("Dam breaks at Alba1", " ".join(SUBJECTS[0])),
        ("Alba1: dam broke", " ".join(SUBJECTS[0][2:]) + " own1 own2"),
    ]
    return Articles.of([entry(n, texts[n % 2], days(n)) for n in range(2 * count)])


@pytest.mark.parametrize(
    ("days", "most"),
    [
        (lambda n: 3.0, 1),
        (lambda n: None, 1),
        (lambda n: n / 86_400, 3 * 800),
        (lambda n: n / 24, 3 * 800),
        (lambda n: n * 3.0, 3 * 800),
        (lambda n: (n * 7919) % 401 * 1.0, 3 * 800),
    ],
    ids=["one day", "no date", "seconds", "hours", "days", "any order"],
)
def test_a_flood_of_copies_takes_no_more_pairs_than_articles(days: Callable[[int], float | None], most: int) -> None:
    known = flood(400, days)
    there = presence(len(known))
    same = SameText.among(known, there, NOBODY)
    nothing = SameText.among(known, presence(0), NOBODY)
    update = update_pairs(
        CandidatePairs.none(), known, presence(0), there, nothing, same, never, lambda done, total: None
    )
    assert 0 < len(update.pairs) <= most


def test_copies_make_no_term_frequent(small_limits: None) -> None:
    """Ten times as many copies as texts that a term may be in to lead to candidates."""
    known = Articles.of(
        [*(invented(seed) for seed in (1, 2)), *(entry(n, ("Alba1", "Alba1 Alba2 Alba3 dam")) for n in range(90))]
    )
    rows = one_of_each_text(known, presence(len(known)))
    assert len(rows) == 3
    assert key_terms(term_counts(known, rows)).all()
