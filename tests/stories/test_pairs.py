"""Pairs brought up to date are what they would be at once, and whose links are others is said to be touched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from newsreader.article import never
from newsreader.errors import Cancelled
from newsreader.stories.article_arrays import Articles
from newsreader.stories.pairs import GONE, CandidatePairs, PairsUpdate, update_pairs
from newsreader.terms.arrays import Flags
from tests.examples import examples
from tests.stories.invented import invented

Shown = dict[tuple[int, int], tuple[int, bool]]
"""Pair of rows: (similarity, whether they are copies)."""


def articles(seeds: Iterable[int]) -> Articles:
    return Articles.of([invented(seed) for seed in seeds])


def presence(count: int, *absent: int) -> Flags:
    there = np.ones(count, np.bool_)
    there[list(absent)] = False
    return there


def updated(before: CandidatePairs, there_before: Flags, there: Flags) -> PairsUpdate:
    return update_pairs(before, articles(range(len(there))), there_before, there, never, lambda done, total: None)


def at_once(there: Flags) -> Shown:
    """The pairs of those that are there, when nothing else has ever been."""
    rows = np.flatnonzero(there).tolist()
    all_there = presence(len(rows))
    update = update_pairs(
        CandidatePairs.none(), articles(rows), presence(0), all_there, never, lambda done, total: None
    )
    return {(rows[one], rows[other]): told for (one, other), told in shown(update.pairs).items()}


def shown(pairs: CandidatePairs, chosen: Flags | None = None) -> Shown:
    """The candidates, or those of them that are chosen."""
    wanted = pairs.similarity != GONE if chosen is None else chosen
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
        update_pairs(before, articles(range(30)), presence(20), presence(30), lambda: True, lambda done, total: None)
    assert shown(before) == kept


def test_progress_goes_on_to_the_end(small_limits: None) -> None:
    told: list[tuple[int, int]] = []
    update_pairs(
        CandidatePairs.none(),
        articles(range(40)),
        presence(0),
        presence(40),
        never,
        lambda done, total: told.append((done, total)),
    )
    assert told == sorted(told)
    assert {total for _, total in told} == {40}
    assert all(0 <= done <= total for done, total in told)
